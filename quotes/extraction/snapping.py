"""Edges of a content, from words to characters: marks taken in, quotations finished, dropped lines left out."""

import re

from quotes.extraction.attributions import Range
from quotes.extraction.marks import QuotedRun
from quotes.extraction.pieces import Text

_WORD = re.compile(r"\w+")
FEW, LEAST = 4, 0.4
"""Words, or share of words: a content that lacks no more of a quotation is meant to have it all."""


def snapped(reading: Text, contents: tuple[tuple[int, int], ...]) -> tuple[Range, ...]:
    """Ranges of characters for spans of words: whole quotations where they nearly are, and no line of the page."""
    ranges: list[Range] = []
    for start, end in contents:
        span = reading.words[start].start, reading.words[end - 1].end
        for run in reading.marks.runs_over(*span):
            if run.depth == 1:
                span = _with_run(reading, span, run)
        if ranges and span[0] < ranges[-1][1]:
            span = ranges[-1][1], max(span[1], ranges[-1][1])
        ranges += without(span, reading.dropped)
    return tuple(each for each in ranges if each[0] < each[1])


def _with_run(reading: Text, span: Range, run: QuotedRun) -> Range:
    """The span with the run's marks, and with what it lacks at an edge: a few words, or a lesser part of the run."""
    start, end = span
    missing = _words(reading, run.start, start) + _words(reading, end, run.end)
    most = missing <= LEAST * _words(reading, run.start, run.end)
    if run.start < start and (_words(reading, run.start, start) <= FEW or most):
        start = run.start
    if start <= run.inner_start and end < run.end and (_words(reading, end, run.inner_end) <= FEW or most):
        end = run.end
    return start, end


def _words(reading: Text, start: int, end: int) -> int:
    return len(_WORD.findall(reading.text, start, end)) if start < end else 0


def without(span: Range, dropped: tuple[Range, ...]) -> list[Range]:
    """What is left of a span when the dropped ranges are taken out of it."""
    left, start = [], span[0]
    for begin, end in dropped:
        if span[0] < end and begin < span[1]:
            left.append((start, begin))
            start = end
    return [*left, (start, span[1])]
