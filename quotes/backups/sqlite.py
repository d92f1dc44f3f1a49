"""SQLite's part of a backup: a copy of one moment, taken by its own online backup; and taking the place of a file."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.db import connection

from quotes.backups.errors import BackupFailed, BadBackup
from quotes.backups.parts import BLOCK, Writing

_PAGES = 8_192
_MAGIC = b"SQLite format 3\x00"
_ASIDE = ("", "-wal", "-shm")


def database_file() -> Path:
    """The file of DATABASE_URL."""
    return Path(str(connection.settings_dict["NAME"]))


def version() -> str:
    """What copies it."""
    return f"SQLite {sqlite3.sqlite_version}"


def copy(part: Writing, scratch: Path) -> None:
    """Write the database as this connection's transaction sees it; others go on writing meanwhile."""
    path = scratch / "copy.sqlite3"
    connection.ensure_connection()
    source: sqlite3.Connection = connection.connection
    into = sqlite3.connect(path)
    try:
        # What is lost when the power goes is made again.
        into.execute("PRAGMA synchronous = OFF")
        source.backup(into, pages=_PAGES)
    finally:
        into.close()
    with path.open("rb") as file:
        part.take(file)
    path.unlink()


def look_into(stream: IO[bytes], named_in: Path) -> None:
    """Raise BadBackup where a stream is no SQLite database of the size that it says."""
    head = stream.read(100)
    size = len(head)
    while data := stream.read(BLOCK):
        size += len(data)
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    if head[:16] != _MAGIC or size != pages * (65536 if page == 1 else page):
        raise BadBackup(f"{named_in} is no SQLite database")


class File:
    """A new database that takes the place of a file, or stays where it is."""

    def __init__(self, target: Path | None = None, *, is_new: bool = False) -> None:
        self.target = target or database_file()
        if is_new and self.target.exists():
            raise BackupFailed(f"{self.target} is there already: --into takes a new file")
        self.path = self.target.with_name(f".{self.target.name}.restoring")

    @property
    def url(self) -> str:
        """What DATABASE_URL is for it."""
        return f"sqlite:///{self.path.resolve()}"

    @contextmanager
    def made(self) -> Iterator[None]:
        """Have a place to fill; what didn't take its place is gone afterwards."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self._forget()
        try:
            yield
        finally:
            self._forget()

    def _forget(self) -> None:
        for end in _ASIDE:
            Path(f"{self.path}{end}").unlink(missing_ok=True)

    def fill(self, stream: IO[bytes]) -> None:
        """Write the database."""
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            shutil.copyfileobj(stream, file, BLOCK)

    def check(self) -> None:
        """Raise BadBackup where the database contradicts itself."""
        with _opened(self.path) as opened:
            found = [row[0] for row in opened.execute("PRAGMA integrity_check(5)")]
        if found != ["ok"]:
            raise BadBackup(f"The database of the backup is damaged: {'; '.join(found)}")

    def take_place(self, stamp: str, *, keep: bool) -> str:
        """Become the database that is served; the name of the former one, where it is kept."""
        with _opened(self.path) as opened:
            opened.execute("PRAGMA journal_mode = DELETE")
        with self.path.open("rb") as file:
            os.fsync(file.fileno())
        aside = self.target.with_name(f"{self.target.name}.before-{stamp}")
        if self.target.exists():
            self._shut_out()
            if keep:
                aside.hardlink_to(self.target)
            for end in _ASIDE[1:]:
                # A file that nobody could open keeps what belongs to it.
                if (rest := Path(f"{self.target}{end}")).exists():
                    rest.replace(f"{aside}{end}")
        self.path.replace(self.target)
        return str(aside) if keep and aside.exists() else ""

    def _shut_out(self) -> None:
        """Raise BackupFailed where others have the database open: what they write would be lost."""
        try:
            with _opened(self.target) as opened:
                opened.execute("PRAGMA busy_timeout = 1000")
                opened.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            raise BackupFailed(
                f"Somebody has {self.target} open ({error}): stop the site and its worker, then try again"
            ) from error
        except sqlite3.DatabaseError:
            # It is damaged, which is why it is replaced.
            return


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(path, isolation_level=None)
    try:
        yield opened
    finally:
        opened.close()
