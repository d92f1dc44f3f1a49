"""Undoing an import: its drafts are discarded, what it published is retracted; what somebody changed since stays."""

from collections import Counter
from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from quotes import record
from quotes.importing import remarks
from quotes.importing.errors import CannotImport
from quotes.importing.findings import keep
from quotes.importing.judging import Finding
from quotes.models import Act, Import, Imported, ImportFinding, Statement
from quotes.tasks import do_import

BATCH = 200
State = Import.State
Say = Callable[[int, int | None], None]


def begin_undoing(of: Import, *, editor: User, reason: str, ask: bool = True) -> None:
    """Ask for an import to be undone. Raises CannotImport where there is nothing to undo, or no reason is given."""
    reason = reason.strip()
    if not reason:
        raise CannotImport(remarks.NO_REASON)
    asked = Import.objects.filter(pk=of.pk, state__in=[State.DONE, State.RUNNING])
    now = timezone.now()
    # What was published is retracted in the name of whoever undoes it.
    fields = {"undone_by": editor, "undone_at": now, "moved_at": now, "reason": reason, "counts": {}, "cursor": 0}
    if not asked.update(state=State.UNDOING, **fields):
        raise CannotImport(remarks.NOTHING_TO_UNDO)
    of.refresh_from_db()
    if ask:
        transaction.on_commit(lambda: do_import.enqueue(of.pk))


def undo(of: Import, say: Say = lambda _, __: None) -> Import:
    """Do what is left of undoing an import, in batches; each is one transaction with its place."""
    total = of.statements.count() + int(of.counts.get("seen", 0)) if of.state == State.UNDOING else 0
    while of.state == State.UNDOING and _undo_next(of):
        say(int(of.counts["seen"]), total)
    return of


def _undo_next(of: Import) -> bool:
    """Undo some statements; whether there may be more."""
    with transaction.atomic():
        current = Import.objects.select_for_update(no_key=True).get(pk=of.pk)
        of.counts, of.state = current.counts, current.state
        if of.state != State.UNDOING:
            return False
        rows = _next(of)
        if rows:
            _undo(of, rows)
        else:
            of.state = State.UNDONE
            of.findings.exclude(kind=ImportFinding.Kind.LEFT).delete()
        of.moved_at = timezone.now()
        of.save(update_fields=["counts", "state", "moved_at"])
    return bool(rows)


def _next(of: Import) -> list[Imported]:
    merged = Statement.objects.filter(merged_into=OuterRef("statement"))
    rows = of.statements.filter(pk__gt=of.counts.get("at", 0)).select_related("statement")
    # Of what is published, one act is that it was.
    return list(rows.annotate(acts=Count("statement__acts"), absorbed=Exists(merged)).order_by("pk")[:BATCH])


def _undo(of: Import, rows: list[Imported]) -> None:
    counts = Counter({name: n for name, n in of.counts.items() if name != "at"})
    left = {row.pk: why for row in rows if (why := _changed(row))}
    untouched = [row.statement for row in rows if row.pk not in left]
    drafts = [one.pk for one in untouched if one.state == Statement.State.DRAFT]
    published = [one.pk for one in untouched if one.state == Statement.State.PUBLISHED]
    counts["discarded"] += len(record.discard_many(drafts)) if drafts else 0
    if published and of.undone_by:
        counts["retracted"] += len(record.retract_many(published, editor=of.undone_by, reason=of.reason))
    findings = [
        Finding(ImportFinding.Kind.LEFT, row.row, row.part, left[row.pk], statement=row.statement_id)
        for row in rows
        if row.pk in left
    ]
    keep(of, findings, counts)
    counts["seen"] += len(rows)
    of.counts = {**counts, "at": rows[-1].pk}


def _changed(row: Imported) -> str:
    """Why a statement is left as it is; empty where nobody did anything to it since it was imported."""
    statement, acts = row.statement, row.acts  # type: ignore[attr-defined]  # annotated
    is_draft = statement.state == Statement.State.DRAFT
    if is_draft and row.appearance != statement.primary_appearance_id:
        return remarks.CHANGED
    if is_draft:
        return remarks.LINKED if acts else ""
    if not row.of.publish:
        return remarks.IS_BY_NOW % {"what": statement.get_state_display().lower()}
    if statement.state != Statement.State.PUBLISHED:
        return remarks.IS_ALREADY % {"what": statement.get_state_display().lower()}
    if acts > 1:
        verbs = statement.acts.exclude(verb=Act.Verb.PUBLISH).order_by("at", "pk")
        return remarks.WAS_SINCE % {"acts": ", ".join(dict.fromkeys(act.get_verb_display() for act in verbs))}
    return remarks.MERGED if row.absorbed else ""  # type: ignore[attr-defined]
