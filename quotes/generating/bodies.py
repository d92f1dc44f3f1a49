"""The frozen body of a generated version: what `quotes.record.bodies.freeze` writes, without asking the database.

A test freezes generated statements again and compares.
"""

import hashlib
import json
from random import Random
from typing import Any

from quotes.generating.cast import Subject, Voice
from quotes.generating.days import Days
from quotes.generating.roads import Road
from quotes.generating.rows import AppearanceRow, DocumentRow, SnapshotRow, StatementRow
from quotes.record.bodies import SCHEMA

# What RFC 8785 asks of texts and whole numbers, which are all that a body holds.
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def source(
    appearance: AppearanceRow, document: DocumentRow, outlet: Any, snapshot: SnapshotRow | None, road: Road
) -> dict[str, Any]:
    """The part of a body that tells where the words were found."""
    return {
        "attested": False,
        "document": {
            "id": document.pid,
            "kind": document.kind,
            "title": document.title,
            "author": document.author,
            "url": document.url,
            "published": document.published,
            "language": document.language,
            "outlet": outlet,
        },
        "printed": appearance.printed,
        "start": appearance.start,
        "end": appearance.end,
        "snapshot": {"sha256": snapshot.sha256, "taken": snapshot.taken_at[:10]} if snapshot else None,
        "translator": appearance.translator,
        "hops": [_stop(stop, document) for stop in road],
    }


def _stop(stop: Any, document: DocumentRow) -> dict[str, Any]:
    date, language = (document.published, document.language) if stop.is_document else ("", "")
    told = {"outlet": stop.carrier.frozen} if stop.carrier else {"speaker": stop.teller.frozen}
    return {"role": stop.role, "date": date, "language": language, **told}


def body(
    random: Random,
    row: StatementRow,
    voices: tuple[Voice, Voice | None],
    found: dict[str, Any],
    relays: list[str],
    topics: list[Subject],
) -> dict[str, Any]:
    """The fields of version 1; a later version differs in few."""
    speaker, principal = voices
    when = Days(row.said, row.said_min, row.said_max)
    translation = {"from": row.translated_from, "translator": row.translator} if row.is_translation else None
    return {
        "schema": SCHEMA,
        "salt": f"{random.getrandbits(128):032x}",
        "id": row.pid,
        "version": 1,
        "recorded": row.recorded_at[:10],
        "mode": row.mode,
        "language": row.language,
        "translation": translation,
        "speaker": speaker.frozen,
        "speaks_for": principal.frozen if principal else None,
        "label": row.label,
        "said": {
            "edtf": when.text,
            "first": when.first,
            "last": when.last,
            "basis": row.said_basis,
            "phrase": row.said_phrase,
            "reasoning": row.said_reasoning,
        },
        "source": found,
        "relayed_by": relays,
        "topics": [{"name": one.name, "slug": one.slug} for one in topics],
    }


def sealed(fields: dict[str, Any]) -> tuple[str, str]:
    """The canonical text of a body, and its sha256 in hexadecimal."""
    text = _canonical(fields)
    return text, hashlib.sha256(text.encode()).hexdigest()
