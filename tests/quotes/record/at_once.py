"""Two editors at once: the second begins while the first one's transaction is still open."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections, transaction

from quotes.record import RecordError

PATIENCE = 30
"""Seconds after which a test fails rather than hangs; nothing here waits for them to pass."""
_BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pg_blocking_pids(pid) <> '{}'"


def one_then_other(first, second):
    """Do `first`, begin `second` before it is committed, and return what both answered or were refused with."""
    done, go_on = threading.Event(), threading.Event()

    def uncommitted():
        try:
            with transaction.atomic():
                answer = first()
                done.set()
                assert go_on.wait(PATIENCE)
        finally:
            done.set()
        return answer

    with ThreadPoolExecutor(2) as threads:
        earlier = threads.submit(_alone, uncommitted)
        try:
            assert done.wait(PATIENCE)
            later = threads.submit(_alone, second)
            _wait_until_blocked(later)
        finally:
            go_on.set()
    return earlier.result(), later.result()


def together(*acts):
    """Begin all at the same instant, and return what they answered or were refused with."""
    start = threading.Barrier(len(acts), timeout=PATIENCE)

    def begin(act):
        connection.ensure_connection()
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [one.result() for one in [threads.submit(_alone, lambda act=act: begin(act)) for act in acts]]


def _alone(act):
    """Act on a connection of one's own."""
    try:
        return act()
    except RecordError as refusal:
        return refusal
    finally:
        connections.close_all()


def _wait_until_blocked(later):
    if connection.vendor == "sqlite":
        assert not writable(), "the first one's transaction holds the file"
        return
    with connection.cursor() as cursor:
        blocked = 0
        while not blocked and not later.done():
            blocked = cursor.execute(_BLOCKED).fetchone()[0]
    assert blocked, f"the second didn't wait for the first: {later.result()!r}"


def writable():
    """Whether somebody else could begin to write to SQLite's file just now."""
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    else:
        return True
    finally:
        other.close()
