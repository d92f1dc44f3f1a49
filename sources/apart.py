"""Reading documents in a process of their own: no document, however made, takes the record's time, memory or life.

The readers of foreign formats are large, and some are written in C. A web worker loads none of them.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from sources.reading import CannotRead, Hints, Limits, Reading, gathered, wire
from sources.reading.errors import Empty, TooHard, TooLarge

SECONDS = 30.0
"""By the clock on the wall; the child itself counts the processor's."""
_HERE = Path(__file__).resolve().parent.parent
_CHILD = [sys.executable, "-m", "sources.reading"]
# None of the record's settings: a reader that somebody takes over finds no password.
_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
_DEFAULT = Limits()
logger = logging.getLogger(__name__)


def read(data: bytes, hints: Hints | None = None, limits: Limits = _DEFAULT, *, seconds: float = SECONDS) -> Reading:
    """Like `sources.reading.read`. Raises CannotRead; TooHard where it took too long, too much, or broke the reader."""
    if len(data) > limits.bytes_:
        raise TooLarge(limits.bytes_)
    if not data.strip():
        raise Empty
    packed = wire.packed_request(data, hints or Hints(), limits)
    try:
        done = subprocess.run(  # noqa: S603  # this project's own program; the document comes by standard input
            _CHILD, input=packed, capture_output=True, cwd=_HERE, env=_ENVIRONMENT, timeout=seconds, check=True
        )
        return wire.answer(done.stdout, data)
    except subprocess.TimeoutExpired as error:
        raise TooHard from error
    except subprocess.CalledProcessError as error:
        # Its last line names what broke; the document's words may stand in the others.
        told = error.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:200]
        logger.warning("A reader ended with %s: %s", error.returncode, told)
        raise TooHard from error


def read_chunks(chunks: Iterable[bytes], hints: Hints | None = None, limits: Limits = _DEFAULT) -> Reading:
    """Read a stream, of which no more is taken than the limit. Raises CannotRead."""
    return read(gathered(chunks, limits), hints, limits)


def read_pasted(text: str, hints: Hints | None = None, limits: Limits = _DEFAULT) -> Reading:
    """Read what was pasted into a form. Raises CannotRead."""
    return read(text.encode("utf-8", "replace"), hints, limits)


__all__ = ["CannotRead", "Hints", "Limits", "Reading", "read", "read_chunks", "read_pasted"]
