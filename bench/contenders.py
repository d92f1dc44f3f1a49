"""Who is measured: the record, what a user would otherwise pick, and what nobody can be faster than."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from bench.flat import flatten
from bench.places import ROOT, VAR, Record
from bench.records import Samples

DATASETTE = "datasette==0.65.5"

Paths = list[str]


@dataclass(frozen=True)
class Contender:
    """`asks` answers with the paths of each step; a step that it lacks isn't measured of it."""

    name: str
    label: str
    asks: Callable[[Samples], dict[str, Paths]]
    command: Callable[[Record, int], list[str]]
    engines: tuple[str, ...] = ("sqlite", "postgres")


def _filtered(three: dict[str, Any]) -> str:
    return "/statements/?" + urlencode({name: slug for name, (slug, *_) in three.items()})


def _ours(samples: Samples) -> dict[str, Paths]:
    pids = [pid for pid, _ in samples["statements"]]
    return {
        "permalink": [f"/q/{pid}" for pid in pids],
        "anew": [f"/q/{pid}" for pid, _ in samples["each"]],
        "speaker": [f"/speakers/{quote(slug)}/" for slug, _, _ in samples["speakers"]],
        "outlet": [f"/outlets/{quote(slug)}/" for slug, _, _ in samples["outlets"]],
        "filters": [_filtered(three) for three in samples["threes"]],
        "facets": [f"/statements/?mode={mode}&language={code}" for mode, code in samples["narrow"]],
        "search": ["/statements/?" + urlencode({"q": words}) for words in samples["words"]],
        "browse": ["/statements/"],
        "home": ["/"],
        "worst": [f"/statements/?{query}" for query in samples["worst"]],
        "cached": [f"/q/{pids[0]}"],
        "unchanged": [f"/q/{pids[0]}"],
    }


_LISTS = ("speaker", "outlet", "filters", "facets", "search", "browse", "home", "worst")


def _made_anew(samples: Samples) -> dict[str, Paths]:
    """The same lists, under a server that keeps no copies."""
    asked = _ours(samples)
    return {step: asked[step] for step in _LISTS}


def _datasettes(samples: Samples) -> dict[str, Paths]:
    table = "/bench/statements"
    facets = [("_facet", column) for column in ("speaker", "outlet", "relay", "topic", "mode", "language", "year")]
    return {
        "permalink": [f"{table}/{pid}" for pid, _ in samples["statements"]],
        "anew": [f"{table}/{pid}" for pid, _ in samples["each"]],
        "speaker": [f"{table}?" + urlencode({"speaker": name}) for _, name, _ in samples["speakers"]],
        "outlet": [f"{table}?" + urlencode({"outlet": name}) for _, name, _ in samples["outlets"]],
        "filters": [
            f"{table}?" + urlencode({key: name for key, (_, name, _) in three.items()}) for three in samples["threes"]
        ],
        "facets": [
            f"{table}?" + urlencode([("mode", mode), ("language", code), *facets]) for mode, code in samples["narrow"]
        ],
        "search": [f"{table}?" + urlencode({"_search": words}) for words in samples["words"]],
        "browse": [f"{table}?_sort_desc=said_max"],
    }


def _twins(samples: Samples) -> dict[str, Paths]:
    return {
        "permalink": [f"/q/{pid}" for pid, _ in samples["statements"]],
        "anew": [f"/q/{pid}" for pid, _ in samples["each"]],
        "speaker": [f"/speakers/{quote(slug)}/" for slug, _, _ in samples["speakers"]],
        "filters": [_filtered(three) for three in samples["threes"]],
        "facets": [f"/statements/?mode={mode}&language={code}&facets=1" for mode, code in samples["narrow"]],
        "search": ["/statements/?" + urlencode({"q": words.strip('"')}) for words in samples["words"]],
        "browse": ["/statements/"],
    }


def _empties(_: Samples) -> dict[str, Paths]:
    return {"empty": ["/"]}


def _serve_datasette(record: Record, port: int) -> list[str]:
    flat = record.folder / "bench.db"
    if not flat.exists():
        print("  flattening the statements for Datasette …", flush=True)
        flatten(record.file, flat)
    # Half a minute instead of a second, so that slow answers are measured and not refused.
    limits = ["--setting", "sql_time_limit_ms", "30000", "--setting", "facet_time_limit_ms", "30000"]
    return [str(_datasette()), "serve", str(flat), "--host=127.0.0.1", f"--port={port}", *limits]


def _datasette() -> Path:
    return _installed("datasette", DATASETTE) / "datasette"


def _installed(name: str, *what: str) -> Path:
    """The programs of an environment with what pip is told to install, made where it isn't there yet."""
    folder = VAR / name
    done = folder / "installed"
    if not done.exists():
        print(f"  making an environment for {name} …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "--disable-pip-version-check", "install", "-qq", *what], check=True)
        done.touch()
    return folder / "bin"


def _gunicorn(application: str = "") -> Callable[[Record, int], list[str]]:
    # Libraries that only tests need would be loaded by others that find them, and weigh ten megabytes in each process.
    def command(_: Record, __: int) -> list[str]:
        return [
            str(_installed("runtime", "--require-hashes", "-r", str(ROOT / "requirements.txt")) / "python"),
            *["-m", "gunicorn", "--config"],
            *(["python:bench.served_plainly", application] if application else ["python:config.gunicorn"]),
        ]

    return command


CONTENDERS = (
    Contender("ours", "On Record", _ours, _gunicorn()),
    Contender("anew", "On Record, no copies", _made_anew, _gunicorn("bench.limit.without_copies")),
    Contender("datasette", "Datasette", _datasettes, _serve_datasette, ("sqlite",)),
    Contender("twin", "Plain Django", _twins, _gunicorn("bench.twin.wsgi")),
    Contender("empty", "Empty view, our middleware", _empties, _gunicorn("bench.limit.wsgi")),
    Contender("bare", "Empty view, bare Django", _empties, _gunicorn("bench.limit.bare")),
)


def headers_for(step: str, tag: str) -> dict[str, str]:
    """What is sent with the requests of a step."""
    accepted: dict[str, Any] = {"Accept": "text/html,*/*;q=0.8", "Accept-Encoding": "gzip, br"}
    return {**accepted, "If-None-Match": tag} if step == "unchanged" else accepted
