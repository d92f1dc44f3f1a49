"""What an archived text says between boundaries, with whose words they are."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from quotes.drafting import as_printed
from quotes.models import Candidate, Hop
from quotes.notation import MAX_LENGTH, write
from quotes.numbers import grouped
from quotes.reviewing.errors import ReviewError
from quotes.spans import Span, Spans, clean, plain
from sources.models import Snapshot

Range = tuple[int, int]
_AROUND = 20_000
"""Quotation marks are read this far before and after; a paragraph longer than that is cut."""
_MOST_RANGES = 50


def checked_ranges(text: str, ranges: Iterable[Sequence[int]]) -> list[Range]:
    """The ranges in order and united, without the white space at their ends. Raises ReviewError."""
    united: list[Range] = []
    for first, last in sorted((int(first), int(last)) for first, last in ranges):
        if not 0 <= first < last <= len(text):
            raise ReviewError(gettext("These boundaries lie outside the text."), "ranges")
        start, end = _trimmed(text, first, last)
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        elif start < end:
            united.append((start, end))
    if not united:
        raise ReviewError(gettext("There are no words between these boundaries."), "ranges")
    if len(united) > _MOST_RANGES:
        told = gettext("A statement is made of at most %(most)s pieces of a text.")
        raise ReviewError(told % {"most": _MOST_RANGES}, "ranges")
    return united


def bridged(text: str, ranges: Iterable[Sequence[int]]) -> list[Range]:
    """Ranges joined where no word stands between them: marks and brackets belong to what they stand round."""
    result: list[Range] = []
    for start, end in sorted((start, end) for start, end in ranges):
        if result and not re.search(r"\w", text[result[-1][1] : start]):
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


@dataclass(frozen=True)
class Worded:
    """A wording, and how the source prints it where a misplaced mark was repaired."""

    spans: Spans
    as_printed: Spans = ()


def worded(candidate: Candidate, ranges: Sequence[Range]) -> Worded:
    """The wording between boundaries, its modes by the repaired marks round it. Raises ReviewError for no words.

    Words that somebody else tells stand within their marks: then only marks inside those count. Reads at
    most some 40,000 characters round them, whatever the length of the text.
    """
    # What extraction brings along is loaded where somebody reads a text, not by every process that serves pages.
    from quotes.extraction.modes import wording  # noqa: PLC0415
    from quotes.extraction.reading import read_article  # noqa: PLC0415

    text = candidate.snapshot.text
    start, part = _around(text, ranges[0][0], ranges[-1][1])
    reading = read_article(part)
    reading = reading.within if _is_told(candidate) else reading
    found = wording(reading, [(first - start, last - start) for first, last in ranges])
    made = Worded(found.spans, found.as_printed) if found else Worded(_reported(text, ranges))
    if len(plain(made.spans)) > MAX_LENGTH:
        told = gettext("A statement has at most %(most)s characters: choose less.")
        raise ReviewError(told % {"most": grouped(MAX_LENGTH)}, "ranges")
    return made


def _is_told(candidate: Candidate) -> bool:
    """Whether a suggestion's words are told by another speaker, in words of their own."""
    return any(stop.get("role") == Hop.Role.TOLD_BY for stop in candidate.entry.get("chain", ()))


def _reported(text: str, ranges: Sequence[Range]) -> Spans:
    """Words that extraction would leave alone, as too few to be a statement: a reviewer may know better."""
    words = clean(" ".join(text[start:end] for start, end in ranges)).strip()
    if not re.search(r"\w", words):
        raise ReviewError(gettext("There are no words between these boundaries."), "ranges")
    return (Span("indirect", words),)


def noise(snapshot: Snapshot) -> list[Range]:
    """The lines of an archived text that are no part of the article: advertisements, captions, links elsewhere."""
    from quotes.extraction.lines import boilerplate  # noqa: PLC0415 - as above

    return [(start, end) for start, end in boilerplate(snapshot.text)]


def reword(candidate: Candidate, ranges: Iterable[Sequence[int]]) -> None:
    """Give an unsaved suggestion other boundaries, and its entry the words between them. Raises ReviewError."""
    text = candidate.snapshot.text
    kept = checked_ranges(text, ranges)
    found = worded(candidate, kept)
    candidate.ranges = [list(one) for one in kept]
    candidate.start, candidate.end = kept[0][0], kept[-1][1]
    candidate.entry = {
        **candidate.entry,
        "words": {**candidate.entry.get("words", {}), **words_entry(text, kept, found.spans)},
    }


def words_entry(text: str, ranges: Sequence[Range], spans: Spans) -> dict[str, Any]:
    """The words in the notation, and as printed where the source's characters differ from how they would be printed."""
    printed = text[ranges[0][0] : ranges[-1][1]]
    return {"words": write(spans), "printed": "" if printed == as_printed(spans) else printed}


def _around(text: str, start: int, end: int) -> tuple[int, str]:
    """The part of a text round two positions, in whole lines where they are no longer than they should be."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if first:
        first = text.find("\n", first, start) + 1 or first
    if last < len(text):
        last = max(text.rfind("\n", end, last), end) if "\n" in text[end:last] else last
    return first, text[first:last]


def _trimmed(text: str, start: int, end: int) -> Range:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
