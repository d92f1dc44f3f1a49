"""A speaker's offices over time: a line for each, from when it was taken up to when it was given up."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from quotes.charts.figures import Cell, Figure, Table, listed, percent, shortened
from quotes.dates import When, read
from quotes.models import Role, Speaker

MOST = 12
_ROW, _TEXT, _LINE, _AXIS = 42, 14, 26, 24
_ROOM = 44


@dataclass(frozen=True)
class Span:
    """An office: where its line begins, and how long it is."""

    label: str
    text_y: int
    y: int
    x: str
    width: str
    told: str
    url: str
    top: int
    height: int = _ROW - 4


@dataclass(frozen=True)
class Offices:
    """All offices, the latest first."""

    height: int
    axis_y: int
    spans: list[Span]
    first: str
    last: str


def offices(speaker: Speaker, roles: Sequence[Role], today: dt.date) -> Figure:
    """The figure of a speaker's offices, of many the latest; all of them stand in its table."""
    held = [(role, read(role.held)) for role in roles]
    shown = held[:MOST]
    days = [day for _role, when in shown for day in (when.first, when.last) if day] or [today]
    whole = min(days), max(today, *days)
    spans = [_span(role, when, place, whole, speaker) for place, (role, when) in enumerate(shown)]
    height = len(spans) * _ROW
    drawn = Offices(height + _AXIS, height + 6, spans, str(whole[0].year), str(whole[1].year)) if spans else None
    table = Table(
        [_("Office"), _("Held")],
        [[Cell(role.label, _url(when, speaker)), Cell(role.held_words)] for role, when in held],
    )
    return Figure("offices", _("Offices"), _("Each leads to what was said in it."), "offices", drawn, table)


def _span(role: Role, when: When, place: int, whole: tuple[dt.date, dt.date], speaker: Speaker) -> Span:
    first, last = whole
    days = max((last - first).days, 1)
    start, end = ((when.first or first) - first).days, ((when.last or last) - first).days
    top = place * _ROW
    return Span(
        label=shortened(role.label, _ROOM),
        text_y=top + _TEXT,
        y=top + _LINE,
        x=percent(min(start, days * 0.99), days),
        # A day in office is seen, too.
        width=percent(max(end - start, days * 0.01), days),
        told=_("%(office)s: %(held)s") % {"office": role.label, "held": role.held_words},
        url=_url(when, speaker),
        top=top,
    )


def _url(when: When, speaker: Speaker) -> str:
    """The list of what can have been said in those days."""
    days = [("said_after", when.first), ("said_before", when.last)]
    return listed([("speaker", str(speaker.slug)), *((name, day.isoformat()) for name, day in days if day)])
