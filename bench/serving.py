"""Running a contender's server, and what its processes weigh."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.load import wait_for
from bench.places import ROOT


class PortTaken(Exception):
    """Another server answers where one was to be started: that one would be measured."""


@contextmanager
def served(command: list[str], environment: dict[str, str], port: int, log: Path) -> Iterator[int]:
    """Serve till the end; yields the process that was started. All that it started ends with it. Raises PortTaken."""
    with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
        raise PortTaken(f"Something answers on port {port} already.")
    with log.open("ab") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/", seconds=90)
        yield server.pid
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def resident(process: int) -> int:
    """The memory of the largest of a server's processes, in bytes: of gunicorn's worker, not of its master."""
    return max(resident_of(one) for one in [process, *_children(process)])


def _children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children")
    return [int(word) for word in told.read_text().split()] if told.exists() else []


def resident_of(process: int) -> int:
    with suppress(FileNotFoundError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) * 1024
    return 0
