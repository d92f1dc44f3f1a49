"""Answers that are looked up and not asked for again."""

from collections.abc import Callable, Hashable, Sized
from typing import Generic, Protocol, TypeVar


class Asked(Hashable, Sized, Protocol):
    """A text, or some."""


K = TypeVar("K", bound=Asked)
V = TypeVar("V")


class Remembered(dict[K, V], Generic[K, V]):
    """What a function of one argument answers, by the argument; `map(table.__getitem__, texts)` runs without Python.

    It holds `most` answers and then forgets them all, which is cheaper than knowing the oldest. Arguments longer than
    `longest` hardly come again and aren't remembered.
    """

    def __init__(self, answer: Callable[[K], V], most: int, longest: int) -> None:
        super().__init__()
        self._answer, self._most, self._longest = answer, most, longest

    def __missing__(self, asked: K) -> V:
        """Ask, and remember."""
        found = self._answer(asked)
        if len(asked) <= self._longest:
            if len(self) >= self._most:
                self.clear()
            self[asked] = found
        return found
