"""Finding archived words again in a later text, without ever taking a lookalike for them."""

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum

_TELLING = 40
"""Words this long are found by chance nowhere else; shorter ones need what stands around them."""
_CONTEXT = 32
_AGREES = 12


class Place(StrEnum):
    """Where the words are in the later text."""

    THERE = "there"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    GONE = "gone"


@dataclass(frozen=True)
class Anchored:
    """`start` and `end` in the later text, where the words were found beyond doubt; None where they were not."""

    place: Place
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Words:
    """Archived words with what stood before and after them."""

    text: str
    start: int
    prefix: str
    suffix: str


def words_at(text: str, start: int, end: int) -> Words:
    """The words at a position of an archived text, with their surroundings."""
    return Words(text[start:end], start, text[max(0, start - 4 * _CONTEXT) : start], text[end : end + 4 * _CONTEXT])


def locate(words: Words, later: str) -> Anchored:
    """Find archived words in a later text. Only white space may differ.

    There or moved: one match stands out, by its surroundings or, where the words are long, by being the only one.
    Ambiguous: several are alike, or the only one is of few words in other surroundings. Gone: no match.
    """
    matches = _matches(words.text, later)
    if not matches:
        return Anchored(Place.GONE)
    agreeing = [(start, end) for start, end in matches if _sides(words, later, start, end)]
    both = [(start, end) for start, end in matches if _sides(words, later, start, end) == 2]  # noqa: PLR2004  # before and after
    if len(both) == 1:
        return _anchored(words, *both[0])
    if len(agreeing) == 1:
        return _anchored(words, *agreeing[0])
    if len(matches) == 1 and len(words.text) >= _TELLING:
        return _anchored(words, *matches[0])
    return Anchored(Place.AMBIGUOUS)


def locate_changed(words: str, text: str, near: tuple[int, int] | None = None) -> Anchored:
    """Find words in an archived text that somebody changed since they were taken from it. Only white space may differ.

    `near` is where they stood until then: the one match that overlaps it is them, and of several none stands out.
    Elsewhere, and without `near`, they are found as `locate` finds words in new surroundings.
    """
    matches = _matches(words, text)
    old = Words(words, near[0] if near else 0, "", "")
    overlapping = [(start, end) for start, end in matches if near and start < near[1] and near[0] < end]
    if len(overlapping) == 1:
        return _anchored(old, *overlapping[0])
    return Anchored(Place.AMBIGUOUS) if overlapping else locate(old, text)


def _anchored(words: Words, start: int, end: int) -> Anchored:
    return Anchored(Place.THERE if start == words.start else Place.MOVED, start, end)


def _matches(words: str, later: str) -> list[tuple[int, int]]:
    parts = words.split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    found, start = [], 0
    # Words that overlap themselves (“no no no”) are found at each place.
    while match := pattern.search(later, start):
        found.append(match.span())
        start = match.start() + 1
    return found


def _sides(words: Words, later: str, start: int, end: int) -> int:
    """On how many sides the surroundings agree: 0, 1 or 2. An end of the text tells only beside another sign."""
    before = _agree(_flat(words.prefix)[::-1], _flat(later[max(0, start - 4 * _CONTEXT) : start])[::-1])
    after = _agree(_flat(words.suffix), _flat(later[end : end + 4 * _CONTEXT]))
    if before and after:
        return 2
    return 1 if _Agreement.STRONG in (before, after) else 0


def _agree(old: str, new: str) -> "_Agreement":
    if len(old) < _AGREES:
        return _Agreement.WEAK if old == new else _Agreement.NONE
    return _Agreement.STRONG if old[:_AGREES] == new[:_AGREES] else _Agreement.NONE


class _Agreement(IntEnum):
    NONE = 0
    WEAK = 1
    STRONG = 2


def _flat(text: str) -> str:
    return " ".join(text.split())
