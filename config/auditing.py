"""Whether faults are known of the packages that a lock pins: `python -m config.auditing requirements.txt`.

It asks OSV, where PyPI's own advisories are gathered with GitHub's, about all of them in one request. It ends with 0
where nothing is known, with 1 where something is, and with 2 where nobody could be asked.
"""

import argparse
import http.client
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import Request, urlopen

OSV = "https://api.osv.dev/v1/querybatch"
ADVISORY = "https://osv.dev/vulnerability/"
SECONDS = 10
_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]\s]*\])?==([^\s;\\]+)", re.MULTILINE)


class CannotAudit(Exception):
    """Nobody could be asked, or the answer can't be read; the message says why."""


class Pin(NamedTuple):
    """A package at the version that a lock holds."""

    name: str
    version: str


def pins(lock: str) -> list[Pin]:
    """Return what a lock pins, in its order. Raises CannotAudit where that is nothing."""
    found = [Pin(*pair) for pair in _PIN.findall(lock)]
    if not found:
        raise CannotAudit("the lock pins nothing")
    return found


def faults(pinned: Sequence[Pin], at: str = OSV) -> list[tuple[Pin, str]]:
    """Return the advisories about pinned versions, each with its id. One request, which waits ten seconds at most.

    Raises CannotAudit where not all of them could be asked about.
    """
    told = _asked(
        [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in pinned], at
    )
    try:
        found = [[one["id"] for one in each.get("vulns", [])] for each in told["results"]]
    except (AttributeError, KeyError, TypeError) as error:
        raise CannotAudit(f"{at} answers something else than OSV does") from error
    if len(found) != len(pinned):
        raise CannotAudit(f"{at} answers about {len(found)} packages of {len(pinned)}")
    return [(pin, advisory) for pin, ids in zip(pinned, found, strict=True) for advisory in ids]


def _asked(queries: Iterable[dict[str, Any]], at: str) -> Any:
    body = json.dumps({"queries": list(queries)}).encode()
    request = Request(at, body, {"Content-Type": "application/json"})  # noqa: S310 - named by whoever runs it
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
            return json.load(answer)
    except (OSError, http.client.HTTPException) as error:
        raise CannotAudit(f"{at} can’t be asked: {getattr(error, 'reason', error) or error}") from error
    except ValueError as error:
        raise CannotAudit(f"{at} answers something else than OSV does") from error


def _lines(pinned: Sequence[Pin], found: Sequence[tuple[Pin, str]]) -> Iterator[str]:
    for pin, advisory in found:
        yield f"{pin.name} {pin.version}: {ADVISORY}{advisory}"
    yield f"{len(found) or 'No'} known faults in {len(pinned)} packages."


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask about a lock, and say what is known."""
    parser = argparse.ArgumentParser(
        prog="config.auditing", description="Ask which faults of a lock's packages are known."
    )
    parser.add_argument("lock", type=Path)
    parser.add_argument("--at", default=OSV, help="who is asked, by OSV's API (%(default)s)")
    asked = parser.parse_args(arguments)
    try:
        pinned = pins(asked.lock.read_text())
        found = faults(pinned, asked.at)
    except CannotAudit as reason:
        sys.stderr.write(f"Nothing was audited: {reason}.\n")
        return 2
    sys.stdout.write("".join(f"{line}\n" for line in _lines(pinned, found)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
