"""Names that begin as typed, and names that were likely meant: of speakers, outlets and topics on record alone."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from quotes.models import Carriage, NameStart, NameTrigram, Speaker, Topic
from quotes.search.analysis import folded, is_unspaced
from quotes.search.spelling import SHORTEST, closest, trigrams
from sources.models import Outlet

KINDS = tuple(NameStart.Kind.values)
MOST = 10
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


def named(kind: str, text: str, most: int = MOST) -> list[int]:
    """Return the ids of what is named by these words, wherever in the name they stand. One query."""
    typed = folded(text)
    if not typed:
        return []
    leading = NameStart.objects.filter(_leads(typed), kind=kind).order_by("start")
    return list(dict.fromkeys(leading.values_list("key", flat=True)[:most]))


def respelt(word: str) -> list[str]:
    """Return the words of names on record that a misspelt word is likely meant to be, the likeliest first.

    A query for the words with the most letters in common, some ten thousand rows where there are a hundred thousand
    names, and one for each of the three likeliest: whether it still leads anywhere.
    """
    typed = folded(word)
    if len(typed) < SHORTEST or " " in typed:
        return []
    alike = NameTrigram.objects.filter(trigram__in=sorted(trigrams(typed))).values("word").annotate(n=Count("pk"))
    likely = closest(typed, alike.order_by("-n", "word").values_list("word", flat=True)[:_LOOKED_AT])
    return [one for one in likely if NameStart.objects.filter(_leads(one), kind__in=KINDS).exists()]


def _leads(words: str) -> Q:
    return Q(start=words) | Q(start__begins=f"{words} ")


def _begun(kind: str, typed: str) -> Iterator[tuple[tuple[bool, str], Suggestion]]:
    """Give what begins as typed with its place among the others."""
    rows = NameStart.objects.filter(kind=kind, start__begins=typed).order_by("start").values_list("key", "start")
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
        return f"Topic in {thing.parent.name}" if thing.parent else "Topic"
    if isinstance(thing, Outlet):
        return ", ".join(filter(None, [thing.get_kind_display(), thing.domain]))
    roles = list(thing.roles.all())
    return roles[0].label if roles else thing.get_kind_display()
