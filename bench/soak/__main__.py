"""`make soak`: asks for twice what the machine serves, for minutes, and restarts the database midway.

First a ramp tells how much is served. Then requests come at twice that rate, whatever becomes of them. Ends with 1 if
anybody who was let in got an error or a wrong answer, if nobody was answered rightly at the end, nobody was served
within five seconds of the database's return, or memory still grew in the second half of some minutes.
"""

import argparse
import asyncio
import datetime as dt
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.crash.asking import Asker
from bench.crash.place import EDITOR, PASSWORD, Place
from bench.crash.told import Told
from bench.soak.asked import Known
from bench.soak.load import LATER, RIGHT, TURNED_AWAY, Load
from bench.soak.watch import Watch
from tests import servers

STEPS = (2, 4, 8, 16)
COPIES_MB = "1"
"""So little that it is soon full: what grows in the second half is something else."""
LONG = 240
"""Seconds from which on it is asked whether memory grows."""
FINE = {RIGHT, TURNED_AWAY, LATER}


def main() -> int:
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    options = read_arguments()
    # Each that waits holds a connection.
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    if options.engine == "postgres" and not servers.postgres_programs():
        print("No PostgreSQL here: apt-get install postgresql", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="onrecord-soak-") as folder:
        Path(folder).chmod(0o755)
        place = Place(options.engine, Path(folder), Told(), COPIES_MB=COPIES_MB)
        try:
            return Soak(place, prepared(place, options.statements), options).whole()
        finally:
            place.close()


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make soak ARGS=…", description=__doc__)
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="postgres")
    parser.add_argument("--seconds", type=int, default=300, help="how long it is asked for too much (300)")
    parser.add_argument("--ramp", type=int, default=20, help="how long it is measured what is served (20)")
    parser.add_argument("--times", type=float, default=2.0, help="how many times that is asked for (2)")
    parser.add_argument("--statements", type=int, default=20_000, help="how large the record is (20,000)")
    parser.add_argument("--recovery", type=float, default=5, help="seconds till somebody is served after a restart (5)")
    parser.add_argument("--growth", type=float, default=2, help="MB a minute that are no growth, in four minutes (2)")
    return parser.parse_args()


def prepared(place: Place, statements: int) -> Known:
    """A served record with made-up statements, and what there is to ask for."""
    key = place.prepare()
    place.site.manage("generate", f"--statements={statements}", "--seed=1")
    place.mend("server", "worker")
    asker = Asker(place.port, place.told)

    def told(path: str) -> list[dict[str, str]]:
        answer = asker.get(path)
        found: list[dict[str, str]] = json.loads(answer.body if answer else b"{}").get("results", [])
        return found

    rows = told("/api/v1/statements?size=100")
    speakers = [row["slug"] for row in told("/api/v1/speakers")]
    words = sorted({word for row in rows for word in row["words"].split() if word.isalpha()})
    asker.fill("/signin/", "username", username=EDITOR, password=PASSWORD)
    cookie = "; ".join(f"{name}={value}" for name, value in asker.cookies.items())
    return Known([row["id"] for row in rows], speakers, words, key, cookie)


class Soak:
    """One run."""

    def __init__(self, place: Place, known: Known, options: argparse.Namespace) -> None:
        self.place, self.options = place, options
        self.load = Load(place.port, known.requests())
        self.watch = Watch(place)
        self.served = 0.0
        self.away = (0.0, 0.0)
        """When the database was told to end, and when it answered again."""

    def whole(self) -> int:
        asyncio.run(self.run())
        faults = self.tell()
        for fault in faults:
            print(f"Not so: {fault}")
        return int(bool(faults))

    async def run(self) -> None:
        for connections in STEPS:
            rate = await self.load.with_connections(connections, self.options.ramp / len(STEPS))
            print(f"{connections:3} at a time: {rate:.1f} served a second", file=sys.stderr, flush=True)
            self.served = max(self.served, rate)
        self.load.outcomes.clear()
        watching = asyncio.create_task(self.watch.look())
        restart = asyncio.create_task(self.restart(self.options.seconds / 2))
        await self.load.at_rate(self.options.times * self.served, self.options.seconds)
        await restart
        watching.cancel()
        # What was too much is over: everybody is served again.
        self.after = await self.load.with_connections(2, min(10, self.options.ramp))

    async def restart(self, later: float) -> None:
        """End the database as an operator does, and start it again. SQLite has none."""
        await asyncio.sleep(later)
        if self.place.cluster:
            began = time.monotonic()
            await asyncio.to_thread(self.place.cluster.end)
            await asyncio.to_thread(self.place.cluster.start)
            self.away = (began, time.monotonic())

    def recovery(self) -> float | None:
        """Seconds from the database's return until the first page that needed it; None where there was none."""
        back = self.away[1]
        ended = (one.at + one.seconds for one in self.load.outcomes if one.what == RIGHT and one.at >= self.away[0])
        first = min((at for at in ended if at > back), default=None)
        return None if first is None else first - back

    def tell(self) -> list[str]:
        """Print the table; what should be otherwise."""
        counts = Counter(one.what for one in self.load.outcomes)
        right = sorted(one.seconds for one in self.load.outcomes if one.what == RIGHT)
        rows = {
            "served, by the ramp": f"{self.served:.0f} a second",
            "asked": f"{self.options.times * self.served:.0f} a second for {self.options.seconds} s",
            "answered rightly": f"{counts[RIGHT]:,}",
            "turned away, with Retry-After": f"{counts[TURNED_AWAY]:,}",
            "told to come later (no turn for a list, no database), with Retry-After": f"{counts[LATER]:,}",
            "anything else": f"{sum(n for what, n in counts.items() if what not in FINE):,}",
            "seconds till a right answer: half, 95 %, 99 %, the longest": quantiles(right),
            "waiting to be taken in, at most": f"{max(self.watch.queued, default=0)} of 256",
            "memory of gunicorn’s processes at first, after each quarter": self.memory(),
            "its growth in the second half": f"{self.watch.slope():+.1f} MB a minute",
            "served a second, once less was asked": f"{self.after:.0f}",
        }
        if self.place.cluster:
            rows["the database was away for"] = f"{self.away[1] - self.away[0]:.1f} s"
            rows["until the first right answer after it"] = f"{self.recovery() or float('inf'):.1f} s"
        load = " ".join(f"{one:.1f}" for one in os.getloadavg())
        print(f"\n{self.options.engine}, {dt.datetime.now(dt.UTC):%Y-%m-%d}, load of the machine {load}\n")
        print("| | |\n|---|---|")
        for name, value in rows.items():
            print(f"| {name} | {value} |")
        return self.faults(counts)

    def memory(self) -> str:
        samples = [value for _, value in self.watch.memory] or [0.0]
        last = len(samples) - 1
        return ", ".join(f"{samples[last * quarter // 4]:.0f}" for quarter in range(5)) + " MB"

    def faults(self, counts: Counter[str]) -> list[str]:
        found = [f"{n} times {what}" for what, n in counts.items() if what not in FINE]
        if not counts[RIGHT] or not self.after:
            found.append("nobody was answered rightly")
        if self.place.cluster and (self.recovery() or float("inf")) > self.options.recovery:
            found.append(f"nobody was served within {self.options.recovery:g} s of the database’s return")
        if self.options.seconds >= LONG and self.watch.slope() > self.options.growth:
            found.append(f"memory grew by {self.watch.slope():.1f} MB a minute")
        return found


def quantiles(ordered: list[float]) -> str:
    if not ordered:
        return "–"
    places = (0.5, 0.95, 0.99, 1)
    return ", ".join(f"{ordered[min(len(ordered) - 1, int(len(ordered) * place))]:.2f}" for place in places)


if __name__ == "__main__":
    sys.exit(main())
