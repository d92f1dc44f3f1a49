"""Two wordings side by side: which words of a quotation are whose on record.

A quotation is mostly a part of what was said, so what stands before and after it on record is no difference.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from quotes.wording.common_words import COMMON
from quotes.wording.words import Word, Wording

Kind = Literal["equal", "insert", "delete", "replace"]

COMMON_WEIGHT = 0.25
_FAR = 6
_BESIDE = 4
_SPACE = re.compile(r"\s")
_BRACKETS = str.maketrans(dict.fromkeys("()[]"))

_FEW_OUT = 4

Block = tuple[int, int, int]
"""A run of words in common: where it begins on record, where in the quotation, and how many words it has."""


@dataclass(frozen=True, slots=True)
class Step:
    """A run of words that both have, or one of them; positions are places in the two lists of words."""

    kind: Kind
    said_start: int
    said_end: int
    quoted_start: int
    quoted_end: int


def weight(words: Sequence[Word]) -> float:
    """How much words tell: those that stand in any sentence count little."""
    return sum(COMMON_WEIGHT if word.key in COMMON else 1.0 for word in words)


def place_of(said: Wording, quoted: Wording) -> int | None:
    """Where all words of a quotation stand in a row on record: the place printed just like it, else the first."""
    width = len(quoted.words)
    found = [at for at in _places(said.keys, quoted.keys) if width]
    printed = _spaced(quoted.slice(0, width))
    same = (at for at in found if _spaced(said.slice(at, at + width)) == printed)
    return next(same, found[0] if found else None)


def _places(said: Sequence[str], quoted: Sequence[str]) -> Iterator[int]:
    width, first = len(quoted), quoted[0] if quoted else None
    for at in range(len(said) - width + 1):
        if said[at] == first and said[at : at + width] == quoted:
            yield at


def _spaced(text: str) -> str:
    """Text whose line breaks and kinds of spaces are plain spaces, in one form of Unicode."""
    return unicodedata.normalize("NFC", _SPACE.sub(" ", text))


def printed_alike(said: Wording, quoted: Wording, step: Step) -> bool:
    """Whether an equal run is printed with the same characters in both."""
    before = _spaced(said.slice(step.said_start, step.said_end))
    after = _spaced(quoted.slice(step.quoted_start, step.quoted_end))
    if before == after:
        return True
    # A record's own brackets are generated and stand in no text; a quotation prints them.
    has_added = any(word.added for word in said.words[step.said_start : step.said_end])
    return has_added and before == after.translate(_BRACKETS)


def aligned(said: Wording, quoted: Wording) -> list[Step]:
    """The steps from what was said to what is quoted: all words of the quotation, and the part on record it is from.

    Empty where they have no telling word in common.
    """
    if (at := place_of(said, quoted)) is not None:
        return [Step("equal", at, at + len(quoted.words), 0, len(quoted.words))]
    blocks = _thinned(said.keys, quoted.keys) or _without_strays(said, _shared(said.keys, quoted.keys))
    return list(_steps(said, quoted, _slid(said, quoted, blocks))) if blocks else []


def _shared(said: Sequence[str], quoted: Sequence[str]) -> list[Block]:
    """The runs of words in common, the longest first, then those to either side of it."""
    matcher = SequenceMatcher(None, said, quoted, autojunk=False)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks() if block.size]


def _thinned(said: Sequence[str], quoted: Sequence[str]) -> list[Block]:
    """The runs in common where some words in a row on record are the quotation, but for a few left out of them."""
    most = len(quoted) + min(_FEW_OUT, len(quoted))
    for first in (at for at, key in enumerate(said) if quoted and key == quoted[0]):
        places: list[int] = []
        for at in range(first, min(first + most, len(said))):
            if len(places) < len(quoted) and said[at] == quoted[len(places)]:
                places.append(at)
        if len(places) == len(quoted):
            return _runs(places)
    return []


def _runs(places: Sequence[int]) -> list[Block]:
    """Places on record of one quoted word after the other, as runs."""
    blocks: list[Block] = []
    for quoted_at, at in enumerate(places):
        if blocks and blocks[-1][0] + blocks[-1][2] == at:
            blocks[-1] = (*blocks[-1][:2], blocks[-1][2] + 1)
        else:
            blocks.append((at, quoted_at, 1))
    return blocks


def _slid(said: Wording, quoted: Wording, blocks: list[Block]) -> list[Block]:
    """The same runs; where a cut could as well be a few words earlier it is where an ellipsis stands, or a sentence.

    Of “We will talk. We will not wait. We will go.” what is left out may begin with “We” or with “not”.
    """
    result = blocks[:1]
    for start, quoted_start, size in blocks[1:]:
        before, quoted_before, length = result[-1]
        by = _slide(said, quoted, result[-1], start) if quoted_before + length == quoted_start else 0
        result[-1] = (before, quoted_before, length - by)
        result.append((start - by, quoted_start - by, size + by))
    return result


def _slide(said: Wording, quoted: Wording, block: Block, following: int) -> int:
    end, quoted_end = block[0] + block[2], block[1] + block[2]
    possible = [0]
    while possible[-1] < block[2] - 1 and said.keys[end - 1 - possible[-1]] == said.keys[following - 1 - possible[-1]]:
        possible.append(possible[-1] + 1)
    marked = (by for by in possible if quoted_end - by in quoted.gaps)
    opening = (by for by in possible if said.words[end - by].opens)
    return next(marked, next(opening, 0))


def _without_strays(said: Wording, blocks: list[Block]) -> list[Block]:
    """The blocks without outer ones that match by chance: a common word or two, far from the rest on record."""
    while len(blocks) > 1 and _stray(said, blocks[0], blocks[1][0] - blocks[0][0] - blocks[0][2]):
        blocks = blocks[1:]
    while len(blocks) > 1 and _stray(said, blocks[-1], blocks[-1][0] - blocks[-2][0] - blocks[-2][2]):
        blocks = blocks[:-1]
    return blocks


def _stray(said: Wording, block: Block, distance: int) -> bool:
    tells = weight(said.words[block[0] : block[0] + block[2]])
    return tells < 1 and distance > _FAR


def _steps(said: Wording, quoted: Wording, blocks: list[Block]) -> Iterator[Step]:
    said_at, quoted_at = blocks[0][0] - _beside(blocks[0][0], blocks[0][1]), 0
    said_end = blocks[-1][0] + blocks[-1][2]
    said_end += _beside(len(said.words) - said_end, len(quoted.words) - blocks[-1][1] - blocks[-1][2])
    for start, quoted_start, size in blocks:
        yield from _between(said_at, start, quoted_at, quoted_start)
        said_at, quoted_at = start + size, quoted_start + size
        yield Step("equal", start, said_at, quoted_start, quoted_at)
    yield from _between(said_at, said_end, quoted_at, len(quoted.words))


def _beside(there: int, unmatched: int) -> int:
    """How many words on record the quotation's first or last ones stand for, where those match nothing."""
    return min(there, unmatched) if unmatched <= _BESIDE else 0


def _between(said_at: int, said_end: int, quoted_at: int, quoted_end: int) -> Iterator[Step]:
    if said_at < said_end and quoted_at < quoted_end:
        yield Step("replace", said_at, said_end, quoted_at, quoted_end)
    elif said_at < said_end:
        yield Step("delete", said_at, said_end, quoted_at, quoted_end)
    elif quoted_at < quoted_end:
        yield Step("insert", said_at, said_end, quoted_at, quoted_end)
