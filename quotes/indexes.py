"""Index pages: speakers and outlets by name, with letters, a filter box and pages that continue after a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.db import connections, models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from sources.letters import first_letter

PAGE = 100
MAX_FILTER = 200

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
    """One page of an index: its rows, its letters, what was typed, and the address that goes on, if there is more."""

    rows: list[Any]
    letters: list[Letter]
    typed: str
    onward: str


def index(params: Mapping[str, str], everything: models.QuerySet[Any], name_lookup: str = "name") -> Index:
    """The page that `params` (q, letter, after) ask for, of rows with a `sort_name` and a `slug`.

    The filter box looks at the name and at `name_lookup`, a field or a path to one. Three queries.
    """
    typed = params.get("q", "").replace("\x00", "")[:MAX_FILTER].strip()
    letter = params.get("letter", "").replace("\x00", "")[:1].lower()
    found = everything
    if typed:
        alike = Q(name__icontains=typed) | Q(**{f"{name_lookup}__icontains": typed})
        found = found.filter(pk__in=found.model._default_manager.filter(alike).values("pk"))
    if letter:
        # SQLite lowers ASCII alone: there É sorts as it is written.
        found = _by_letter(found).filter(first__in=sorted({letter} if letter.isascii() else {letter, letter.upper()}))
    rows = list(_after(found, params.get("after", "")).order_by("sort_name", "id")[: PAGE + 1])
    kept = {"q": typed, "letter": letter}
    return Index(rows[:PAGE], _letters(everything, letter), typed, _onward(rows, kept))


def asked(params: Mapping[str, str]) -> tuple[str, str]:
    """What was typed into the filter box, and the letter that was chosen."""
    typed = params.get("q", "").replace("\x00", "")[:MAX_FILTER].strip()
    return typed, params.get("letter", "").replace("\x00", "")[:1].lower()


def _after(found: models.QuerySet[Any], slug: str) -> models.QuerySet[Any]:
    last = found.model._default_manager.filter(slug=slug).first() if slug and slug.isprintable() else None
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
