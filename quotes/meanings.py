"""What the words and fields of a search stand for on this record: names lead to speakers, fields to what they name."""

from collections.abc import Iterable, Mapping

from quotes.search.analysis import analyse, folded
from quotes.search.demands import either
from quotes.search.expressions import NOTHING, Expression, simplified
from quotes.search.names import speakers_named
from quotes.search.query import Beginning, Every, Leaf, Words, leaves, parse
from quotes.search.tokens import speaker


def asked_for(text: str) -> Expression:
    """Return what a search asks for; one without a word asks for nothing there is. One query, for the names in it."""
    query = parse(text)
    return query.expression(_names(list(leaves(Every(query.parts))))) if query.parts else NOTHING


def _names(found: Iterable[Leaf]) -> Mapping[Leaf, Expression]:
    """Return the speakers that words and beginnings can mean; of a phrase, those who have all of it in their names."""
    words = {leaf: [token.term for token in analyse(leaf.text)] for leaf in found if isinstance(leaf, Words)}
    begun = {leaf: folded(leaf.text) for leaf in found if isinstance(leaf, Beginning)}
    speakers = speakers_named((term for terms in words.values() for term in terms), begun.values())
    meant: dict[Leaf, set[int]] = {leaf: set(speakers.get(prefix, ())) for leaf, prefix in begun.items()}
    for leaf, terms in words.items():
        meant[leaf] = set.intersection(*(set(speakers.get(term, ())) for term in terms)) if terms else set()
    return {leaf: simplified(either(map(speaker, sorted(keys)))) for leaf, keys in meant.items() if keys}
