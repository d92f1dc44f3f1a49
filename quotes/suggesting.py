"""Names that begin as typed, and names that were likely meant: of speakers, outlets and topics on record alone."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Q
from django.utils.translation import gettext

from quotes.models import Carriage, NameStart, NameTrigram, Speaker, Topic
from quotes.search.analysis import folded, is_unspaced
from quotes.search.spelling import SHORTEST, closest, trigrams
from sources.models import Outlet
from sources.slugs import kind_of

KINDS = tuple(NameStart.Kind.values)
MOST = 10
MOST_NAMED = 20
SHORTEST_START = 2
_LOOKED_AT = 200
"""So many names that begin as typed are looked at, and so many words with the same three letters."""


@dataclass(frozen=True)
class Suggestion:
    """Somebody or something with a page: as a filter names it, as a reader reads it, and what tells namesakes apart."""

    kind: str
    slug: str
    name: str
    note: str
    url: str


def suggest(text: str, kinds: Collection[str] = KINDS, most: int = MOST) -> list[Suggestion]:
    """Return what has a name that begins as typed, at any of its words: whole words first, then by name.

    Two queries a kind, three for speakers; none for fewer than two letters.
    """
    typed = folded(text)[:_LOOKED_AT]
    if len(typed) < SHORTEST_START and not is_unspaced(typed):
        return []
    found = [suggestion for kind in kinds for suggestion in _begun(kind, typed)]
    return [suggestion for _, suggestion in sorted(found, key=lambda pair: pair[0])[:most]]


def named(wanted: Iterable[tuple[type[Model], str]]) -> dict[tuple[type[Model], str], list[int]]:
    """Return the ids of what each text names of its model, by whole words wherever in a name they stand. One query.

    Some twenty of each text, the shortest names first.
    """
    asked = {(model, text): (kind_of(model), folded(text)) for model, text in wanted if folded(text)}
    if not asked:
        return {}
    conditions = [Q(_leads(words), kind=kind) for kind, words in set(asked.values())]
    rows = NameStart.objects.filter(reduce(or_, conditions)).order_by("start", "key")
    found: dict[tuple[str, str], dict[int, None]] = {pair: {} for pair in asked.values()}
    for kind, key, start in rows.values_list("kind", "key", "start")[: _LOOKED_AT * len(conditions)]:
        for pair, keys in found.items():
            if pair[0] == kind and f"{start} ".startswith(f"{pair[1]} ") and len(keys) < MOST_NAMED:
                keys[key] = None
    return {asking: list(found[pair]) for asking, pair in asked.items()}


def respelt(words: Iterable[str], kinds: Collection[str] = KINDS) -> dict[str, list[tuple[str, str]]]:
    """Return for misspelt words those of names on record likely meant with their kinds, the likeliest first.

    Words that some name has are right. Two queries: one for the words with the most letters in common, some ten
    thousand rows where there are a hundred thousand names, and one that asks whether those still lead anywhere.
    """
    typed = {word: folded(word) for word in words}
    typed = {word: one for word, one in typed.items() if len(one) >= SHORTEST and " " not in one}
    if not typed:
        return {}
    signs = sorted(set().union(*map(trigrams, typed.values())))
    alike = NameTrigram.objects.filter(trigram__in=signs).values("word").annotate(n=Count("pk"))
    known = set(alike.order_by("-n", "word").values_list("word", flat=True)[: _LOOKED_AT * len(typed)])
    likely = {word: closest(one, known) for word, one in typed.items() if one not in known}
    alive = _alive({one for ones in likely.values() for one in ones}, kinds)
    found = {word: [(alive[one], one) for one in ones if one in alive] for word, ones in likely.items()}
    return {word: ones for word, ones in found.items() if ones}


def _alive(words: Collection[str], kinds: Collection[str]) -> dict[str, str]:
    """Return those of some words that a name still has, with what it names: a speaker rather than anything else."""
    if not words:
        return {}
    leading = NameStart.objects.filter(reduce(or_, map(_leads, sorted(words))), kind__in=kinds)
    rows = leading.order_by("kind").values_list("start", "kind")[: _LOOKED_AT * len(words)]
    alive: dict[str, str] = {}
    for start, kind in rows:
        word = start.split(" ")[0]
        alive[word] = kind if kind == NameStart.Kind.SPEAKER else alive.get(word, kind)
    return alive


def _leads(words: str) -> Q:
    return Q(start=words) | Q(start__begins=f"{words} ")


def _begun(kind: str, typed: str) -> Iterator[tuple[tuple[bool, str], Suggestion]]:
    """Give what begins as typed with its place among the others."""
    rows = NameStart.objects.begun(kind, typed).values_list("key", "start")
    is_part: dict[int, bool] = {}
    for key, start in rows[:_LOOKED_AT]:
        is_part[key] = is_part.get(key, True) and not f"{start} ".startswith(f"{typed} ")
    for thing in _ON_RECORD[kind](is_part):
        suggestion = Suggestion(kind, thing.slug, thing.name, _note(thing), thing.get_absolute_url())
        yield (is_part[thing.pk], thing.name.casefold()), suggestion


def _speakers(keys: Collection[int]) -> Iterable[Any]:
    return Speaker.objects.on_record().filter(pk__in=keys).prefetch_related("roles")


def _outlets(keys: Collection[int]) -> Iterable[Any]:
    carried = Exists(Carriage.objects.filter(outlet=OuterRef("pk")))
    return Outlet.objects.filter(carried, pk__in=keys, merged_into=None)


def _topics(keys: Collection[int]) -> Iterable[Any]:
    return Topic.objects.filter(pk__in=keys).select_related("parent")


_ON_RECORD: dict[str, Callable[[Collection[int]], Iterable[Any]]] = {
    "speaker": _speakers,
    "outlet": _outlets,
    "topic": _topics,
}


def _note(thing: Speaker | Outlet | Topic) -> str:
    """Say what tells it from its namesakes: the latest office, what it is and where, what it belongs to."""
    if isinstance(thing, Topic):
        return gettext("Topic in %(name)s") % {"name": thing.parent.name} if thing.parent else gettext("Topic")
    if isinstance(thing, Outlet):
        return ", ".join(filter(None, [thing.get_kind_display(), thing.domain]))
    roles = list(thing.roles.all())
    return roles[0].label if roles else thing.get_kind_display()
