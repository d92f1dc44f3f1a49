"""A site as it is run, to be killed: gunicorn, the task worker, chores, and PostgreSQL or SQLite's file."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bench.crash.told import Told
from bench.records import UNUSED
from tests import clusters, servers
from tests.config.site import ROOT, Site, Visitor

KINDS = ("server", "process", "worker", "database")
TITLES = {
    "server": "gunicorn's master",
    "process": "a process of gunicorn's",
    "worker": "the task worker, or who imports and reindexes",
    "database": "the database",
}
# As PostgreSQL comes: a commit that was acknowledged is on the disk.
DURABLE = ("max_connections=60", "listen_addresses=", "fsync=on", "synchronous_commit=on", "full_page_writes=on")
LONGEST = 90
PASSWORD = "a long enough secret"  # noqa: S105 - of a record that is thrown away
EDITOR = "editor"
_READY = """
from django.contrib.auth.models import Group, User
from django.utils import timezone
from quotes import tokens
from tests import factories
account = User.objects.create_user({name!r}, password={password!r}, last_login=timezone.now())
account.groups.set(Group.objects.all())
for name, kind in (("TF1", "broadcaster"), ("TASS", "agency"), ("Le Monde", "newspaper"), ("A Daily", "newspaper")):
    factories.outlet(name, kind)
print(tokens.issue(account, "Program", ["record", "intake", "publish"], expires_at=None)[1])
"""
PROCESSES = 2
Process = subprocess.Popen[bytes] | subprocess.Popen[str]


class Place:
    """All that runs, each process known by its id; `more` are further settings."""

    def __init__(self, engine: str, folder: Path, told: Told, **more: str) -> None:
        self.engine, self.folder, self.told = engine, folder, told
        self.clusters = clusters.Place(servers.postgres_programs() or Path()) if engine == "postgres" else None
        self.cluster = self.clusters.primary(DURABLE) if self.clusters else None
        address = f"postgres://{clusters.ROLE}@/record?host={self.cluster.folder}" if self.cluster else ""
        settings = dict.fromkeys(("API_REQUESTS_PER_MINUTE", "SEARCHES_PER_MINUTE", "INTAKES_PER_HOUR"), "0")
        settings |= {
            "SIGNINS_PER_HOUR": "0",
            "WORKERS": str(PROCESSES),
            "LOG_LEVEL": "WARNING",
            "LOG_REQUESTS": "false",
        }
        settings |= {"DATABASE_URL": address, **more} if address else more
        self.site = Site(folder, TASK_WORKER="true", **settings)
        self.port = int(self.site.address.rpartition(":")[2])
        self.files = folder / "files"
        self.files.mkdir()
        self.logs: dict[str, Path] = {name: folder / f"{name}.log" for name in ("server", "worker", "chores")}
        self.running: dict[str, subprocess.Popen[str]] = {}
        self.dying: set[int] = set()

    def prepare(self) -> str:
        """Make an empty record with an account; the key of its programs."""
        self.site.manage("migrate", "--verbosity=0")
        self.site.manage("collectstatic", "--noinput", "--verbosity=0", *UNUSED)
        code = _READY.format(name=EDITOR, password=PASSWORD)
        return self.site.manage("shell", "--verbosity=0", "--command", code).strip()

    def use(self) -> None:
        """Let this process look into the record, too."""
        os.environ.update({**self.site.environment, "DATABASE_POOL": "false"})
        import django  # noqa: PLC0415 - its settings are in the environment from here on

        django.setup()

    def start(self, name: str) -> None:
        """Start one of the three, in a session of its own."""
        command = {
            "server": ["-m", "gunicorn", "--config", "python:config.gunicorn"],
            "worker": ["manage.py", "db_worker", "--no-reload", "--no-startup-delay"],
            "chores": ["-m", "bench.crash.chores", str(self.files)],
        }[name]
        pooled = {} if name == "server" else {"DATABASE_POOL": "false"}
        with self.logs[name].open("a") as log:
            started = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env={**self.site.environment, **pooled},
                stdout=subprocess.PIPE if name == "chores" else log,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self.running[name] = started
        if name == "chores":
            threading.Thread(target=self._hear, args=[started], daemon=True).start()

    def _hear(self, chores: subprocess.Popen[str]) -> None:
        with chores:
            for line in chores.stdout or ():
                what, _, more = line.strip().partition(" ")
                if what == "file":
                    name, rows = more.split()
                    self.told.note("files", name, int(rows))
                elif what == "failed:":
                    self.told.answered("a chore failed")
                    with self.logs["chores"].open("a") as log:
                        log.write(line)
                else:
                    with self.told.lock:
                        self.told.chores[what] += 1

    def kill(self, kind: str, chance: random.Random) -> str:
        """End something at once, without a word to it; says what."""
        if kind == "server":
            return self._killed("server")
        if kind == "process":
            children = children_of(self.running["server"].pid)
            self.dying = set(chance.sample(children, min(1, len(children))))
            return _end([*self.dying], "a process")
        if kind == "worker":
            return self._killed(chance.choice(["worker", "chores"]))
        if self.cluster is None or self.cluster.process is None:
            # A file has no process of its own: all that have it open end at once.
            every = [one.pid for one in self.running.values()]
            born = [child for pid in every for child in children_of(pid)]
            return _end([*every, *born], "everything", *self.running.values())
        mother = self.cluster.process.pid
        if chance.random() < 0.3:
            return _end(chance.sample(children_of(mother), 1), "a backend")
        os.kill(mother, signal.SIGSTOP)
        return _end([mother, *children_of(mother)], "all of PostgreSQL", self.cluster.process)

    def _killed(self, name: str) -> str:
        return _end([self.running[name].pid], name, self.running[name])

    def mend(self, *names: str) -> float:
        """Start what isn't there any more, as whoever watches over it would; seconds till pages are answered again.

        All three of the site's, or those that are named.
        """
        began = time.monotonic()
        if self.cluster and self.cluster.process and not _lives(self.cluster.process):
            self.cluster.start()
        for name in names or ("server", "worker", "chores"):
            if name not in self.running or not _lives(self.running[name]):
                self.start(name)
        until(self.answers, "pages are answered")
        return time.monotonic() - began

    def answers(self) -> bool:
        """Whether what needs the database is answered."""
        # A gunicorn that finds its port taken by orphans of the last one tries for some seconds, and then ends.
        if not _lives(self.running["server"]):
            self.start("server")
        # Of what was killed, orphans may answer for a second.
        if len(set(children_of(self.running["server"].pid)) - self.dying) < PROCESSES:
            return False
        with suppress(OSError):
            return Visitor(self.site.address).get("/readyz").status == 200
        return False

    def end(self, *names: str) -> None:
        """Kill some for good."""
        for name in names:
            one = self.running.pop(name)
            _end([one.pid], name, one)

    def close(self) -> None:
        """End all that runs, and remove the database."""
        for one in self.running.values():
            _end([one.pid, *children_of(one.pid)], "", one)
        for pid in self._extractors():
            _end([pid], "")
        if self.clusters:
            self.clusters.close()

    def _extractors(self) -> list[int]:
        """Children of the worker's that live on in sessions of their own, known by this place's folder."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (entry / "cmdline").read_bytes().decode(errors="replace")
                if "quotes.extracting.child" in words and str(self.folder) in words:
                    found.append(int(entry.name))
        return found


def children_of(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children")
    with suppress(OSError):
        return [int(word) for word in told.read_text().split()]
    return []


def _end(pids: list[int], what: str, *own: Process) -> str:
    """Kill processes, and wait for those that were started here: no zombie is to be taken for one that lives."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for one in own:
        one.wait(timeout=LONGEST)
    return what


def _lives(process: Process) -> bool:
    return process.poll() is None


def until(holds: Callable[[], object], what: str) -> None:
    """Wait for what should hold before long."""
    deadline = time.monotonic() + LONGEST
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Not within {LONGEST} s: {what}")
        time.sleep(0.05)
