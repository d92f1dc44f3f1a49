"""What a page shows of a search: how it was read, what of it stands for nothing, and what was likely meant."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from quotes.meanings import Asked, names_something
from quotes.numbers import grouped
from quotes.search.query import Field, Leaf, Note, Query, Words
from quotes.suggesting import respelt

MOST_RESPELT = 3

Address = Callable[[str], str]


@dataclass(frozen=True)
class Way:
    """Another search: what it is called, and its list."""

    words: str
    url: str


@dataclass(frozen=True)
class Searched:
    """A search as its page shows it."""

    query: Query
    parts: list[Way]
    notes: list[str]
    meant: list[Way]

    @property
    def is_worth_showing(self) -> bool:
        """Say whether there is more to it than the filter in use says already."""
        return len(self.parts) > 1


def searched(asked: Asked, address: Address, *, found: int | None) -> Searched:
    """Return what to show of a search; `address` makes the list's address with another search in place of it.

    Of one that found nothing, at most two queries for what was likely meant; `found` is None where nobody counted.
    """
    query = asked.query
    parts = [Way(str(part), address(str(query.without(part)))) for part in query.parts]
    notes = [*map(_told, query.notes), *(f"{field}: {problem}" for field, problem in asked.problems)]
    return Searched(query, parts, notes, list(_meant(asked, address)) if found == 0 else [])


def _told(note: Note) -> str:
    values = (grouped(value) if isinstance(value, int) else value for value in note.values)
    return gettext(note.pattern) % tuple(values)


def _meant(asked: Asked, address: Address) -> Iterator[Way]:
    """Give the search with one of its words put right."""
    unknown: dict[Leaf, str] = {field: field.value for field, _ in asked.problems if names_something(field)}
    words: dict[Leaf, str] = {leaf: leaf.text for leaf in asked.query.wanted if isinstance(leaf, Words)}
    typed = {leaf: word for leaf, word in (words | unknown).items() if " " not in word}
    right = respelt(list(typed.values())[: 2 * MOST_RESPELT])
    proposed = [(leaf, *found[0]) for leaf, text in typed.items() if (found := right.get(text))]
    for leaf, kind, word in proposed[:MOST_RESPELT]:
        query = asked.query.replacing(leaf, _put_right(leaf, kind, word))
        yield Way(str(query), address(str(query)))


def _put_right(leaf: Leaf, kind: str, word: str) -> Leaf:
    """Return what was likely meant: words find speakers, what else has the name is asked for by its field."""
    if isinstance(leaf, Field) and (leaf.name == kind or (leaf.name, kind) == ("relay", "outlet")):
        return Field(leaf.name, word)
    return Words(word) if kind == "speaker" else Field(kind, word)
