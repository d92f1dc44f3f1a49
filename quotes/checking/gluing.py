"""Quotations glued together from several places on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from quotes.near_wordings import Near
from quotes.wording.aligning import weight
from quotes.wording.words import Wording

_MOST_PIECES = 3
_FEWEST_WORDS, _FEWEST_TELLING = 3, 2
_COVERED = 0.9


@dataclass(frozen=True)
class Piece:
    """Words `start` to `end` of a quotation that stand in a row on record, from the word `said_start` on."""

    near: Near
    start: int
    end: int
    said_start: int


def glued(quoted: Wording, candidates: Sequence[Near]) -> list[Piece]:
    """The pieces that a quotation is made of, in its order; none where no two or more of them nearly make it up."""
    pieces: list[Piece] = []
    open_ = [(0, len(quoted.words))]
    while open_ and len(pieces) < _MOST_PIECES:
        start, end = open_.pop(0)
        found = _longest(quoted, candidates, start, end)
        if found:
            pieces.append(found)
            rest = [(start, found.start), (found.end, end)]
            open_ = sorted([*open_, *(one for one in rest if one[1] - one[0] >= _FEWEST_WORDS)], key=_shortness)
    covered = sum(weight(quoted.words[piece.start : piece.end]) for piece in pieces)
    pieces.sort(key=lambda piece: piece.start)
    return pieces if covered >= _COVERED * weight(quoted.words) and _are_apart(pieces) else []


def _are_apart(pieces: list[Piece]) -> bool:
    """Whether pieces are of several statements, or stand in another order on record: else only something was cut."""
    wordings = {id(piece.near) for piece in pieces}
    return len(wordings) > 1 or any(one.said_start > other.said_start for one, other in pairwise(pieces))


def _shortness(part: tuple[int, int]) -> int:
    return part[0] - part[1]


def _longest(quoted: Wording, candidates: Sequence[Near], start: int, end: int) -> Piece | None:
    best: Piece | None = None
    for near in candidates:
        matcher = SequenceMatcher(None, near.words.keys, quoted.keys, autojunk=False)
        match = matcher.find_longest_match(0, len(near.words.keys), start, end)
        if match.size > (best.end - best.start if best else 0):
            best = Piece(near, match.b, match.b + match.size, match.a)
    if best is None or best.end - best.start < _FEWEST_WORDS:
        return None
    return best if weight(quoted.words[best.start : best.end]) >= _FEWEST_TELLING else None
