"""Behind pgbouncer in transaction mode every transaction may meet another session: nothing may be left in one."""

import ast
import json
import re
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from psycopg_pool import ConnectionPool, PoolTimeout

from tests import clusters, servers
from tests.environment import clean_environment

# SQL is written in capitals here; prose that begins alike isn't.
LEFT_IN_A_SESSION = re.compile(
    r"^\s*(SET\s+(?!LOCAL\b|CONSTRAINTS\b|TRANSACTION\b)|LISTEN\b|UNLISTEN\b|PREPARE\b|DECLARE\b|DISCARD\b|LOAD\b"
    r"|CREATE\s+(LOCAL\s+)?TEMP(?!.*ON COMMIT DROP))|\bpg_(try_)?advisory_lock|\bset_config\([^)]*,\s*false\)",
)


def texts(code):
    tree = ast.parse(code)
    put_together = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    pieces = {id(piece) for node in put_together for piece in node.values}
    yield from ("…".join(piece.value for piece in constants(node)) for node in put_together)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            yield node.value


def constants(node):
    return [piece for piece in node.values if isinstance(piece, ast.Constant)]


@pytest.mark.parametrize("room", ["quotes", "sources", "config"])
def test_no_sql_of_ours_leaves_anything_in_a_session(project, room):
    found = {
        f"{path.relative_to(project)}: {text[:80]}"
        for path in (project / room).rglob("*.py")
        if "sqlite" not in path.stem
        for text in texts(path.read_text())
        if LEFT_IN_A_SESSION.search(text)
    }
    assert not found


@pytest.mark.parametrize(
    "sql",
    [
        "SET statement_timeout = 300",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_try_advisory_lock(1)",
        "LISTEN changes",
        "CREATE TEMP TABLE t (n int)",
        "SELECT set_config('a', 'b', false)",
    ],
)
def test_what_stays_in_a_session_is_seen(sql):
    assert LEFT_IN_A_SESSION.search(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SET LOCAL statement_timeout = 300",
        "SELECT pg_advisory_xact_lock(1)",
        "UPDATE t SET a = 1",
        "SET CONSTRAINTS ALL IMMEDIATE",
        "SET TRANSACTION READ ONLY",
    ],
)
def test_what_ends_with_the_transaction_is_not(sql):
    assert not LEFT_IN_A_SESSION.search(sql)


def pool_of_settings(project, address):
    """How the record's own pool is set up."""
    told = "import json, config.settings as s; print(json.dumps(s.DATABASES['default']['OPTIONS']['pool']))"
    done = subprocess.run(
        [sys.executable, "-c", told],
        check=True,
        cwd=project,
        env=clean_environment(DATABASE_URL=address),
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_database_that_was_away_for_long_is_found_again_at_once(project):
    if not (programs := servers.postgres_programs()):
        pytest.skip("Needs PostgreSQL's programs")
    with clusters.place(programs) as place:
        primary = place.primary()
        options = pool_of_settings(project, f"postgres://{clusters.ROLE}@/record?host={primary.folder}")
        address = f"host={primary.folder} user={clusters.ROLE} dbname=record"
        with ConnectionPool(address, open=True, check=ConnectionPool.check_connection, **options) as pool:
            with pool.connection() as one:
                one.execute("SELECT 1")
            primary.end(clusters.CRASH)
            # One that waits twice as long each time tries 15 seconds after the first time, and then 31.
            began = time.monotonic()
            while time.monotonic() < began + 17:
                with suppress(PoolTimeout), pool.connection():
                    pass
            primary.start()
            with pool.connection(timeout=8) as one:
                assert one.execute("SELECT 1").fetchone() == (1,)
