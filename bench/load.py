"""Asking: wrk for how fast, one request at a time for how large."""

import gzip
import json
import re
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from bench.places import ROOT

SCRIPT = ROOT / "bench" / "rotate.lua"
PATIENCE = 10
"""How often a page is asked for whose server says that it has too much to do just now."""


class Asked(Exception):
    """Somebody answered what nobody can measure."""


def drive(address: str, paths: Path, *, connections: int, seconds: int, headers: dict[str, str]) -> dict[str, Any]:
    """Ask for the paths in turn over so many connections at once, for so many seconds."""
    command = ["wrk", "--threads=1", f"--connections={connections}", f"--duration={seconds}s", "--timeout=60s"]
    command += [
        f"--script={SCRIPT}",
        address,
        "--",
        str(paths),
        *(f"{name}:{value}" for name, value in headers.items()),
    ]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found = re.search(r"^BENCH (.*)$", done.stdout, re.MULTILINE)
    if not found:
        raise Asked(done.stdout)
    told: dict[str, Any] = json.loads(found[1])
    return {**told, "rps": round(told["requests"] / told["seconds"], 1)}


def fetch(url: str, headers: dict[str, str] | None = None) -> tuple[int, bytes, dict[str, str]]:
    """The status, body and headers that a path answers with."""
    request = urllib.request.Request(url, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=120) as response:
            return response.status, response.read(), {key.lower(): value for key, value in response.headers.items()}
    except urllib.error.HTTPError as error:
        return error.code, error.read(), {key.lower(): value for key, value in error.headers.items()}


def fetch_patiently(url: str) -> bytes:
    """The body of a page; a server that says it has too much to do is asked again. Raises Asked where it fails."""
    for _ in range(PATIENCE):
        status, body, told = fetch(url)
        if status != 503:
            break
        time.sleep(float(told.get("retry-after", 1)))
    if status >= 500:
        raise Asked(f"{url} answers {status}")
    return body


def wait_for(url: str, seconds: float) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            fetch(url)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def sizes(address: str, path: str) -> dict[str, int]:
    """The bytes of a page, and of the styles and scripts it names, compressed as a browser gets them, else by gzip."""
    body = fetch_patiently(address + path)
    named = re.findall(rb"""(?:<link[^>]+rel="stylesheet"[^>]+href|<script[^>]+src)="([^"]+)\"""", body)
    dressing = sum(_compressed(address + name.decode()) for name in dict.fromkeys(named))
    return {"html": len(body), "html_gzip": len(gzip.compress(body)), "dressing": dressing}


def _compressed(url: str) -> int:
    _, body, told = fetch(url, {"Accept-Encoding": "br, gzip"})
    return len(body) if "content-encoding" in told else len(gzip.compress(body))
