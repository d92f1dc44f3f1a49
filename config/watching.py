"""What this process knows of its database servers: who answers, and how far each has come in the primary's log.

A thread for each server asks it four times a second, on a connection of its own: no request ever waits to learn that a
server is gone. What a server hasn't said again within a second counts for nothing, and what waits for a replica that
fell silent is cut off, so that it fails and can be asked of the primary.

A position is a number of bytes of the primary's write-ahead log; times are seconds of the monotonic clock.
"""

import logging
import os
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

import psycopg
from django.db import Error, connections

from config.preflight import without_pool

log = logging.getLogger(__name__)

INTERVAL = 0.25
PATIENCE = 1.0
# PostgreSQL's driver takes no less.
CONNECT_SECONDS = 2

# A standby has replayed so much; only what a primary has flushed can have reached one.
_ASK = """
SELECT system_identifier, pg_is_in_recovery(),
  CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END - '0/0'::pg_lsn
FROM pg_control_system()
"""


@dataclass(frozen=True)
class Sight:
    """What a server said: which cluster's data it holds, whether it follows another server, and its position."""

    system: int
    standby: bool
    position: int


class Watched:
    """One server. `sight` is the last thing it said, or None where it can't be trusted until it speaks again."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self.sight: Sight | None = None
        self.heard = time.monotonic()
        self.answers = True
        self._in_use: set[socket.socket] = set()
        self._lock = threading.Lock()

    def tell(self, sight: Sight) -> None:
        self.heard = time.monotonic()
        self.answers = True
        self.sight = sight

    def distrust(self) -> None:
        self.sight = None

    def silent(self) -> bool:
        return time.monotonic() - self.heard > PATIENCE

    def trusted(self) -> Sight | None:
        """What the server said, if it said so within the last second."""
        return None if self.silent() else self.sight

    @contextmanager
    def using(self, connection: Any) -> Iterator[None]:
        """Let `cut()` end what waits on this connection of psycopg's."""
        # Ours from now on, whatever the driver does: its own number may be another file's by the time of a cut.
        wire = socket.socket(fileno=os.dup(connection.fileno()))
        with self._lock:
            self._in_use.add(wire)
        try:
            yield
        finally:
            with self._lock:
                self._in_use.discard(wire)
                wire.close()

    def cut(self) -> None:
        """Make whoever waits for this server's answer fail at once. Called from another thread than theirs."""
        with self._lock:
            for wire in self._in_use:
                with suppress(OSError):
                    wire.shutdown(socket.SHUT_RDWR)


class Fleet:
    """The primary and its replicas. A replica serves while it holds all that the primary had `bound` seconds ago."""

    def __init__(self, primary: str, replicas: list[str], bound: float) -> None:
        self.primary = Watched(primary)
        self.replicas = [Watched(alias) for alias in replicas]
        self.bound = bound
        self.due: int | None = None
        self._past: deque[tuple[float, int]] = deque()
        self._turn = count()
        self._ended = threading.Event()
        self._starting = threading.Lock()
        self._threads: list[threading.Thread] = []

    def choose(self, wrote: int | None = None) -> Watched | None:
        """A replica that may be read, in turn, by somebody whose last write ended at `wrote`; None for the primary.

        While the primary is silent any replica serves: old pages are better than none.
        """
        if self.primary.silent():
            fit = [replica for replica in self.replicas if replica.trusted()]
        else:
            fit = [replica for replica in self.replicas if self._keeps_up(replica, wrote or 0)]
        return fit[next(self._turn) % len(fit)] if fit else None

    def _keeps_up(self, replica: Watched, wrote: int) -> bool:
        said, primary = replica.trusted(), self.primary.sight
        if said is None or primary is None or self.due is None:
            return False
        return said.standby and said.system == primary.system and said.position >= max(self.due, wrote)

    def hear(self, watched: Watched, sight: Sight) -> None:
        """Take what a server said; a primary that follows another server can't be written to and counts as silent."""
        if watched is not self.primary:
            watched.tell(sight)
        elif not sight.standby:
            self._note(sight)
            watched.tell(sight)

    def _note(self, sight: Sight) -> None:
        if self.primary.sight and self.primary.sight.position > sight.position:
            # Another server was promoted that lacks some of the log: what came after counts for nothing.
            self._past.clear()
        now = time.monotonic()
        self._past.append((now, sight.position))
        # The first is the newest that is old enough; at the start, when none is, the oldest known.
        while len(self._past) > 1 and self._past[1][0] <= now - self.bound:
            self._past.popleft()
        self.due = self._past[0][1]

    def begin(self) -> None:
        """Start watching, once; in the process that serves, for no thread survives a fork."""
        if self._threads:
            return
        with self._starting:
            if not self._threads:
                self.primary.heard = time.monotonic()
                jobs = [(self._watch, (watched,)) for watched in [self.primary, *self.replicas]]
                self._threads = [threading.Thread(target=job, args=on, daemon=True) for job, on in jobs]
                self._threads.append(threading.Thread(target=self._cut_off_the_silent, daemon=True))
                for thread in self._threads:
                    thread.start()

    def end(self) -> None:
        """Stop watching."""
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _watch(self, watched: Watched) -> None:
        while not self._ended.is_set():
            try:
                self._ask_until_it_fails(watched)
            except (Error, psycopg.Error) as error:
                self._miss(watched, error)
            self._ended.wait(INTERVAL)

    def _miss(self, watched: Watched, error: Exception) -> None:
        if watched.answers:
            log.warning("database %r doesn't answer: %s", watched.alias, " ".join(str(error).split()))
        watched.answers = False
        if watched is not self.primary:
            watched.distrust()

    def _ask_until_it_fails(self, watched: Watched) -> None:
        connection = without_pool(connections[watched.alias].copy())
        connection.settings_dict["OPTIONS"].setdefault("connect_timeout", CONNECT_SECONDS)
        try:
            with connection.cursor() as cursor, watched.using(connection.connection):
                while not self._ended.is_set():
                    cursor.execute(_ASK)
                    system, standby, position = cursor.fetchone()
                    self.hear(watched, Sight(system, standby, int(position or 0)))
                    self._ended.wait(INTERVAL)
        finally:
            connection.close()

    def _cut_off_the_silent(self) -> None:
        while not self._ended.wait(INTERVAL):
            for watched in [self.primary, *self.replicas]:
                if watched.silent():
                    watched.cut()
