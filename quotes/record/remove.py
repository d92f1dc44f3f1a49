"""Removing a statement for good, because the law or somebody's safety asks for it: its address stays, no word does."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from quotes.models import Act, Appearance, Merge, Report, Revision, Statement
from quotes.record.carriage import derive_carriage
from quotes.record.errors import RecordError
from quotes.record.public import checked_reason, lock_public
from quotes.spans import from_json
from sources.models import Document, Snapshot

REASONS: dict[str, str] = dict(Act.RemovedFor.choices)
BLANK = "█"
_TELLING = 12
"""A run of words this long tells what was said wherever it stands; a shorter one may be anybody's."""


def remove(
    statement: Statement, *, editor: User, reason_code: str, reason: str, replacement: Statement | None = None
) -> Act:
    """Blank a statement's words everywhere, also of the statements merged into it. It can't be undone.

    Snapshots are blanked at equal length, so that other statements' positions hold. Frozen versions of other
    statements that hold the same words (one inside another, a headline that quotes them) can't be blanked without
    being removed themselves: the act's detail names them under "remaining", for the editor to decide. Raises
    RecordError for an unknown reason code and for a replacement that isn't public, StatementRemoved, ReasonMissing.
    """
    reason = checked_reason(reason)
    if reason_code not in REASONS:
        raise RecordError(f"A removal is for one of these reasons: {', '.join(REASONS)}.", "reason_code")
    if replacement is not None and (not replacement.is_public or replacement.pk == statement.pk):
        raise RecordError("What replaces it must be another published statement.", "replacement")
    with transaction.atomic():
        family = _family(lock_public(statement))
        runs = _blank_sources(family)
        _blank_statements(family, runs)
        Statement.objects.filter(pk=statement.pk).update(state=Statement.State.REMOVED)
        derive_carriage(family)
        act = Act.objects.create(
            verb=Act.Verb.REMOVE,
            statement=statement,
            actor=editor,
            at=timezone.now(),
            reason=reason,
            reason_code=reason_code,
            detail={"replacement": replacement.pid if replacement else "", "remaining": _remaining(family, runs)},
        )
    statement.refresh_from_db()
    return act


def _family(statement: Statement) -> list[Statement]:
    """The statement and all that were merged into it, at any depth."""
    family = [statement]
    for one in family:
        family += Statement.objects.filter(merged_into=one)
    return family


def _blank_statements(family: list[Statement], runs: list[str]) -> None:
    Revision.objects.filter(statement__in=family).exclude(body="").update(body="", reason="")
    ids = [one.pk for one in family]
    told: list[Act | Merge] = [*Act.objects.filter(statement__in=ids)]
    told += Merge.objects.filter(kind=Merge.Kind.STATEMENT, loser_id__in=ids)
    for act in told:
        act.reason = blanked(act.reason, runs)
        act.save(update_fields=["reason"])
    Report.objects.filter(statement__in=family).update(message="", answer="")
    for one in family:
        one.spans, one.text, one.folded, one.said_phrase, one.said_reasoning = [], "", "", "", ""
        one.touched += 1
        one.save(update_fields=["spans", "text", "folded", "said_phrase", "said_reasoning", "touched"])


def _remaining(family: list[Statement], runs: list[str]) -> list[str]:
    """The ids of other statements, found in the same documents, whose versions hold the words too."""
    near = Revision.objects.filter(statement__appearances__document__appearances__statement__in=family)
    bodies = near.values_list("statement__pid", "body").distinct()
    return sorted({pid for pid, body in bodies if any(run in body for run in runs)})


def _blank_sources(family: list[Statement]) -> list[str]:
    """Blank the words as printed, in every archived text they stand in, and in the titles that quote them.

    Returns the runs of words that were looked for.
    """
    appearances = list(Appearance.objects.filter(statement__in=family))
    runs = _runs(family, appearances)
    documents = Document.objects.filter(pk__in={appearance.document_id for appearance in appearances})
    for snapshot in Snapshot.objects.filter(document__in=documents):
        _blank_snapshot(snapshot, [one for one in appearances if one.snapshot_id == snapshot.pk], runs)
    for document in documents:
        document.title, document.note = blanked(document.title, runs), blanked(document.note, runs)
        document.save(update_fields=["title", "note"])
    for appearance in appearances:
        appearance.printed = BLANK * len(appearance.printed)
        appearance.spans, appearance.prefix, appearance.suffix, appearance.note = [], "", "", ""
        appearance.save(update_fields=["printed", "spans", "prefix", "suffix", "note"])
    return runs


def _runs(family: Iterable[Statement], appearances: Iterable[Appearance]) -> list[str]:
    """The runs of words that must stand nowhere any more, longest first."""
    wordings = [one.spans for one in family] + [one.spans for one in appearances]
    spans = [span for wording in wordings for span in from_json(wording)]
    texts = {span.text.strip() for span in spans if span.mode in ("direct", "indirect")}
    texts |= {appearance.printed.strip() for appearance in appearances}
    return sorted((text for text in texts if len(text) >= _TELLING), key=len, reverse=True)


def blanked(text: str, runs: Iterable[str]) -> str:
    """The text with each of the runs blanked at equal length."""
    for run in runs:
        text = text.replace(run, BLANK * len(run))
    return text


def _blank_snapshot(snapshot: Snapshot, appearances: list[Appearance], runs: list[str]) -> None:
    text = snapshot.text
    for one in appearances:
        if one.start is not None and one.end is not None and not one.attested:
            text = text[: one.start] + BLANK * (one.end - one.start) + text[one.end :]
    snapshot.text = blanked(text, runs)
    snapshot.redacted_at = timezone.now()
    snapshot.original.delete(save=False)
    snapshot.save(update_fields=["text", "redacted_at", "original"])
    for neighbour in Appearance.objects.filter(snapshot=snapshot).exclude(pk__in=[one.pk for one in appearances]):
        _blank_context(neighbour, snapshot.text)


def _blank_context(neighbour: Appearance, text: str) -> None:
    """What stands around another statement's words, from the blanked text."""
    if neighbour.start is None or neighbour.end is None:
        return
    neighbour.prefix = text[neighbour.start - len(neighbour.prefix) : neighbour.start]
    neighbour.suffix = text[neighbour.end : neighbour.end + len(neighbour.suffix)]
    neighbour.save(update_fields=["prefix", "suffix"])
