"""Making a backup: database and files as of one moment, while others write; in a folder that is there whole or not."""

import datetime as dt
import fcntl
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from quotes.backups import media, postgres, sqlite
from quotes.backups.errors import BackupFailed
from quotes.backups.manifest import NAME, Backup, Log, Manifest, part_names
from quotes.backups.parts import Part, writing
from quotes.backups.sealed import fingerprint
from quotes.dumping.manifest import BadDump
from quotes.dumping.write import one_moment
from quotes.sealing.tree import latest, size, tree

ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}
FAILURES = (BackupFailed, BadDump, OSError, Error, sqlite3.Error, psycopg.Error)
"""What a backup or a restore may end with."""
STAMP = "%Y-%m-%dT%H%M%SZ"
_GROWING = ".growing-"
_STALE = 24 * 60 * 60


@contextmanager
def alone() -> Iterator[Path]:
    """Let no other backup or restore run on this machine; a folder for what is needed meanwhile, gone afterwards.

    It lies in VAR_DIR, because what is copied there isn't sealed yet.
    """
    with (settings.VAR_DIR / "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupFailed("A backup or a restore is under way already") from error
        scratch = settings.VAR_DIR / "backup-scratch"
        # Of one that was killed.
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(mode=0o700)
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def back_up(shelf: Path, key: bytes = b"") -> Backup:
    """Make a backup in a new folder of `shelf`, named by its moment; what is interrupted leaves nothing.

    In the memory of a block. Files that are missing from MEDIA_DIR are named in its manifest. Raises BackupFailed,
    OSError.
    """
    with alone() as scratch:
        shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
        _forget_killed(shelf)
        growing = Path(tempfile.mkdtemp(prefix=_GROWING, dir=shelf))
        try:
            manifest = _written(growing, scratch, key)
            folder = _free(shelf / manifest.moment.astimezone(dt.UTC).strftime(STAMP))
            growing.rename(folder)
            _settle(shelf)
        except BaseException:
            shutil.rmtree(growing, ignore_errors=True)
            raise
    return Backup(folder, manifest)


def _forget_killed(shelf: Path) -> None:
    for folder in shelf.glob(f"{_GROWING}*"):
        if folder.stat().st_mtime < time.time() - _STALE:
            shutil.rmtree(folder, ignore_errors=True)


def _free(folder: Path) -> Path:
    number, name = 1, folder.name
    while folder.exists():
        number += 1
        folder = folder.with_name(f"{name}-{number}")
    return folder


def _written(folder: Path, scratch: Path, key: bytes) -> Manifest:
    names = part_names(connection.vendor, key)
    with writing(folder, names[1], key, packed=False) as files:
        packing = media.Packing(files.out)
        # Most files go in before the moment, so that none need be kept from being deleted after it.
        for name in media.named():
            packing.take(name)
        missing: set[str] = set()
        while True:
            with one_moment():
                found = {name for name in media.named() if not packing.take(name)}
                if found <= missing:
                    packing.finish()
                    database = _database(folder, names[0], scratch, key)
                    manifest = _told(packing.files, sorted(found), key)
                    break
            # What was deleted since that moment isn't missing: another moment doesn't name it.
            missing = {name for name in media.named() if name in found}
    manifest.parts.extend([database, files.part])
    _write(folder / NAME, manifest.written(key))
    _settle(folder)
    return manifest


def _database(folder: Path, name: str, scratch: Path, key: bytes) -> Part:
    with writing(folder, name, key, packed=connection.vendor == "postgresql") as part:
        ENGINES[connection.vendor].copy(part, scratch)
    return part.part


def _told(files: int, missing: list[str], key: bytes) -> Manifest:
    """What the manifest says of this moment, parts excepted."""
    leaves, newest = size(), latest()
    return Manifest(
        made_at=timezone.now().isoformat(timespec="milliseconds"),
        release=settings.VERSION,
        site=settings.SITE_URL,
        engine=connection.vendor,
        engine_version=ENGINES[connection.vendor].version(),
        migrations=sorted(".".join(one) for one in MigrationRecorder(connection).applied_migrations()),
        rows=rows(),
        log=Log(leaves, tree(leaves).root().hex(), newest.note if newest else ""),
        files=files,
        missing=missing,
        key=fingerprint(key),
    )


def rows(tables: list[str] | None = None) -> dict[str, int]:
    """How many rows each table has."""
    known = tables or sorted({one._meta.db_table for one in apps.get_models(include_auto_created=True)})
    found = {}
    with connection.cursor() as cursor:
        for table in known:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - tables of ours
            (found[table],) = cursor.fetchone()
    return found


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Have what a folder holds on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
