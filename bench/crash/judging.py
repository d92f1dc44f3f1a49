"""Whether all that was acknowledged is there, and nothing half: looked at in the database itself.

Imported once Django is set up.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, TypeVar

from django.db import Error, connection
from django.db.models import Count, Exists, F, Model, OuterRef, QuerySet
from django.utils import timezone

from bench.crash.files import rows_of
from bench.crash.place import LONGEST
from bench.crash.told import Told
from quotes.models import (
    Act,
    Appearance,
    Carriage,
    Entry,
    Fingerprint,
    Hop,
    Import,
    Imported,
    Leaf,
    Reading,
    Revision,
    Speaker,
    Statement,
)
from sources.models import Document, Snapshot

T = TypeVar("T")
SOME = 400


def patiently(ask: Callable[[], T]) -> T:
    """What is asked of a database that may be away for a while."""
    deadline = time.monotonic() + LONGEST
    while True:
        try:
            return ask()
        except Error:
            connection.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def _has(model: type[Model], **more: object) -> Exists:
    return Exists(model._default_manager.filter(statement=OuterRef("pk"), **more))


def halves(after: int = 0) -> Iterator[str]:
    """Statements that lack a part, from a key on; parts of statements are kept from being alone by foreign keys."""
    every = Statement.objects.filter(pk__gt=after)
    lists = every.filter(state="published")
    public = every.exclude(state="draft")
    # What was merged away left its appearances to the survivor.
    own = every.exclude(state="merged")
    logged = Exists(Leaf.objects.filter(revision__statement=OuterRef("pk"), revision__number=1))
    wanted: list[tuple[str, QuerySet[Statement]]] = [
        ("an appearance", own.filter(primary_appearance=None)),
        ("a road", own.exclude(Exists(Hop.objects.filter(appearance=OuterRef("primary_appearance"))))),
        ("a version", public.exclude(_has(Revision, number=1))),
        ("its publication", public.exclude(_has(Act, verb="publish"))),
        ("a leaf", public.exclude(logged)),
        ("an entry", lists.exclude(_has(Entry))),
        ("carriage", lists.exclude(_has(Carriage))),
        ("fingerprints", lists.exclude(_has(Fingerprint))),
    ]
    for part, lacking in wanted:
        yield from (f"{pid} lacks {part}" for pid in lacking.values_list("pid", flat=True))
    drafts = every.filter(state="draft")
    for what in (Revision, Entry, Carriage, Fingerprint):
        yield from (f"{pid} is a draft, and has {what.__name__}" for pid in _pids(drafts.filter(_has(what))))


def _pids(found: QuerySet[Statement]) -> list[str]:
    return list(found.values_list("pid", flat=True))


def newest() -> int:
    return Statement.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def orphans() -> Iterator[str]:
    """What came with a statement or a text that isn't there."""
    whose = Statement.objects.filter(speaker=OuterRef("pk"))
    alone = Speaker.objects.exclude(Exists(whose)).exclude(name__in=("TF1", "TASS"))
    yield from (f"the speaker {name} has no statement" for name in alone.values_list("name", flat=True))
    printed, kept = Appearance.objects.filter(document=OuterRef("pk")), Snapshot.objects.filter(document=OuterRef("pk"))
    bare = Document.objects.exclude(Exists(printed)).exclude(Exists(kept))
    yield from (
        f"the document {title} has neither text nor statement" for title in bare.values_list("title", flat=True)
    )
    unasked = Snapshot.objects.exclude(Exists(Reading.objects.filter(snapshot=OuterRef("pk"))))
    yield from (f"the text {key} was never asked to be read" for key in unasked.values_list("pk", flat=True))


def lost(told: Told, since: dict[str, int] | None = None) -> Iterator[str]:
    """What was acknowledged and isn't there: all of it, or what came after so many of each kind."""
    since = since or {}
    for kind, look in (("drafts", _drafts), ("published", _published), ("acts", _acts), ("documents", _documents)):
        known = list(told.copy(kind).items())[since.get(kind, 0) :]
        for start in range(0, len(known), SOME):
            yield from look(dict(known[start : start + SOME]))
    for name, rows in list(told.copy("files").items())[since.get("files", 0) :]:
        yield from _file(name, rows)


def _drafts(known: dict[str, Any]) -> Iterator[str]:
    there = set(Statement.objects.filter(pid__in=known).values_list("pid", flat=True))
    yield from (f"draft {pid}" for pid in known.keys() - there)


def _published(known: dict[str, Any]) -> Iterator[str]:
    first = Revision.objects.filter(statement__pid__in=known, number=1)
    there = {pid: (body, sha256) for pid, body, sha256 in first.values_list("statement__pid", "body", "sha256")}
    for pid, words in known.items():
        body, sha256 = there.get(pid, ("", ""))
        if hashlib.sha256(body.encode()).hexdigest() != sha256:
            yield f"published {pid}"
        elif words not in "".join(span["text"] for span in json.loads(body)["spans"]):
            yield f"published {pid} says something else"


def _acts(known: dict[str, Any]) -> Iterator[str]:
    acts = Act.objects.filter(reason__in=known)
    there = {reason: (verb, pid) for reason, verb, pid in acts.values_list("reason", "verb", "statement__pid")}
    logged = set(Leaf.objects.filter(act__reason__in=known).values_list("act__reason", flat=True))
    made = Revision.objects.filter(reason__in=known)
    versions = dict(made.values_list("reason", "statement__pid"))
    for reason, (verb, pid) in known.items():
        if there.get(reason) != (verb, pid) or reason not in logged:
            yield f"the act {reason}"
        elif verb == "correct" and versions.get(reason) != pid:
            yield f"the version of {reason}"


def _documents(known: dict[str, Any]) -> Iterator[str]:
    texts = dict(Snapshot.objects.filter(document__pid__in=known).values_list("document__pid", "text"))
    for pid, beginning in known.items():
        if not texts.get(pid, "").startswith(beginning):
            yield f"document {pid}"


def _file(name: str, rows: int) -> Iterator[str]:
    texts = {f"{words}." for words in rows_of(name, rows)}
    own = Statement.objects.filter(topics__name=f"Topic {name}", imported__isnull=False)
    there = list(own.values_list("text", flat=True))
    if set(there) != texts:
        yield f"{len(texts - set(there))} rows of {name}"
    if len(there) != len(set(there)):
        yield f"{name} has rows twice"


def twice() -> Iterator[str]:
    """What is there more than once."""
    again = Statement.objects.order_by().values("folded").annotate(n=Count("pk")).filter(n__gt=1)
    yield from (f"{row['n']} times: {row['folded'][:80]}" for row in again)
    acts = Act.objects.exclude(reason="").order_by().values("reason", "verb").annotate(n=Count("pk")).filter(n__gt=1)
    yield from (f"{row['n']} times the act {row['reason']}" for row in acts)
    texts = Snapshot.objects.order_by().values("sha256").annotate(n=Count("pk")).filter(n__gt=1)
    yield from (f"{row['n']} times a text" for row in texts)
    rows = Imported.objects.order_by().values("of", "row", "part").annotate(n=Count("pk")).filter(n__gt=1)
    yield from (f"{row['n']} times row {row['row']}" for row in rows)


def put_on(key: int) -> None:
    """Let two minutes pass for an import of which nothing came for some seconds."""
    now = timezone.now()
    still = Import.objects.filter(pk=key, moved_at__lt=now - timedelta(seconds=5))
    patiently(lambda: still.update(moved_at=F("moved_at") - timedelta(minutes=3)))


def put_readings_on() -> int:
    """Let half an hour pass for readings that were interrupted; how many there are."""
    left = Reading.objects.filter(state__in=["waiting", "running"])
    left.update(asked_at=F("asked_at") - timedelta(hours=1))
    left.filter(state="running").update(started_at=F("started_at") - timedelta(hours=1))
    return left.count()


def file_is_sound() -> Iterator[str]:
    """What SQLite says of its file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for check in ("PRAGMA integrity_check", "PRAGMA foreign_key_check"):
                cursor.execute(check)
                yield from (f"{check}: {row}" for row in cursor.fetchall() if row != ("ok",))
