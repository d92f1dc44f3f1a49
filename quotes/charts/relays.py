"""Who relays whom: the outlets that published, against the agencies whose words they passed on."""

import math
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from quotes.charts.bars import counted
from quotes.charts.figures import Cell, Figure, Table, listed, number, percent, shortened
from quotes.charts.sample import Sample
from quotes.charts.things import Thing, things

OUTLETS, AGENCIES = 12, 8
_LOOKED_AT = 40
_NAMES = 0.38
_HEAD, _ROW, _RADIUS = 152, 30, 12
_ROOM, _ROOM_ABOVE = 17, 17

Filters = list[tuple[str, str]]


@dataclass(frozen=True)
class Dot:
    """Where an outlet's row meets an agency's column: the larger, the more."""

    x: str
    y: int
    size: str
    n: str
    told: str
    url: str


@dataclass(frozen=True)
class Named:
    """A row or a column."""

    name: str
    label: str
    url: str
    x: str
    y: int


@dataclass(frozen=True)
class Matrix:
    """Rows, columns and what stands where they meet."""

    height: int
    head: int
    names: str
    rows: list[Named]
    columns: list[Named]
    dots: list[Dot]


def counts(sample: Sample) -> dict[str, Any]:
    """The leading outlets and agencies of a list, and how often each pair stands on one statement."""
    pairs = sample.crossed("_p", "_r")
    agencies = _leading(pairs, 1, AGENCIES)
    outlets = _leading({pair: n for pair, n in pairs.items() if pair[1] in agencies}, 0, OUTLETS)
    cells = [[row, column, pairs[row, column]] for row in outlets for column in agencies if (row, column) in pairs]
    return {"outlets": outlets, "agencies": agencies, "cells": cells}


def who_relays_whom(found: dict[str, Any], filters: Filters) -> Figure:
    """The figure of what `counts` found in how many statements. One query."""
    size, is_more = found["size"], found["is_more"]
    known = things([*found["outlets"], *found["agencies"]])
    rows = [token for token in found["outlets"] if token in known]
    columns = [token for token in found["agencies"] if token in known]
    cells = [(row, column, n) for row, column, n in found["cells"] if row in known and column in known]

    def url(*tokens: str) -> str:
        return listed([*filters, *(pair for token in tokens for pair in known[token].filters)])

    greatest = max((n for _row, _column, n in cells), default=1)
    width = (1 - _NAMES) / max(len(columns), 1)
    across = {token: percent(_NAMES + (place + 0.5) * width, 1) for place, token in enumerate(columns)}
    down = {token: _HEAD + place * _ROW + _ROW // 2 for place, token in enumerate(rows)}
    dots = [
        Dot(
            x=across[column],
            y=down[row],
            size=f"{max(2.5, _RADIUS * math.sqrt(n / greatest)):.1f}",
            n=number(n, is_least=is_more),
            told=_told(known[row], known[column], number(n, is_least=is_more)),
            url=url(row, column),
        )
        for row, column, n in cells
    ]
    drawn = Matrix(
        height=_HEAD + len(rows) * _ROW,
        head=_HEAD,
        names=percent(_NAMES, 1),
        rows=[_named(known[token], _ROOM, url(token), "0%", down[token]) for token in rows],
        columns=[_named(known[token], _ROOM_ABOVE, url(token), across[token], _HEAD - 10) for token in columns],
        dots=dots,
    )
    table = Table(
        [_("Published by"), _("Relayed by"), _("Statements")],
        [
            [Cell(known[row].name), Cell(known[column].name, url(row, column)), Cell(number(n, is_least=is_more))]
            for row, column, n in cells
        ],
    )
    told = _("Outlets that published statements, by the agencies that passed these on; the larger, the more.")
    return Figure("relays", _("Who relays whom"), f"{told} {counted(size, is_more=is_more)}", "matrix", drawn, table)


def _leading(pairs: dict[tuple[str, str], int], side: int, most: int) -> list[str]:
    sums: dict[str, int] = {}
    for pair, n in pairs.items():
        sums[pair[side]] = sums.get(pair[side], 0) + n
    return sorted(sums, key=lambda token: (-sums[token], token))[:most]


def _named(thing: Thing, room: int, url: str, x: str, y: int) -> Named:
    return Named(thing.name, shortened(thing.name, room), url, x, y)


def _told(row: Thing, column: Thing, n: str) -> str:
    return _("Published by %(outlet)s, relayed by %(agency)s: %(n)s") % {
        "outlet": row.name, "agency": column.name, "n": n,
    }  # fmt: skip
