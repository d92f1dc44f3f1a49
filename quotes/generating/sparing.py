"""Fingerprints of a generated record, kept sparingly: of those that many statements have the newest alone.

The first of each statement is kept as well, as `quotes.record.fingerprinting` does. Which are the newest is known at
the end: until then all wait in a file, some 200 bytes a statement, which is read backwards.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import chain
from tempfile import TemporaryFile

from quotes.wording.fingerprints import MOST_READ

Marked = tuple[int, list[int]]
"""A statement's key and its fingerprints, in ascending order."""
Row = tuple[int, int]
"""A fingerprint and the key of a statement, as the table has them."""


def packed(found: Iterable[Marked]) -> bytes:
    """The fingerprints of a batch as 64-bit numbers: of each statement its key, how many it has, and they."""
    return array("q", chain.from_iterable((key, len(numbers), *numbers) for key, numbers in found)).tobytes()


class Sparing:
    """Takes the fingerprints of batches in their order; with `every`, all of them are kept."""

    def __init__(self, *, every: bool) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - `kept` closes it
        self._ends, self._every = [0], every
        self._read: dict[int, int] = {}

    def add(self, batch: bytes) -> None:
        """Put those of the next batch aside."""
        self._ends.append(self._ends[-1] + self._file.write(batch))

    def kept(self) -> Iterator[list[Row]]:
        """The rows to keep, a batch at a time, the last one first."""
        with self._file:
            for place in range(len(self._ends) - 1, 0, -1):
                yield self._kept(self._batch(place))

    def _batch(self, place: int) -> "array[int]":
        start, end = self._ends[place - 1 : place + 1]
        self._file.seek(start)
        return array("q", self._file.read(end - start))

    def _kept(self, batch: "array[int]") -> list[Row]:
        rows, read, most = [], self._read, MOST_READ
        for key, numbers in _statements(batch)[::-1]:
            for number in numbers:
                newer = read.get(number, 0)
                if newer < most:
                    read[number] = newer + 1
                    rows.append((number, key))
                elif number == numbers[0] or self._every:
                    rows.append((number, key))
        return rows


def _statements(batch: "array[int]") -> "list[tuple[int, array[int]]]":
    found, at = [], 0
    while at < len(batch):
        end = at + 2 + batch[at + 1]
        found.append((batch[at], batch[at + 2 : end]))
        at = end
    return found
