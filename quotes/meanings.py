"""What the words and fields of a search stand for on this record: names lead to speakers, fields to what they name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from quotes.models import Speaker, Topic
from quotes.parameters import read_language, read_mode
from quotes.search import tokens
from quotes.search.analysis import analyse, folded, terms_of
from quotes.search.demands import Demand, either
from quotes.search.expressions import NOTHING, All, Any, Attribute, Expression, simplified
from quotes.search.names import speakers_named
from quotes.search.query import Beginning, Every, Field, Leaf, Query, Spell, Words, leaves, parse, read_spell
from sources.models import Outlet
from sources.slugs import look_up

_NAMED = {"speaker": Speaker, "outlet": Outlet, "relay": Outlet, "topic": Topic}


@dataclass(frozen=True)
class Asked:
    """A search as the index is asked it, and the days that all of it must be of."""

    expression: Expression
    spells: tuple[Spell, ...] = ()

    def narrow(self, demand: Demand) -> Demand:
        """Narrow a demand to what the search asks for."""
        demand = demand.narrowed(self.expression)
        for first, last in self.spells:
            demand = demand.said_from(first) if first else demand
            demand = demand.said_until(last) if last else demand
        return demand


def asked_for(text: str) -> Asked:
    """Return what a search asks for; one without a word asks for nothing there is.

    Two queries: one for the names in it, and one for what its fields name.
    """
    query = parse(text)
    if not query.parts:
        return Asked(NOTHING)
    said = [(part, read_spell(part.value)) for part in query.parts if isinstance(part, Field) and part.name == "said"]
    spells = {part: spell for part, spell in said if spell}
    for part in spells:
        query = query.without(part)
    return Asked(_expression(query), tuple(spells.values()))


def _expression(query: Query) -> Expression:
    """Return what all but the days ask for."""
    named = list(leaves(Every(query.parts)))
    fields = [leaf for leaf in named if isinstance(leaf, Field)]
    meanings = {**_things(fields), **_words(named)}
    meanings |= {one: _value(one) for one in fields if one.name not in _NAMED}
    for one in fields:
        if one.name == "speaker":
            # Whoever goes by the name, beside the one whose address it is.
            meanings[one] = simplified(Any((meanings.get(one, NOTHING), meanings.get(Words(one.value), NOTHING))))
    return query.expression(meanings)


def _words(found: Iterable[Leaf]) -> dict[Leaf, Expression]:
    """Return the speakers that words and beginnings can mean; of a phrase, those who have all of it in their names."""
    whole = [Words(leaf.value) if isinstance(leaf, Field) and leaf.name == "speaker" else leaf for leaf in found]
    words = {leaf: [token.term for token in analyse(leaf.text)] for leaf in whole if isinstance(leaf, Words)}
    begun = {leaf: folded(leaf.text) for leaf in whole if isinstance(leaf, Beginning)}
    speakers = speakers_named((term for terms in words.values() for term in terms), begun.values())
    meant: dict[Leaf, set[int]] = {leaf: set(speakers.get(prefix, ())) for leaf, prefix in begun.items()}
    for leaf, terms in words.items():
        meant[leaf] = set.intersection(*(set(speakers.get(term, ())) for term in terms)) if terms else set()
    return {leaf: either(map(tokens.speaker, sorted(keys))) for leaf, keys in meant.items() if keys}


def _things(fields: Iterable[Field]) -> dict[Leaf, Expression]:
    """Return what fields name by an address, or by a name that the address is made of. One query."""
    slugs = {one: slugify(one.value, allow_unicode=True) for one in fields if one.name in _NAMED}
    wanted = {
        model: {slug for one, slug in slugs.items() if slug and _NAMED[one.name] is model} for model in _NAMED.values()
    }
    found: Mapping[type, Mapping[str, object]] = look_up(wanted) if any(wanted.values()) else {}
    things = {one: found.get(_NAMED[one.name], {}).get(slug) for one, slug in slugs.items()}
    return {one: Attribute(_token(one.name, thing)) for one, thing in things.items() if thing is not None}


def _token(name: str, thing: object) -> str:
    key: int = getattr(thing, "pk")  # noqa: B009  # of whatever was looked up
    role = {"relay": "relayed_by"}.get(name, "")
    return {"speaker": tokens.speaker, "topic": tokens.topic}.get(name, lambda pk: tokens.outlet(pk, role))(key)


def _value(one: Field) -> Expression:
    """Return what a field asks for whose value is no name; nothing for a value that can't be read."""
    try:
        match one.name:
            case "mode":
                return Attribute(tokens.mode(read_mode(one.value.lower())))
            case "lang":
                return Attribute(tokens.language(read_language(one.value)))
            case "by":
                return simplified(All(tuple(Attribute(tokens.label(term)) for term in terms_of(one.value).split())))
            case _:
                spell = read_spell(one.value)
                return either(tokens.said_between(*spell)) if spell else NOTHING
    except ValidationError:
        return NOTHING
