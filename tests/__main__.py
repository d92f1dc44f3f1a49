"""The whole suite on both databases: `python -m tests [--slow] [pytest's arguments]`.

One line says what runs where. What is missing on this machine is left out with one line; where `CI` is set that also
fails the run, so that nothing goes untested unseen.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import servers
from tests.environment import clean_environment

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / "var" / "node" / "vnu"


class Run:
    """What was asked for, what is missing, and whether anything failed."""

    def __init__(self, arguments: list[str]) -> None:
        self.slow = "--slow" in arguments
        self.arguments = [argument for argument in arguments if argument != "--slow"]
        self.markers = "(slow or browser)" if self.slow else "not slow and not browser"
        self.without_browser = ""
        self.variables: dict[str, str] = {}
        self.failed = False

    def miss(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)
        self.failed = self.failed or bool(os.environ.get("CI"))

    def look_for_tools(self) -> None:
        if self.slow and not servers.chromium():
            self.without_browser = " and not browser"
            self.miss("No Chromium here, so no browser tests: apt-get install chromium")
        if not servers.redis_server():
            self.miss("No Redis here, so the shared cache isn't tested: apt-get install redis-server")
        if not shutil.which("curl"):
            self.miss("No curl here, so the documentation's commands aren't run: apt-get install curl")
        if self.slow:
            self.look_for_nu_checker()
            self.look_for_pooler()
            if not servers.nginx():
                self.miss("No nginx here, so the proxy's example isn't tested: apt-get install nginx-light")
        if not shutil.which("systemd-analyze"):
            self.miss("No systemd here, so its units aren't checked: apt-get install systemd")

    def look_for_pooler(self) -> None:
        if not (servers.postgres_programs() and servers.debian_programs() and servers.pgbouncer()):
            self.miss(
                "No Debian's PostgreSQL and pgbouncer here, so one server alone was tested: apt-get install pgbouncer"
            )

    def look_for_nu_checker(self) -> None:
        jar = Path(os.environ["VNU_JAR"]) if "VNU_JAR" in os.environ else servers.nu_checker(TOOLS)
        if jar:
            self.variables["VNU_JAR"] = str(jar)
        else:
            self.miss("No Nu checker here, so HTML isn't validated: it takes Java and npm")

    def suite(self, title: str, database_url: str, markers: str) -> None:
        started = time.monotonic()
        print(f"\n{title}: {'the slow tests' if self.slow else 'the whole suite'}", flush=True)
        with tempfile.TemporaryDirectory(prefix="onrecord-var-") as var:
            settings = {"DATABASE_URL": database_url, "VAR_DIR": var, **self.variables}
            chosen = markers + self.without_browser
            command = [sys.executable, "-m", "pytest", "-n", "2", "-m", chosen, *self.arguments]
            code = subprocess.run(command, check=False, cwd=ROOT, env=clean_environment(**settings)).returncode
        # Arguments may choose tests of which a database has none.
        failed = code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
        self.failed = self.failed or failed
        print(f"{title}: {'failed' if failed else 'passed'} in {time.monotonic() - started:.0f} s")

    def on_sqlite(self) -> None:
        self.suite(f"SQLite {sqlite3.sqlite_version}", "", self.markers)

    def on_postgres(self) -> None:
        given = os.environ.get("DATABASE_URL", "")
        # What pages tell hardly depends on the database: with PostgreSQL they are looked at in the long run, and in a
        # browser at one size and in one direction.
        long = "((slow and not browser) or (browser and not slow) or edge)"
        chosen = long if self.slow else f"{self.markers} and not edge"
        markers = f"{chosen} and not pure and not alike"
        with ExitStack() as stack:
            if given.startswith(("postgres://", "postgresql://")):
                self.suite("PostgreSQL of DATABASE_URL", given, markers)
            elif programs := servers.postgres_programs():
                address = stack.enter_context(servers.throwaway_postgres(programs))
                self.suite(f"PostgreSQL from {programs}", address, markers)
            else:
                self.miss("No PostgreSQL here, so SQLite alone was tested: apt-get install postgresql")


def main() -> int:
    # A polite end must unwind the context managers: the server we started ends with us.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    run = Run(sys.argv[1:])
    try:
        run.look_for_tools()
        run.on_sqlite()
        run.on_postgres()
    except KeyboardInterrupt:
        return 130
    except servers.ServerFailed as error:
        run.failed = True
        print(f"PostgreSQL didn't start: {error}", file=sys.stderr)
    return int(run.failed)


if __name__ == "__main__":
    sys.exit(main())
