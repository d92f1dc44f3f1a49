"""Which words of a text a search found: the ranges to mark, and the pieces of a wording parted there.

What is marked is found by the analyser's terms, as the index finds it; what a search refuses is never marked.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotes.search.analysis import Token, analyse, folded, is_unspaced, sought
from quotes.search.query import Beginning, Query, Words
from quotes.spans import Piece

Range = tuple[int, int]
Sign = Callable[[Token], bool]


@dataclass(frozen=True)
class Run:
    """A run of a piece's text, and whether the search found it."""

    text: str
    is_found: bool = False


def ranges(text: str, query: Query) -> list[Range]:
    """Return the ranges of a text, in code points and in order, that the words of a query found in it."""
    tokens = analyse(text)
    found = sorted(place for leaf in query.wanted for place in _places(text, tokens, leaf))
    joined: list[Range] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def runs(pieces: Sequence[Piece], query: Query) -> list[list[Run]]:
    """Return the text of each piece in runs; a phrase may begin in one piece and end in another.

    The generated marks stand between the pieces' texts and belong to none of the runs.
    """
    shown = "".join(piece.before + piece.text + piece.after for piece in pieces)
    found = ranges(shown, query)
    parted, place = [], 0
    for piece in pieces:
        start = place + len(piece.before)
        parted.append(list(_runs(piece.text, start, found)))
        place = start + len(piece.text) + len(piece.after)
    return parted


def _runs(text: str, offset: int, found: Iterable[Range]) -> Iterator[Run]:
    """Part a text that stands at `offset` where ranges of the whole begin and end."""
    place = 0
    for start, end in found:
        first, last = max(start - offset, place), min(end - offset, len(text))
        if first < last:
            yield from [Run(text[place:first])] if place < first else []
            yield Run(text[first:last], is_found=True)
            place = last
    if place < len(text):
        yield Run(text[place:])


def _places(text: str, tokens: Sequence[Token], leaf: Words | Beginning) -> Iterator[Range]:
    """Give the places where the words of a leaf stand next to each other."""
    signs = _signs(text, leaf)
    for first in range(len(tokens) - len(signs) + 1):
        if all(sign(tokens[first + place]) for place, sign in enumerate(signs)):
            last = tokens[first + len(signs) - 1]
            yield tokens[first].start, _end(last, leaf)


def _signs(text: str, leaf: Words | Beginning) -> list[Sign]:
    """Return what tells each of a leaf's words."""
    if isinstance(leaf, Beginning):
        *before, last = folded(leaf.text).split()
        begins: Sign = lambda token: folded(text[token.start : token.end]).startswith(last)  # noqa: E731  # one of a list
        return [*map(_is, sought(" ".join(before))), begins]
    terms = sought(leaf.text)
    return [*map(_is, terms[:-1]), _begins(terms[-1]) if _is_alone(leaf) else _is(terms[-1])]


def _is(term: str) -> Sign:
    return lambda token: token.term == term


def _begins(term: str) -> Sign:
    return lambda token: token.term.startswith(term)


def _is_alone(leaf: Words) -> bool:
    """Say whether a leaf ends with a single character that begins a pair in the text."""
    terms = sought(leaf.text)
    return is_unspaced(terms[-1]) and len(terms) == len(analyse(leaf.text))


def _end(last: Token, leaf: Words | Beginning) -> int:
    """Return where a place ends: of a pair of which one character is looked for, after that one."""
    if isinstance(leaf, Words) and _is_alone(leaf):
        return min(last.end, last.start + len(leaf.text) - analyse(leaf.text)[-1].start)
    return last.end
