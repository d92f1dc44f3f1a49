"""Roots and proofs of a tree of which complete subtrees can be asked for (RFC 9162, sections 2.1.3.1 and 2.1.4.1)."""

from collections.abc import Callable

from quotes.log.hashing import EMPTY, node_hash, root_of

TILE = 8
"""A tile is so many levels high, and so 256 hashes wide (C2SP's tlog-tiles)."""
WIDTH = 1 << TILE

Hashes = Callable[[int, int], list[bytes]]
"""The hashes of tile `number` at `level`: at level 0 those of leaves, at 1 those of 256 leaves each, and so on."""


class Tree:
    """A tree of `size` leaves, read tile by tile; each tile is asked for once."""

    def __init__(self, size: int, hashes: Hashes) -> None:
        self.size = size
        self._hashes = hashes
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def root(self, size: int | None = None) -> bytes:
        """The root as it is, or as it was at an earlier size."""
        size = self.size if size is None else self._checked(size, 0)
        return self._of(0, size) if size else EMPTY

    def inclusion(self, leaf: int, size: int | None = None) -> list[bytes]:
        """The proof that a leaf stands at its place in the tree of that size."""
        size = self.size if size is None else self._checked(size, 1)
        if not 0 <= leaf < size:
            raise ValueError(f"A tree of {size} leaves has no leaf {leaf}.")
        proof, low, high = [], 0, size
        while high - low > 1:
            middle = low + _split(high - low)
            if leaf < middle:
                proof.append(self._of(middle, high))
                high = middle
            else:
                proof.append(self._of(low, middle))
                low = middle
        return proof[::-1]

    def consistency(self, old: int, size: int | None = None) -> list[bytes]:
        """The proof that the tree of `old` leaves is the beginning of the one of that size."""
        size = self.size if size is None else self._checked(size, 1)
        if not 0 < old <= size:
            raise ValueError(f"A tree of {size} leaves doesn’t begin with one of {old}.")
        proof, low, high, is_whole = [], 0, size, True
        while old != high:
            middle = low + _split(high - low)
            if old <= middle:
                proof.append(self._of(middle, high))
                high = middle
            else:
                proof.append(self._of(low, middle))
                low, is_whole = middle, False
        if not is_whole:
            proof.append(self._of(low, high))
        return proof[::-1]

    def _checked(self, size: int, least: int) -> int:
        if not least <= size <= self.size:
            raise ValueError(f"The log has {self.size} leaves, and not {size}.")
        return size

    def _of(self, low: int, high: int) -> bytes:
        """The root over leaves `low` to `high`, where `low` begins a complete subtree at least as large."""
        size = high - low
        if size & (size - 1) == 0:
            return self._complete(size.bit_length() - 1, low // size)
        middle = low + _split(size)
        return node_hash(self._of(low, middle), self._of(middle, high))

    def _complete(self, height: int, index: int) -> bytes:
        """The root of a complete subtree of 2 ** height leaves."""
        level, above = divmod(height, TILE)
        first = index << above
        tile, place = divmod(first, WIDTH)
        return root_of(self._tile(level, tile)[place : place + (1 << above)])

    def _tile(self, level: int, number: int) -> list[bytes]:
        if (level, number) not in self._tiles:
            self._tiles[level, number] = self._hashes(level, number)
        return self._tiles[level, number]


def _split(size: int) -> int:
    """The largest power of two that is smaller."""
    return 1 << (size - 1).bit_length() - 1
