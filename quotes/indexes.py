"""Index pages: speakers and outlets by name, with letters, a filter box and pages that continue after a name.

The filter box finds names with a word that begins as typed, in the order of these words, from which it reads no further
than its page goes: neither a rare name nor a beginning that a million have costs more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.db import connections, models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL

from quotes.models import NameStart
from quotes.models.names import NameStartQuerySet
from quotes.search.analysis import folded
from quotes.searched import Way
from quotes.suggesting import respelt
from sources.letters import first_letter
from sources.slugs import kind_of

PAGE = 100
MAX_FILTER = 200
_MOST_RESPELT = 6

# Leaps from one letter to the next, so that it takes as long as there are letters, and not as there are names.
_LETTERS = """
WITH RECURSIVE letter (symbol) AS (
    SELECT symbol FROM ({first}) AS head
    UNION ALL SELECT ({following}) FROM letter WHERE letter.symbol IS NOT NULL
)
SELECT symbol FROM letter WHERE symbol IS NOT NULL AND EXISTS ({named})
"""


@dataclass(frozen=True)
class Letter:
    """A first letter and the address of its names; `chosen` where it is the one shown."""

    symbol: str
    address: str
    chosen: bool

    @classmethod
    def of(cls, symbol: str, chosen: str) -> Self:
        """A letter as an index shows it while `chosen` is the one asked for."""
        return cls(symbol.upper(), "?" + urlencode({"letter": symbol}), symbol == chosen)


@dataclass(frozen=True)
class Index:
    """One page of an index: its rows, its letters, what was typed, and the address that goes on, if there is more.

    Where nobody is called as typed, `meant` are the names that look alike.
    """

    rows: list[Any]
    letters: list[Letter]
    typed: str
    onward: str
    meant: list[Way]


def index(params: Mapping[str, str], everything: models.QuerySet[Any]) -> Index:
    """The page that `params` (q or letter, after) ask for, of rows with a `sort_name` and a `slug`.

    Three queries, four where something is typed; at most three more where nobody is called so.
    """
    typed, letter = asked(params)
    after = params.get("after", "")
    rows = _called(everything, typed, after) if typed else _listed(everything, letter, after)
    meant = [] if rows or after else likely_meant(everything, typed)
    kept = {"q": typed, "letter": letter}
    return Index(rows[:PAGE], _letters(everything, letter), typed, _onward(rows, kept), meant)


def asked(params: Mapping[str, str]) -> tuple[str, str]:
    """What was typed into the filter box; where that is nothing, the letter that was chosen."""
    typed = params.get("q", "").replace("\x00", "")[:MAX_FILTER].strip()
    return typed, "" if typed else params.get("letter", "").replace("\x00", "")[:1].lower()


def likely_meant(everything: models.QuerySet[Any], typed: str) -> list[Way]:
    """What is likely meant by a name that nobody has, as the filter box would take it. At most three queries."""
    words = folded(typed).split()[:_MOST_RESPELT]
    right = {word: ones[0][1] for word, ones in respelt(words, [kind_of(everything.model)]).items()}
    name = " ".join(right.get(word, word) for word in words)
    if not right or not begun(everything, name)[:1]:
        return []
    return [Way(name, "?" + urlencode({"q": name}))]


def begun(everything: models.QuerySet[Any], typed: str) -> NameStartQuerySet:
    """The places in the index of names of those rows that have a name which begins as typed, at any of its words.

    Each row has one, and they are in order. What has no letter, mark or digit begins no name.
    """
    if not (words := folded(typed)):
        return NameStart.objects.none()
    # A value, and not EXISTS, which PostgreSQL might answer by making a list of everybody first.
    row = Subquery(everything.filter(pk=OuterRef("key")).order_by().values("pk")[:1])
    return NameStart.objects.things_begun(kind_of(everything.model), words).alias(row=row).filter(row__isnull=False)


def _called(everything: models.QuerySet[Any], typed: str, after: str) -> list[Any]:
    """One row more than the page has of those called as typed. Two queries, three where a place is named."""
    found = begun(everything, typed)
    if last := _place(everything.model, typed, after):
        found = found.after(last)
    keys = list(found.values_list("key", flat=True)[: PAGE + 1])
    rows = {row.pk: row for row in everything.filter(pk__in=keys)}
    return [rows[key] for key in keys if key in rows]


def _place(model: type[models.Model], typed: str, slug: str) -> NameStart | None:
    """Where the one with this slug stands among those called as typed, on record or no longer. At most one query."""
    if not _is_slug(slug):
        return None
    key = Subquery(model._default_manager.filter(slug=slug).values("pk")[:1])
    places = NameStart.objects.things_begun(kind_of(model), folded(typed)).filter(key=key)
    return next(iter(places.order_by()[:1]), None)


def _listed(everything: models.QuerySet[Any], letter: str, after: str) -> list[Any]:
    """One row more than the page has, of all or of a letter's. One query, two where a place is named."""
    found = everything
    if letter:
        # SQLite lowers ASCII alone: there É sorts as it is written.
        found = _by_letter(found).filter(first__in=sorted({letter} if letter.isascii() else {letter, letter.upper()}))
    return list(_after(found, after).order_by("sort_name", "id")[: PAGE + 1])


def _is_slug(text: str) -> bool:
    return bool(text) and text.isprintable()


def _after(found: models.QuerySet[Any], slug: str) -> models.QuerySet[Any]:
    last = found.model._default_manager.filter(slug=slug).first() if _is_slug(slug) else None
    if last is None:
        return found
    beyond = Q(sort_name__gt=last.sort_name) | Q(sort_name=last.sort_name, pk__gt=last.pk)
    # The first comparison lets an index start there.
    return found.filter(beyond, sort_name__gte=last.sort_name)


def _letters(everything: models.QuerySet[Any], chosen: str) -> list[Letter]:
    return [Letter.of(symbol, chosen) for symbol in sorted({symbol.lower() for symbol in _first_letters(everything)})]


def _first_letters(everything: models.QuerySet[Any]) -> list[str]:
    """The letters that names begin with. One query."""
    here = RawSQL("letter.symbol", ())
    pages = _by_letter(everything.model._default_manager.filter(slug__isnull=False))
    ordered = pages.order_by("first")
    parts = {
        "first": ordered.values(symbol=first_letter())[:1],
        "following": ordered.filter(first__gt=here).values(symbol=first_letter())[:1],
        "named": _by_letter(everything).filter(first=here).order_by().values("pk")[:1],
    }
    connection = connections[everything.db]
    written = {name: part.query.get_compiler(connection=connection).as_sql() for name, part in parts.items()}
    with connection.cursor() as cursor:
        sql = _LETTERS.format(**{name: sql for name, (sql, _) in written.items()})
        cursor.execute(sql, [value for _, values in written.values() for value in values])
        return [symbol for (symbol,) in cursor.fetchall()]


def _by_letter(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    found: models.QuerySet[Any] = rows.alias(first=first_letter())
    return found


def _onward(rows: list[Any], kept: dict[str, str]) -> str:
    if len(rows) <= PAGE:
        return ""
    return "?" + urlencode({**{name: value for name, value in kept.items() if value}, "after": rows[PAGE - 1].slug})
