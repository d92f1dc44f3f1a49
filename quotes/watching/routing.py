"""From acts to watches: who is to be told of each.

An act leaves the list of what nobody was told of when every watch was asked, and not before. If a worker dies in
between, the next one asks all of them again, and the database refuses what is there already.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from quotes.filters import StatementFilter
from quotes.models import Act, Delivery, Endpoint, Happening, Notice, Watch
from quotes.search.demands import Demand
from quotes.watching.news import News, news_of
from quotes.watching.taking import LEASE

BATCH = 50
CHUNK = 500
NOTED = 2_000
_REMEMBERED = 5_000

Told = set[tuple[int, int]]


def route() -> int:
    """Tell the first acts of those that nobody was told of to the watches they concern; how many there were.

    One worker at a time does it, so that acts come in order. About twelve queries, and five for every five hundred
    watches beside those that read the filters of different lists.
    """
    taken = _take()
    if not taken:
        return 0
    acts = Act.objects.filter(happening__in=taken).select_related("statement", "revision").defer("revision__body")
    news = news_of(list(acts.order_by("pk")))
    demands = Demands()
    for watches in _chunks():
        _tell(news, watches, demands)
    Happening.objects.filter(pk__in=taken).delete()
    return len(taken)


def _take() -> list[int]:
    """The first acts, unless another worker is at them."""
    waiting = Happening.objects.order_by("pk")
    if not waiting.exists():
        return []
    with transaction.atomic():
        now = timezone.now()
        first = list(waiting.select_for_update()[:BATCH])
        if not first or _is_taken(first[0], now):
            return []
        free = [one.pk for one in first if not _is_taken(one, now)]
        Happening.objects.filter(pk__in=free).update(due_at=now + LEASE)
    return free


def _is_taken(one: Happening, now: dt.datetime) -> bool:
    return one.due_at is not None and one.due_at > now


def telling() -> Q:
    """Ask for the watches that tell somebody something."""
    return Q(paused_at=None, owner__is_active=True) & (~Q(mail="") | Q(endpoint__isnull=False))


def _chunks() -> Iterator[list[Watch]]:
    last = 0
    while chunk := list(Watch.objects.filter(telling(), pk__gt=last).order_by("pk")[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


class Demands:
    """What lists ask for, each read once; a list that names what is gone asks for nothing."""

    def __init__(self) -> None:
        self._read: dict[str, Demand] = {}

    def of(self, query: str) -> Demand:
        """What a list asks for. Up to four queries the first time."""
        if len(self._read) > _REMEMBERED:
            self._read.clear()
        if query not in self._read:
            self._read[query] = StatementFilter(QueryDict(query)).demand()
        return self._read[query]


def _tell(news: Sequence[News], watches: Sequence[Watch], demands: Demands) -> None:
    told = _told(news, watches)
    concerned = [
        (watch.pk, one.act)
        for one in news
        for watch in watches
        if one.act.at >= watch.created_at and _concerns(one, watch, told, demands)
    ]
    # An editor on SQLite waits for each transaction: none is long.
    for start in range(0, len(concerned), NOTED):
        _note(concerned[start : start + NOTED])


def _told(news: Sequence[News], watches: Sequence[Watch]) -> Told:
    """Which watches were told of which statements before."""
    acts = {one.act.pk for one in news}
    before = Notice.objects.filter(watch__in=watches, act__statement__in={one.act.statement_id for one in news})
    return {
        (watch, statement) for watch, statement in before.exclude(act__in=acts).values_list("watch", "act__statement")
    }


def _concerns(one: News, watch: Watch, told: Told, demands: Demands) -> bool:
    """Whether a watch is told: of all on its statement, of what it was told of before, of what is news for its list."""
    if watch.statement_id:
        return watch.statement_id in one.family
    if (watch.pk, one.act.statement_id or 0) in told:
        return not one.is_quiet
    return one.concerns(demands.of(watch.query))


def _note(concerned: Sequence[tuple[int, Act]]) -> None:
    """Note down who is to be told, as the watches stand now: one may just have been deleted, or its endpoint."""
    now = timezone.now()
    with transaction.atomic():
        keys = {key for key, _ in concerned}
        watches = Watch.objects.select_for_update(no_key=True, of=("self",)).order_by("pk").in_bulk(keys)
        endpoints = Endpoint.objects.select_for_update(no_key=True).order_by("pk")
        paused = dict(endpoints.filter(watches__in=watches).values_list("pk", "paused_at"))
        Notice.objects.bulk_create(
            [
                Notice(watch=watches[key], act=act, at=now, waits_for=watches[key].mail)
                for key, act in concerned
                if key in watches
            ],
            ignore_conflicts=True,
            batch_size=CHUNK,
        )
        told = {(watches[key].endpoint_id, act.pk): None for key, act in concerned if key in watches}
        Delivery.objects.bulk_create(
            [
                Delivery(endpoint_id=endpoint, act_id=act, made_at=now, due_at=None if paused[endpoint] else now)
                for endpoint, act in told
                if endpoint in paused
            ],
            ignore_conflicts=True,
            batch_size=CHUNK,
        )
