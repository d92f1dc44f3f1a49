"""What every figure is: a title, what it tells, something to draw, and a table of the same numbers."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from quotes.exporting.forms import cell
from quotes.numbers import grouped


@dataclass(frozen=True)
class Cell:
    """One cell of a table, and where it leads."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Table:
    """The numbers of a figure. The first cell of each row names it."""

    head: list[str]
    rows: list[list[Cell]]

    def as_csv(self) -> bytes:
        """The same as a file, in UTF-8; the address of what a row leads to stands last."""
        lines = [[*self.head, "url"], *([*(one.text for one in row), _leads_to(row)] for row in self.rows)]
        return "".join(",".join(map(cell, line)) + "\r\n" for line in lines).encode()


@dataclass(frozen=True)
class Figure:
    """A figure as a page shows it. `key` is its name in addresses, `shape` that of the template which draws it."""

    key: str
    title: str
    told: str
    shape: str
    drawn: Any
    table: Table = field(default_factory=lambda: Table([], []))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.table.rows

    @property
    def template(self) -> str:
        """The template that draws it."""
        return f"charts/_{self.shape}.html"


def _leads_to(row: Iterable[Cell]) -> str:
    return next((one.url for one in row if one.url), "")


def listed(pairs: Iterable[tuple[str, str]]) -> str:
    """The address of the list with these filters."""
    return addressed("statements", pairs)


def addressed(route: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The address of a route with these parameters, each once."""
    query = urlencode(list(dict.fromkeys(pairs)))
    return f"{reverse(route)}?{query}" if query else reverse(route)


def percent(part: float, whole: float) -> str:
    """A length as a part of a drawing's width; with a point whatever the language."""
    return f"{100 * part / whole if whole else 0:.2f}%"


def share(part: int, whole: int) -> str:
    """A share as readers read it; what is little, and not nothing, isn't told as nothing."""
    if not whole or not part:
        return _("{}%").format(0)
    return _("<1%") if part * 200 < whole else _("{}%").format(round(100 * part / whole))


def number(n: int, *, is_least: bool = False) -> str:
    """A number as facets show it."""
    return f"{grouped(n)}{'+' if is_least else ''}"


def shortened(text: str, room: int) -> str:
    """A text in the room that a drawing has for it; wide letters take two places."""
    used = 0
    for place, letter in enumerate(text):
        used += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if used > room:
            return f"{text[: max(1, place - 1)].rstrip()}…"
    return text
