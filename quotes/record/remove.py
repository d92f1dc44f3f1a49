"""Removing a statement for good, because the law or somebody's safety asks for it: its address stays, no word does."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from quotes.models import Act, Appearance, Merge, Report, Revision, Statement
from quotes.record.acts import forget_salts, note
from quotes.record.blanking import BLANK, Traces
from quotes.record.carriage import derive_carriage
from quotes.record.discarded import forget_discarded
from quotes.record.errors import RecordError
from quotes.record.fingerprinting import refingerprint
from quotes.record.index import forget_words
from quotes.record.pages import standing_in, touch, with_linked
from quotes.record.public import checked_reason, lock_public
from quotes.record.saved_checks import blank_saved_checks
from quotes.record.suggestions import blank_suggestions
from quotes.spans import Spans, from_json, plain
from sources.documents import redact
from sources.models import Arrival, Document, Snapshot
from sources.sayings import Saying

REASONS = dict(Act.RemovedFor.choices)
_TURNED_AWAY = Saying("It holds words that were removed from the record, and is not kept.")


@dataclass(frozen=True)
class Elsewhere:
    """Of a removal that was made on the record which this one was loaded from: when, and what replaced it there."""

    at: dt.datetime
    replacement: str = ""


def remove(
    statement: Statement,
    *,
    editor: User,
    reason_code: str,
    reason: str,
    replacement: Statement | None = None,
    elsewhere: Elsewhere | None = None,
) -> Act:
    """Blank a statement's words everywhere, also of the statements merged into it. It can't be undone.

    Snapshots are blanked at equal length, so that other statements' positions hold. Frozen versions of other
    statements that hold the same words (one inside another, a headline that quotes them) can't be blanked without
    being removed themselves: the act's detail names them under "remaining", for the editor to decide. Raises
    RecordError for an unknown reason code, for a replacement that isn't public and for a reason that repeats the
    words, StatementRemoved, ReasonMissing.
    """
    reason = checked_reason(reason)
    _check_code(reason_code)
    with transaction.atomic():
        family, documents, pages = _locked(statement, replacement)
        traces = Traces(_runs(family))
        _check_silence(reason, traces)
        told = _blank_everywhere(family, documents, pages - {one.pk for one in family}, traces)
        Statement.objects.filter(pk=statement.pk).update(state=Statement.State.REMOVED)
        _derive_nothing(family, pages)
        act = note(
            verb=Act.Verb.REMOVE,
            statement=statement,
            actor=editor,
            at=elsewhere.at if elsewhere else timezone.now(),
            reason=reason,
            reason_code=reason_code,
            detail={
                "replacement": replacement.pid if replacement else elsewhere.replacement if elsewhere else "",
                **told,
            },
        )
    statement.refresh_from_db()
    return act


def _check_code(reason_code: str) -> None:
    if reason_code not in REASONS:
        told = gettext("A removal is for one of these reasons: %(reasons)s.")
        raise RecordError(told % {"reasons": ", ".join(REASONS)}, "reason_code")


def _check_silence(reason: str, traces: Traces) -> None:
    if traces.stand_in(reason):
        raise RecordError(gettext("The reason is public and stays: give it without the words themselves."), "reason")


def _blank_everywhere(
    family: list[Statement], documents: list[Document], near: set[int], traces: Traces
) -> dict[str, list[Any]]:
    """Blank the words wherever they can be; what the act tells of it, for editors and for who verifies the log.

    That is where they remain, and which versions and acts they may be missing from.
    """
    _blank_sources(family, documents, traces)
    blank_suggestions(documents, traces.blanked)
    _turn_away(traces)
    forget_discarded(traces)
    redacted = _blank_told(family, near, traces)
    blank_saved_checks(family, traces)
    blanked = _blank_statements(family)
    return {"remaining": _remaining(near, traces), "blanked": blanked, "redacted": redacted}


def _derive_nothing(family: list[Statement], pages: set[int]) -> None:
    """Let nothing that is derived of the family, and no copy of a page, hold the words any more."""
    derive_carriage(family)
    forget_words()
    refingerprint(one.pk for one in family)
    touch(pages)
    # Nobody is given what older epochs kept, but the words shall stand nowhere.
    transaction.on_commit(cache.clear)


def _locked(statement: Statement, replacement: Statement | None) -> tuple[list[Statement], list[Document], set[int]]:
    """Lock all that will change: the statement with its family, the documents, and the statements that show either."""
    others = [replacement.pk] if replacement else []
    lock_public(statement, [*_pages(_family(statement)), *others])
    if replacement and (replacement.pk == statement.pk or not Statement.objects.get(pk=replacement.pk).is_public):
        raise RecordError(gettext("What replaces it must be another published statement."), "replacement")
    family = _family(Statement.objects.get(pk=statement.pk))
    documents = list(_documents(family).select_for_update().order_by("pk"))
    return family, documents, _pages(family)


def _family(statement: Statement) -> list[Statement]:
    """The statement and all that were merged into it, at any depth."""
    family = [statement]
    for one in family:
        family += Statement.objects.filter(merged_into=one)
    return family


def _documents(family: list[Statement]) -> QuerySet[Document]:
    """The documents that the family's words stand in."""
    return Document.objects.filter(pk__in=Appearance.objects.filter(statement__in=family).values("document"))


def _pages(family: list[Statement]) -> set[int]:
    """The statements on whose pages the words may show: the family, those linked to it, those in its documents."""
    return with_linked(one.pk for one in family) | standing_in(_documents(family))


def _runs(family: list[Statement]) -> Iterator[str]:
    """The runs of words that must stand nowhere any more: of every version and of every printing."""
    appearances = Appearance.objects.filter(statement__in=family)
    for one in [*family, *appearances]:
        yield from _texts(from_json(one.spans))
    yield from (one.printed for one in appearances)
    for body in Revision.objects.filter(statement__in=family).exclude(body="").values_list("body", flat=True):
        version = json.loads(body)
        yield from _texts(from_json(version["spans"]))
        yield version["source"]["printed"]


def _texts(spans: Spans) -> Iterator[str]:
    """A wording as one text, and its runs one by one."""
    yield plain(spans)
    yield from (span.text for span in spans if span.mode in ("direct", "indirect"))


def _blank_sources(family: list[Statement], documents: list[Document], traces: Traces) -> None:
    """Blank the words as printed, in every archived text they stand in, and in the titles that quote them."""
    appearances = list(Appearance.objects.filter(statement__in=family))
    for snapshot in Snapshot.objects.filter(document__in=documents):
        _blank_snapshot(snapshot, [one for one in appearances if one.snapshot_id == snapshot.pk], traces)
    for document in documents:
        document.title, document.note = traces.blanked(document.title), traces.blanked(document.note)
        document.save(update_fields=["title", "note"])
    for neighbour in Appearance.objects.filter(document__in=documents).exclude(statement__in=family).exclude(note=""):
        neighbour.note = traces.blanked(neighbour.note)
        neighbour.save(update_fields=["note"])
    for appearance in appearances:
        appearance.printed = BLANK * len(appearance.printed)
        appearance.spans, appearance.prefix, appearance.suffix, appearance.note = [], "", "", ""
        appearance.save(update_fields=["printed", "spans", "prefix", "suffix", "note"])


def _blank_snapshot(snapshot: Snapshot, appearances: list[Appearance], traces: Traces) -> None:
    text = snapshot.text
    for one in appearances:
        # A record that was loaded from a dump holds no text.
        if text and one.start is not None and one.end is not None and not one.attested:
            text = text[: one.start] + BLANK * (one.end - one.start) + text[one.end :]
    redact(snapshot, traces.blanked(text), timezone.now())
    _drop_file(snapshot)
    snapshot.save(update_fields=["text", "sha256", "original_sha256", "sealed", "redacted_at", "original"])
    for neighbour in Appearance.objects.filter(snapshot=snapshot).exclude(pk__in=[one.pk for one in appearances]):
        _blank_context(neighbour, snapshot.text)


def _drop_file(kept: Snapshot | Arrival) -> None:
    """Forget an original, and delete its file once nothing can bring the row back."""
    storage, name = kept.original.storage, kept.original.name
    kept.original = ""
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _turn_away(traces: Traces) -> None:
    """Let no text with the words wait to be taken in. Few wait at a time."""
    for arrival in Arrival.objects.select_for_update().exclude(text="").order_by("pk"):
        if traces.stand_in(arrival.text):
            arrival.state, arrival.text, arrival.particulars = Arrival.State.FAILED, "", {}
            arrival.problem = _TURNED_AWAY
            _drop_file(arrival)
            arrival.save(update_fields=["state", "text", "particulars", "problem", "original"])


def _blank_context(neighbour: Appearance, text: str) -> None:
    """What stands around another statement's words, from the blanked text."""
    if neighbour.start is None or neighbour.end is None:
        return
    neighbour.prefix = text[neighbour.start - len(neighbour.prefix) : neighbour.start]
    neighbour.suffix = text[neighbour.end : neighbour.end + len(neighbour.suffix)]
    neighbour.save(update_fields=["prefix", "suffix"])


def _blank_told(family: list[Statement], near: set[int], traces: Traces) -> list[int]:
    """Blank the words in what was told about these statements, and about those near them; which acts told them."""
    ids = [one.pk for one in family]
    sides = Q(loser_id__in=ids) | Q(survivor_id__in=ids)
    merges = list(Merge.objects.filter(sides, kind=Merge.Kind.STATEMENT))
    # What was parted from the family again is no part of it, but its merge was told in the same words.
    parted = [key for merge in merges for key in (merge.loser_id, merge.survivor_id)]
    told: list[Act | Merge] = [*merges, *Act.objects.filter(statement__in=[*near, *parted, *ids]).exclude(reason="")]
    telling = [act for act in told if traces.stand_in(act.reason)]
    redacted = sorted(act.pk for act in telling if isinstance(act, Act))
    forget_salts(act__in=redacted)
    for act in telling:
        act.reason = traces.blanked(act.reason)
        act.save(update_fields=["reason"])
    Report.objects.filter(statement__in=ids).update(message="", answer="")
    for report in Report.objects.filter(statement__in=near):
        report.message, report.answer = traces.blanked(report.message), traces.blanked(report.answer)
        report.save(update_fields=["message", "answer"])
    return redacted


def _blank_statements(family: list[Statement]) -> list[int]:
    """Blank the statements and their versions; which versions those were."""
    versions = Revision.objects.filter(statement__in=family).exclude(body="")
    blanked = sorted(versions.values_list("pk", flat=True))
    forget_salts(revision__in=versions.exclude(reason=""))
    versions.update(body="", reason="")
    for one in family:
        one.spans, one.text, one.folded, one.said_phrase, one.said_reasoning = [], "", "", "", ""
        one.save(update_fields=["spans", "text", "folded", "said_phrase", "said_reasoning"])
    return blanked


def _remaining(near: set[int], traces: Traces) -> list[str]:
    """The ids of the statements near the removed one that hold the words too: in a version, or as a draft."""
    versions = Revision.objects.filter(statement__in=near).values_list("statement__pid", "body", "reason")
    found = {pid for pid, body, reason in versions if any(map(traces.stand_in, [reason, *_strings(body)]))}
    drafts = Statement.objects.filter(pk__in=near, state=Statement.State.DRAFT).values_list("pid", "text")
    return sorted(found | {pid for pid, text in drafts if traces.stand_in(text)})


def _strings(body: str) -> Iterator[str]:
    """All text of a version's body; a wording also as one text."""
    if not body:
        return
    version = json.loads(body)
    yield plain(from_json(version["spans"]))
    yield from _leaves(version)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _leaves(inner)
