"""Statements as rows of a table: one cell for each fact, several values of one parted by “; ”."""

import csv
import io
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from quotes.api.shapes.parties import address
from quotes.api.shapes.statements import Row
from quotes.exporting.cells import harmless
from quotes.models import Hop


@dataclass(frozen=True)
class Column:
    """A column, the field of the JSON answer that it belongs to, and how it is told."""

    name: str
    field: str
    tell: Callable[[Row], Any]


def _carried(role: str) -> Callable[[Row], str]:
    return lambda row: _joined(outlet.slug for outlet in row.statement.carried.get(role, ()))


def _joined(values: Iterable[object]) -> str:
    return "; ".join(str(value) for value in values)


def _origins(row: Row) -> str:
    return _joined(f"{one.outlet.slug} ({one.standing})" for one in row.statement.origins)


def _told_by(row: Row) -> str:
    hops = row.primary.hops.all() if row.primary else ()
    return _joined(hop.speaker.name for hop in hops if hop.role == Hop.Role.TOLD_BY and hop.speaker)


def _document(name: str) -> Callable[[Row], str]:
    return lambda row: str(getattr(row.primary.document, name)) if row.primary else ""


COLUMNS = (
    Column("id", "id", lambda row: row.statement.pid),
    Column("url", "url", lambda row: address(row.statement.get_absolute_url())),
    Column("state", "state", lambda row: row.statement.state),
    Column("version", "version", lambda row: row.revision.number),
    Column("version_url", "version", lambda row: address(row.statement.version_url(row.revision.number))),
    Column("sha256", "version", lambda row: row.revision.sha256),
    Column("words", "words", lambda row: row.statement.words),
    Column("mode", "mode", lambda row: row.statement.mode),
    Column("language", "language", lambda row: row.statement.language),
    Column("is_translation", "translation", lambda row: "yes" if row.statement.is_translation else "no"),
    Column("translated_from", "translation", lambda row: row.statement.translated_from),
    Column("translator", "translation", lambda row: row.statement.translator),
    Column("speaker", "speaker", lambda row: row.statement.speaker.name),
    Column("speaker_slug", "speaker", lambda row: row.statement.speaker.slug),
    Column("speaker_kind", "speaker", lambda row: row.statement.speaker.kind),
    Column("speaker_wikidata", "speaker", lambda row: row.statement.speaker.wikidata),
    Column("speaks_for", "speaks_for", lambda row: row.statement.speaks_for),
    Column("label", "label", lambda row: row.statement.label),
    Column("said", "said", lambda row: row.statement.said),
    Column("said_min", "said", lambda row: row.statement.said_min),
    Column("said_max", "said", lambda row: row.statement.said_max),
    Column("said_basis", "said", lambda row: row.statement.said_basis),
    Column("published", "published", lambda row: row.statement.published),
    Column("published_min", "published", lambda row: row.statement.published_min),
    Column("published_max", "published", lambda row: row.statement.published_max),
    Column("recorded", "recorded", lambda row: row.statement.recorded_at and row.statement.recorded_at.isoformat()),
    Column("told_by", "road", _told_by),
    Column("spoken_to", "carriage", _carried(Hop.Role.SPOKEN_TO)),
    Column("issued_by", "carriage", _carried(Hop.Role.ISSUED_BY)),
    Column("relayed_by", "carriage", _carried(Hop.Role.RELAYED_BY)),
    Column("published_by", "carriage", _carried(Hop.Role.PUBLISHED_BY)),
    Column("origins", "origins", _origins),
    Column("document", "document", _document("pid")),
    Column("document_title", "document", _document("title")),
    Column("document_url", "document", _document("url")),
    Column("topics", "topics", lambda row: _joined(topic.slug for topic in row.statement.topics.all())),
    Column("modified", "modified", lambda row: row.present.modified),
    Column("corrections", "corrections", lambda row: " ".join(one.sentence for one in row.present.corrections)),
    Column("retraction", "retraction", lambda row: row.present.retraction and row.present.retraction.sentence),
)


def columns(fields: Collection[str]) -> list[Column]:
    """The columns of the chosen fields; a field that no column tells adds none."""
    return [column for column in COLUMNS if column.field in fields]


def table(rows: Iterable[Row], chosen: Iterable[Column]) -> str:
    """A head and a line for each row, as RFC 4180 has it."""
    listed = list(chosen)
    return lines([[column.name for column in listed], *([column.tell(row) for column in listed] for row in rows)])


def lines(cells: Iterable[Iterable[Any]]) -> str:
    """Rows of cells as CSV, without formulas."""
    written = io.StringIO()
    csv.writer(written).writerows([[harmless(cell) for cell in row] for row in cells])
    return written.getvalue()
