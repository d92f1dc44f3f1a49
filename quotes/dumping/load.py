"""Loading a dump into an empty record: the same addresses, versions and hashes, or nothing."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, reset_queries, transaction
from django.utils import timezone

from quotes import record
from quotes.dumping.manifest import BadDump, Manifest, check, lines_of, read_manifest
from quotes.dumping.removals import read, replay
from quotes.dumping.tables import TABLES, Row, Table
from quotes.dumping.write import BATCH, SUFFIX, Say
from quotes.models import Act, Epoch, Merge, Revision, Speaker, Statement, Topic
from quotes.models.unsaved import unsaved
from quotes.record.carriage import derive_carriage
from quotes.record.rows import Field, insert
from quotes.sealing.checking import LOADED_BY, findings
from quotes.sealing.sequence import take_over
from quotes.text import fold
from sources.models import Document, Outlet
from sources.slugs import new_slug

ACCOUNT, NOBODY = LOADED_BY, "Removed"
_DERIVED = 500
_SHORT = 12
_MAY_BE_EMPTY = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


@dataclass(frozen=True)
class Loaded:
    """What was loaded, and how many of its statements had been removed since it was made."""

    manifest: Manifest
    removed: int = 0


def load(folder: Path, say: Say = lambda _name, _rows: None, removals: Path | None = None) -> Loaded:
    """Put a dump on record, without what a list of removals names; `say` is told a table and the rows so far.

    One transaction: what is interrupted leaves nothing. Raises BadDump where the folder is no dump, where a file isn't
    what the manifest says, where anything is on record already, and where something that was removed can't be.
    """
    gone = read(removals) if removals else []
    manifest = read_manifest(folder)
    if missing := {f"{table.name}{SUFFIX}" for table in TABLES} - {one.name for one in manifest.files}:
        raise BadDump(f"{folder} is no whole dump: its manifest names no {min(missing)}")
    check(folder, manifest)
    with transaction.atomic():
        _refuse_a_record()
        loading = _Loading(folder, say)
        with _epoch_moving_once():
            loading.run(manifest)
        return Loaded(manifest, replay(gone, loading.account))


@contextmanager
def _epoch_moving_once() -> Iterator[None]:
    """Let the epoch move at the end alone: SQLite’s triggers move it with every row, of which there are millions.

    They are dropped and made again in the caller's transaction.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 6) = 'epoch_'")
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    with connection.cursor() as cursor:
        for _, definition in found:
            cursor.execute(definition)
    Epoch.objects.update_or_create(pk=1, defaults={"mark": uuid4()})


def _refuse_a_record() -> None:
    for model in (Statement, Document, Outlet, Speaker, Topic):
        if model._default_manager.exists():
            raise BadDump(
                f"This record isn't empty: it has {model._meta.verbose_name_plural}. A dump is loaded into a new one"
            )


class _Loading:
    """One run over the tables, in their order."""

    def __init__(self, folder: Path, say: Say) -> None:
        self.folder, self.say = folder, say
        # Who did what is no part of a dump; all that was done is put down to an account that nobody can sign in to.
        self.account, _ = User.objects.get_or_create(
            username=ACCOUNT, defaults={"password": make_password(None), "is_active": False}
        )
        self.nobody: Speaker | None = None

    def run(self, manifest: Manifest) -> None:
        """Take in every table, then derive what the record derives."""
        rows = {one.name: one.rows for one in manifest.files}
        for table in TABLES:
            path = self.folder / f"{table.name}{SUFFIX}"
            try:
                taken = self.take(table, path)
                if taken != rows[path.name]:
                    raise BadDump(f"{path} has {taken} rows, and the manifest says {rows[path.name]}")
            except (KeyError, TypeError, ValueError, ValidationError, DatabaseError) as error:
                raise BadDump(f"{path} can't be loaded: {error}") from error
        try:
            connection.check_constraints()
        except DatabaseError as error:
            raise BadDump(f"{self.folder} names what it doesn't hold: {error}") from error
        _go_on_counting()
        self.derive()
        self.verify()

    def take(self, table: Table, path: Path) -> int:
        """Take in a table, and return how many rows it had."""
        taken = 0
        for batch in _in_batches((row for _, row in lines_of(path)), BATCH):
            insert([self.made(table, row, path) for row in batch])
            taken += len(batch)
            # Where DEBUG is on every query is kept, and these are large.
            reset_queries()
            self.say(table.name, taken)
        return taken

    def made(self, table: Table, row: Row, path: Path) -> models.Model:
        """The row as the record keeps it."""
        if row.keys() != set(table.columns):
            wrong = ", ".join(sorted(row.keys() ^ set(table.columns)))
            raise BadDump(f"{path}: a row has other columns than this program reads: {wrong}")
        if table.model is Revision and row["body"] and _sha256(row["body"]) != row["sha256"]:
            raise BadDump(f"{path}: version {row['number']} of statement {row['statement_id']} isn't what was hashed")
        made = unsaved(table.model, **table.read(row), **self.beside(table, row), **_made_now(table.model))
        _clean(made)
        return made

    def beside(self, table: Table, row: Row) -> dict[str, Any]:
        """What a dump doesn't hold, or says in fewer words."""
        if table.name == "tombstones":
            return {**self.blank(row), "recorded_by": self.account}
        if table.model is Statement:
            return {"recorded_by": self.account, "folded": fold(row["text"])}
        if table.model is Merge:
            return {"actor": self.account, "undone_by": self.account if row["undone_at"] else None}
        return {"actor": self.account} if table.model in (Revision, Act) else {}

    def blank(self, row: Row) -> dict[str, Any]:
        """What a removed statement has in place of its words: nothing that tells of them, of who spoke, or of when."""
        if self.nobody is None:
            last = Speaker.objects.aggregate(last=models.Max("pk"))["last"] or 0
            slug = new_slug(Speaker, NOBODY)
            self.nobody = Speaker(pk=last + 1, kind=Speaker.Kind.ORGANISATION, name=NOBODY, slug=slug)
            self.nobody.save(force_insert=True)
        day = str(row["recorded_at"])[:10]
        dates = {"said": f"/{day}", "said_max": day, "published": day, "published_min": day, "published_max": day}
        return {"spans": [], "mode": "indirect", "text": "", "folded": "", "speaker": self.nobody, **dates}

    def derive(self) -> None:
        """Let lists, searches and checks find what was loaded."""
        for model in (Speaker, Outlet, Topic):
            for keys in _in_batches(model._default_manager.order_by("pk").values_list("pk", flat=True), _DERIVED):
                record.know_names(model, keys)
        done = 0
        for keys in _in_batches(_keys(Statement.objects.published()), _DERIVED):
            derive_carriage(Statement.objects.filter(pk__in=keys).defer("folded"))
            record.refingerprint(keys)
            done += len(keys)
            reset_queries()
            self.say("index", done)

    def verify(self) -> None:
        """Hold all that was loaded against its log, which goes on here with this record's own key."""
        take_over()
        for wrong in findings(say=self.say):
            raise BadDump(f"{self.folder} isn’t what was logged: {wrong}")


def _clean(made: models.Model) -> None:
    """Read and check every field as a form would; what it leads to, and what is missing, the database alone judges.

    Raises ValidationError.
    """
    held = vars(made)
    for one in _checked(type(made)):
        value = held[one.attname]
        if value is not None and not (isinstance(one, _MAY_BE_EMPTY) and value in one.empty_values):
            try:
                short = isinstance(value, str) and len(value) <= _SHORT
                held[one.attname] = _cleaned(one, value) if short else one.clean(value, made)
            except ValidationError as error:
                raise ValidationError({one.name: error.messages}) from error


@cache
def _checked(model: type[models.Model]) -> list[Field]:
    return [one for one in model._meta.concrete_fields if not one.generated and not one.is_relation]


@lru_cache(2**14)
def _cleaned(field: Field, value: str) -> Any:
    """Days, kinds and languages come again and again; what a short text is read as depends on nothing beside it."""
    return field.clean(value, None)


def _made_now(model: type[models.Model]) -> dict[str, dt.datetime]:
    """When a row was made here, which a dump doesn't hold."""
    now = timezone.now()
    return {one.attname: now for one in _checked(model) if getattr(one, "auto_now_add", False)}


def _keys(statements: models.QuerySet[Any]) -> Iterator[int]:
    last = 0
    while keys := list(statements.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_DERIVED]):
        yield from keys
        last = keys[-1]


def _in_batches(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _go_on_counting() -> None:
    """Let new rows get keys after those that were loaded; SQLite does so by itself."""
    tables = [table.model for table in TABLES]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(sql)
