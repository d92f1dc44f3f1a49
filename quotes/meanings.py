"""What the words and fields of a search stand for on this record: names lead to speakers, fields to what they name."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext

from quotes.models import Speaker, Statement, Topic
from quotes.parameters import read_language
from quotes.search import tokens
from quotes.search.analysis import analyse, folded, terms_of
from quotes.search.demands import Demand, either
from quotes.search.expressions import NOTHING, All, Attribute, Expression, simplified
from quotes.search.names import speakers_named
from quotes.search.query import Beginning, Every, Field, Leaf, Query, Spell, Words, leaves, parse, read_spell
from quotes.suggesting import named
from sources.models import Outlet
from sources.slugs import look_up

_KINDS: dict[str, tuple[type[models.Model], Callable[[int], str]]] = {
    "speaker": (Speaker, tokens.speaker),
    "outlet": (Outlet, tokens.outlet),
    "relay": (Outlet, lambda key: tokens.outlet(key, "relayed_by")),
    "topic": (Topic, tokens.topic),
}
_MODES = {"reported": "indirect"} | {mode: mode for mode in Statement.Mode.values}
_MOST_YEARS = 20
_DIGITS = 3
_DAY = dt.timedelta(days=1)


class Unreadable(ValueError):
    """A field's value stands for nothing; the message says what to write."""


@dataclass(frozen=True)
class Asked:
    """What a search asks for: an expression, and the times that all it finds can be from.

    `problems` say of each field that stands for nothing what is wrong with it.
    """

    query: Query
    expression: Expression = NOTHING
    spells: tuple[Spell, ...] = ()
    problems: tuple[tuple[Field, str], ...] = ()

    def narrow(self, demand: Demand) -> Demand:
        """Narrow a demand by the search."""
        demand = demand.narrowed(self.expression)
        for first, last in self.spells:
            demand = demand.said_from(first) if first else demand
            demand = demand.said_until(last) if last else demand
        return demand


def asked_for(text: str) -> Asked:
    """Return what a search asks for; one without a word asks for nothing there is.

    One query for the names among its words; one or two for its fields, where any of them names something.
    """
    query = parse(text)
    if not query.parts:
        return Asked(query)
    spells = {part: read_spell(part.value) for part in query.parts if isinstance(part, Field) and part.name == "said"}
    taken = [part for part, spell in spells.items() if spell]
    rest = Query(tuple(part for part in query.parts if part not in taken))
    meanings, problems = _fields(rest.fields)
    expression = rest.expression({**_names(list(leaves(Every(rest.parts)))), **meanings})
    return Asked(query, expression, tuple(spell for spell in spells.values() if spell), problems)


def names_something(field: Field) -> bool:
    """Say whether a field's value is the name of a speaker, an outlet or a topic."""
    return field.name in _KINDS


def _names(found: Iterable[Leaf]) -> Mapping[Leaf, Expression]:
    """Return the speakers that words and beginnings can mean; of a phrase, those who have all of it in their names."""
    words = {leaf: [token.term for token in analyse(leaf.text)] for leaf in found if isinstance(leaf, Words)}
    begun = {leaf: folded(leaf.text) for leaf in found if isinstance(leaf, Beginning)}
    speakers = speakers_named((term for terms in words.values() for term in terms), begun.values())
    meant: dict[Leaf, set[int]] = {leaf: set(speakers.get(prefix, ())) for leaf, prefix in begun.items()}
    for leaf, terms in words.items():
        meant[leaf] = set.intersection(*(set(speakers.get(term, ())) for term in terms)) if terms else set()
    return {leaf: simplified(either(map(tokens.speaker, sorted(keys)))) for leaf, keys in meant.items() if keys}


def _fields(found: Iterable[Field]) -> tuple[dict[Leaf, Expression], tuple[tuple[Field, str], ...]]:
    """Return what fields stand for, and what is wrong with those that stand for nothing."""
    naming = [field for field in found if names_something(field)]
    meanings: dict[Leaf, Expression] = dict(_things(naming))
    problems = [(field, _unknown(field)) for field in naming if field not in meanings]
    for field in found:
        if not names_something(field):
            try:
                meanings[field] = _READ[field.name](field.value)
            except Unreadable as error:
                problems.append((field, str(error)))
    return meanings, tuple(problems)


def _things(fields: list[Field]) -> Iterator[tuple[Leaf, Expression]]:
    """Give what fields name: by whole words of a name, else by the word of an address. At most two queries."""
    called = named((_KINDS[field.name][0], field.value) for field in fields)
    missing = [field for field in fields if not called.get((_KINDS[field.name][0], field.value))]
    wanted: dict[type[models.Model], set[str]] = {}
    for field in missing:
        wanted.setdefault(_KINDS[field.name][0], set()).add(field.value)
    slugs = look_up(wanted) if wanted else {}
    for field in fields:
        model, token = _KINDS[field.name]
        led = slugs.get(model, {}).get(field.value)
        if keys := called.get((model, field.value)) or ([led.pk] if led else []):
            yield field, either(map(token, keys))


def _unknown(field: Field) -> str:
    return {
        "speaker": gettext("No speaker on record goes by this name."),
        "outlet": gettext("No outlet on record goes by this name."),
        "relay": gettext("No outlet on record goes by this name."),
        "topic": gettext("No topic on record goes by this name."),
    }[field.name]


def _mode(value: str) -> Expression:
    if value.lower() not in _MODES:
        raise Unreadable(gettext("There is no such mode of speech; write direct, indirect or mixed."))
    return Attribute(tokens.mode(_MODES[value.lower()]))


def _language(value: str) -> Expression:
    try:
        return Attribute(tokens.language(read_language(value)))
    except ValidationError as error:
        raise Unreadable(str(error.message)) from error


def _origins(value: str) -> Expression:
    least, dots, most = value.partition("..")
    ends = (least or "0", most or str(tokens.MOST_ORIGINS)) if dots and (least or most) else (value, value)
    if not all(end.isascii() and end.isdigit() and len(end) <= _DIGITS for end in ends):
        raise Unreadable(gettext("How many? Write origins:1, origins:2.. for two or more, or origins:1..3."))
    low, high = (min(int(end), tokens.MOST_ORIGINS) for end in ends)
    if low > high:
        raise Unreadable(gettext("The greater number stands first. Write origins:1..3."))
    return either(tokens.origins(number) for number in range(low, high + 1))


def _months(value: str) -> Expression:
    """Ask for a time inside brackets, after a minus or beside OR, where only whole months can be asked for."""
    spell = read_spell(value)
    if not spell:
        raise Unreadable(gettext("This is no time. Write said:2022, said:2021-12..2022-12 or said:2022-12-03.."))
    first, last = spell
    if not first or not last or first.day != 1 or (last != dt.date.max and (last + _DAY).day != 1):
        raise Unreadable(
            gettext("After “-”, beside OR and in brackets a time is whole months: said:2021 or said:2021-05..2022-03.")
        )
    if last.year - first.year >= _MOST_YEARS:
        told = gettext("After “-”, beside OR and in brackets a time is at most %(years)s years long.")
        raise Unreadable(told % {"years": _MOST_YEARS})
    return either(tokens.said_in_months(first, last))


def _label(value: str) -> Expression:
    terms = terms_of(value).split()
    if not terms:
        raise Unreadable(gettext("There is no word in this to look for."))
    return simplified(All(tuple(Attribute(tokens.label(term)) for term in terms)))


_READ: dict[str, Callable[[str], Expression]] = {
    "mode": _mode,
    "lang": _language,
    "origins": _origins,
    "said": _months,
    "by": _label,
}
"""What is read of a field that names nobody."""
