"""The rows of each table as plain values, column by column: what a process of its own makes and the database takes.

Dates and times are ISO texts (UTC), JSON is text, truth is 1 or 0, as SQLite and PostgreSQL both read them. Tables
whose rows nothing refers to get their keys from the database.
"""

from collections import Counter
from typing import Any, NamedTuple


class SpeakerRow(NamedTuple):
    """A source that a document describes and doesn't name; who has a name is no row of a batch."""

    id: int
    kind: str
    name: str
    given: str
    particle: str
    family: str
    slug: None
    document_id: int
    wikidata: str
    merged_into_id: None


class DocumentRow(NamedTuple):
    id: int
    pid: str
    outlet_id: int
    kind: str
    title: str
    author: str
    url: str
    published: str
    published_min: str | None
    published_max: str
    language: str
    licence: str
    note: str
    created_at: str


class SnapshotRow(NamedTuple):
    id: int
    document_id: int
    text: str
    sha256: str
    taken_at: str
    media_type: str
    original: str
    original_sha256: str
    sealed: str
    checked_at: None
    check_result: str
    redacted_at: None


class StatementRow(NamedTuple):
    id: int
    pid: str
    state: str
    spans: str
    mode: str
    text: str
    folded: str
    language: str
    is_translation: int
    translated_from: str
    translator: str
    speaker_id: int
    speaks_for_id: int | None
    label: str
    said: str
    said_min: str | None
    said_max: str
    said_basis: str
    said_phrase: str
    said_reasoning: str
    published: str
    published_min: str | None
    published_max: str
    primary_appearance_id: int
    primary_is_chosen: int
    merged_into_id: None
    touched: int
    recorded_by_id: int
    created_at: str
    recorded_at: str


class AppearanceRow(NamedTuple):
    id: int
    statement_id: int
    document_id: int
    snapshot_id: int | None
    attested: int
    spans: str
    mode: str
    printed: str
    language: str
    start: int | None
    end: int | None
    media_start: None
    media_end: None
    prefix: str
    suffix: str
    is_translation: int
    translated_from: str
    translator: str
    note: str
    copy_of_id: None
    created_at: str


class HopRow(NamedTuple):
    id: int
    appearance_id: int
    position: int
    previous_id: int | None
    role: str
    outlet_id: int | None
    speaker_id: int | None
    document_id: int | None
    date: str
    language: str


class CarriageRow(NamedTuple):
    statement_id: int
    outlet_id: int
    role: str
    said_max: str
    origin: str


class FiledRow(NamedTuple):
    statement_id: int
    topic_id: int


class LinkRow(NamedTuple):
    source_id: int
    target_id: int
    kind: str


class RevisionRow(NamedTuple):
    id: int
    statement_id: int
    number: int
    body: str
    sha256: str
    recorded_at: str
    actor_id: int
    reason: str


class ActRow(NamedTuple):
    verb: str
    statement_id: int
    revision_id: int | None
    actor_id: int
    at: str
    reason: str
    reason_code: str
    detail: str


class LeafRow(NamedTuple):
    """A version's leaf in the log; acts, whose keys the database gives, get theirs afterwards."""

    hash: bytes
    revision_id: int
    reason_seal: bytes
    own_seal: bytes


class EntryRow(NamedTuple):
    place: int
    statement_id: int
    words: str
    voices: str
    terms: str
    dates: str


class FingerprintRow(NamedTuple):
    hash: int
    statement_id: int


class CountRow(NamedTuple):
    token: str
    month: int
    kind: str
    n: int


# In an order in which each row's own refer to rows that are there, but for a statement's primary appearance.
TABLES: dict[str, type[NamedTuple]] = {
    "sources_document": DocumentRow,
    "sources_snapshot": SnapshotRow,
    "quotes_speaker": SpeakerRow,
    "quotes_statement": StatementRow,
    "quotes_appearance": AppearanceRow,
    "quotes_hop": HopRow,
    "quotes_carriage": CarriageRow,
    "quotes_statement_topics": FiledRow,
    "quotes_link": LinkRow,
    "quotes_revision": RevisionRow,
    "quotes_act": ActRow,
    "quotes_leaf": LeafRow,
    "quotes_entry": EntryRow,
    "quotes_fingerprint": FingerprintRow,
    "quotes_tokencount": CountRow,
}


def columns(table: str) -> str:
    """The columns that a batch has of a table, as SQL names them."""
    return ", ".join(f'"{name}"' for name in TABLES[table]._fields)


FINGERPRINTS = "quotes_fingerprint"
COUNTS = "quotes_tokencount"

Rows = dict[str, list[Any]]
"""Rows by table: tuples of whole numbers, texts, bytes, and nothing."""


class Batch(NamedTuple):
    """The rows of some statements, their fingerprints, and what their entries count for, by token and month.

    `beside` are the ids of those for whom somebody spoke in them, and who told what another said.
    """

    rows: Rows
    marks: list[tuple[int, list[int]]]
    counts: Counter[tuple[str, int]]
    beside: set[int]
