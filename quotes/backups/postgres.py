"""PostgreSQL's part of a backup: pg_dump of this transaction's snapshot; and a new database beside the one served."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO, Any, cast
from urllib.parse import urlsplit

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Conninfo

from quotes.backups.errors import BackupFailed, BadBackup
from quotes.backups.parts import BLOCK, Writing
from quotes.compiling import SWITCH_OFF

_DEBIAN = Path("/usr/lib/postgresql")
_LONGEST_NAME = 63


def program(name: str, server: int) -> str:
    """The path of a client program that is no older than the server. Raises BackupFailed where there is none."""
    debian = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    # Debian's own on PATH picks a version by itself, and none where it knows of no cluster.
    found = [str(path) for path in debian if float(path.parts[-3]) >= server] or [shutil.which(name) or ""]
    if not found[0]:
        raise BackupFailed(f"{name} isn't here: apt-get install postgresql-client-{server}, or a later version")
    if major(found[0]) < server:
        raise BackupFailed(
            f"{found[0]} is of PostgreSQL {major(found[0])} and the server of {server}: "
            f"apt-get install postgresql-client-{server}, or a later version"
        )
    return found[0]


def major(path: str) -> int:
    """The version of a client program."""
    told = subprocess.run([path, "--version"], check=False, capture_output=True, text=True).stdout  # noqa: S603 - ours
    number = re.search(r"\) (\d+)", told)
    if number is None:
        raise BackupFailed(f"{path} doesn't say its version")
    return int(number[1])


def server_version() -> int:
    """The server's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        return int(cursor.fetchone()[0])


def version() -> str:
    """What dumps it."""
    return f"PostgreSQL {server_version()}"


def parameters(**changed: Any) -> dict[str, Any]:
    """How libpq reaches the database of DATABASE_URL."""
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    given = {**connection.get_connection_params(), **changed}
    return {name: value for name, value in given.items() if name in known and value is not None}


def _run(command: list[str], given: dict[str, Any], **streams: Any) -> subprocess.Popen[bytes]:
    """Start a client program; the password is in no list of processes."""
    password = given.pop("password", None)
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    return subprocess.Popen([*command, f"--dbname={make_conninfo(**given)}"], env=environment, **streams)  # noqa: S603


@contextmanager
def _ended(process: subprocess.Popen[bytes], told: IO[bytes]) -> Iterator[None]:
    """Wait for a program's end; raise BackupFailed with what it said where it failed."""
    try:
        yield
    except BrokenPipeError:
        # It says itself why it takes no more.
        pass
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
    if process.wait():
        told.seek(0)
        raise BackupFailed(" ".join(told.read().decode(errors="replace").split()) or "PostgreSQL's program failed")


def copy(part: Writing, _scratch: Path) -> None:
    """Write the database as this connection's transaction sees it; others go on writing meanwhile."""
    with connection.cursor() as cursor:
        # The snapshot lasts as long as this transaction, which waits for pg_dump.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
    path = program("pg_dump", server_version())
    command = [path, "--format=custom", "--compress=1", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    with tempfile.TemporaryFile() as told:
        dumping = _run(command, parameters(), stdout=subprocess.PIPE, stderr=told)
        with _ended(dumping, told):
            part.take(cast("IO[bytes]", dumping.stdout))


def look_into(stream: IO[bytes], named_in: Path) -> None:
    """Raise BadBackup where a stream is no archive that pg_restore can list."""
    path = shutil.which("pg_restore") or program("pg_restore", 0)
    with tempfile.TemporaryFile() as told:
        listing = subprocess.Popen([path, "--list"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=told)  # noqa: S603
        try:
            with _ended(listing, told):
                _pour(stream, listing)
        except BackupFailed as error:
            raise BadBackup(f"{named_in} can't be read: {error}") from error
    # It stops at the end of what it lists: the rest is held against its hash.
    while stream.read(BLOCK):
        pass


def _pour(stream: IO[bytes], process: subprocess.Popen[bytes]) -> None:
    taking = cast("IO[bytes]", process.stdin)
    while data := stream.read(BLOCK):
        taking.write(data)


class Database:
    """A new database that takes the place of the one served, or one that was named and stays."""

    def __init__(self, url: str = "") -> None:
        self._given = url
        self.target = str(connection.settings_dict["NAME"])
        self.name = "" if url else f"{self.target[:40]}_restoring_{token_hex(4)}"

    @property
    def url(self) -> str:
        """What DATABASE_URL is for it."""
        return self._given or urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{self.name}").geturl()

    def _reached(self) -> dict[str, Any]:
        return dict(conninfo_to_dict(self._given)) if self._given else parameters(dbname=self.name)

    @contextmanager
    def made(self) -> Iterator[None]:
        """Have a place to fill; what was made and didn't take its place is gone afterwards."""
        if self._given:
            self._refuse_tables()
            yield
            return
        self._create()
        try:
            yield
        finally:
            self._maintain(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))

    def _refuse_tables(self) -> None:
        with psycopg.connect(self._given) as opened:
            found = opened.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone()
        if found:
            raise BackupFailed("The database of --into isn't empty: name a new one")

    def _create(self) -> None:
        """Make it as the one that is served was made: indexes of text stand in the order of its locale."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()")
            collate, kind = cursor.fetchone()
        order = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}")
        try:
            self._maintain(order.format(sql.Identifier(self.name), sql.Literal(collate), sql.Literal(kind)))
        except psycopg.errors.InsufficientPrivilege as error:
            role = connection.settings_dict["USER"]
            raise BackupFailed(
                f"The role {role} may not make a database beside {self.target}: ALTER ROLE {role} CREATEDB, "
                "or name an empty one with --into"
            ) from error

    def _maintain(self, *orders: sql.Composed) -> None:
        with psycopg.connect(**parameters(dbname="postgres"), autocommit=len(orders) == 1) as opened:
            for order in orders:
                opened.execute(order)

    def fill(self, stream: IO[bytes]) -> None:
        """Write the database."""
        path = program("pg_restore", server_version())
        command = [path, "--no-owner", "--no-privileges", "--exit-on-error"]
        with tempfile.TemporaryFile() as told:
            restoring = _run(command, self._reached(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=told)
            with _ended(restoring, told):
                _pour(stream, restoring)

    def check(self) -> None:
        """Know each table's size, so that questions are answered from the start as they were, and compile none."""
        with psycopg.connect(**self._reached(), autocommit=True) as opened:
            opened.execute("ANALYZE")
            opened.execute(SWITCH_OFF)

    def take_place(self, stamp: str, *, keep: bool) -> str:
        """Become the database that is served; the name of the former one, where it is kept."""
        if self._given:
            return ""
        aside = f"{self.target[: _LONGEST_NAME - 24]}_before_{stamp.lower()}"
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        try:
            self._maintain(
                rename.format(sql.Identifier(self.target), sql.Identifier(aside)),
                rename.format(sql.Identifier(self.name), sql.Identifier(self.target)),
            )
        except psycopg.errors.ObjectInUse as error:
            raise BackupFailed(
                f"Somebody is connected to {self.target}: stop the site, its worker and its timers, then try again"
            ) from error
        if keep:
            return f"the database {aside}"
        self._maintain(sql.SQL("DROP DATABASE {}").format(sql.Identifier(aside)))
        return ""
