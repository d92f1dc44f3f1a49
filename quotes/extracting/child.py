"""The child process that extracts: `python -m quotes.extracting.child name=value …`, the fields of `Setup`.

What is started is the starter: it leaves the child behind in a session of its own and ends as soon as that answers, or
with the reason why it won't. The child reads one text at a time. It imports nothing of Django: neither settings, nor
secrets, nor the database reach it.
"""

import faulthandler
import os
import resource
import socket
import sys
import traceback
from contextlib import suppress
from dataclasses import fields
from importlib import import_module
from typing import Any, Protocol

from quotes.extracting import errors, wire
from quotes.extracting.places import Setup, short

_READY = b"ready"
_BACKLOG = 16
_SEND_LIMIT = 10.0


class Engine(Protocol):
    """What an engine's module loads with `load(model)`."""

    fingerprint: str

    def read(self, text: str, facts: dict[str, Any], known: dict[str, Any]) -> list[dict[str, Any]]:
        """The candidates of a text, as JSON."""


def main(arguments: list[str]) -> int:
    """Leave a child behind; 0 once it answers, else 1 with the reason as the last line of standard error."""
    setup = read_setup(arguments)
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        os.setsid()
        serve(setup, writing)
        # Nothing that the starter left to be done at its end is done twice.
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    if said == _READY:
        return 0
    sys.stderr.write(said.decode("utf-8", "replace") or "It ended before it was ready.\n")
    return 1


def read_setup(arguments: list[str]) -> Setup:
    """The setup from `name=value` arguments."""
    types = {field.name: field.type for field in fields(Setup)}
    given = dict(argument.split("=", 1) for argument in arguments)
    read: dict[Any, type] = {float: float, int: int, str: str}
    return Setup(**{name: read[types[name]](value) for name, value in given.items()})


def serve(setup: Setup, ready: int) -> None:
    """Load the engine, answer till nobody has asked for a while, and leave no socket behind."""
    try:
        limit_memory(setup.memory)
        engine = import_module(setup.engine).load(setup.model)
        server = listen(setup)
    except Exception as error:  # noqa: BLE001 - whatever it is, the starter tells it to the client
        traceback.print_exc()
        os.write(ready, f"{type(error).__name__}: {error}\n".encode())
        return
    os.write(ready, _READY)
    os.close(ready)
    with server:
        answer_all(server, engine, setup)


def limit_memory(most: int) -> None:
    """Let the system refuse more memory than that, rather than the machine run out of it."""
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if hard == resource.RLIM_INFINITY or hard > most:
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def listen(setup: Setup) -> socket.socket:
    """The socket that clients connect to; one that a dead child left is replaced. Nobody else may open it."""
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        with short(setup.socket) as path:
            with suppress(FileNotFoundError):
                os.unlink(path)  # noqa: PTH108 - such a path can't be taken apart
            server.bind(path)
        server.listen(_BACKLOG)
    finally:
        os.umask(before)
    return server


def answer_all(server: socket.socket, engine: Engine, setup: Setup) -> None:
    """Answer one client after the other, till there was none for `idle` seconds."""
    inode = setup.socket.stat().st_ino
    server.settimeout(setup.idle)
    with suppress(TimeoutError):
        while True:
            answer(server.accept()[0], engine, setup)
    # From here on clients find no socket and start another child; those who came just before are still answered.
    if setup.socket.exists() and setup.socket.stat().st_ino == inode:
        setup.socket.unlink()
    server.settimeout(0)
    with suppress(BlockingIOError):
        while True:
            answer(server.accept()[0], engine, setup)


def answer(connection: socket.socket, engine: Engine, setup: Setup) -> None:
    """Read one text. One that takes too long ends this process, from a thread that needs no turn: nothing can hang on.

    Where it hung is then told in the log, after the line by which the client knows why its answer doesn't come.
    """
    with connection:
        connection.settimeout(_SEND_LIMIT)
        try:
            request = wire.receive(connection)
            wire.send(connection, {"begins": True})
            faulthandler.dump_traceback_later(setup.seconds, exit=True)
            result = read(engine, request)
            faulthandler.cancel_dump_traceback_later()
            wire.send(connection, result)
        except (OSError, wire.Closed, wire.BadMessage):
            # That client is gone, or is none; the next one is served all the same.
            faulthandler.cancel_dump_traceback_later()
            traceback.print_exc()


def read(engine: Engine, request: dict[str, Any]) -> dict[str, Any]:
    """The answer to a request: candidates, or the problem in words for the editor."""
    try:
        found = engine.read(request["text"], request["facts"], request["known"])
    except MemoryError:
        return {"problem": errors.NO_MEMORY}
    except Exception as error:  # noqa: BLE001 - a text that breaks the extractor must not break the next one's reading
        traceback.print_exc()
        return {"problem": errors.FAILED % {"error": type(error).__name__}}
    return {"candidates": found, "extractor": engine.fingerprint}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
