"""What a dump holds: which tables, which of their columns, and which of their rows.

Only what visitors may see goes in: no account, draft, suggestion, report or saved search, and no text of a document.
Of what was removed there is its tombstone alone. Keys are kept, because addresses of lists and histories hold some.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from quotes.log.entries import TOLD, digest, own_of_act, own_of_version
from quotes.models import (
    Act,
    Alias,
    Appearance,
    Checkpoint,
    Hop,
    Leaf,
    Link,
    LogKey,
    Merge,
    MovedRow,
    Revision,
    Role,
    Speaker,
    Statement,
    Topic,
)
from sources.models import Document, Outlet, SlugRedirect, Snapshot

Rows = models.QuerySet[Any]
Row = dict[str, Any]

ACTS = ("publish", "correct", "retract", "restore", "remove", "merge", "undo_merge", "mark_copy", "unmark_copy")
DEPTH = 8
"""So many merges in a row are followed: A into B into C …"""


@dataclass(frozen=True)
class Table:
    """A file of a dump: a row's columns are fields of `model`.

    `told` changes a row on its way out, for which it is also given what stands `beside`; `read` changes it back.
    """

    name: str
    model: type[models.Model]
    columns: tuple[str, ...]
    tells: str
    rows: Callable[[], Rows]
    told: Callable[[Row], Row] = field(default=lambda row: row)
    beside: tuple[str, ...] = ()
    read: Callable[[Row], Row] = field(default=lambda row: row)


def on_record() -> models.QuerySet[Statement]:
    """The statements whose words visitors may read at some address."""
    return Statement.objects.exclude(state__in=["draft", "removed"]).exclude(text="")


def tombstones() -> models.QuerySet[Statement]:
    """What was removed, and what was merged into that."""
    return Statement.objects.exclude(state="draft").filter(Q(state="removed") | Q(text=""))


def _of(name: str = "statement") -> Exists:
    return Exists(on_record().filter(pk=OuterRef(name)))


def _appearances() -> models.QuerySet[Appearance]:
    return Appearance.objects.filter(_of())


def _hops() -> models.QuerySet[Hop]:
    return Hop.objects.filter(Exists(_appearances().filter(pk=OuterRef("appearance"))))


def _with_losers(heard: Any, rows: Rows) -> Rows:
    """The rows of which `heard` holds, and those that were merged into them, whose addresses lead there."""
    model, wanted, path = rows.model, Q(heard), "merged_into"
    for _ in range(DEPTH):
        wanted |= Q(Exists(model._default_manager.filter(heard, pk=OuterRef(path))))
        path += "__merged_into"
    return rows.filter(wanted)


def _speakers() -> models.QuerySet[Speaker]:
    said = on_record().filter(speaker=OuterRef("pk"))
    spoken_for = on_record().filter(speaks_for=OuterRef("pk"))
    heard = Exists(said) | Exists(spoken_for) | Exists(_hops().filter(speaker=OuterRef("pk")))
    return _with_losers(heard, Speaker.objects.all())


def _ours(name: str) -> Exists:
    return Exists(_speakers().filter(pk=OuterRef(name)))


def _documents() -> models.QuerySet[Document]:
    stands = Exists(_appearances().filter(document=OuterRef("pk"))) | Exists(_hops().filter(document=OuterRef("pk")))
    # An unnamed source is described by its document.
    unnamed = Q(speaker__document=OuterRef("pk")) | Q(speaks_for__document=OuterRef("pk"))
    described = Exists(on_record().filter(unnamed)) | Exists(_hops().filter(speaker__document=OuterRef("pk")))
    return Document.objects.filter(stands | described)


def _outlets() -> models.QuerySet[Outlet]:
    carried = Exists(_hops().filter(outlet=OuterRef("pk"))) | Exists(_documents().filter(outlet=OuterRef("pk")))
    return _with_losers(carried, Outlet.objects.all())


def _former_slugs() -> models.QuerySet[SlugRedirect]:
    of_an_outlet = Exists(_outlets().filter(pk=OuterRef("target_id")))
    ours = Q(Q(kind="speaker") & Q(_ours("target_id"))) | Q(Q(kind="outlet") & Q(of_an_outlet))
    return SlugRedirect.objects.filter(ours | Q(kind="topic"))


def _statement_merges() -> models.QuerySet[Merge]:
    told = Q(_of("loser_id")) | Q(_of("survivor_id"))
    return Merge.objects.filter(told, kind="statement")


def _acts() -> models.QuerySet[Act]:
    known = Exists(Statement.objects.exclude(state="draft").filter(pk=OuterRef("statement")))
    return Act.objects.filter(known, verb__in=ACTS)


def _told_act(row: Row) -> Row:
    """Of what was done to a removed statement the removal alone says why; and an editor's notes stay the editors'."""
    kept = {name: value for name, value in row["detail"].items() if name in TOLD}
    blank = row.pop("statement__text") == "" and row["verb"] != "remove"
    return {**row, "detail": kept, **({"reason": ""} if blank else {})}


def _leaves() -> models.QuerySet[Leaf]:
    return Leaf.objects.annotate(is_told=Exists(_acts().filter(pk=OuterRef("act"))))


def _told_leaf(row: Row) -> Row:
    """A leaf whose salts tell nothing that the dump doesn't: neither who acted, nor a reason that is left out.

    What an act says that isn't dumped is left out, and the hash stays.
    """
    beside = {name: row.pop(name) for name in _BESIDE_A_LEAF}
    seal, own = bytes(row["reason_seal"]), bytes(row["own_seal"])
    if row["act_id"] is not None and not beside["is_told"]:
        row["act_id"], seal, own = None, b"", b""
    elif row["act_id"] is not None:
        own = digest(own, own_of_act(beside["act__actor_id"], beside["act__detail"]))
        if beside["act__statement__text"] == "" and beside["act__verb"] != "remove":
            seal = digest(seal, beside["act__reason"])
    elif row["revision_id"] is not None:
        own = digest(own, own_of_version(beside["revision__actor_id"]))
    return {**row, "hash": bytes(row["hash"]).hex(), "reason_seal": seal.hex(), "own_seal": own.hex()}


def _read_leaf(row: Row) -> Row:
    return {**row, **{name: bytes.fromhex(row[name]) for name in ("hash", "reason_seal", "own_seal")}}


_BESIDE_A_LEAF = (
    "revision__actor_id",
    "act__actor_id",
    "act__detail",
    "act__reason",
    "act__verb",
    "act__statement__text",
    "is_told",
)
_STATEMENT = (
    "id",
    "pid",
    "state",
    "spans",
    "mode",
    "text",
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
    "said_phrase",
    "said_reasoning",
    "published",
    "published_min",
    "published_max",
    "primary_appearance_id",
    "primary_is_chosen",
    "merged_into_id",
    "touched",
    "recorded_at",
)
_DOCUMENT = ("id", "pid", "outlet_id", "kind", "title", "author", "url", "published", "published_min", "published_max")
_SPEAKER = ("id", "kind", "name", "given", "particle", "family", "slug", "document_id", "wikidata", "merged_into_id")
_APPEARANCE = (
    "id",
    "statement_id",
    "document_id",
    "snapshot_id",
    "attested",
    "spans",
    "mode",
    "printed",
    "language",
    "start",
    "end",
    "media_start",
    "media_end",
    "prefix",
    "suffix",
    "is_translation",
    "translated_from",
    "translator",
    "note",
    "copy_of_id",
)
_HOP = ("id", "appearance_id", "position", "previous_id", "role", "outlet_id", "speaker_id", "document_id")

# In the order in which rows name one another, as far as there is one.
TABLES = (
    Table(
        "outlets",
        Outlet,
        ("id", "name", "slug", "kind", "identified", "domain", "wikidata", "merged_into_id"),
        "Who publishes and carries; those merged away lead to their survivors",
        _outlets,
    ),
    Table(
        "documents",
        Document,
        (*_DOCUMENT, "language", "licence", "note"),
        "What statements were found in: never its text",
        _documents,
    ),
    Table(
        "snapshots",
        Snapshot,
        ("id", "document_id", "sha256", "taken_at", "media_type", "checked_at", "check_result", "redacted_at"),
        "When each document was archived, the hash of that text, and whether the page still said so: never the text",
        lambda: Snapshot.objects.filter(Exists(_documents().filter(pk=OuterRef("document")))),
    ),
    Table("speakers", Speaker, _SPEAKER, "Who spoke; those merged away lead to their survivors", _speakers),
    Table(
        "aliases",
        Alias,
        ("id", "speaker_id", "name", "language"),
        "Speakers' other names",
        lambda: Alias.objects.filter(_ours("speaker")),
    ),
    Table(
        "roles",
        Role,
        ("id", "speaker_id", "label", "held", "held_min", "held_max"),
        "Speakers' offices, as EDTF intervals",
        lambda: Role.objects.filter(_ours("speaker")),
    ),
    Table(
        "members",
        Speaker.members.through,
        ("id", "from_speaker_id", "to_speaker_id"),
        "Groups (from) and who belongs to them (to)",
        lambda: Speaker.members.through.objects.filter(_ours("from_speaker"), _ours("to_speaker")),
    ),
    Table(
        "topics",
        Topic,
        ("id", "name", "slug", "parent_id", "path", "description", "iptc", "wikidata"),
        "What statements address, a tree",
        Topic.objects.all,
    ),
    Table("former_slugs", SlugRedirect, ("id", "kind", "slug", "target_id"), "Addresses that names had", _former_slugs),
    Table("statements", Statement, _STATEMENT, "The statements as they stand", on_record),
    Table(
        "tombstones",
        Statement,
        ("id", "pid", "state", "merged_into_id", "touched", "recorded_at"),
        "What is left of removed statements, and of those merged into them",
        tombstones,
    ),
    Table(
        "revisions",
        Revision,
        ("id", "statement_id", "number", "body", "sha256", "recorded_at", "reason"),
        "Every version: the very text that was hashed, and its sha256; blank where it was removed",
        lambda: Revision.objects.exclude(statement__state="draft"),
    ),
    Table(
        "appearances", Appearance, _APPEARANCE, "Where each statement was found, as it is printed there", _appearances
    ),
    Table("hops", Hop, (*_HOP, "date", "language"), "The stops of each appearance's road, from the speaker on", _hops),
    Table(
        "filings",
        Statement.topics.through,
        ("id", "statement_id", "topic_id"),
        "Which statement addresses which topic",
        lambda: Statement.topics.through.objects.filter(_of()),
    ),
    Table(
        "links",
        Link,
        ("id", "source_id", "target_id", "kind"),
        "What one statement does to another",
        lambda: Link.objects.filter(_of("source"), _of("target")),
    ),
    Table(
        "acts",
        Act,
        ("id", "verb", "statement_id", "revision_id", "at", "reason", "reason_code", "detail"),
        "The public ledger: publications, corrections, retractions, restorations, removals, merges",
        _acts,
        _told_act,
        ("statement__text",),
    ),
    Table(
        "merges",
        Merge,
        ("id", "kind", "loser_id", "survivor_id", "at", "reason", "undone_at"),
        "Merges of statements",
        _statement_merges,
    ),
    Table(
        "moved",
        MovedRow,
        ("id", "merge_id", "table", "row_id", "field"),
        "What each merge moved",
        lambda: MovedRow.objects.filter(Exists(_statement_merges().filter(pk=OuterRef("merge")))),
    ),
    Table(
        "log_keys",
        LogKey,
        ("id", "key", "since", "loaded", "withheld"),
        "The public keys that checkpoints were signed with",
        LogKey.objects.all,
    ),
    Table(
        "leaves",
        Leaf,
        ("id", "position", "hash", "revision_id", "act_id", "key_id", "reason_seal", "own_seal"),
        "The log: the hash of every version and act in its place, and what its digests are made with",
        _leaves,
        _told_leaf,
        _BESIDE_A_LEAF,
        _read_leaf,
    ),
    Table(
        "checkpoints",
        Checkpoint,
        ("id", "size", "at", "note"),
        "Every checkpoint of the log, as it was signed",
        Checkpoint.objects.all,
    ),
)
