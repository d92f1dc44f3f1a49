"""Restoring a backup: into a new database beside the one served, which takes its place once all of it holds."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from quotes.backups import media
from quotes.backups.errors import BackupFailed, BadBackup
from quotes.backups.finishing import Finished
from quotes.backups.manifest import NAME, Backup
from quotes.backups.parts import reading
from quotes.backups.postgres import Database
from quotes.backups.sqlite import File
from quotes.backups.write import STAMP, alone
from quotes.dumping import removals
from quotes.dumping.removals import Removal

# What a record that was only set up has no row of.
_TELLING = ("quotes_statement", "quotes_speaker", "quotes_topic", "sources_outlet", "sources_document", "auth_user")
_WORK = ".restoring-"
Place = File | Database


@dataclass(frozen=True)
class Order:
    """What is to be done: `replace` a record that isn't empty; or restore `into` another database, with its `media`."""

    replace: bool = False
    into: str = ""
    media: Path | None = None
    removals: list[Removal] | None = None
    despite_findings: bool = False


@dataclass(frozen=True)
class Restored:
    """What came of it, and where what was there before is kept."""

    finished: Finished
    former: str = ""
    aside: str = ""


def restore(backup: Backup, key: bytes, order: Order) -> Restored:
    """Restore a backup, whole or not at all. Raises BackupFailed with why, OSError; then all is as it was."""
    check(backup, key)
    is_empty = bool(order.into) or _is_empty()
    if not is_empty and not order.replace:
        raise BackupFailed("This record isn't empty: restore to a new one, or give --replace")
    root = order.media or Path(settings.MEDIA_ROOT)
    place = _place(order.into)
    with alone() as scratch, _beside(root) as work, place.made():
        done = fill(backup, key, place, (scratch, work), order.removals)
        if done.findings and not order.despite_findings:
            raise BadBackup("What was restored isn't what was logged: " + " ".join(done.findings))
        if order.into:
            _move_all(work / "kept", root)
            place.take_place("", keep=False)
            return Restored(done)
        return _take_place(place, work / "kept", done, keep=not is_empty)


def check(backup: Backup, key: bytes) -> None:
    """Raise BackupFailed where a backup isn't of this key, of this database or of this release or an earlier one."""
    manifest = backup.manifest
    manifest.check(key, backup.folder)
    if manifest.engine != connection.vendor:
        raise BackupFailed(
            f"{backup.folder} is of {manifest.engine_version}, and DATABASE_URL names {connection.display_name}: set "
            f"DATABASE_URL to a database of its kind. From one kind to the other goes the public record alone, by "
            "manage.py dump and load (docs/data.md)"
        )
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    known |= {f"{app}.{name}" for one in loader.disk_migrations.values() for app, name in one.replaces}
    if unknown := [name for name in manifest.migrations if name not in known]:
        raise BackupFailed(
            f"{backup.folder} is of a later release ({manifest.release}; this is {settings.VERSION}, and knows no "
            f"{unknown[0]}): install that one, or a later one"
        )


def _is_empty() -> bool:
    try:
        with connection.cursor() as cursor:
            tables = set(connection.introspection.table_names(cursor)) & set(_TELLING)
            for table in sorted(tables):
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - tables of ours
                if cursor.fetchone():
                    return False
    except Error as error:
        if connection.vendor == "sqlite":
            # It is damaged, or somebody else's.
            return False
        raise BackupFailed(f"The database of DATABASE_URL doesn't answer: {' '.join(str(error).split())}") from error
    finally:
        connection.close()
    return True


def _place(into: str) -> Place:
    if connection.vendor == "postgresql":
        return Database(into)
    return File(Path(into.removeprefix("sqlite:///")), is_new=True) if into else File()


@contextmanager
def _beside(root: Path) -> Iterator[Path]:
    """A folder on the disk of a folder, within it: nothing beside it may be ours to write to."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    for killed in root.glob(f"{_WORK}*"):
        shutil.rmtree(killed, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=_WORK, dir=root))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def fill(
    backup: Backup, key: bytes, place: Place, folders: tuple[Path, Path], listed: list[Removal] | None
) -> Finished:
    """Write database and files, and have them finished; `folders` are for what is needed, and for the files."""
    (scratch, work), manifest = folders, backup.manifest
    with reading(backup.folder, manifest.database, key, packed=manifest.engine == "postgresql") as stream:
        try:
            place.fill(stream)
        except BackupFailed as error:
            raise BadBackup(f"{backup.folder / manifest.database.name} can't be restored: {error}") from error
    place.check()
    (work / "all").mkdir()
    (work / "kept").mkdir()
    with reading(backup.folder, manifest.media, key, packed=False) as stream:
        found = media.unpack(stream, backup.folder / manifest.media.name, work / "all")
    if found != manifest.files:
        raise BadBackup(
            f"{backup.folder / manifest.media.name} has {found} files, and the manifest says {manifest.files}"
        )
    (scratch / NAME).write_text(manifest.written(b""))
    if listed is not None:
        (scratch / removals.NAME).write_text("".join(json.dumps(asdict(one)) + "\n" for one in listed))
    return _finished(scratch, work, place.url)


def _finished(scratch: Path, work: Path, url: str) -> Finished:
    """Finish in a process whose settings name what was restored, and nothing else that might be written to."""
    away = ("DATABASE_REPLICA_URLS", "CACHE_URL", "EMAIL_URL")
    environment = {name: value for name, value in os.environ.items() if name not in away}
    environment |= {
        "DATABASE_URL": url,
        "DATABASE_POOL": "false",
        "MEDIA_DIR": str(work / "kept"),
        "VAR_DIR": str(settings.VAR_DIR),
    }
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "finish_restore", str(scratch), str(work / "all")]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)  # noqa: S603 - ours
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise BadBackup(f"What was restored can't be made ready: {last[0].removeprefix('CommandError: ')}")
    return Finished(**json.loads(done.stdout.splitlines()[-1]))


def _take_place(place: Place, kept: Path, done: Finished, *, keep: bool) -> Restored:
    stamp = timezone.now().strftime(STAMP)
    aside = Path(settings.MEDIA_ROOT) / f".before-{stamp}"
    # Files first: the record that is there now needs none that they replace, and the restored one needs them all.
    moved = media.put(kept, aside)
    try:
        _let_go()
        former = place.take_place(stamp, keep=keep)
    except BaseException:
        _move_all(aside, Path(settings.MEDIA_ROOT))
        shutil.rmtree(aside, ignore_errors=True)
        raise
    cache.clear()
    return Restored(done, former, str(aside) if moved else "")


def _let_go() -> None:
    """Have no connection of ours open to what gives way."""
    connections.close_all()
    if connection.vendor == "postgresql":
        # Keeps some open, where there is one.
        cast("Any", connection).close_pool()


def _move_all(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")):
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.replace(place)


def removals_known(beside: Path | None, named: Path | None) -> list[Removal] | None:
    """What was removed for good, as far as anybody here knows; None where nobody does.

    A list that is named counts alone; else the one beside the backups, with what the record knows that is replaced.
    """
    if named:
        return removals.read(named)
    listed = beside / removals.NAME if beside else None
    found = {one.id: one for one in removals.read(listed)} if listed and listed.exists() else None
    try:
        own = {one.id: one for one in removals.removals()}
    except Error:
        own = {}
    finally:
        connection.close()
    if found is None and not own:
        return None
    return sorted({**(found or {}), **own}.values(), key=lambda one: one.at)
