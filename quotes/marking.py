"""A document's text with its statements marked where they stand, and what may be shown of a text that isn't open.

Quoting is lawful, republishing is not: of a text whose licence doesn't permit more, visitors see each quotation with
at most CONTEXT characters on either side. Reviewers see the whole text, with what is suggested of it marked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotes.models import Appearance, Candidate, Statement

CONTEXT = 200


@dataclass(frozen=True)
class Stretch:
    """A run of text, and the statement it belongs to, if any: the innermost where one stands inside another."""

    text: str
    statement: Statement | None = None


def whole(text: str, appearances: Sequence[Appearance]) -> list[Stretch]:
    """The whole text in stretches, in order."""
    return _stretches(text, appearances, 0, len(text))


def excerpts(text: str, appearances: Sequence[Appearance]) -> list[list[Stretch]]:
    """The quotations with their context alone; neighbours that overlap share one excerpt."""
    windows: list[tuple[int, int]] = []
    for appearance in sorted(_placed(appearances), key=lambda placed: placed[0]):
        first, last = max(0, appearance[0] - CONTEXT), min(len(text), appearance[1] + CONTEXT)
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(last, windows[-1][1]))
        else:
            windows.append((first, last))
    return [_stretches(text, appearances, first, last) for first, last in windows]


def _placed(appearances: Sequence[Appearance]) -> list[tuple[int, int, Statement]]:
    return [(one.start, one.end, one.statement) for one in appearances if one.start is not None and one.end is not None]


def _stretches(text: str, appearances: Sequence[Appearance], first: int, last: int) -> list[Stretch]:
    placed = _placed(appearances)
    cuts = {first, last, *(cut for start, end, _ in placed for cut in (start, end) if first < cut < last)}
    edges = sorted(cuts)
    return [Stretch(text[start:end], _innermost(placed, start, end)) for start, end in pairwise(edges)]


def _innermost(placed: list[tuple[int, int, Statement]], start: int, end: int) -> Statement | None:
    covering = [one for one in placed if one[0] <= start and end <= one[1]]
    return min(covering, key=lambda one: one[1] - one[0])[2] if covering else None


@dataclass(frozen=True)
class Passage:
    """A run of a text under review, which begins at `start`, and the candidates it belongs to, the innermost first.

    `noise` is what is no part of the article: an advertisement line.
    """

    start: int
    text: str
    candidates: tuple[Candidate, ...] = ()
    noise: bool = False


def suggested(text: str, candidates: Iterable[Candidate], noise: Iterable[tuple[int, int]] = ()) -> Iterator[Passage]:
    """The whole text in passages, in order; candidates may overlap and stand within each other."""
    opens: dict[int, list[Candidate]] = defaultdict(list)
    closes: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        for start, end in candidate.ranges:
            opens[start].append(candidate)
            closes[end].append(candidate)
    noisy = list(noise)
    cuts = {0, len(text), *opens, *closes, *(edge for place in noisy for edge in place)}
    here: list[Candidate] = []
    for start, end in pairwise(sorted(cut for cut in cuts if 0 <= cut <= len(text))):
        for candidate in closes[start]:
            here.remove(candidate)
        here += opens[start]
        # Of several the shortest is the innermost; of equal ones, the one that begins last.
        inward = sorted(here, key=lambda one: (one.end - one.start, -one.start))
        is_noise = any(first <= start and end <= last for first, last in noisy)
        yield Passage(start, text[start:end], tuple(inward), is_noise)
