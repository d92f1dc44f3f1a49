"""`make crash`: kills what runs the record at random moments while others write, and looks whether anything is lost.

After each kill what was killed is started again, and what was acknowledged since is looked up; at the end everything
is, and the record is held against its log and its index. Ends with 1 if anything is lost, half there, or there twice.
"""

import argparse
import datetime as dt
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from bench.crash.place import KINDS, TITLES, Place
from bench.crash.told import Told
from tests import servers

SHOWN = 20


def main() -> int:
    # A polite end must unwind what was started: it ends with us.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    options = read_arguments()
    if options.engine == "both":
        words = [word for word in sys.argv[1:] if word not in ("--engine", "both", "--engine=both")]
        command = [sys.executable, "-m", "bench.crash", *words, "--engine"]
        return max(subprocess.run([*command, engine], check=False).returncode for engine in ("sqlite", "postgres"))
    if options.engine == "postgres" and not servers.postgres_programs():
        print("No PostgreSQL here: apt-get install postgresql", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="onrecord-crash-") as folder:
        Path(folder).chmod(0o755)
        told = Told()
        place = Place(options.engine, Path(folder), told)
        try:
            run = Run(place, told, options)
            return run.whole()
        except BaseException:
            tell_logs(place)
            raise
        finally:
            place.close()


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make crash ARGS=…", description=__doc__)
    parser.add_argument("--engine", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--kills", type=int, default=200, help="how many in all, of each kind alike (200)")
    parser.add_argument("--only", nargs="*", choices=KINDS, default=list(KINDS), help="what is killed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=24 * 60, help="kill no more after so many, and tell")
    return parser.parse_args()


def tell_logs(place: Place) -> None:
    for name, log in place.logs.items():
        if log.exists():
            print(f"--- {name}\n" + "\n".join(log.read_text().splitlines()[-30:]), file=sys.stderr)


class Run:
    """One run: who writes, who is killed, and what was found."""

    def __init__(self, place: Place, told: Told, options: argparse.Namespace) -> None:
        self.place, self.told, self.options = place, told, options
        self.chance = random.Random(options.seed)  # noqa: S311 - guards nothing
        self.killed: Counter[str] = Counter()
        self.away: dict[str, list[float]] = defaultdict(list)
        self.found: dict[str, list[str]] = defaultdict(list)
        self.since: dict[str, int] = {}
        self.began = time.monotonic()

    def whole(self) -> int:
        key = self.place.prepare()
        self.place.use()
        self.place.mend()
        clients = self.clients(key)
        for one in clients:
            one.start()
        try:
            for kind in self.plan():
                if time.monotonic() - self.began > 60 * self.options.minutes:
                    break
                self.kill(kind)
                for one in clients:
                    if one.failure:
                        raise one.failure
        finally:
            for one in clients:
                one.over.set()
            for one in clients:
                one.join(timeout=60)
        self.settle()
        self.judge()
        self.tell()
        return int(any(self.found.values()))

    def clients(self, key: str) -> list[Any]:
        from bench.crash.clients import Desk, ImportingDesk, Program, Reader  # noqa: PLC0415
        from bench.crash.judging import put_on  # noqa: PLC0415 - Django is set up by now

        common = (self.place.port, self.told, self.options.seed)
        return [
            Program("programone", *common, key),
            Program("programtwo", *common, key),
            Desk("desk", *common),
            ImportingDesk("importing", *common, put_on),
            Reader("reader", *common),
        ]

    def plan(self) -> list[str]:
        """What is killed, one after the other: of each kind alike, in an order of chance."""
        kinds = [self.options.only[number % len(self.options.only)] for number in range(self.options.kills)]
        self.chance.shuffle(kinds)
        return kinds

    def kill(self, kind: str) -> None:
        """Let others write for a moment, kill, start again, and look at what was acknowledged before."""
        from bench.crash import judging  # noqa: PLC0415 - as above

        self.wait_for_writes()
        time.sleep(self.chance.uniform(0.05, 1.5))
        before = {name: len(self.told.copy(name)) for name in ("drafts", "published", "acts", "documents", "files")}
        writes, newest = self.told.writes(), judging.patiently(judging.newest)
        what = self.place.kill(kind, self.chance)
        seconds = self.place.mend()
        self.killed[kind] += 1
        self.away[kind].append(seconds)
        lost = judging.patiently(lambda: list(judging.lost(self.told, self.since)))
        half = judging.patiently(lambda: list(judging.halves(max(0, newest - 2_000))))
        self.since = before
        self.found["lost"] += [one for one in lost if one not in self.found["lost"]]
        self.found["half"] += [one for one in half if one not in self.found["half"]]
        number = self.killed.total()
        print(f"{number:4} {what:20} {seconds:5.1f} s  {writes:7,} acknowledged", file=sys.stderr, flush=True)

    def wait_for_writes(self) -> None:
        """Let each kill have something to break."""
        before, deadline = self.told.writes(), time.monotonic() + 20
        while self.told.writes() < before + 2 and time.monotonic() < deadline:
            time.sleep(0.05)

    def settle(self) -> None:
        """Let all that was interrupted be done: files, readings, a reindexing, a checkpoint."""
        from bench.crash import judging  # noqa: PLC0415 - as above

        self.place.end("chores", "worker")
        site = self.place.site
        for path in self.place.files.glob("*.csv"):
            site.manage("import_statements", str(path), "--publish", "--editor", "editor")
        from quotes.importing.staging import work  # noqa: PLC0415
        from quotes.models import Import, Reading, Reindexing  # noqa: PLC0415

        for of in Import.objects.filter(state="running"):
            work(of)
        judging.put_readings_on()
        from quotes import intake  # noqa: PLC0415

        for reading in Reading.objects.filter(state__in=["waiting", "running"]).select_related("document", "snapshot"):
            intake.begin(reading.document, reading.snapshot, editor=None)
        site.manage("db_worker", "--batch", "--no-startup-delay", "--no-reload")
        if Reindexing.objects.exists():
            site.manage("reindex")
        site.manage("checkpoint")

    def judge(self) -> None:
        from bench.crash import judging  # noqa: PLC0415 - as above
        from quotes.models import Reading  # noqa: PLC0415

        self.found["lost"] = list(judging.lost(self.told)) + [f"{path} wasn't found" for path in self.told.unreadable]
        self.found["half"] += [*judging.halves(), *judging.orphans()]
        self.found["twice"] = list(judging.twice())
        self.found["unsound"] = list(judging.file_is_sound())
        # One that was cut short stands as failed, beside the one that was asked for anew.
        unread = Reading.objects.filter(state__in=["waiting", "running"]).values_list("document__title", "state")
        self.found["unread"] = [f"{title} is {state}" for title, state in unread]
        for command in ("verify_log", "check_record"):
            done = self.place.site.tried(command)
            self.found[command] = done.stdout.splitlines() if done.returncode else []

    def tell(self) -> None:
        print(f"\n{self.options.engine}, {dt.datetime.now(dt.UTC):%Y-%m-%d}, seed {self.options.seed}, "
              f"{time.monotonic() - self.began:.0f} s\n")  # fmt: skip
        print("| Killed | Times | Answered again after, at most |\n|---|---|---|")
        for kind in self.options.only:
            longest = max(self.away[kind], default=0)
            print(f"| {TITLES[kind]} | {self.killed[kind]} | {longest:.1f} s |")
        told = self.told
        print("\n| Acknowledged | |\n|---|---|")
        for name, number in (
            ("drafts", len(told.drafts)),
            ("published", len(told.published)),
            ("corrections, retractions, merges", len(told.acts)),
            ("documents", len(told.documents)),
            ("rows of files", sum(told.files.values())),
            ("checkpoints, reindexings", told.chores.total()),
            ("**lost**", len(self.found["lost"])),
            ("**half there**", len(self.found["half"])),
            ("**there twice**", len(self.found["twice"])),
        ):
            print(f"| {name} | {number:,} |")
        print(f"\nAnswers: {', '.join(f'{n:,} {what}' for what, n in sorted(told.answers.items()))}.")
        for what, found in self.found.items():
            for one in found[:SHOWN]:
                print(f"{what}: {one}")


if __name__ == "__main__":
    sys.exit(main())
