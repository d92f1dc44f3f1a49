"""Asking the child process to read a text: it is started when needed, and its failures are told to the editor."""

import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings

from quotes.extracting import errors, wire
from quotes.extracting.errors import ExtractionFailed
from quotes.extracting.places import Setup, code_digest, short

MOST_CHARACTERS = 200_000
"""Of a text: some forty articles."""
_TURNS = 3
"""So many texts may be read before one's own, which waits for them."""
_PATIENCE = 10
_PASSED_ON = ("HOME", "LANG", "LC_ALL", "PATH", "PYTHONPATH", "TMPDIR", "VIRTUAL_ENV")
_ROOT = Path(__file__).parent.parent.parent
# As faulthandler writes it when time is up.
_TIMED_OUT = "Timeout ("


@dataclass(frozen=True)
class Extracted:
    """What the extractor found, each candidate as JSON, and the sha256 of the weights that found it."""

    candidates: list[dict[str, Any]]
    extractor: str


def default_setup() -> Setup:
    """The extractor of this installation."""
    model = str(getattr(settings, "EXTRACTOR_MODEL", "") or "")
    return Setup(folder=str(settings.VAR_DIR), model=model, version=code_digest())


def extract(text: str, facts: Mapping[str, Any], known: Mapping[str, Any], *, setup: Setup | None = None) -> Extracted:
    """The statements that a text seems to hold. `facts` and `known` are `DocumentFacts` and `Known` as JSON.

    Waits for the child process, at most some minutes. Raises ExtractionFailed.
    """
    setup = setup or default_setup()
    if len(text) > MOST_CHARACTERS:
        raise ExtractionFailed(errors.TOO_LONG % {"limit": f"{MOST_CHARACTERS:,}"})
    request = {"text": text, "facts": dict(facts), "known": dict(known)}
    answer = _ask(setup, request)
    if problem := answer.get("problem"):
        raise ExtractionFailed(str(problem))
    return Extracted(list(answer["candidates"]), str(answer["extractor"]))


def _ask(setup: Setup, request: dict[str, Any]) -> dict[str, Any]:
    """Ask; and ask another child where one went away before it began, having ended itself or broken on another text."""
    for left in reversed(range(_TURNS)):
        began = False
        try:
            with _connected(setup) as connection:
                wire.send(connection, request)
                wire.receive(connection)  # it says that it begins
                began = True
                return wire.receive(connection)
        except TimeoutError as error:
            raise ExtractionFailed(errors.BUSY) from error
        except (wire.Closed, wire.BadMessage, ConnectionError) as error:
            if began and _TIMED_OUT in setup.log.read_text(errors="replace"):
                raise ExtractionFailed(errors.SLOW % {"seconds": f"{setup.seconds:.0f}"}) from error
            if began or not left:
                raise ExtractionFailed(errors.ENDED % {"log": setup.log}) from error
    raise AssertionError  # the last turn has returned or raised


@contextmanager
def _connected(setup: Setup) -> Iterator[socket.socket]:
    """A connection to the child, which is started where none answers."""
    connection = _connect(setup) or _start_and_connect(setup)
    connection.settimeout(setup.seconds * _TURNS + _PATIENCE)
    with connection:
        yield connection


def _connect(setup: Setup) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(_PATIENCE)
    try:
        with short(setup.socket) as path:
            connection.connect(path)
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    except OSError as error:
        connection.close()
        raise ExtractionFailed(errors.UNREACHABLE % {"socket": setup.socket, "why": error.strerror or error}) from error
    return connection


def _start_and_connect(setup: Setup) -> socket.socket:
    """Start a child, one at a time: whoever comes second finds the first one's. Raises ExtractionFailed."""
    with _start_lock(setup):
        if connection := _connect(setup):
            return connection
        _start(setup)
        if connection := _connect(setup):
            return connection
    raise ExtractionFailed(errors.ENDED % {"log": setup.log})


@contextmanager
def _start_lock(setup: Setup) -> Iterator[None]:
    try:
        descriptor = os.open(setup.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ExtractionFailed(errors.NO_FOLDER % {"folder": setup.folder, "why": error.strerror}) from error
    try:
        _acquire(descriptor, time.monotonic() + setup.start + _PATIENCE)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise ExtractionFailed(errors.NOT_UP) from None
            time.sleep(0.02)
        else:
            return


def _start(setup: Setup) -> None:
    """Run the starter, which ends as soon as the child it leaves behind answers. Raises ExtractionFailed."""
    command = [sys.executable, "-m", "quotes.extracting.child"]
    command += [f"{name}={value}" for name, value in asdict(replace(setup, folder=str(setup.folder))).items()]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        with setup.log.open("w") as log:
            done = subprocess.run(  # noqa: S603 - the program is ours, and so are its arguments
                command,
                check=False,
                cwd=_ROOT,
                env={**environment, "OMP_NUM_THREADS": "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                timeout=setup.start,
            )
    except subprocess.TimeoutExpired as error:
        raise ExtractionFailed(errors.NO_START_IN_TIME % {"seconds": f"{setup.start:.0f}"}) from error
    except OSError as error:
        raise ExtractionFailed(errors.NO_START % {"why": error.strerror or error}) from error
    if done.returncode:
        raise ExtractionFailed(errors.NO_START_AS_LOGGED % {"why": _last_line(setup.log)})


def _last_line(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1][:300] if lines else errors.NOT_SAID
