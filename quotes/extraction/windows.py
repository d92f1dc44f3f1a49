"""Cutting a text's words into windows that fit the encoder."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Window:
    """Words `start` to `end` are read; what is found on `core_start` to `core_end` counts."""

    start: int
    end: int
    core_start: int
    core_end: int


def cut(sizes: Sequence[int], sentences: Sequence[int], longest: int, context: int = 0) -> list[Window]:
    """Windows of at most `longest` pieces whose cores cover every word once, with `context` pieces around each core.

    `sizes` has the pieces of each word, `sentences` its sentence. Cores end where a sentence does, unless it is longer
    than half a core. A single word of more than `longest` pieces gets a window of its own.
    """
    windows: list[Window] = []
    start = 0
    while start < len(sizes):
        whole = _reach(sizes, start, longest - context * (start > 0))
        end = (
            len(sizes)
            if whole == len(sizes)
            else _sentence_end(sentences, start, _reach(sizes, start, longest - context * (1 + (start > 0))))
        )
        windows.append(Window(_back(sizes, start, context), _ahead(sizes, end, context), start, end))
        start = end
    return windows


def _reach(sizes: Sequence[int], start: int, room: int) -> int:
    """The furthest end so that the words from `start` have at most `room` pieces, at least one word."""
    return max(_ahead(sizes, start, room), start + 1)


def _ahead(sizes: Sequence[int], start: int, room: int) -> int:
    end = start
    while end < len(sizes) and room >= sizes[end]:
        room -= sizes[end]
        end += 1
    return end


def _back(sizes: Sequence[int], end: int, room: int) -> int:
    start = end
    while start > 0 and room >= sizes[start - 1]:
        start -= 1
        room -= sizes[start]
    return start


def _sentence_end(sentences: Sequence[int], start: int, end: int) -> int:
    """The last end of a sentence in the second half of `start` to `end`, else `end`."""
    for place in range(end, start + (end - start) // 2, -1):
        if place == len(sentences) or sentences[place] != sentences[place - 1]:
            return place
    return end
