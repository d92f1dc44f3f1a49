"""Clusters that follow one another, and a pooler in front: PostgreSQL and pgbouncer in temporary folders.

Each listens on a socket in its own folder, so that no port is taken. `place()` ends and removes them all.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psycopg

from tests import servers

# What is acknowledged must outlive the server, but a test machine's power needn't fail.
DURABLE = ("fsync=off", "synchronous_commit=on", "max_connections=60", "listen_addresses=", "hot_standby_feedback=off")
POOLER_PORT = 6432
ROLE = "record"


def until(holds: Callable[[], Any], seconds: float = 15, what: str = "") -> float:
    """Wait until something holds; return how long that took."""
    started = time.monotonic()
    while not holds():
        if time.monotonic() - started > seconds:
            raise AssertionError(f"Not within {seconds} s: {what or holds}")
        time.sleep(0.02)
    return time.monotonic() - started


class Server:
    """A program that serves from a folder of its own, as Debian's user where we are root."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.owner = servers.DEBIAN_USER if os.geteuid() == 0 else None
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir()
        if self.owner:
            shutil.chown(folder, user=self.owner, group=self.owner)

    def run(self, *command: str | Path) -> None:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, cwd=self.folder, **servers.identity(self.owner)
        )
        if done.returncode:
            raise servers.ServerFailed(done.stderr)

    def launch(self, *command: str | Path) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True, **servers.identity(self.owner)
            )

    def end(self, order: signal.Signals = signal.SIGINT) -> None:
        """End it; SIGQUIT makes PostgreSQL drop everything at once, as a crash would."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(order)
            self.process.wait(timeout=20)
        self.process = None


ServerKind = TypeVar("ServerKind", bound=Server)


class Cluster(Server):
    """A PostgreSQL server. Its address in URLs is `host=FOLDER`."""

    def __init__(self, programs: Path, folder: Path, settings: Sequence[str] = DURABLE) -> None:
        super().__init__(folder)
        self.programs, self.settings = programs, settings

    def initialise(self) -> None:
        servers.make_cluster(self.programs, self.folder, self.owner)

    def follow(self, primary: "Cluster") -> None:
        """Copy the primary and stream from it by a slot, so that it keeps what this one still needs."""
        name = self.folder.name
        base: list[str | Path] = [
            self.programs / "pg_basebackup",
            "--pgdata",
            self.folder / "data",
            "-R",
            "-X",
            "stream",
            "--no-sync",
        ]
        source = f"host={primary.folder} user=onrecord application_name={name}"
        self.run(*base, "--checkpoint=fast", "-C", "-S", name, "-d", source)

    def start(self) -> None:
        options = [word for setting in self.settings for word in ("-c", setting)]
        self.launch(self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder, *options)
        assert self.process
        servers.wait_until_ready(self.process, self.programs, self.folder)

    def promote(self) -> None:
        self.run(self.programs / "pg_ctl", "promote", "--wait", "--pgdata", self.folder / "data")

    def ask(self, sql: str, database: str = "postgres") -> Any:
        """The first value of what a statement returns, asked by the superuser."""
        address = f"host={self.folder} user=onrecord dbname={database}"
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(sql)
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None

    def synchronise(self, standbys: str) -> None:
        """Acknowledge a commit once these standbys have it; with none, at once."""
        self.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{standbys}'")
        self.ask("SELECT pg_reload_conf()")

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, order: signal.Signals) -> None:
        assert self.process
        mother = self.process.pid
        children = Path(f"/proc/{mother}/task/{mother}/children").read_text().split()
        for pid in [mother, *map(int, children)]:
            os.kill(pid, order)


class Pooler(Server):
    """pgbouncer in transaction mode."""

    def serve(self, anything: Cluster | None = None, **behind: Cluster) -> None:
        """Say which cluster's record stands behind a name, and which cluster holds the databases of all other names."""
        lines = [f"{name} = host={cluster.folder} dbname=record user={ROLE}" for name, cluster in behind.items()]
        if anything:
            lines.append(f"* = host={anything.folder} user={ROLE}")
        text = "\n".join(
            [
                "[databases]",
                *lines,
                "[pgbouncer]",
                "pool_mode = transaction",
                "auth_type = any",
                "listen_addr =",
                f"listen_port = {POOLER_PORT}",
                f"unix_socket_dir = {self.folder}",
                "default_pool_size = 8",
                "server_login_retry = 1",
                "server_connect_timeout = 2",
                "query_wait_timeout = 5",
                "",
            ]
        )
        (self.folder / "pgbouncer.ini").write_text(text)
        if self.process:
            self.process.send_signal(signal.SIGHUP)
        else:
            self.launch(servers.pgbouncer() or "pgbouncer", self.folder / "pgbouncer.ini")
            until((self.folder / f".s.PGSQL.{POOLER_PORT}").exists, what="pgbouncer listens")

    def address(self, name: str) -> str:
        return f"postgres://{ROLE}@/{name}?host={self.folder}&port={POOLER_PORT}"


CRASH = signal.SIGQUIT


class Place:
    """A temporary folder and the servers in it."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        # Short, because the path of a socket may have 107 bytes; open to the user that the servers run as.
        self.folder = Path(tempfile.mkdtemp(prefix="onrecord-"))
        self.folder.chmod(0o755)
        self.servers: list[Server] = []

    def primary(self, settings: Sequence[str] = DURABLE) -> Cluster:
        """A new cluster that is running, with an empty database of an ordinary role's."""
        cluster = self._keep(Cluster(self.programs, self.folder / "primary", settings))
        cluster.initialise()
        cluster.start()
        cluster.ask(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        cluster.ask(f"CREATE DATABASE record OWNER {ROLE}")
        return cluster

    def standby(self, primary: Cluster) -> Cluster:
        """A copy of it that is running and streams."""
        cluster = self._keep(Cluster(self.programs, self.folder / "standby"))
        cluster.follow(primary)
        cluster.start()
        return cluster

    def pooler(self, anything: Cluster | None = None, **behind: Cluster) -> Pooler:
        pooler = self._keep(Pooler(self.folder / "pooler"))
        pooler.serve(anything, **behind)
        return pooler

    def _keep(self, server: ServerKind) -> ServerKind:
        self.servers.append(server)
        return server

    def close(self) -> None:
        for server in reversed(self.servers):
            if isinstance(server, Cluster) and server.process:
                server.thaw()
                server.end(CRASH)
            else:
                # A pooler has nothing to lose, and started in the background it hears no SIGQUIT.
                server.end(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def place(programs: Path) -> Iterator[Place]:
    """Yield a place for servers, and leave nothing of it behind."""
    made = Place(programs)
    try:
        yield made
    finally:
        made.close()
