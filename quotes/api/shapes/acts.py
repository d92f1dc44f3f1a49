"""Versions, corrections, and what is left of a removed statement."""

import json

from quotes.api.shapes.parties import Told, address, speaker_named
from quotes.citing.present import Correction, Present
from quotes.history import Tombstone
from quotes.ledger import Entry
from quotes.models import Revision, Statement
from sources.slugs import survivor


def version(statement: Statement, revision: Revision) -> Told:
    """A version: its number, its address for ever, and the hash of the bytes at `record_url`."""
    url = address(statement.version_url(revision.number))
    return {
        "number": revision.number,
        "url": url,
        "record_url": f"{url}.json",
        "sha256": revision.sha256,
        "recorded": revision.recorded_at.isoformat(),
    }


def revision_listed(statement: Statement, revision: Revision) -> Told:
    """A version with why it was made; the first one has no reason."""
    return {**version(statement, revision), "reason": revision.reason or None}


def revision_whole(statement: Statement, revision: Revision) -> Told:
    """A version with the very text that was hashed, and the same as an object."""
    return {**revision_listed(statement, revision), "body": revision.body, "record": json.loads(revision.body)}


def corrections(now: Present) -> list[Told]:
    """The corrections, the last first."""
    return [_correction(one) for one in reversed(now.corrections)]


def _correction(one: Correction) -> Told:
    return {"version": one.number, "on": one.on.isoformat(), "reason": one.reason, "url": one.url}


def retraction(now: Present) -> Told | None:
    """The day and the reason of a retraction; null where the editors stand by the statement."""
    if now.retraction is None:
        return None
    on = now.retraction.on
    return {"on": on.isoformat() if on else None, "reason": now.retraction.reason or None}


def removal(statement: Statement, left: Tombstone) -> Told:
    """What is told of a removed statement; of its words, its speaker and its road nothing."""
    return {
        "id": statement.pid,
        "url": address(statement.get_absolute_url()),
        "state": "removed",
        "removed": {
            "on": left.removed_at.date().isoformat() if left.removed_at else None,
            "for": left.removed_for or None,
            "reason": left.reason or None,
            "replacement": left.replacement or None,
        },
    }


def entry(made: Entry) -> Told:
    """One act of the ledger, as its page tells it: of a removed statement neither speaker nor older reasons."""
    act, statement = made.act, made.statement
    url = address(statement.get_absolute_url())
    compared = f"{url}/history?from={made.before}&to={made.number}" if made.number and not made.is_blank else None
    return {
        "id": act.pk,
        "kind": act.verb,
        "at": act.at.isoformat(),
        "statement": statement.pid,
        "statement_url": url,
        "speaker": None if made.is_blank else speaker_named(statement.speaker),
        "reason": made.reason or None,
        "version": made.number,
        "changed": made.changed_fields,
        "comparison_url": compared,
        "removed_for": made.removed_for or None,
        "other": made.other or None,
    }


def kept_instead(statement: Statement) -> str:
    """The id of the statement that a merged one now leads to."""
    stays: Statement = survivor(statement)
    return stays.pid
