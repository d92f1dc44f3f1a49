"""Where a suggestion begins and ends: moving its ends word by word, and the places where it may be parted. Pure.

A stretch of a text is ranges of code points, in order and apart: an interrupted quotation has several.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

Range = tuple[int, int]
Edge = Literal["start", "end"]

# A mark or a bracket is a step of its own: that is how one is taken in or left out. Chinese and Japanese have no
# spaces: there it is a sign.
_STEP = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:['’.,:/-][^\W_]+)*|\S")
_SENTENCE_END = re.compile(r"[.!?…;][”\"»“’)\]]*\s+(?=\S)")
_LOOK = 400


def moved(text: str, ranges: Sequence[Range], edge: Edge, by: int) -> list[Range]:
    """The ranges with one end a word further (`by` is 1) or a word back (-1); as they were where there is none."""
    start, end = ranges[0][0], ranges[-1][1]
    if edge == "start":
        start = _start_after(text, start) if by > 0 else _start_before(text, start)
    else:
        end = _end_after(text, end) if by > 0 else _end_before(text, end)
    return resized(ranges, start, end) if start < end else list(ranges)


def resized(ranges: Sequence[Range], start: int, end: int) -> list[Range]:
    """The ranges from `start` to `end`: what lies outside is cut off, the outermost reach to the new ends."""
    kept = [place for place in ranges if place[1] > start and place[0] < end] or [(start, end)]
    kept[0] = (start, kept[0][1])
    kept[-1] = (kept[-1][0], end)
    return kept


def partings(text: str, ranges: Sequence[Range]) -> list[int]:
    """Where the second of two may begin: at each further range, and after each sentence within one."""
    return sorted({*(start for start, _ in ranges[1:]), *(cut for place in ranges for cut in _sentences(text, place))})


def _sentences(text: str, place: Range) -> Iterator[int]:
    yield from (found.end() for found in _SENTENCE_END.finditer(text, *place) if found.end() < place[1])


def parted(ranges: Iterable[Range], at: int) -> tuple[list[Range], list[Range]]:
    """The ranges before a position and those from it on; one of them is empty where it lies outside."""
    ranges = list(ranges)
    before = [(start, min(end, at)) for start, end in ranges if start < at]
    after = [(max(start, at), end) for start, end in ranges if end > at]
    return before, after


def _start_after(text: str, start: int) -> int:
    return next((step.start() for step in _steps_from(text, start) if step.start() > start), start)


def _start_before(text: str, start: int) -> int:
    return max((step.start() for step in _steps_before(text, start) if step.start() < start), default=start)


def _end_after(text: str, end: int) -> int:
    return next((step.end() for step in _steps_from(text, end) if step.end() > end), end)


def _end_before(text: str, end: int) -> int:
    return max((step.end() for step in _steps_before(text, end) if step.end() < end), default=end)


def _steps_from(text: str, position: int) -> Iterator[re.Match[str]]:
    """The steps from shortly before a position on, so that one that holds it is seen whole."""
    return _STEP.finditer(text, max(0, position - _LOOK))


def _steps_before(text: str, position: int) -> Iterator[re.Match[str]]:
    """The steps shortly before a position, one that holds it included."""
    return _STEP.finditer(text, max(0, position - _LOOK), position + _LOOK)
