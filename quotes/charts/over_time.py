"""A list over time, in all and by its leading speakers or topics: a row of bars for each, on one scale.

A statement is drawn where the list has it, at the last day it can be from. What can be of an earlier period as well is
drawn above that period's bar, hollow, for the list that the bar leads to holds it as “possibly”.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from quotes.charts.bars import counted
from quotes.charts.figures import Cell, Figure, Table, listed, number, percent, shortened
from quotes.charts.periods import Period
from quotes.charts.sample import REST, Asked, Sample, lowest
from quotes.charts.things import Thing, things

LEADING = 5
_LOOKED_AT = 200
_TALL, _LOW = 72, 34
_LABEL, _GAP, _AXIS = 22, 14, 24
_ROOM = 34
_AXIS_LABELS = 5

Filters = list[tuple[str, str]]


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, how high it is, what it tells and the list it leads to."""

    x: str
    width: str
    y: int
    height: int
    possible_y: int
    possible_height: int
    told: str
    url: str


@dataclass(frozen=True)
class Strip:
    """A row of bars; `top` and `base` are where its label and its line are."""

    name: str
    label: str
    n: str
    url: str
    top: int
    text_y: int
    base: int
    hit: int
    bars: list[Bar]
    is_led: bool


@dataclass(frozen=True)
class Tick:
    """A label below the axis."""

    x: str
    label: str
    anchor: str


@dataclass(frozen=True)
class Strips:
    """All rows, one below the other."""

    height: int
    axis_y: int
    strips: list[Strip]
    ticks: list[Tick]


def over_time(title: str, asked: Asked, kind: str, filters: Filters, own: str = "") -> Figure:
    """The figure of a list by the things of a kind that lead in it, but for its `own`. Three queries at most."""
    found = asked.kept(f"over time by {kind} but {own}", lambda sample: _counts(sample, kind, own))
    spans = [Period(unit, place) for unit, place in found["spans"]]
    named = things(found["groups"])
    groups = [("", Thing(_("All statements"), ())), *((token, named[token]) for token in found["groups"])]
    rest = found["counts"].get(REST, [])
    if len(groups) > 1 and any(n for n, _possible in rest):
        groups.append((REST, Thing(_("All others"))))
    # Of the earliest period that any was said in there may be more than were counted.
    begun = next((at for at, (n, _possible) in enumerate(found["counts"][""]) if n), 0)
    uncertain = begun if found["is_more"] else None
    shown = [_Group(token, thing, found["counts"][token], uncertain) for token, thing in groups]
    return Figure(
        key="over-time",
        title=title,
        told=" ".join([counted(found["size"], is_more=found["is_more"]), *_how_to_read(shown)]),
        shape="strips",
        drawn=_drawn(shown, spans, filters) if spans else None,
        table=_table(shown, spans, filters),
    )


@dataclass(frozen=True)
class _Group:
    token: str
    thing: Thing
    counts: list[list[int]]
    uncertain: int | None

    @property
    def n(self) -> str:
        return number(sum(n for n, _possible in self.counts), is_least=self.uncertain is not None)

    @property
    def is_led(self) -> bool:
        """Whether it is one of the leading ones, and neither all nor the rest."""
        return self.token not in ("", REST)

    @property
    def top(self) -> int:
        return max((n + possible for n, possible in self.counts), default=0)

    def filters(self, filters: Filters) -> Filters:
        return [*filters, *self.thing.filters]

    def url(self, filters: Filters) -> str:
        """Where it leads; the rest is no list."""
        return "" if self.token == REST else listed(self.filters(filters))

    def told(self, place: int, span: Period) -> str:
        n, possible = self.counts[place]
        told = number(n, is_least=place == self.uncertain)
        if possible:
            return _("%(period)s: %(n)s, and %(possible)s possibly") % {
                "period": span.label, "n": told, "possible": number(possible),
            }  # fmt: skip
        return _("%(period)s: %(n)s") % {"period": span.label, "n": told}


def _counts(sample: Sample, kind: str, own: str) -> dict[str, Any]:
    found = [(token, n) for token, n in sample.tops(kind, _LOOKED_AT) if token != own]
    if kind == "_t":
        groups = [token for token, _n in lowest(found, LEADING)]
    else:
        known = things(token for token, _n in found[: LEADING * 4])
        groups = [token for token, _n in found if token in known][:LEADING]
    spans = sample.spans()
    return {
        "size": len(sample.rows),
        "is_more": sample.is_more,
        "spans": [(span.unit, span.number) for span in spans],
        "groups": groups,
        "counts": sample.over(spans, groups),
    }


def _how_to_read(groups: list[_Group]) -> Iterator[str]:
    if len(groups) > 1:
        yield _("The coloured rows have one scale, the grey ones another; a statement can stand in several.")
    if any(possible for group in groups for _n, possible in group.counts):
        yield _("Hollow: what has an imprecise date and can be of that time as well.")


def _drawn(groups: list[_Group], spans: list[Period], filters: Filters) -> Strips:
    whole = _TALL / max(groups[0].top, 1)
    led = _LOW / max([1, *(group.top for group in groups if group.is_led)])
    strips, top = [], 0
    for place, group in enumerate(groups):
        scale = led if group.is_led else whole
        height = _TALL if place == 0 else max(_LOW, round(group.top * scale))
        strips.append(_strip(group, spans, filters, (top, height, scale)))
        top += _LABEL + height + _GAP
    return Strips(top + _AXIS, top + 4, strips, _ticks(spans))


def _strip(group: _Group, spans: list[Period], filters: Filters, place: tuple[int, int, float]) -> Strip:
    top, height, scale = place
    base = top + _LABEL + height
    bars = [_bar(group, at, spans, filters, (base, scale)) for at, counts in enumerate(group.counts) if any(counts)]
    return Strip(
        name=group.thing.name,
        label=shortened(group.thing.name, _ROOM),
        n=group.n,
        url=group.url(filters),
        top=top,
        text_y=top + _LABEL - 8,
        base=base,
        hit=height + _LABEL,
        bars=bars,
        is_led=group.is_led,
    )


def _bar(group: _Group, at: int, spans: list[Period], filters: Filters, place: tuple[int, float]) -> Bar:
    base, scale = place
    n, possible = group.counts[at]
    height, extra = _height(n, scale), _height(possible, scale)
    own = group.filters(filters)
    return Bar(
        x=percent(at + 0.1, len(spans)),
        width=percent(0.8, len(spans)),
        y=base - height,
        height=height,
        possible_y=base - height - extra,
        possible_height=extra,
        told=group.told(at, spans[at]),
        url="" if group.token == REST else listed([*own, *spans[at].filters]),
    )


def _height(n: int, scale: float) -> int:
    """What is there is seen."""
    return max(2, round(n * scale)) if n else 0


def _ticks(spans: list[Period]) -> list[Tick]:
    """A few labels, the latest among them; those at the edges end there, or they would be cut."""
    step, last = -(-len(spans) // _AXIS_LABELS), len(spans) - 1
    ends = {0: ("0%", "start"), last: ("100%", "end")}
    places = range(last, -1, -step)
    middle = {at: (percent(at + 0.5, len(spans)), "middle") for at in places}
    return [Tick(x, spans[at].short, anchor) for at in places for x, anchor in [ends.get(at, middle[at])]]


def _table(groups: list[_Group], spans: list[Period], filters: Filters) -> Table:
    head = [_("Shown"), _("Period"), _("Statements"), _("Possibly more")]
    rows = []
    for group in groups if spans else ():
        for at, span in enumerate(spans):
            n, possible = group.counts[at]
            if n or possible:
                url = "" if group.token == REST else listed([*group.filters(filters), *span.filters])
                told = number(n, is_least=at == group.uncertain)
                rows.append([Cell(group.thing.name), Cell(span.label, url), Cell(told), Cell(number(possible))])
    return Table(head, rows)
