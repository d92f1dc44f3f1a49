"""Whether a demand holds of one statement, without a database: as both engines would say of its entry.

For statements that are in no list any more, or for how one would have stood without something: no index has those.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.search.demands import Demand
from quotes.search.entries import Columns
from quotes.search.expressions import (
    All,
    Any,
    Attribute,
    Everything,
    Expression,
    Not,
    Nothing,
    Phrase,
    Prefix,
    Word,
)


@dataclass(frozen=True)
class Findable:
    """What an entry is found by: its place, its words in their order, and its tokens."""

    place: int
    words: tuple[str, ...]
    tokens: frozenset[str]

    @classmethod
    def of(cls, columns: Columns) -> "Findable":
        """Take the columns of an entry."""
        tokens = frozenset([*columns.terms.split(), *columns.dates.split()])
        return cls(columns.place, tuple(columns.words.split()), tokens)


def holds(demand: Demand, entry: Findable) -> bool:
    """Say whether a list that asks for `demand` would have the entry in it."""
    return any(
        stretch.low <= entry.place < stretch.high and _holds(stretch.expression, entry) for stretch in demand.stretches
    )


def _holds(expression: Expression, entry: Findable) -> bool:  # noqa: PLR0911  # a line for each kind
    match expression:
        case Everything():
            return True
        case Nothing():
            return False
        case Word(term):
            return term in entry.words
        case Prefix(term):
            return any(word.startswith(term) for word in entry.words)
        case Phrase(terms):
            return _stands_in(terms, entry.words)
        case Attribute(token):
            return token in entry.tokens
        case Not(part):
            return not _holds(part, entry)
        case All(parts):
            return all(_holds(part, entry) for part in parts)
        case Any(parts):
            return any(_holds(part, entry) for part in parts)


def _stands_in(terms: Sequence[str], words: Sequence[str]) -> bool:
    return any(tuple(words[at : at + len(terms)]) == tuple(terms) for at in range(len(words) - len(terms) + 1))
