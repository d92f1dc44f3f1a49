"""A statement, field by field: an answer holds the fields that were asked for, and only they are worked out."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from quotes.api.shapes import acts, roads
from quotes.api.shapes.parties import Told, address, outlet_named, speaker_named, topic_named
from quotes.citing.present import Present
from quotes.models import Appearance, Revision, Statement
from quotes.pages import Around
from quotes.spans import render


@dataclass(frozen=True)
class Row:
    """A statement with what was read beside it."""

    statement: Statement
    revision: Revision
    present: Present
    primary: Appearance | None = None
    appearances: list[Appearance] = field(default_factory=list)
    around: list[Around] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)


def told(row: Row, fields: Collection[str]) -> Told:
    """The chosen fields of a statement."""
    return {name: FIELDS[name](row) for name in fields}


def _said(row: Row) -> Told:
    statement = row.statement
    return {
        **roads.day(statement.said, statement.said_min, statement.said_max),
        "basis": statement.said_basis,
        "phrase": statement.said_phrase or None,
        "reasoning": statement.said_reasoning or None,
        "possibly": statement.possibly,
    }


def _published(row: Row) -> Told:
    statement = row.statement
    return roads.day(statement.published, statement.published_min, statement.published_max)


def _recorded(row: Row) -> str | None:
    first = row.statement.recorded_at
    return first.isoformat() if first else None


def _carriage(row: Row) -> Told:
    return {role: [outlet_named(outlet) for outlet in outlets] for role, outlets in row.statement.carried.items()}


def _origins(row: Row) -> list[Told]:
    return [{"outlet": outlet_named(one.outlet), "held": one.held} for one in row.statement.origins]


def _appearances(row: Row) -> list[Told]:
    key = row.statement.primary_appearance_id
    ordered = sorted(row.appearances, key=lambda one: (one.pk != key, one.pk))
    return [roads.appearance(one, is_primary=one.pk == key) for one in ordered]


def _link(around: Around) -> Told:
    """A linked statement: the link's kind, and which way it goes, in words and as seen from here."""
    other = around.statement
    return {
        "kind": around.kind,
        "direction": "out" if around.is_outward else "in",
        "relation": around.relation,
        "statement": other.pid,
        "url": address(other.get_absolute_url()),
        "speaker": speaker_named(other.speaker),
        "words": other.words,
    }


def _modified(row: Row) -> str | None:
    day = row.present.modified
    return day.isoformat() if day else None


def _speaks_for(row: Row) -> Told | None:
    principal = row.statement.speaks_for
    return speaker_named(principal) if principal else None


FIELDS: Mapping[str, Callable[[Row], Any]] = {
    "id": lambda row: row.statement.pid,
    "url": lambda row: address(row.statement.get_absolute_url()),
    "api_url": lambda row: address(f"/api/v1/statements/{row.statement.pid}"),
    "state": lambda row: row.statement.state,
    "version": lambda row: acts.version(row.statement, row.revision),
    "words": lambda row: render(row.statement.wording),
    "spans": lambda row: row.statement.spans,
    "mode": lambda row: row.statement.mode,
    "language": lambda row: row.statement.language,
    "translation": lambda row: roads.translation(row.statement),
    "speaker": lambda row: speaker_named(row.statement.speaker),
    "speaks_for": _speaks_for,
    "label": lambda row: row.statement.label or None,
    "said": _said,
    "published": _published,
    "recorded": _recorded,
    "document": lambda row: roads.document(row.primary.document) if row.primary else None,
    "road": lambda row: roads.road(row.primary) if row.primary else [],
    "carriage": _carriage,
    "origins": _origins,
    "topics": lambda row: [topic_named(topic) for topic in row.statement.topics.all()],
    "modified": _modified,
    "corrections": lambda row: acts.corrections(row.present),
    "retraction": lambda row: acts.retraction(row.present),
    "appearances": _appearances,
    "links": lambda row: [_link(around) for around in row.around],
    "revisions": lambda row: [acts.revision_listed(row.statement, one) for one in row.revisions],
}
EXPANDED = ("appearances", "links", "revisions")
"""What a list tells on request alone, because of what it costs."""
