"""Downloads a whole list in each form, and asks for pages of the API: how fast, and in what memory.

    VAR_DIR=… python -m bench.exports [--rows N] [--forms csv jsonl parquet]

The database is the one of VAR_DIR or DATABASE_URL; `manage.py generate` makes one of any size. Each form has a process
of its own, and everything goes through the whole WSGI application, as under gunicorn, in one thread. Processor time is
what tells on a machine that does other work.
"""

import argparse
import gc
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import django

from bench.places import KEY

PAGES = 60
MEGA = 1024 * 1024


def main() -> int:
    """Measure in a child for each form: the peak of a process is that of all it ever did."""
    options = _options()
    for form in options.forms:
        if os.fork() == 0:
            _started()
            print(_downloaded(form, options.rows), flush=True)
            os._exit(0)
        _, status = os.wait()
        if status:
            return 1
    if options.pages and os.fork() == 0:
        _started()
        print(_pages(), flush=True)
        os._exit(0)
    return os.wait()[1] if options.pages else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.exports", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=0, help="so many rows of the list (all)")
    parser.add_argument("--forms", nargs="*", default=["csv", "jsonl", "parquet"])
    parser.add_argument("--no-pages", dest="pages", action="store_false", help="leave out the pages of the API")
    return parser.parse_args()


def _started() -> None:
    """Set Django up as a worker of ours is: served once, and what is loaded frozen."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("API_REQUESTS_PER_MINUTE", "0")
    # While DEBUG is on, Django keeps the last thousands of queries.
    os.environ |= {"DEBUG": "false", "SECRET_KEY": KEY, "SITE_URL": "http://127.0.0.1"}
    os.environ |= {"ALLOWED_HOSTS": "127.0.0.1", "LOG_LEVEL": "ERROR"}
    django.setup()
    _ = b"".join(_got("/statements.csv?rows=100"))
    gc.collect()
    gc.freeze()


def _got(address: str) -> Iterator[bytes]:
    """The bytes of an answer, as the WSGI application gives them."""
    from config.wsgi import application  # noqa: PLC0415 - Django must be set up

    path, _, query = address.partition("?")
    wsgi = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": sys.stdin.buffer,
        "wsgi.errors": sys.stderr,
    }
    statuses: list[str] = []

    def begin(status: str, _headers: Any, _info: Any = None, /) -> Callable[[bytes], object]:
        statuses.append(status)
        return len

    answer = application(wsgi, begin)
    try:
        yield from answer
    finally:
        getattr(answer, "close", lambda: None)()
    if not statuses[0].startswith("200"):
        sys.exit(f"{address} was answered {statuses[0]}")


def _downloaded(form: str, most: int) -> str:
    from quotes.models import Entry  # noqa: PLC0415 - models need Django set up

    rows = min(most or sys.maxsize, Entry.objects.count())
    at_start, size = _peak(), 0
    began, worked = time.perf_counter(), time.process_time()
    for part in _got(f"/statements.{form}" + (f"?rows={most}" if most else "")):
        size += len(part)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    return (
        f"{form}: {rows:,} rows, {size / MEGA:,.0f} MB; {rows / worked:,.0f} rows a second of processor time "
        f"({rows / took:,.0f} by the clock), peak {_peak():.0f} MB, {at_start:.0f} MB at the start"
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _pages() -> str:
    """A page of fifty rows by the API, made anew each time, and the same rows by a plain view; in turns."""
    import json  # noqa: PLC0415 - beside the rest

    from django.test import RequestFactory  # noqa: PLC0415

    from bench.plain_json import statements  # noqa: PLC0415

    asked = RequestFactory().get("/")

    def plain() -> bytes:
        return statements(asked).content

    def api() -> bytes:
        return b"".join(_got("/api/v1/statements?size=50"))

    ours, theirs = json.loads(api())["results"], json.loads(plain())["results"]
    if [one["id"] for one in ours] != [one["id"] for one in theirs]:
        sys.exit("The plain view tells other rows than the API.")
    taken: dict[Callable[[], bytes], list[float]] = {plain: [], api: []}
    for _ in range(PAGES):
        for one, times in taken.items():
            begun = time.process_time()
            one()
            times.append(1000 * (time.process_time() - begun))
    a, b = (statistics.median(times) for times in taken.values())
    return f"50 rows of JSON: a plain view {a:.1f} ms, the API {b:.1f} ms of processor time, {b / a:.2f} times as long"


if __name__ == "__main__":
    sys.exit(main())
