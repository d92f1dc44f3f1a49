"""Beginning an import, and each of its stages; the columns that it was told are kept as templates."""

import datetime as dt
from collections.abc import Callable
from itertools import islice
from typing import IO

from django.contrib.auth.models import User
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from quotes.discarding.keeping import discard
from quotes.importing import remarks
from quotes.importing.errors import CannotImport
from quotes.importing.files import opened, sha256_of
from quotes.importing.keeping import drop_file, kept_file
from quotes.importing.mapping import ColumnMap, as_they_are, from_json, guessed
from quotes.importing.rows import Opened, Row
from quotes.models import Import, ImportTemplate
from quotes.tasks import do_import

MOST_TEMPLATES = 100
STALE = dt.timedelta(minutes=2)
"""A batch takes seconds: an import that didn't move for longer has been stopped, and may be gone on with."""
_SHOWN = 5
State = Import.State


def begin(file: IO[bytes], name: str, *, editor: User) -> Import:
    """Keep a file to be imported. Raises CannotImport for what is none of the kinds."""
    digest = sha256_of(file)
    with opened(file) as data:
        kind = data.kind
        # A file that can't be read at all is refused before it is kept.
        if not list(islice(data.rows, 1)):
            raise CannotImport(remarks.NO_ROWS)
    file.seek(0)
    now = timezone.now()
    of = Import(kind=kind, name=name[-200:], sha256=digest, by=editor, created_at=now, moved_at=now)
    of.file.save("import", File(file), save=False)
    of.save()
    return of


def preview(of: Import) -> tuple[Opened, list[Row]]:
    """A file's heads and its first rows. Raises CannotImport."""
    with kept_file(of) as file, opened(file) as data:
        return data, list(islice(data.rows, _SHOWN))


def suggested(of: Import, heads: list[str], rows: list[Row]) -> ColumnMap:
    """How an import's columns are understood: as it was told, else as its heads suggest."""
    if of.mapping:
        return from_json(of.mapping)
    return guessed(heads, [row.cells for row in rows]) if heads else as_they_are()


def try_out(of: Import, columns: ColumnMap, *, ask: bool = True) -> None:
    """Have an import tried: what would come of each row. Nothing goes on record. Raises CannotImport.

    With `ask` a worker does it; without, whoever asks.
    """
    if missing := columns.missing():
        raise CannotImport(remarks.NOTHING_TELLS % {"names": ", ".join(missing)})
    with transaction.atomic():
        fields = {"mapping": columns.as_json(), "counts": {}, "cursor": 0, "rows": None}
        _move(of, [State.MAPPING, State.CHECKED], State.CHECKING, expected={}, **fields)
        of.findings.all().delete()
        if ask:
            _ask(of)


def do(of: Import, *, editor: User, publish: bool, ask: bool = True) -> None:
    """Have an import done that was tried, in the name of `editor`: as drafts, or published. Raises CannotImport."""
    with transaction.atomic():
        _move(of, [State.CHECKED], State.RUNNING, counts={}, cursor=0, by=editor, publish=publish)
        of.findings.all().delete()
        if ask:
            _ask(of)


def go_on(of: Import) -> None:
    """Have a stage gone on with that was stopped. Harmless where it was not."""
    if of.is_busy and is_stale(of):
        Import.objects.filter(pk=of.pk).update(moved_at=timezone.now())
        transaction.on_commit(lambda: do_import.enqueue(of.pk))


def is_stale(of: Import) -> bool:
    """Whether nothing has come of a stage for so long that it must have been stopped."""
    return of.is_busy and timezone.now() - of.moved_at > STALE


def change_columns(of: Import) -> None:
    """Go back to the columns of an import that was tried. Raises CannotImport."""
    _move(of, [State.CHECKED, State.MAPPING], State.MAPPING, cursor=0, counts={})


def give_up(of: Import, *, keep_for: User | None = None) -> None:
    """Forget an import of which nothing is on record; whoever it is kept for can have it back. Raises CannotImport."""
    with transaction.atomic():
        current = Import.objects.select_for_update().get(pk=of.pk)
        if current.state not in (State.MAPPING, State.CHECKING, State.CHECKED, State.FAILED):
            raise CannotImport(remarks.UNDO_INSTEAD)
        if keep_for:
            discard(current, owner=keep_for)
        else:
            drop_file(current)
            current.delete()


def _move(of: Import, states: list[str], state: str, **fields: object) -> None:
    """Let an import enter another state, if it is in one of some. Raises CannotImport."""
    changed = Import.objects.filter(pk=of.pk, state__in=states)
    if not changed.update(state=state, moved_at=timezone.now(), **fields):
        raise CannotImport(remarks.OVERTAKEN)
    of.refresh_from_db()


def _ask(of: Import) -> None:
    ask: Callable[[], object] = lambda: do_import.enqueue(of.pk)  # noqa: E731 - a name tells what it is
    transaction.on_commit(ask)


def save_template(owner: User, name: str, columns: ColumnMap) -> ImportTemplate:
    """Keep how columns are understood under a name; the same name replaces. Raises CannotImport for too many."""
    name = " ".join(name.split())[:80]
    if not name:
        raise CannotImport(remarks.NAMELESS)
    own = ImportTemplate.objects.filter(owner=owner)
    if own.exclude(name=name).count() >= MOST_TEMPLATES:
        raise CannotImport(remarks.TOO_MANY_TEMPLATES % {"most": MOST_TEMPLATES})
    fields = {"mapping": columns.as_json(), "saved_at": timezone.now()}
    return ImportTemplate.objects.update_or_create(owner=owner, name=name, defaults=fields)[0]
