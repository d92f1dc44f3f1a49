"""Ranges of the raw text as spans: whose words they are, decided by the repaired quotation marks.

Marks are left out, since they are generated from the spans. Brackets and parentheses in quoted words are the source's
insertions, "[…]" its omission; an ellipsis without brackets belongs to the speaker.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from quotes.extraction.proposals import Range
from quotes.extraction.reading import Quotation, Reading, trimmed, united
from quotes.spans import Author, Span, SpanMode, Spans, clean

_BRACKETS = re.compile(r"\[([^\[\]\n]{1,300})\]|(?<![^\s“”‘’\"'«»„—–-])\(([^()\n]{1,300})\)")
_ELLIPSES = ("…", "...")
_EDGE = " \t\r\n\u00a0\u202f,;:–—-"
_MARKS = '“”"«»„'
# “That is wrong” begins with a word of its own, “that the boats leave” with a joint.
_THAT = re.compile(
    r"that(?!\s+(?:is|was|will|would|can|could|should|may|might|has|had|does|did|isn|wasn|won|wouldn)\b)(?:\s+|$)"
)
_LINKING = re.compile(r"(?:[\s,;:–—-]|\b(?:and|or|but)\b)+$", re.IGNORECASE)
_FEWEST_WORDS = 3


@dataclass(frozen=True)
class Piece:
    """A run of raw characters of one mode; `ranges` are in order, and what stands between them is dropped."""

    mode: SpanMode
    ranges: tuple[Range, ...]
    by: Author = ""


@dataclass(frozen=True)
class Wording:
    """Spans with the raw characters of each, and the place of the printed wording with its marks."""

    spans: Spans
    ranges: tuple[tuple[Range, ...], ...]
    place: Range
    as_printed: Spans = ()


def wording(reading: Reading, content: Iterable[Range]) -> Wording | None:
    """The wording of an utterance's content; None where it holds no words."""
    parts = united(content)
    pieces = [piece for part in parts for piece in _pieces(reading, part)]
    spans, ranges = _spans(reading.text, pieces)
    if not _says_something(spans):
        return None
    place = _place(reading, parts, ranges)
    return Wording(spans, ranges, place, _as_printed(reading, place, spans, parts))


def _says_something(spans: Spans) -> bool:
    """Whether there are words of a speaker's, or of a reporter's more than a mere name."""
    if any(span.mode == "direct" and re.search(r"\w", span.text) for span in spans):
        return True
    return word_count(" ".join(span.text for span in spans if span.mode == "indirect")) >= _FEWEST_WORDS


def _place(reading: Reading, parts: list[Range], ranges: tuple[tuple[Range, ...], ...]) -> Range:
    """Where the printed wording stands: from its first word to its last, with the marks round quoted ones."""
    start = min(start for group in ranges for start, _ in group)
    end = max(end for group in ranges for _, end in group)
    first, last = reading.quotation_at(start), reading.quotation_at(end - 1)
    if first and start == first.words[0][0]:
        start = first.start
    if last and end == last.words[-1][1]:
        end = last.end
    return min(start, max(start, parts[0][0])), end


def _pieces(reading: Reading, part: Range) -> Iterator[Piece]:
    """A part of the content cut where quotations begin and end."""
    at = part[0]
    for quotation in reading.quotations_in(part):
        if quotation.start > at:
            yield from _indirect(reading, (at, quotation.start), closed=False)
        yield from _direct(reading.text, quotation, part)
        at = max(at, quotation.end)
    if at < part[1]:
        yield from _indirect(reading, (at, part[1]), closed=True, opened=at == part[0])


def _indirect(reading: Reading, place: Range, *, closed: bool, opened: bool = True) -> Iterator[Piece]:
    """The reporter's words between marks; what only joins them to others at their ends is no part of them."""
    start, end = trimmed(reading.text, place, _EDGE + _MARKS if closed else " \t\r\n\u00a0")
    if opened and (that := _THAT.match(reading.text, start, end)):
        start = that.end()
    if closed and (joint := _LINKING.search(reading.text, start, end)):
        end = joint.start()
    if any(symbol.isalnum() for symbol in reading.text[start:end]):
        yield Piece("indirect", ((start, end),))


def _direct(text: str, quotation: Quotation, part: Range) -> Iterator[Piece]:
    """The quoted words of a part, with the source's insertions taken out of them."""
    runs = [(max(start, part[0]), min(end, part[1])) for start, end in quotation.words]
    runs = [run for run in runs if run[0] < run[1]]
    kept: list[Range] = []
    for run in runs:
        at = run[0]
        for bracket in _BRACKETS.finditer(text, *run):
            kept.append((at, bracket.start()))
            yield from _run(kept)
            kept = []
            yield from _insertion(text, bracket)
            at = bracket.end()
        kept.append((at, run[1]))
    yield from _run(kept)


def _run(ranges: list[Range]) -> Iterator[Piece]:
    ranges = [place for place in ranges if place[0] < place[1]]
    if ranges:
        yield Piece("direct", tuple(ranges))


def _insertion(text: str, bracket: re.Match[str]) -> Iterator[Piece]:
    group = 1 if bracket[1] is not None else 2
    place = trimmed(text, bracket.span(group))
    if text[slice(*place)] in _ELLIPSES:
        yield Piece("omission", (bracket.span(),))
    elif place[0] < place[1]:
        yield Piece("insertion", (place,), "source")


def _spans(text: str, pieces: list[Piece]) -> tuple[Spans, tuple[tuple[Range, ...], ...]]:
    """Spans from pieces, neighbours of one mode joined by what stood between them in the text."""
    spans: list[Span] = []
    ranges: list[tuple[Range, ...]] = []
    for piece in pieces:
        words = "" if piece.mode == "omission" else clean("".join(text[start:end] for start, end in piece.ranges))
        if piece.mode != "omission" and not words.strip():
            continue
        gap = _gap(text, ranges[-1][-1][1], piece.ranges[0][0], spans[-1], words) if spans else ""
        if spans and spans[-1].mode == piece.mode and piece.mode in ("direct", "indirect"):
            spans[-1] = Span(piece.mode, clean(spans[-1].text + gap + words))
            ranges[-1] = (*ranges[-1], *piece.ranges)
            continue
        if gap and (spans[-1].mode == "indirect" or piece.mode not in ("direct", "indirect")):
            spans[-1] = replace(spans[-1], text=spans[-1].text + gap) if spans[-1].text else spans[-1]
        elif gap:
            words = gap + words
        spans.append(Span(piece.mode, words, piece.by))
        ranges.append(piece.ranges)
    return _edges_trimmed(spans), tuple(ranges)


def _gap(text: str, end: int, start: int, before: Span, words: str) -> str:
    """The white space that parts two neighbours: a paragraph's, a space, or nothing where the text has nothing."""
    between = text[end:start]
    if before.text[-1:].isspace() or words[:1].isspace():
        return ""
    if re.fullmatch(rf"[{_MARKS}\s]*\n[{_MARKS}\s]*", between):
        return "\n\n"
    return " " if any(symbol.isspace() for symbol in between) else ""


def _edges_trimmed(spans: list[Span]) -> Spans:
    """No space at the very ends of a wording."""
    if spans and spans[0].mode in ("direct", "indirect"):
        spans[0] = Span(spans[0].mode, spans[0].text.lstrip())
    if spans and spans[-1].mode in ("direct", "indirect"):
        spans[-1] = Span(spans[-1].mode, spans[-1].text.rstrip())
    return tuple(spans)


def _as_printed(reading: Reading, place: Range, spans: Spans, parts: list[Range]) -> Spans:
    """The wording with a misplaced mark where the source has it; nothing where no mark was repaired."""
    if not any(quotation.is_repaired for part in parts for quotation in reading.quotations_in(part)):
        return ()
    printed = Reading(reading.text, tuple(_unrepaired(quotation) for quotation in reading.quotations), reading.noise)
    pieces = [piece for part in united([*parts, place]) for piece in _pieces(printed, part)]
    found = _spans(reading.text, pieces)[0]
    return () if found == spans else found


def _unrepaired(quotation: Quotation) -> Quotation:
    """The quotation as the source prints it: a stray closing mark within it is one of its characters."""
    if not quotation.is_repaired:
        return quotation
    start, end = quotation.words[0][0], quotation.words[-1][1]
    if quotation.end > end or len(quotation.words) == 1:
        return Quotation(quotation.start, quotation.end, ((start, end),), quotation.end)
    closed = quotation.printed_end
    return Quotation(quotation.start, closed, ((start, closed - 1),), closed)


def word_count(text: str) -> int:
    """How many words a text has."""
    return len(re.findall(r"\w+(?:['’.-]\w+)*", text))
