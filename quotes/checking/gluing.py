"""Quotations glued together from several places on record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from quotes.near_wordings import Near
from quotes.wording.aligning import weight
from quotes.wording.words import Wording

_MOST_PIECES = 3
_FEWEST_WORDS, _FEWEST_TELLING = 3, 2
_COVERED = 0.9
_MOST_OF_IT = 0.7


@dataclass(frozen=True)
class Piece:
    """Words `start` to `end` of a quotation that stand in a row on record, from the word `said_start` on."""

    near: Near
    start: int
    end: int
    said_start: int


@dataclass(frozen=True)
class Parts:
    """What a quotation is made of, in its order, and the rows of its words that stand nowhere in `pieces`."""

    pieces: tuple[Piece, ...] = ()
    missing: tuple[tuple[int, int], ...] = ()
    are_all: bool = False

    @property
    def are_apart(self) -> bool:
        """Whether they are of several statements, or stand in another order on record: else something was cut."""
        wordings = {id(piece.near) for piece in self.pieces}
        return len(wordings) > 1 or any(one.said_start > other.said_start for one, other in pairwise(self.pieces))


def parted(quoted: Wording, candidates: Sequence[Near]) -> Parts:
    """The longest rows of a quotation's words that stand in wordings on record, three at most.

    They are all of it where they are nine tenths of what tells anything.
    """
    pieces: list[Piece] = []
    missing: list[tuple[int, int]] = []
    open_ = [(0, len(quoted.words))]
    while open_ and len(pieces) < _MOST_PIECES:
        start, end = open_.pop(0)
        if found := _longest(quoted, candidates, start, end):
            pieces.append(found)
            open_ = sorted([*open_, *_worth(quoted, (start, found.start), (found.end, end))], key=_shortness)
        else:
            missing.append((start, end))
    covered = sum(weight(quoted.words[piece.start : piece.end]) for piece in pieces)
    are_all = covered >= _COVERED * weight(quoted.words)
    return Parts(tuple(sorted(pieces, key=lambda piece: piece.start)), (*missing, *open_), are_all)


def held_by(quoted: Wording, piece: Piece, others: Sequence[Near]) -> Piece | None:
    """Most of a piece as it stands in another wording, if it does."""
    found = _longest(quoted, others, piece.start, piece.end)
    whole = weight(quoted.words[piece.start : piece.end])
    return found if found and weight(quoted.words[found.start : found.end]) >= _MOST_OF_IT * whole else None


def _worth(quoted: Wording, *rows: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Of rows of words those that are long enough, and tell enough, to be a piece."""
    for start, end in rows:
        if end - start >= _FEWEST_WORDS and weight(quoted.words[start:end]) >= _FEWEST_TELLING:
            yield start, end


def _shortness(part: tuple[int, int]) -> int:
    return part[0] - part[1]


def _longest(quoted: Wording, candidates: Sequence[Near], start: int, end: int) -> Piece | None:
    best: Piece | None = None
    for near in candidates:
        matcher = SequenceMatcher(None, near.words.keys, quoted.keys, autojunk=False)
        match = matcher.find_longest_match(0, len(near.words.keys), start, end)
        if match.size > (best.end - best.start if best else 0):
            best = Piece(near, match.b, match.b + match.size, match.a)
    return best if best and any(_worth(quoted, (best.start, best.end))) else None
