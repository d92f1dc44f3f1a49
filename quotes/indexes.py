"""Index pages: speakers and outlets by name, with letters, a filter box and pages that continue after a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr

PAGE = 100
MAX_FILTER = 200


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
        found = found.filter(Q(sort_name__startswith=letter) | Q(sort_name__startswith=letter.upper()))
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
    return found.filter(Q(sort_name__gt=last.sort_name) | Q(sort_name=last.sort_name, pk__gt=last.pk))


def _letters(everything: models.QuerySet[Any], chosen: str) -> list[Letter]:
    first = everything.order_by().annotate(letter=Substr("sort_name", 1, 1)).values_list("letter", flat=True)
    return [
        Letter(symbol.upper(), "?" + urlencode({"letter": symbol}), symbol == chosen)
        for symbol in sorted({symbol.lower() for symbol in first.distinct()})
    ]


def _onward(rows: list[Any], kept: dict[str, str]) -> str:
    if len(rows) <= PAGE:
        return ""
    return "?" + urlencode({**{name: value for name, value in kept.items() if value}, "after": rows[PAGE - 1].slug})
