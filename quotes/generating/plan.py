"""How large a generated record is, and which keys and ids its rows have."""

import datetime as dt
from dataclasses import dataclass
from math import isqrt

from quotes.permalinks import ALPHABET

BATCH = 2000
"""Statements that one process makes at a time; a whole one's rows are about 12 MB."""
FIRST_DAY = dt.date(2012, 1, 1).toordinal()
LAST_DAY = dt.date(2025, 12, 31).toordinal()

# Keys of a batch are handed out from its first; so many of a kind has no batch.
_KEYS_EACH = {"document": 2, "snapshot": 2, "speaker": 1, "statement": 1, "appearance": 3, "revision": 2}
_BITS = 45
_MASK = (1 << _BITS) - 1
_DRAWS = 16


@dataclass(frozen=True)
class Plan:
    """`firsts` are the keys that each kind of row begins at."""

    statements: int
    seed: int
    firsts: dict[str, int]

    @property
    def batches(self) -> int:
        """How many batches there are."""
        return -(-self.statements // BATCH)

    def numbers(self, batch: int) -> range:
        """Which statements are of a batch, counted from 0."""
        return range(batch * BATCH, min(self.statements, (batch + 1) * BATCH))

    def first_key(self, kind: str, batch: int) -> int:
        """The key of the first row of a kind in a batch."""
        return self.firsts[kind] + batch * BATCH * _KEYS_EACH[kind]

    def day(self, number: int) -> int:
        """The day, as an ordinal, on which statement `number` is about to be published: the record grows with time."""
        return FIRST_DAY + (LAST_DAY - FIRST_DAY) * number // max(1, self.statements)

    # Twenty times as many statements bring some five times as many people: most are heard once.

    @property
    def people(self) -> int:
        """How many people speak."""
        return 30 + 20 * isqrt(self.statements)

    @property
    def papers(self) -> int:
        """How many newspapers and websites publish."""
        return 20 + isqrt(self.statements)


def pid(seed: int, kind: int, number: int) -> str:
    """The public id of row `number` of a kind (0 a statement, 1 a document): another one for each, and for each seed.

    One multiplication and two shifts, each of which can be undone, so that no two numbers meet.
    """
    for draw in range(_DRAWS):
        place = (number * _DRAWS + draw) * 2 + kind
        for odd in (0x9E3779B97F4B, 0xC2B2AE3D27D5):
            place = (place * odd + seed * 0x165667B19E3779 + 1) & _MASK
            place ^= place >> 23
        if (check := place % 37) < len(ALPHABET):
            return _TRIPLES[place >> 30] + _TRIPLES[place >> 15 & 0x7FFF] + _TRIPLES[place & 0x7FFF] + ALPHABET[check]
    raise AssertionError("of sixteen numbers in a row none has a check symbol")


_TRIPLES = [a + b + c for a in ALPHABET for b in ALPHABET for c in ALPHABET]
