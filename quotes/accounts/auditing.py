"""Who did what, newest first: acts on the record, and what happened to accounts, as one list of pages."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils import timezone

from quotes.models import AccountEvent, Act

LISTED = 50
ACTS, EVENTS = "act", "event"
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to."""

    account: User | None = None
    kind: str = ""
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True)
class Line:
    """One thing that was done, by whom, to what."""

    at: dt.datetime
    source: str
    pk: int
    what: str
    actor: User | None
    about: Any = None
    told: str = ""
    network: str = ""

    @property
    def place(self) -> str:
        """Its place in the list, as an address carries it."""
        return f"{(self.at - _EPOCH) // dt.timedelta(microseconds=1)}-{self.source}-{self.pk}"

    @property
    def key(self) -> tuple[dt.datetime, str, int]:
        """What the list is ordered by, backwards."""
        return self.at, self.source, self.pk


def kinds() -> list[tuple[str, str]]:
    """All that is told apart, with its name."""
    acts = [(f"{ACTS}-{verb.value}", str(verb.label)) for verb in Act.Verb]
    return acts + [(f"{EVENTS}-{kind.value}", str(kind.label)) for kind in AccountEvent.Kind]


def place_of(text: str) -> tuple[dt.datetime, str, int] | None:
    """A place as an address carries it; None where it is none."""
    micros, _, rest = text.partition("-")
    source, _, pk = rest.partition("-")
    if not (micros.isascii() and micros.isdigit() and len(micros) < 18 and pk.isascii() and pk.isdigit()):  # noqa: PLR2004  # a year of four digits
        return None
    if source not in (ACTS, EVENTS) or len(pk) > 18:  # noqa: PLR2004  # digits of a key
        return None
    try:
        return _EPOCH + dt.timedelta(microseconds=int(micros)), source, int(pk)
    except OverflowError:
        return None


def page(asked: Asked, before: tuple[dt.datetime, str, int] | None) -> list[Line]:
    """The lines before a place, one more than are shown. Two queries, each of so many rows."""
    source, _, kind = asked.kind.partition("-")
    lines: list[Line] = []
    if source in ("", ACTS):
        lines += map(_of_act, _rows(Act.objects.select_related("actor", "statement"), ACTS, asked, kind, before))
    if source in ("", EVENTS):
        events = AccountEvent.objects.select_related("actor", "account")
        lines += map(_of_event, _rows(events, EVENTS, asked, kind, before))
    return sorted(lines, key=lambda line: line.key, reverse=True)[: LISTED + 1]


def _rows(
    rows: QuerySet[Any], source: str, asked: Asked, kind: str, before: tuple[dt.datetime, str, int] | None
) -> Iterable[Any]:
    if kind:
        rows = rows.filter(**{"verb" if source == ACTS else "kind": kind})
    if asked.account and source == ACTS:
        rows = rows.filter(actor=asked.account)
    elif asked.account:
        rows = rows.filter(Q(account=asked.account) | Q(actor=asked.account))
    if asked.first:
        rows = rows.filter(at__gte=_midnight(asked.first))
    if asked.last:
        rows = rows.filter(at__lt=_midnight(asked.last + dt.timedelta(days=1)))
    if before:
        rows = rows.filter(_before(source, *before))
    return rows.order_by("-at", "-pk")[: LISTED + 1]


def _before(own: str, at: dt.datetime, source: str, pk: int) -> Q:
    """Rows of a source that come after a place, which may be one of the other's."""
    if own == source:
        return Q(at__lt=at) | Q(at=at, pk__lt=pk)
    return Q(at__lte=at) if own < source else Q(at__lt=at)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), timezone.get_current_timezone())


def _of_act(act: Act) -> Line:
    return Line(act.at, ACTS, act.pk, act.get_verb_display(), act.actor, act.statement, act.reason)


def _of_event(event: AccountEvent) -> Line:
    about = event.account if event.account != event.actor else None
    return Line(
        event.at, EVENTS, event.pk, event.get_kind_display(), event.actor, about, event.detail, event.network[:8]
    )
