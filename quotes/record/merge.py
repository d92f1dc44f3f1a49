"""Merging two speakers, two outlets or two statements that are one, and undoing it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from quotes.models import Act, Alias, Appearance, Hop, Link, Merge, MovedRow, Role, Speaker, Statement
from quotes.record.acts import note
from quotes.record.appear import follow_documents
from quotes.record.carriage import derive_carriage
from quotes.record.errors import CannotMerge, CannotUndo
from quotes.record.fingerprinting import refingerprint
from quotes.record.index import index
from quotes.record.names import know_names
from quotes.record.pages import BATCH, lock_pages, naming, touch, with_linked
from sources.models import Document, Outlet

Party = Speaker | Outlet | Statement
Field = tuple[type[models.Model], str]

_GROUPS = Speaker.members.through
_TOPICS = Statement.topics.through
_FIELDS: dict[str, list[Field]] = {
    "speaker": [
        (Statement, "speaker_id"),
        (Statement, "speaks_for_id"),
        (Hop, "speaker_id"),
        (Role, "speaker_id"),
        (Alias, "speaker_id"),
        (_GROUPS, "from_speaker_id"),
        (_GROUPS, "to_speaker_id"),
    ],
    "outlet": [(Document, "outlet_id"), (Hop, "outlet_id")],
    "statement": [
        (Appearance, "statement_id"),
        (Link, "source_id"),
        (Link, "target_id"),
        (_TOPICS, "statement_id"),
    ],
}
_OTHER_END = {"from_speaker_id": "to_speaker_id", "to_speaker_id": "from_speaker_id"}
_MAY_STAY = (Alias, _GROUPS, Link, _TOPICS)
_MODELS: dict[str, type[models.Model]] = {
    model._meta.db_table: model for fields in _FIELDS.values() for model, _ in fields
}


@dataclass(frozen=True)
class Undone:
    """What undoing a merge did: how many fields went back, and which rows had been moved on since and stayed."""

    back: int
    skipped: list[MovedRow]


def merge(loser: Party, survivor: Party, *, editor: User, reason: str) -> Merge:
    """Move all that is the loser's to the survivor; the loser's page redirects, old versions keep their bytes.

    Raises CannotMerge for two of different kinds, one and the same, one merged away already, an unnamed source, two
    statements that aren't both published or are two speakers', or an empty reason.
    """
    with transaction.atomic():
        kind = _kind(loser, survivor)
        _lock(type(loser), [loser.pk, survivor.pk], _shown(loser, survivor))
        _check(loser, survivor, reason)
        act = Merge.objects.create(
            kind=kind,
            loser_id=loser.pk,
            survivor_id=survivor.pk,
            actor=editor,
            at=timezone.now(),
            reason=reason.strip(),
        )
        for model, field in _FIELDS[kind]:
            _move(act, model, field)
        type(loser)._default_manager.filter(pk=loser.pk).update(merged_into=survivor, **_merged_state(kind))
        _follow(act, Act.Verb.MERGE, editor)
    loser.refresh_from_db()
    return act


def undo_merge(act: Merge, *, editor: User) -> Undone:
    """Move everything back but what has been moved on since, which is reported.

    Raises CannotUndo when it is undone already, or while a newer merge of one of the two stands.
    """
    with transaction.atomic():
        model = type(act.party(act.loser_id))
        _lock(model, [act.loser_id, act.survivor_id], _moved_statements(act))
        act = Merge.objects.select_for_update().get(pk=act.pk)
        _check_undo(act)
        skipped = [row for row in act.moved.all() if not _move_back(act, row)]
        loser = act.party(act.loser_id)
        state = {"state": Statement.State.PUBLISHED} if act.kind == Merge.Kind.STATEMENT else {}
        type(loser)._default_manager.filter(pk=act.loser_id).update(merged_into=None, **state)
        act.undone_at, act.undone_by = timezone.now(), editor
        act.save(update_fields=["undone_at", "undone_by"])
        _follow(act, Act.Verb.UNDO_MERGE, editor)
        return Undone(act.moved.count() - len(skipped), skipped)


def _merged_state(kind: str) -> dict[str, str]:
    return {"state": Statement.State.MERGED} if kind == Merge.Kind.STATEMENT else {}


def _kind(loser: Any, survivor: Any) -> str:
    if type(loser) is not type(survivor) or not isinstance(loser, Party):
        raise CannotMerge(gettext("Only two speakers, two outlets or two statements can be one."))
    if loser.pk == survivor.pk:
        raise CannotMerge(gettext("%(name)s can't be merged into itself.") % {"name": loser})
    return type(loser)._meta.model_name or ""


def _lock(model: type[models.Model], parties: list[int], statements: Iterable[int]) -> None:
    """Lock the pages that will change, then the two, lest two merges at once make a circle of redirects."""
    lock_pages(statements)
    list(model._default_manager.select_for_update().filter(pk__in=parties).order_by("pk").values_list("pk", flat=True))


def _shown(loser: Party, survivor: Party) -> set[int]:
    """The statements that will show the merge."""
    return with_linked([loser.pk, survivor.pk]) if isinstance(loser, Statement) else naming(loser)


def _check(loser: Any, survivor: Any, reason: str) -> None:
    """What must hold of the two once they are locked. Raises CannotMerge."""
    for one in (loser, survivor):
        one.refresh_from_db()
        if one.merged_into_id:
            told = gettext("%(name)s is merged into %(other)s already.")
            raise CannotMerge(told % {"name": one, "other": one.merged_into})
        if isinstance(one, Speaker) and one.kind == Speaker.Kind.UNNAMED:
            told = gettext("“%(name)s” is an unnamed source and belongs to its document alone.")
            raise CannotMerge(told % {"name": one})
        if isinstance(one, Statement) and one.state != Statement.State.PUBLISHED:
            told = gettext("%(pid)s is %(state)s: only published statements are merged.")
            raise CannotMerge(told % {"pid": one.pid, "state": one.get_state_display().lower()})
    if isinstance(loser, Statement) and loser.speaker_id != survivor.speaker_id:
        raise CannotMerge(gettext("The same words by two speakers stay two statements."))
    if not reason.strip():
        raise CannotMerge(gettext("Say why the two are one."), "reason")


def _move(act: Merge, model: type[models.Model], field: str) -> None:
    """Point the loser's rows at the survivor; those the survivor has the like of already stay with the loser."""
    rows = model._default_manager.filter(**{field: act.loser_id})
    if model is _GROUPS:
        # The survivor's own membership in the loser, or the loser's in it, would make a group its own member.
        rows = rows.exclude(**{_OTHER_END[field]: act.survivor_id})
    if model in _MAY_STAY:
        moved = [key for key in rows.values_list("pk", flat=True) if _moves_alone(model, key, field, act.survivor_id)]
    else:
        moved = list(rows.values_list("pk", flat=True))
        rows.update(**{field: act.survivor_id})
    MovedRow.objects.bulk_create(
        [MovedRow(merge=act, table=model._meta.db_table, row_id=key, field=field) for key in moved], batch_size=1000
    )


def _moves_alone(model: type[models.Model], key: int, field: str, to: int) -> bool:
    """Move one row where the survivor may lack the like of it; False where a unique constraint says it doesn't."""
    try:
        with transaction.atomic():
            return bool(model._default_manager.filter(pk=key).update(**{field: to}))
    except IntegrityError:
        return False


def _move_back(act: Merge, row: MovedRow) -> bool:
    rows = _MODELS[row.table]._default_manager.filter(pk=row.row_id, **{row.field: act.survivor_id})
    return bool(rows.update(**{row.field: act.loser_id}))


def _check_undo(act: Merge) -> None:
    if act.undone_at:
        raise CannotUndo(gettext("This merge is undone already."))
    if isinstance(party := act.party(act.survivor_id), Statement) and party.state == Statement.State.REMOVED:
        raise CannotUndo(gettext("The survivor was removed for good, with all that was merged into it."))
    pair = [act.loser_id, act.survivor_id]
    newer = Merge.objects.filter(kind=act.kind, undone_at=None, pk__gt=act.pk)
    if blocking := newer.filter(Q(loser_id__in=pair) | Q(survivor_id__in=pair)).first():
        raise CannotUndo(gettext("Undo the newer merge first: %(merge)s.") % {"merge": blocking})


def _follow(act: Merge, verb: Act.Verb, editor: User) -> None:
    """Bump the pages, derive the carriage and the index anew and write the audit trail."""
    if act.kind == Merge.Kind.STATEMENT:
        follow_documents(Statement.objects.get(pk=act.survivor_id))
    pages = _moved_statements(act)
    if act.kind == Merge.Kind.STATEMENT:
        _derive_carriage({act.loser_id, act.survivor_id})
        refingerprint({act.loser_id, act.survivor_id})
    elif act.kind == Merge.Kind.OUTLET:
        _derive_carriage(pages)
    else:
        index(act.moved.filter(table=Statement._meta.db_table).values_list("row_id", flat=True))
    if act.kind != Merge.Kind.STATEMENT:
        know_names(Speaker if act.kind == Merge.Kind.SPEAKER else Outlet, [act.loser_id, act.survivor_id])
    touch(pages)
    note(
        verb=verb,
        statement_id=act.loser_id if act.kind == Merge.Kind.STATEMENT else None,
        actor=editor,
        at=act.undone_at or act.at,
        reason=act.reason,
        detail={"merge": act.pk, "kind": act.kind, "loser": act.loser_id, "survivor": act.survivor_id},
    )


def _derive_carriage(statements: set[int]) -> None:
    keys = sorted(statements)
    for start in range(0, len(keys), BATCH):
        derive_carriage(Statement.objects.filter(pk__in=keys[start : start + BATCH]))


def _moved_statements(act: Merge) -> set[int]:
    """The ids of the statements that the merge shows on."""
    if act.kind == Merge.Kind.STATEMENT:
        return with_linked([act.loser_id, act.survivor_id])
    own = act.moved.filter(table=Statement._meta.db_table).values("row_id")
    hops = act.moved.filter(table=Hop._meta.db_table).values("row_id")
    documents = act.moved.filter(table=Document._meta.db_table).values("row_id")
    spoken = Statement.objects.filter(pk__in=own).values_list("pk", flat=True)
    carried = Appearance.objects.filter(Q(hops__in=hops) | Q(document__in=documents))
    return with_linked(spoken) | set(carried.values_list("statement_id", flat=True))
