"""`make bench`: generates records once, then asks the record and its rivals for the same pages, each in its own server.

Each result is kept as soon as it is measured, so that a run can be broken off and goes on where it was.
"""

import argparse
import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import report
from bench.contenders import CONTENDERS, Contender, headers_for
from bench.load import drive, fetch, fetch_patiently, sizes
from bench.places import PYTHON, ROOT, VAR, Record
from bench.records import Samples, made, postgres_server
from bench.serving import resident, served
from tests.servers import apt_install

RESULTS = VAR / "results.json"
SLOW = 60
LARGE = {"sqlite": [1_000_000], "postgres": [100_000, 10_000_000]}


def main() -> int:
    # A polite end must unwind the context managers: the servers we started end with us.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    options = read_arguments()
    if not shutil.which("wrk") and not apt_install("wrk"):
        print("The bench asks with wrk: apt-get install wrk", file=sys.stderr)
        return 1
    VAR.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        records = list(chosen(options, stack))
        for record in records:
            measure(record, options)
    if options.write:
        report.write(results())
    print(report.tables(results()))
    return 0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", metavar="N", help="sizes, instead of the promised ones")
    parser.add_argument("--engine", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--only", nargs="*", choices=list(report.STEPS), metavar="STEP", help=", ".join(report.STEPS))
    parser.add_argument("--who", nargs="*", choices=[one.name for one in CONTENDERS], help="contenders")
    parser.add_argument("--seconds", type=int, default=30, help="how long each step is asked for (30)")
    parser.add_argument("--connections", type=int, default=8, help="requests at a time (8)")
    parser.add_argument("--port", type=int, default=8050)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--warm", action="store_true", help="ask for each page once before a step is measured")
    parser.add_argument("--again", action="store_true", help="measure also what was measured before")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/performance.md")
    return parser.parse_args()


def chosen(options: argparse.Namespace, stack: ExitStack) -> Any:
    """The records to measure; PostgreSQL's where its programs are found."""
    if options.engine in ("sqlite", "both"):
        yield from (Record("sqlite", rows, options.seed) for rows in options.rows or LARGE["sqlite"])
    if options.engine in ("postgres", "both"):
        server = stack.enter_context(postgres_server())
        if server is None:
            print("No PostgreSQL here, so it isn't measured: apt-get install postgresql", file=sys.stderr)
            return
        yield from (Record("postgres", rows, options.seed, server) for rows in options.rows or LARGE["postgres"])


def measure(record: Record, options: argparse.Namespace) -> None:
    """All steps of all contenders on one record."""
    print(f"{record.name}:", flush=True)
    samples = made(record, options.port)
    known = results().get(record.name, {})
    if "sql" not in known or options.again:
        keep(record, {"sql": bare_sql(record, samples, options.port)})
    for place, contender in enumerate(CONTENDERS):
        if record.engine in contender.engines and (not options.who or contender.name in options.who):
            steps = contender.asks(samples)
            wanted = [step for step in steps if is_wanted(step, contender, known, options)]
            if wanted:
                contend(record, contender, {step: steps[step] for step in wanted}, options, options.port + place)


def is_wanted(step: str, contender: Contender, known: dict[str, Any], options: argparse.Namespace) -> bool:
    measured = contender.name in known.get("steps", {}).get(step, {})
    return (not options.only or step in options.only) and (options.again or not measured)


def contend(
    record: Record, contender: Contender, steps: dict[str, list[str]], options: argparse.Namespace, port: int
) -> None:
    """Serve one contender and ask it for its steps."""
    command = contender.command(record, port)
    with served(command, record.environment(port), port, record.folder / f"{contender.name}.log") as process:
        address = f"http://127.0.0.1:{port}"
        for step, paths in steps.items():
            listed = record.folder / f"{contender.name}-{step}.txt"
            listed.write_text("".join(f"{path}\n" for path in paths))
            _, _, told = fetch(address + paths[0])
            if step == "cached":
                fetch(address + paths[0])
            for path in paths if options.warm else ():
                fetch_patiently(address + path)
            headers = headers_for(step, told.get("etag", ""))
            found = measured(address, listed, options, headers)
            found["rss"] = resident(process)
            if step not in ("unchanged", "empty"):
                found["sizes"] = sizes(address, paths[0])
            keep(record, {"steps": {step: {contender.name: found}}})
            print(f"  {step:10} {contender.name:10} {found['rps']:9,.1f}/s  p99 {found['p99_ms']:,.1f} ms", flush=True)


def measured(address: str, listed: Path, options: argparse.Namespace, headers: dict[str, str]) -> dict[str, Any]:
    """Ask for some seconds; for a minute more where nobody was answered by then, since no number would say nothing."""
    found = drive(address, listed, connections=options.connections, seconds=options.seconds, headers=headers)
    if found["requests"]:
        return found
    return drive(address, listed, connections=options.connections, seconds=options.seconds + SLOW, headers=headers)


def bare_sql(record: Record, samples: Samples, port: int) -> Any:
    environment = {**record.environment(port), "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [PYTHON, "-m", "bench.sql"], check=True, cwd=ROOT, env=environment, input=json.dumps(samples),
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def results() -> dict[str, Any]:
    return json.loads(RESULTS.read_text()) if RESULTS.exists() else {}


def keep(record: Record, found: dict[str, Any]) -> None:
    """Add to the results, and say when and on what they were measured."""
    known = results()
    mine = known.setdefault(record.name, {"steps": {}})
    for step, contenders in found.pop("steps", {}).items():
        mine["steps"].setdefault(step, {}).update(contenders)
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    mine.update(found, date=f"{dt.datetime.now(dt.UTC):%Y-%m-%d}", machine=report.machine(), load=load)
    draft = RESULTS.with_suffix(".draft")
    draft.write_text(json.dumps(known, indent=1))
    draft.replace(RESULTS)


if __name__ == "__main__":
    sys.exit(main())
