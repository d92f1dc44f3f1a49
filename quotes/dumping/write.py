"""Writing a dump: every table as of one moment, to a folder that is there whole or not at all."""

import gzip
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from quotes.dumping.manifest import PACKAGE, BadDump, File, Manifest
from quotes.dumping.tables import TABLES, Row, Table
from quotes.exporting.described import TITLE, licence
from quotes.hashed import Hashed

BATCH = 1_000
SUFFIX = ".jsonl.gz"
_KINDS: list[tuple[type[Any], str]] = [
    (models.BooleanField, "boolean"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.IntegerField, "integer"),
    (models.FloatField, "number"),
    (models.ForeignKey, "integer"),
]
Say = Callable[[str, int], None]


def dump(folder: Path, say: Say = lambda _name, _rows: None) -> Manifest:
    """Write the public record to `folder`, which must be new or empty; `say` is told a table and the rows so far.

    In the memory of a batch. Raises BadDump where the folder holds anything.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadDump(f"{folder} isn't empty: a dump goes to a folder of its own")
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside its place, so that moving it there is one step.
    growing = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        manifest = _written(growing, say)
        growing.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        growing.rename(folder)
    except BaseException:
        shutil.rmtree(growing, ignore_errors=True)
        raise
    return manifest


def _written(folder: Path, say: Say) -> Manifest:
    with one_moment():
        made_at = timezone.now().isoformat(timespec="seconds")
        files = [_table(folder, table, say) for table in TABLES]
    package = _package(files, made_at)
    data = (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
    (folder / PACKAGE).write_bytes(data)
    files.append(File(PACKAGE, hashlib.sha256(data).hexdigest(), len(data)))
    manifest = Manifest(made_at, settings.SITE_URL, settings.RECORD_LICENCE, files)
    manifest.write(folder)
    for path in folder.iterdir():
        _settle(path)
    return manifest


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all queries see the record as of one moment, without keeping anybody from writing.

    Within a transaction its moment is as good as that of its queries.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Django's transactions take the lock for writing at once.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _table(folder: Path, table: Table, say: Say) -> File:
    name, rows = f"{table.name}{SUFFIX}", 0
    write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=lambda day: day.isoformat()).encode
    with (folder / name).open("wb") as file:
        hashed = Hashed(file)
        # No time of day goes into the packing: the same rows are the same bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=hashed, mtime=0, compresslevel=6) as packed:
            for batch in batches(table):
                packed.write("".join(f"{write(row)}\n" for row in batch).encode())
                rows += len(batch)
                say(table.name, rows)
    return File(name, hashed.sha256.hexdigest(), hashed.size, rows)


def batches(table: Table) -> Iterator[list[Row]]:
    """The rows of a table in the order of their keys."""
    last = 0
    while True:
        rows = table.rows().filter(pk__gt=last).order_by("pk").values(*table.columns, *table.beside)[:BATCH]
        found = list(rows)
        if not found:
            return
        last = found[-1]["id"]
        yield [table.told(row) for row in found]


def _package(files: list[File], made_at: str) -> dict[str, Any]:
    """The dump as a Data Package."""
    tables = zip(TABLES, files, strict=True)
    return {
        "name": "on-record",
        "title": TITLE,
        "homepage": settings.SITE_URL,
        "created": made_at,
        "licenses": [licence()],
        # Readers of packages take a file without a row for damaged. The manifest names those too.
        "resources": [_resource(table, file) for table, file in tables if file.rows],
    }


def _resource(table: Table, file: File) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": file.name,
        "description": table.tells,
        "format": "jsonl",
        "compression": "gz",
        "encoding": "utf-8",
        "hash": f"sha256:{file.sha256}",
        "bytes": file.bytes,
        "schema": {"fields": [_field(table, name) for name in table.columns], "primaryKey": "id"},
    }


def _field(table: Table, name: str) -> dict[str, str]:
    found = next(one for one in table.model._meta.concrete_fields if one.attname == name)
    return {"name": name, "type": _kind(name, found)}


def _kind(name: str, found: Any) -> str:
    if isinstance(found, models.JSONField):
        return "array" if name == "spans" else "object"
    return next((kind for model, kind in _KINDS if isinstance(found, model)), "string")


def _settle(path: Path) -> None:
    """Have a file on the disk before the folder gets its name."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
