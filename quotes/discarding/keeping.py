"""Discarding: the row goes, and whoever discarded it can have it back for a week."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.core.serializers import serialize
from django.db import transaction
from django.utils import timezone

from quotes import record
from quotes.models import Discarded, Endpoint, Import, ImportTemplate, SavedSearch, Statement, Watch
from sources.models import Arrival

KEPT_FOR = dt.timedelta(days=7)
Kind = Discarded.Kind
Thing = Arrival | Endpoint | Import | ImportTemplate | SavedSearch | Watch
KINDS: dict[type[Thing], Kind] = {
    Arrival: Kind.ARRIVAL,
    Import: Kind.IMPORT,
    ImportTemplate: Kind.TEMPLATE,
    SavedSearch: Kind.SEARCH,
    Watch: Kind.WATCH,
    Endpoint: Kind.WEBHOOK,
}
TOLD_BY = "told_by"
"""Beside the row of a webhook: the keys of the watches that told it."""
_LONGEST_NAME = 300


def discard(thing: Thing, *, owner: User) -> None:
    """Delete a row, and keep it with its file for a week. All or nothing; nothing where it is gone already."""
    row = _row_of(thing)
    with transaction.atomic():
        if isinstance(thing, Endpoint):
            row[TOLD_BY] = list(thing.watches.values_list("pk", flat=True))
        gone, _ = type(thing)._default_manager.filter(pk=thing.pk).delete()
        if gone:
            _keep(KINDS[type(thing)], str(thing), row, owner, file=_file_of(thing))


def discard_draft(statement: Statement, form: dict[str, Any], *, seen: int, owner: User) -> Discarded:
    """Delete a draft, and keep for a week what its form said. Raises what `record.discard` raises."""
    name = f"{statement.speaker}: {statement.text[:100]}"
    with transaction.atomic():
        record.discard(statement, seen=seen)
        return _keep(Kind.DRAFT, name, form, owner)


def forget() -> int:
    """Delete what nobody can have back any more, with its files; how many there were."""
    with transaction.atomic():
        over = Discarded.objects.select_for_update().filter(at__lte=timezone.now() - KEPT_FOR).order_by("pk")
        gone = list(over)
        Discarded.objects.filter(pk__in=[one.pk for one in gone]).delete()
    for one in gone:
        if one.file:
            one.file.storage.delete(one.file.name or "")
    return len(gone)


def _keep(kind: Kind, name: str, row: dict[str, Any], owner: User, file: str = "") -> Discarded:
    return Discarded.objects.create(
        owner=owner, kind=kind, name=name[:_LONGEST_NAME], row=row, file=file, at=timezone.now()
    )


def _row_of(thing: Thing) -> dict[str, Any]:
    """The row as JSON holds it; moments to the microsecond."""
    row: dict[str, Any] = serialize("python", [thing])[0]
    moments = {name: at.isoformat() for name, at in row["fields"].items() if isinstance(at, dt.datetime)}
    return {**row, "fields": row["fields"] | moments}


def _file_of(thing: Thing) -> str:
    if isinstance(thing, Arrival):
        return thing.original.name or ""
    return (thing.file.name or "") if isinstance(thing, Import) else ""
