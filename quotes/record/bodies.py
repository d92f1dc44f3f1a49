"""The body of a version: its frozen fields as RFC 8785 canonical JSON, salted so that a hash never tells the words.

It holds the statement's own words and nothing of the text around them: that may be another statement's, and if the law
has that one removed, no frozen body may still carry it.
"""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Sequence
from typing import Any

from quotes.models import Appearance, Hop, Speaker, Statement, Topic
from sources.models import Document, Outlet, Snapshot

SCHEMA = 1
# What RFC 8785 asks of texts and whole numbers, which are all that a body holds.
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def freeze(statement: Statement, number: int, at: dt.datetime) -> tuple[str, str]:
    """The canonical text of version `number` as of `at`, and its sha256 in hexadecimal.

    Reads the statement's primary appearance with its chain, its relays and its topics: seven queries.
    """
    primary = Appearance.objects.with_roads().get(primary_of=statement)
    topics = list(statement.topics.order_by("name", "id"))
    return seal(statement, number, at, primary, list(primary.hops.all()), _relays(statement), topics)


def seal(
    statement: Statement,
    number: int,
    at: dt.datetime,
    primary: Appearance,
    hops: Sequence[Hop],
    relays: Sequence[str],
    topics: Sequence[Topic],
) -> tuple[str, str]:
    """The same of what is loaded already: the primary appearance with its hops, all relays by name, and the topics."""
    fields = {
        "schema": SCHEMA,
        "salt": secrets.token_hex(16),
        "id": statement.pid,
        "version": number,
        "recorded": at.date().isoformat(),
        "spans": statement.spans,
        "mode": statement.mode,
        "language": statement.language,
        "translation": _translation(statement),
        "speaker": frozen_speaker(statement.speaker),
        "speaks_for": frozen_speaker(statement.speaks_for) if statement.speaks_for else None,
        "label": statement.label,
        "said": _said(statement),
        "source": _source(primary, hops),
        "relayed_by": list(relays),
        "topics": [{"name": topic.name, "slug": topic.slug} for topic in topics],
    }
    body = _canonical(fields)
    return body, hashlib.sha256(body.encode()).hexdigest()


def _translation(statement: Statement) -> dict[str, str] | None:
    if not statement.is_translation:
        return None
    return {"from": statement.translated_from, "translator": statement.translator}


def frozen_speaker(speaker: Speaker) -> dict[str, str]:
    """What a version keeps of a speaker."""
    return {
        "kind": speaker.kind,
        "name": speaker.name,
        "given": speaker.given,
        "particle": speaker.particle,
        "family": speaker.family,
        "slug": speaker.slug or "",
        "wikidata": speaker.wikidata,
    }


def _said(statement: Statement) -> dict[str, str | None]:
    return {
        "edtf": statement.said,
        "first": statement.said_min.isoformat() if statement.said_min else None,
        "last": statement.said_max.isoformat(),
        "basis": statement.said_basis,
        "phrase": statement.said_phrase,
        "reasoning": statement.said_reasoning,
    }


def _source(appearance: Appearance, hops: Sequence[Hop]) -> dict[str, Any]:
    return {
        "attested": appearance.attested,
        "document": _document(appearance.document),
        "printed": appearance.printed,
        "start": appearance.start,
        "end": appearance.end,
        "snapshot": _snapshot(appearance.snapshot) if appearance.snapshot else None,
        "translator": appearance.translator,
        "hops": [_hop(hop) for hop in hops],
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.pid,
        "kind": document.kind,
        "title": document.title,
        "author": document.author,
        "url": document.url,
        "published": document.published,
        "language": document.language,
        "outlet": frozen_outlet(document.outlet),
    }


def frozen_outlet(outlet: Outlet) -> dict[str, Any]:
    """What a version keeps of an outlet."""
    return {"name": outlet.name, "slug": outlet.slug, "kind": outlet.kind, "identified": outlet.identified}


def _snapshot(snapshot: Snapshot) -> dict[str, str]:
    return {"sha256": snapshot.sha256, "taken": snapshot.taken_at.date().isoformat()}


def _hop(hop: Hop) -> dict[str, Any]:
    carrier = {"outlet": frozen_outlet(hop.outlet)} if hop.outlet else {"speaker": frozen_speaker(hop.carrier)}  # type: ignore[arg-type]
    return {"role": hop.role, "date": hop.date, "language": hop.language, **carrier}


def _relays(statement: Statement) -> list[str]:
    relayed = Hop.objects.filter(appearance__statement=statement, role=Hop.Role.RELAYED_BY, outlet__isnull=False)
    return list(relayed.order_by("outlet__name").values_list("outlet__name", flat=True).distinct())
