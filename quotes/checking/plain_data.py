"""What a check found, as plain data for JSON."""

from typing import Any

from django.conf import settings

from quotes.checking.drafts import Check, check
from quotes.checking.judging import Judgement
from quotes.checking.telling import notes, remarks, title
from quotes.models import Statement
from quotes.near_wordings import Near


def check_json(text: str, *, speaker: str = "", date: str = "") -> dict[str, Any]:
    """Everything that `check` finds, as plain data; the same errors and the same cost."""
    return as_data(check(text, speaker=speaker, date=date))


def as_data(found: Check) -> dict[str, Any]:
    """A check as plain data: its quotations the worst first, and against which record they were held."""
    return {
        "checked_at": found.at.isoformat(timespec="seconds"),
        "record": {
            "url": settings.SITE_URL,
            "changed_at": found.as_of.isoformat(timespec="seconds") if found.as_of else None,
        },
        "quotations": [_quotation(one) for one in found.judgements],
        "passed_over": found.short,
        "not_judged": found.left,
        "remarks": remarks(found),
    }


def _quotation(judged: Judgement) -> dict[str, Any]:
    claim = judged.claim
    return {
        "text": claim.text,
        "range": [claim.start, claim.end],
        "quoted": claim.is_quoted,
        "speaker": judged.voice.shown,
        "verdict": judged.verdict.value,
        "title": title(judged),
        "notes": notes(judged),
        "statement": _statement(judged.near) if judged.near else None,
        "also": [_identity(statement) for statement in judged.also],
        "differences": _differences(judged),
        "turns": list(judged.comparison.turns) if judged.comparison else [],
        "reported": judged.is_reported,
        "origins": [{"outlet": one.outlet.name, "slug": one.outlet.slug, "held": one.held} for one in judged.origins],
    }


def _differences(judged: Judgement) -> list[dict[str, Any]]:
    if judged.comparison is None:
        return []
    return [
        {
            "kind": one.kind,
            "said": one.said,
            "quoted": one.quoted,
            "said_range": list(one.said_range),
            "quoted_range": list(one.quoted_range),
            "turns": list(one.turns),
            "marked": one.marked,
        }
        for one in judged.comparison.differences
    ]


def _identity(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.pid,
        "url": f"{settings.SITE_URL}{statement.get_absolute_url()}",
        "path": statement.get_absolute_url(),
        "version": max((revision.number for revision in statement.revisions.all()), default=1),
        "speaker": {"name": statement.speaker.name, "slug": statement.speaker.slug},
        "label": statement.label,
        "said": statement.said,
        "language": statement.language,
        "words": statement.words,
    }


def _statement(near: Near) -> dict[str, Any]:
    """A statement with the wording that was compared: its own, as printed somewhere, or of an earlier version."""
    known = near.known
    wording = {"of": "statement", "text": near.words.text}
    if known.appearance:
        wording |= {"of": "appearance", "outlet": known.appearance.document.outlet.name}
    elif known.revision:
        wording |= {"of": "version", "version": known.revision.number}  # type: ignore[dict-item]  # a number
    return {**_identity(near.statement), "wording": wording}
