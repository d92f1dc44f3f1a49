"""Named bars, the longest first: how a list spreads over outlets, agencies, speakers or origins."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quotes.charts.figures import Cell, Figure, Table, listed, number, percent, share, shortened
from quotes.charts.sample import Sample
from quotes.charts.things import things
from quotes.filters import origins_name
from quotes.search import tokens

MOST = 10
_LOOKED_AT = 40
_ROW, _TEXT, _BAR = 42, 14, 21
_ROOM = 32

Filters = list[tuple[str, str]]
Counted = tuple[str, int, str]
"""What a bar counts, how many there are, and the list it leads to; none where there is none."""


@dataclass(frozen=True)
class Bar:
    """A bar below its name; `told` is what it tells."""

    name: str
    label: str
    n: str
    text_y: int
    y: int
    width: str
    told: str
    url: str
    top: int
    height: int = _ROW - 4


@dataclass(frozen=True)
class Bars:
    """All bars, one below the other."""

    height: int
    bars: list[Bar]


def bars(key: str, title: str, told: str, rows: Iterable[Counted], whole: int, *, is_least: bool = False) -> Figure:
    """A figure of named numbers, each with its share of the `whole`."""
    rows = list(rows)
    greatest = max((n for _name, n, _url in rows), default=0)
    drawn = []
    for place, (name, n, url) in enumerate(rows):
        text = f"{number(n, is_least=is_least)} · {share(n, whole)}"
        drawn.append(
            Bar(
                name=name,
                label=shortened(name, _ROOM),
                n=text,
                text_y=place * _ROW + _TEXT,
                y=place * _ROW + _BAR,
                width=percent(n, greatest),
                told=_("%(name)s: %(n)s") % {"name": name, "n": text},
                url=url,
                top=place * _ROW,
            )
        )
    table = Table(
        [_("Name"), _("Statements"), _("Share")],
        [[Cell(name, url), Cell(number(n, is_least=is_least)), Cell(share(n, whole))] for name, n, url in rows],
    )
    return Figure(key, title, told, "bars", Bars(len(rows) * _ROW, drawn), table)


def counted(size: int, *, is_more: bool) -> str:
    """Say how many statements a figure counts."""
    if is_more:
        return _("The newest %(n)s statements are counted; there are more.") % {"n": number(size)}
    return ngettext("%(n)s statement is counted.", "%(n)s statements are counted.", size) % {"n": number(size)}


def spread_over(sample: Sample, kind: str, own: str = "", most: int = MOST) -> list[tuple[str, int]]:
    """The leading things of a kind in a list, but for its own, with their numbers."""
    return [(token, n) for token, n in sample.tops(kind, _LOOKED_AT) if token != own][:most]


def named(tops: Iterable[tuple[str, int]], filters: Filters) -> list[Counted]:
    """The same by name, with the lists they lead to; what has no page is left out. One query for a kind of thing."""
    tops = list(tops)
    found = things(token for token, _n in tops)
    return [(found[token].name, n, listed([*filters, *found[token].filters])) for token, n in tops if token in found]


def by_origins(tops: Iterable[tuple[str, int]], filters: Filters) -> list[Counted]:
    """How many come from no known origin, from one, from two, and so on."""
    counts = dict(tops)
    numbers = [(str(n), counts.get(tokens.origins(n), 0)) for n in range(tokens.MOST_ORIGINS + 1)]
    found = [(value, n) for value, n in numbers if n]
    return [(origins_name(value), n, listed([*filters, ("origins", value)])) for value, n in found]
