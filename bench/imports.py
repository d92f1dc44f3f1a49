"""Imports a made-up sheet, published, into the database of VAR_DIR or DATABASE_URL: how fast it is tried and imported.

    VAR_DIR=… python -m bench.imports [--rows N] [--seed S]

The same seed makes the same sheet: of news, with several statements a document and few speakers who say most. Another
seed makes another, for a second run. Processor time is this process's and, where PostgreSQL serves on the same machine,
that of the server's process which answers it.
"""

import argparse
import csv
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import django

_HEADS = ("words", "speaker", "outlet", "document_url", "document_title", "document_published", "language", "topics")
_SPEAKERS, _OUTLETS, _TOPICS, _A_DOCUMENT = 2_000, 300, 60, 3


def main() -> int:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(_measured(sheet(options.rows, options.seed)))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.imports", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def sheet(rows: int, seed: int) -> str:
    """A CSV file."""
    from quotes.generating import names  # noqa: PLC0415 - models need Django set up
    from quotes.generating.skew import Skewed  # noqa: PLC0415
    from quotes.generating.wording import pens  # noqa: PLC0415

    random = Random(seed)  # noqa: S311 - chance that can be had again
    speakers = [names.person(number) for number in range(_SPEAKERS)]
    skewed = Skewed([" ".join(filter(None, name)) for name in speakers])
    pen = pens(Skewed([name[2] for name in speakers]))["en"]
    outlets = Skewed([names.newspaper(number) for number in range(_OUTLETS)])
    topics = Skewed([f"Sheet topic {number}" for number in range(_TOPICS)])
    told = io.StringIO()
    written = csv.writer(told)
    written.writerow(_HEADS)
    for row in range(rows):
        number, within = divmod(row, _A_DOCUMENT)
        if not within:
            outlet, title = outlets.draw(random), pen.title(random)
            day = f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"
        wording = pen.wording(random)
        filed = "; ".join(sorted({topics.draw(random) for _ in range(2)}))
        address = f"https://sheet.example/{seed}/{number}"
        written.writerow((wording.printed, skewed.draw(random), outlet, address, title, day, "en", filed))
    return told.getvalue()


def _measured(text: str) -> str:
    from django.contrib.auth.models import User  # noqa: PLC0415

    from quotes.importing import beginning  # noqa: PLC0415
    from quotes.importing.running import run  # noqa: PLC0415

    editor, _ = User.objects.get_or_create(username="bench.imports", is_superuser=True)
    with tempfile.TemporaryFile() as file:
        file.write(text.encode())
        file.seek(0)
        of = beginning.begin(file, "sheet.csv", editor=editor)
    opened, rows = beginning.preview(of)
    beginning.try_out(of, beginning.suggested(of, opened.heads, rows), ask=False)
    tried = _timed(lambda: run(of))
    expected = dict(of.expected)
    beginning.do(of, editor=editor, publish=True, ask=False)
    imported = _timed(lambda: run(of))
    count = of.rows or 0
    counts = {kind: number for kind, number in expected.items() if isinstance(number, int)}
    return f"{count:,} rows, {counts}; tried: {_rates(count, *tried)}; imported: {_rates(count, *imported)}"


def _timed(work: Callable[[], Any]) -> tuple[float, float, float | None]:
    """Seconds by the clock, of this process, and of the database's; None where that can't be seen."""
    began, worked, served = time.perf_counter(), time.process_time(), _served()
    work()
    since = _served()
    of_server = since - served if since is not None and served is not None else None
    return time.perf_counter() - began, time.process_time() - worked, of_server


def _served() -> float | None:
    """Seconds of processor time that PostgreSQL's process for this connection has taken."""
    from django.db import connection  # noqa: PLC0415 - models need Django set up

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not process.exists():
        return None
    user, system = process.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _rates(rows: int, took: float, worked: float, served: float | None) -> str:
    of_server = "" if served is None else f", {1000 * served / rows:.2f} ms of the server's"
    return f"{rows / took:,.0f} a second by the clock, {1000 * worked / rows:.2f} ms of Python each{of_server}"


if __name__ == "__main__":
    sys.exit(main())
