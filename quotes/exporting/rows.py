"""Statements as rows of values, a thousand at a time: five queries a batch, no model instance, and days as text."""

import datetime as dt
import json
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.utils.timezone import localdate

from quotes.models import Carriage, Hop, Revision, Statement
from quotes.notation import write
from quotes.pagination import Cursor, places
from quotes.patience import within
from quotes.search.demands import Demand
from quotes.search.tokens import SHIFT, day_of, statement_of
from quotes.spans import from_json, render

LOOK, BATCH = 10_000, 500
"""So many places are looked up at once, and so many of them are read at once: a few megabytes."""

Row = tuple[Any, ...]


def written(keys: Iterable[int | None]) -> str:
    """Some keys as SQL: written out, because each parameter costs Django as much as reading a row."""
    return ",".join([str(int(key)) for key in keys if key]) or "NULL"


# Stands for the keys while a query is compiled.
_KEYS = "\x02keys\x03"
_ALONE = threading.Lock()


class Asking:
    """A query of values about some keys: `made` makes it. Written once for each kind of database, and asked often."""

    def __init__(self, made: Callable[[RawSQL], QuerySet[Any, Any]]) -> None:
        self._made = made
        self._compiled: dict[str, tuple[str, tuple[Any, ...]]] = {}

    @cached_property
    def _queryset(self) -> QuerySet[Any, Any]:
        return self._made(RawSQL(_KEYS, ()))  # noqa: S611 - our own mark

    def __call__(self, keys: str) -> list[Any]:
        """What it finds, as the driver has it. One query."""
        using = self._queryset.db
        connection = connections[using]
        if connection.vendor not in self._compiled:
            # Compiling changes a queryset: two threads at one would write wrong SQL.
            with _ALONE:
                self._compiled[connection.vendor] = self._queryset.all().query.get_compiler(using).as_sql()
        sql, values = self._compiled[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(sql.replace(_KEYS, keys), values)
            return list(cursor.fetchall())


def _text(name: str) -> Cast:
    """A day or a time as the database writes it: making Python's of a row costs as much as reading it."""
    return Cast(name, TextField())


_OWN = (
    "pk",
    "pid",
    "state",
    "spans",
    "text",
    "mode",
    "language",
    "is_translation",
    "translated_from",
    "translator",
    "speaker__name",
    "speaker__slug",
    "speaker__kind",
    "speaker__wikidata",
    "speaks_for__name",
    "label",
    "said",
    _text("said_min"),
    _text("said_max"),
    "said_basis",
    "published",
    _text("published_min"),
    _text("published_max"),
    _text("recorded_at"),
    "primary_appearance__document__outlet__slug",
    "primary_appearance__document__pid",
    "primary_appearance__document__title",
    "primary_appearance__document__url",
    "primary_appearance__document__published",
    "primary_appearance_id",
)
# Where none of these stand, the words with their marks and the notation are the same.
_MARK = re.compile(r'[\\\[\]“”«»„"‹›‚]')
_SPOKEN = ("direct", "indirect")
_NO_CARRIERS: dict[str, list[str]] = {}
_NOBODY: list[str] = []


def batches(demand: Demand, cursor: Cursor | None = None, most: int | None = None) -> Iterator[list[Row]]:
    """The statements of a demand after a cursor, latest said first and `most` at most, in batches that aren't empty.

    A row has the columns of `quotes.exporting.columns`. Each look and each batch may take LIST_SECONDS, and is a moment
    of the record: what is corrected meanwhile may be told as it was or as it is. Raises TookTooLong.
    """
    left = most
    while left is None or left > 0:
        size = LOOK if left is None else min(LOOK, left)
        with within(settings.LIST_SECONDS):
            found = places(demand, cursor, size)
        for start in range(0, len(found), BATCH):
            with within(settings.LIST_SECONDS):
                rows = read(found[start : start + BATCH])
            if rows:
                yield rows
        if len(found) < size:
            return
        cursor = Cursor(day_of(found[-1]), statement_of(found[-1]))
        left = None if left is None else left - size


def read(found: list[int]) -> list[Row]:
    """The rows of the published statements at some places, in their order. Five queries."""
    numbers = list(map(statement_of, found))
    keys = written(numbers)
    own = {row[0]: row for row in _STATEMENTS(keys)}
    beside = _beside(keys, written(row[-1] for row in own.values()))
    return [_row(own[key], place, beside) for key, place in zip(numbers, found, strict=True) if key in own]


_STATEMENTS = Asking(lambda keys: Statement.objects.published().filter(pk__in=keys).order_by().values_list(*_OWN))
_VERSIONS = Asking(
    lambda keys: (
        Revision.objects.filter(statement__in=keys)
        .order_by("number")
        .values_list("statement_id", "number", "sha256", _text("recorded_at"))
    )
)
_CARRIERS = Asking(
    lambda keys: (
        Carriage.objects.filter(statement__in=keys).order_by("pk").values_list("statement_id", "role", "outlet__slug")
    )
)
_TELLERS = Asking(
    lambda keys: (
        Hop.objects.filter(appearance__in=keys, role=Hop.Role.TOLD_BY)
        .order_by("pk")
        .values_list("appearance_id", "speaker__name")
    )
)
_TOPICS = Asking(
    lambda keys: (
        Statement.topics.through.objects.filter(statement__in=keys)
        .order_by("topic__name", "topic_id")
        .values_list("statement_id", "topic__slug")
    )
)


@dataclass(frozen=True)
class _Beside:
    """What was read beside a batch of statements, by their keys."""

    site: str
    versions: dict[int, tuple[int, str, str]]
    carriers: dict[int, dict[str, list[str]]]
    tellers: dict[int, list[str]]
    topics: dict[int, list[str]]


def _beside(keys: str, primaries: str) -> _Beside:
    return _Beside(
        site=settings.SITE_URL,
        versions=_versions(keys),
        carriers=_carriers(keys),
        tellers=_tellers(primaries),
        topics=_topics(keys),
    )


def _versions(keys: str) -> dict[int, tuple[int, str, str]]:
    """The number, the hash and the time of each latest version."""
    return {key: (number, sha256, at) for key, number, sha256, at in _VERSIONS(keys)}


def _carriers(keys: str) -> dict[int, dict[str, list[str]]]:
    found: dict[int, dict[str, list[str]]] = {}
    for key, role, slug in _CARRIERS(keys):
        found.setdefault(key, {}).setdefault(role, []).append(slug)
    return found


def _tellers(appearances: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, name in _TELLERS(appearances):
        found[key].append(name)
    return found


def _topics(keys: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, slug in _TOPICS(keys):
        found[key].append(slug)
    return found


def _row(own: Any, place: int, beside: _Beside) -> Row:
    (
        key,
        pid,
        state,
        spans,
        text,
        mode,
        language,
        is_translation,
        translated_from,
        translator,
        speaker,
        slug,
        kind,
        wikidata,
        speaks_for,
        label,
        said,
        said_min,
        said_max,
        said_basis,
        published,
        published_min,
        published_max,
        recorded,
        outlet,
        document,
        title,
        url,
        document_published,
        primary,
    ) = own
    number, sha256, renewed = beside.versions[key]
    words, notation = wording(json.loads(spans))
    carried = beside.carriers.get(key, _NO_CARRIERS).get
    permalink = f"{beside.site}/q/{pid}"
    return (
        pid,
        permalink,
        state,
        number,
        f"{permalink}/v{number}",
        sha256,
        words,
        text,
        notation,
        mode,
        language,
        bool(is_translation),
        translated_from or None,
        translator or None,
        speaker,
        slug or None,
        kind,
        wikidata or None,
        speaks_for,
        label or None,
        said,
        said_min,
        said_max,
        said_basis,
        published,
        published_min,
        published_max,
        _time(recorded),
        beside.tellers.get(primary, _NOBODY),
        carried("spoken_to", _NOBODY),
        carried("issued_by", _NOBODY),
        carried("relayed_by", _NOBODY),
        carried("published_by", _NOBODY),
        outlet or None,
        document or None,
        title or None,
        url or None,
        document_published or None,
        beside.topics.get(key, _NOBODY),
        number - 1,
        localdate(dt.datetime.fromisoformat(_time(renewed))).isoformat() if number > 1 else None,
        f"{_day_at(place >> SHIFT)}.{key}",
    )


def _time(written: str) -> str:
    """A time in UTC as ISO 8601 has it. PostgreSQL names the zone and leaves out noughts."""
    if written[-3] == "+":
        return dt.datetime.fromisoformat(written).isoformat()
    return f"{written[:10]}T{written[11:]}+00:00"


@lru_cache(maxsize=4096)
def _day_at(number: int) -> str:
    return dt.date.fromordinal(number).isoformat()


def wording(stored: list[dict[str, str]]) -> tuple[str, str]:
    """Words as `spans.render` and as `notation.write` write them.

    Both write the same of what the speaker and the reporter said without a mark of their own, which is most.
    """
    told = ""
    for span in stored:
        text, mode = span.get("text", ""), span["mode"]
        if mode not in _SPOKEN or _MARK.search(text):
            break
        told += f"“{text}”" if mode == "direct" else text
    else:
        # Two runs of the speaker's that touch stand in one pair of marks.
        if "”“" not in told:
            return told, told
    spans = from_json(stored)
    return render(spans), write(spans)
