"""Statements as rows of values, some thousand at a time: ten short queries a batch, and no model instance."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from quotes.models import Appearance, Carriage, Hop, Revision, Speaker, Statement, Topic
from quotes.notation import write
from quotes.pagination import Cursor, places
from quotes.patience import within
from quotes.search.demands import Demand
from quotes.search.tokens import day_of, statement_of
from quotes.spans import from_json, render
from sources.models import Document, Outlet

LOOK, BATCH = 10_000, 1_000
"""So many places are looked up at once, and so many of them are read at once: a few megabytes."""

Row = tuple[Any, ...]


class Keys(RawSQL):
    """Some keys, for `filter(pk__in=…)`: written out, because each parameter costs Django as much as reading a row."""

    def __init__(self, keys: Iterable[int | None]) -> None:
        super().__init__(",".join(str(int(key)) for key in keys if key) or "NULL", ())


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
    "speaker_id",
    "speaks_for_id",
    "label",
    "said",
    "said_min",
    "said_max",
    "said_basis",
    "published",
    "published_min",
    "published_max",
    "recorded_at",
    "primary_appearance_id",
)
# Where none of these stand, the words with their marks and the notation are the same.
_TELLING = frozenset('\\[]“”«»„"‹›‚')
_NO_CARRIERS: dict[str, list[str]] = {}
_UNKNOWN = ("", "", "", "", "")


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
    """The rows of the published statements at some places, in their order. Ten queries."""
    keys = list(map(statement_of, found))
    own = {row[0]: row for row in Statement.objects.published().filter(pk__in=Keys(keys)).values_list(*_OWN)}
    beside = _beside(own)
    return [_row(own[key], place, beside) for key, place in zip(keys, found, strict=True) if key in own]


@dataclass(frozen=True)
class _Beside:
    """What was read beside a batch of statements, by their keys and those of what they name."""

    versions: dict[int, tuple[int, str]]
    renewed: dict[int, dt.datetime]
    speakers: dict[int, tuple[str, str | None, str, str]]
    carriers: dict[int, dict[str, list[str]]]
    tellers: dict[int, list[str]]
    topics: dict[int, list[str]]
    documents: dict[int, tuple[str, str, str, str, str]]


def _beside(own: dict[int, Any]) -> _Beside:
    at = {name: number for number, name in enumerate(_OWN)}
    speaker, principal, primary = at["speaker_id"], at["speaks_for_id"], at["primary_appearance_id"]
    keys, primaries = Keys(own), Keys(row[primary] for row in own.values())
    versions = _versions(keys)
    return _Beside(
        versions=versions,
        renewed=_renewed(key for key, (number, _) in versions.items() if number > 1),
        speakers=_speakers(Keys({row[speaker] for row in own.values()} | {row[principal] for row in own.values()})),
        carriers=_carriers(keys),
        tellers=_tellers(primaries),
        topics=_topics(keys),
        documents=_documents(primaries),
    )


def _versions(keys: Keys) -> dict[int, tuple[int, str]]:
    """The number and the hash of each latest version."""
    rows = Revision.objects.filter(statement__in=keys).order_by("number")
    return {key: (number, sha256) for key, number, sha256 in rows.values_list("statement_id", "number", "sha256")}


def _renewed(keys: Iterable[int]) -> dict[int, dt.datetime]:
    rows = Revision.objects.filter(statement__in=Keys(keys)).order_by("number")
    return dict(rows.values_list("statement_id", "recorded_at"))


def _speakers(keys: Keys) -> dict[int, tuple[str, str | None, str, str]]:
    rows = Speaker.objects.filter(pk__in=keys).order_by().values_list("pk", "name", "slug", "kind", "wikidata")
    return {row[0]: row[1:] for row in rows}


def _carriers(keys: Keys) -> dict[int, dict[str, list[str]]]:
    found: dict[int, dict[str, list[str]]] = {}
    carried = Carriage.objects.filter(statement__in=keys).order_by("pk")
    rows = list(carried.values_list("statement_id", "role", "outlet_id"))
    outlets = Outlet.objects.filter(pk__in=Keys({row[2] for row in rows})).order_by()
    slugs = dict(outlets.values_list("pk", "slug"))
    for key, role, outlet in rows:
        found.setdefault(key, {}).setdefault(role, []).append(slugs[outlet])
    return found


def _tellers(appearances: Keys) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    told = Hop.objects.filter(appearance__in=appearances, role=Hop.Role.TOLD_BY).order_by("pk")
    for key, name in told.values_list("appearance_id", "speaker__name"):
        found[key].append(name)
    return found


def _topics(keys: Keys) -> dict[int, list[str]]:
    found: dict[int, list[int]] = defaultdict(list)
    filed = Statement.topics.through.objects.filter(statement__in=keys).order_by()
    for key, topic in filed.values_list("statement_id", "topic_id"):
        found[key].append(topic)
    wanted = Keys({topic for topics in found.values() for topic in topics})
    slugs = dict(Topic.objects.filter(pk__in=wanted).order_by("name", "pk").values_list("pk", "slug"))
    order = {topic: number for number, topic in enumerate(slugs)}
    return {key: [slugs[topic] for topic in sorted(topics, key=order.__getitem__)] for key, topics in found.items()}


def _documents(appearances: Keys) -> dict[int, tuple[str, str, str, str, str]]:
    """The outlet, id, title, address and date of what each appearance stands in."""
    stands_in = dict(Appearance.objects.filter(pk__in=appearances).order_by().values_list("pk", "document_id"))
    rows = Document.objects.filter(pk__in=Keys(set(stands_in.values()))).order_by()
    told = {row[0]: row[1:] for row in rows.values_list("pk", "outlet__slug", "pid", "title", "url", "published")}
    return {key: told[document] for key, document in stands_in.items()}


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
        primary,
    ) = own
    number, sha256 = beside.versions[key]
    words, notation = wording(spans)
    carriers = beside.carriers.get(key, _NO_CARRIERS)
    url = f"{settings.SITE_URL}/q/{pid}"
    return (
        pid,
        url,
        state,
        number,
        f"{url}/v{number}",
        sha256,
        words,
        text,
        notation,
        mode,
        language,
        is_translation,
        translated_from or None,
        translator or None,
        *_told(beside.speakers[speaker]),
        beside.speakers[speaks_for][0] if speaks_for else None,
        label or None,
        said,
        said_min,
        said_max,
        said_basis,
        published,
        published_min,
        published_max,
        recorded,
        beside.tellers.get(primary, []),
        carriers.get("spoken_to", []),
        carriers.get("issued_by", []),
        carriers.get("relayed_by", []),
        carriers.get("published_by", []),
        *(part or None for part in beside.documents.get(primary, _UNKNOWN)),
        beside.topics.get(key, []),
        number - 1,
        localdate(beside.renewed[key]) if number > 1 else None,
        f"{day_of(place).isoformat()}.{key}",
    )


def _told(speaker: tuple[str, str | None, str, str]) -> tuple[str, str | None, str, str | None]:
    name, slug, kind, wikidata = speaker
    return name, slug or None, kind, wikidata or None


def wording(stored: list[dict[str, str]]) -> tuple[str, str]:
    """Words as `spans.render` and as `notation.write` write them. One run without a mark of its own needs neither."""
    if len(stored) == 1:
        text, mode = stored[0].get("text", ""), stored[0]["mode"]
        if mode in ("direct", "indirect") and _TELLING.isdisjoint(text):
            told = f"“{text}”" if mode == "direct" else text
            return told, told
    spans = from_json(stored)
    return render(spans), write(spans)
