"""The files of MEDIA_DIR in a backup: all that the database names as of its moment, in one tar."""

import os
import sqlite3
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.db import models

from quotes.backups.errors import BadBackup
from quotes.backups.parts import BLOCK

_BATCH = 2_000


def file_fields() -> list[tuple[Any, str]]:
    """Every column that names files."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
    ]


def named() -> Iterator[str]:
    """The files that the database names, as it is now. A query for each column, read in batches."""
    for model, name in file_fields():
        rows = model._base_manager.exclude(**{name: ""}).order_by("pk").values_list(name, flat=True)
        yield from rows.iterator(chunk_size=_BATCH)


class Packing:
    """A tar that grows; each file goes in once. What is in it is remembered on disk, not in memory."""

    def __init__(self, out: IO[bytes]) -> None:
        self._tar: Any = tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - finish() closes it
        self._seen = sqlite3.connect("", isolation_level=None)
        self._seen.execute("CREATE TABLE seen (name TEXT PRIMARY KEY) WITHOUT ROWID")
        self._seen.execute("BEGIN")
        self.files = 0

    def take(self, name: str) -> bool:
        """Take in a file, if it isn't in; False where there is none of that name."""
        if self._seen.execute("SELECT 1 FROM seen WHERE name = ?", [name]).fetchone():
            return True
        try:
            file = (Path(settings.MEDIA_ROOT) / name).open("rb")
        except (FileNotFoundError, NotADirectoryError):
            return False
        with file:
            member = tarfile.TarInfo(name)
            member.size, member.mode = os.fstat(file.fileno()).st_size, 0o600
            self._tar.addfile(member, file)
            # Else it remembers every one.
            self._tar.members.clear()
        self._seen.execute("INSERT INTO seen VALUES (?)", [name])
        self.files += 1
        return True

    def finish(self) -> None:
        """Write the tar's end."""
        self._tar.close()
        self._seen.close()


def members(stream: IO[bytes], named_in: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """The files of a tar, in their order. Raises BadBackup for what no backup holds."""
    try:
        tar: Any
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            while member := tar.next():
                file = tar.extractfile(member) if member.isreg() else None
                if file is None or not _is_plain(member.name):
                    raise BadBackup(f"{named_in} holds {member.name!r}, which is no file of MEDIA_DIR")
                yield member.name, file
                tar.members.clear()
    except tarfile.TarError as error:
        raise BadBackup(f"{named_in} is damaged: {error}") from error


def _is_plain(name: str) -> bool:
    return not name.startswith("/") and all(step not in ("", ".", "..") for step in name.split("/"))


def unpack(stream: IO[bytes], named_in: Path, folder: Path) -> int:
    """Write the files of a tar below a folder, and return how many those were."""
    count = 0
    for name, file in members(stream, named_in):
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            while data := file.read(BLOCK):
                out.write(data)
            out.flush()
            os.fsync(out.fileno())
        count += 1
    return count


def put(restored: Path, aside: Path) -> int:
    """Give restored files their places in MEDIA_DIR. Another file in such a place goes aside, none is overwritten."""
    moved = 0
    for path in sorted(restored.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(restored)
        place = Path(settings.MEDIA_ROOT) / name
        if place.exists() and not _same(place, path):
            (aside / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.rename(aside / name)
            moved += 1
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(place)
    return moved


def _same(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while data := first.read(BLOCK):
            if data != second.read(BLOCK):
                return False
    return True
