"""The record's rows against each other: what has no leaf, bodies and their hashes, acts and what they changed."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from quotes.log.entries import LOGGED, is_open
from quotes.models import Act, Leaf, LogKey, Merge, Revision, Statement
from quotes.spans import from_json, plain

Say = Callable[[str, int], None]
_BATCH = 500
_STATE = Statement.State
_AFTER = {"retract": {_STATE.RETRACTED}, "remove": {_STATE.REMOVED}}
_COLUMNS = ("spans", "mode", "language", "label")


def rows(blanked: set[int], say: Say, *, is_loaded: bool = False) -> Iterator[str]:
    """What is wrong with the rows, whatever their leaves say; `blanked` are the versions whose words were removed.

    A record that `is_loaded` lacks the merges of statements that were removed: a dump leaves them out.
    """
    yield from _versions(blanked, say)
    yield from _acts()
    yield from _merges(is_loaded=is_loaded)
    yield from _statements(say, is_loaded=is_loaded)


def in_batches(found: QuerySet[Any], size: int, *fields: str) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table by their keys, so many at a time."""
    last = 0
    while batch := list(found.filter(pk__gt=last).order_by("pk").values("pk", *fields)[:size]):
        yield batch
        last = batch[-1]["pk"]


def _versions(blanked: set[int], say: Say) -> Iterator[str]:
    done = 0
    logged = Revision.objects.annotate(is_logged=Exists(Leaf.objects.filter(revision=OuterRef("pk"))))
    for batch in in_batches(logged, _BATCH, "statement__pid", "number", "body", "sha256", "is_logged"):
        for row in batch:
            name = f"{row['statement__pid']} v{row['number']}"
            if not row["is_logged"]:
                yield f"{name} has no leaf: it was written past the log."
            if row["body"] and hashlib.sha256(row["body"].encode()).hexdigest() != row["sha256"]:
                yield f"The words of {name} aren’t what was hashed."
            if row["body"] == "" and row["pk"] not in blanked:
                yield f"The words of {name} are gone, and no removal says why."
            if row["body"] and row["pk"] in blanked:
                yield f"The words of {name} were removed, and stand there again."
        done += len(batch)
        say("versions", done)


def _acts() -> Iterator[str]:
    """Acts without a leaf, and publications, of which version 1 is the leaf."""
    unlogged = Act.objects.filter(verb__in=LOGGED).exclude(Exists(Leaf.objects.filter(act=OuterRef("pk"))))
    for key, verb in unlogged.values_list("pk", "verb"):
        yield f"The act {key} ({verb}) has no leaf: it was written past the log."
    for one in LogKey.objects.exclude(Exists(Leaf.objects.filter(key=OuterRef("pk")))):
        yield f"The key {one} has no leaf: it was written past the log."
    same = {"statement": OuterRef("statement"), "actor": OuterRef("actor")}
    published = Act.objects.filter(verb=Act.Verb.PUBLISH)
    first = Revision.objects.filter(number=1)
    told = published.filter(revision=OuterRef("pk"), at=OuterRef("recorded_at"), **same)
    for pid in first.exclude(Exists(told)).values_list("statement__pid", flat=True):
        yield f"No act says that {pid} was published when its first version was recorded, by who recorded it."
    made = first.filter(pk=OuterRef("revision"), recorded_at=OuterRef("at"), **same)
    odd = published.exclude(Exists(made)) | published.exclude(reason="", reason_code="", detail={})
    twice = published.filter(Exists(published.filter(revision=OuterRef("revision"), pk__lt=OuterRef("pk"))))
    for key in (odd | twice).values_list("pk", flat=True):
        yield f"The act {key} tells of a publication that no first version is of."


def _merges(*, is_loaded: bool) -> Iterator[str]:
    """Merges against the acts that tell of them."""
    told: dict[tuple[int, str], tuple[Any, ...]] = {}
    seal = Leaf.objects.filter(act=OuterRef("pk")).values("reason_seal")[:1]
    acts = Act.objects.filter(verb__in=["merge", "undo_merge"]).annotate(seal=Subquery(seal))
    left_out = set()
    for verb, when, reason, detail, sealed, text in acts.values_list(
        "verb", "at", "reason", "detail", "seal", "statement__text"
    ):
        facts = (detail.get("kind"), detail.get("loser"), detail.get("survivor"), when)
        told[detail.get("merge", 0), verb] = (*facts, reason if sealed and is_open(bytes(sealed)) else None)
        if is_loaded and text == "":
            left_out.add((detail.get("merge", 0), verb))
    for one in Merge.objects.order_by("pk").iterator():
        moments: dict[str, dt.datetime | None] = {"merge": one.at, "undo_merge": one.undone_at}
        for verb, at in moments.items():
            found = told.pop((one.pk, verb), None)
            kept = (one.kind, one.loser_id, one.survivor_id, at)
            if (at is None) != (found is None) or (found and found[:4] != kept):
                yield f"What is kept of the merge {one.pk} isn’t what its acts say."
            elif found and found[4] not in (None, one.reason):
                yield f"The reason of the merge {one.pk} isn’t what its act says."
    for key, verb in told.keys() - left_out:
        yield f"An act ({verb}) tells of the merge {key}, which isn’t there."


def _statements(say: Say, *, is_loaded: bool) -> Iterator[str]:
    """Statements as lists show them, against their latest version and the acts on them."""
    hidden = Statement.objects.filter(state=_STATE.DRAFT)
    for pid in hidden.filter(Exists(Revision.objects.filter(statement=OuterRef("pk")))).values_list("pid", flat=True):
        yield f"{pid} is a draft, and has versions."
    done = 0
    own = Revision.objects.filter(statement=OuterRef("pk")).order_by("-number")
    turned = Act.objects.filter(statement=OuterRef("pk"), verb__in=["retract", "restore", "remove"])
    public = Statement.objects.exclude(state=_STATE.DRAFT).annotate(
        body=Subquery(own.values("body")[:1]),
        turned=Subquery(turned.order_by("-at", "-pk").values("verb")[:1]),
        merged_to=Subquery(
            Merge.objects.filter(kind="statement", loser_id=OuterRef("pk"), undone_at=None).values("survivor_id")[:1]
        ),
    )
    shown = ("pid", "state", "said", "text", "merged_into", "merged_to", "body", "turned", *_COLUMNS)
    for batch in in_batches(public, _BATCH, *shown):
        for row in batch:
            yield from _statement(row, is_loaded=is_loaded)
        done += len(batch)
        say("statements", done)


def _statement(row: dict[str, Any], *, is_loaded: bool) -> Iterator[str]:
    if row["body"] is None:
        yield f"{row['pid']} is public and has no version."
        return
    merged = {_STATE.MERGED} if row["merged_to"] else _AFTER.get(row["turned"] or "", {_STATE.PUBLISHED})
    is_left_out = is_loaded and row["body"] == "" and row["state"] == _STATE.MERGED
    if not is_left_out and (row["state"] not in merged or row["merged_into"] != row["merged_to"]):
        yield f"{row['pid']} is {row['state']}, and the acts on it say otherwise."
    if row["body"] == "":
        if row["text"] or row["spans"]:
            yield f"The words of {row['pid']} were removed, and stand there again."
        return
    try:
        body = json.loads(row["body"])
        same = all(body[name] == row[name] for name in _COLUMNS) and body["said"]["edtf"] == row["said"]
        same = same and row["text"] == plain(from_json(row["spans"]))
    except (ValueError, KeyError, TypeError):
        same = False
    if not same:
        yield f"Lists show {row['pid']} otherwise than its latest version says."
