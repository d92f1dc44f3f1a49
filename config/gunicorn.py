"""How gunicorn serves the record: `python -m gunicorn --config python:config.gunicorn`.

A start that can't succeed ends with one line, and before any worker exists: gunicorn would start failing workers again
and again. Wrong settings end it on import, the rest in `on_starting`.
"""

import ctypes
import gc
import os
import resource
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from config import logs
from config.settings import BIND_ADDRESS, LOG_FORMAT, PORT, THREADS, VAR_DIR, WORKERS

_ARENAS = -8
"""M_ARENA_MAX, as <malloc.h> numbers what `mallopt` sets."""


def _share_one_heap() -> None:
    """Let all threads take memory from one heap, unless MALLOC_ARENA_MAX says otherwise; glibc alone makes several.

    Each thread's own keeps what it once needed, a tenth of a process's memory in all, so that they wait less for each
    other; Python's threads seldom run at once.
    """
    if "MALLOC_ARENA_MAX" not in os.environ:
        with suppress(AttributeError):
            ctypes.CDLL(None).mallopt(_ARENAS, 1)


def _fresh_folder() -> Path:
    """An empty folder for what processes count: in memory, because writing to a mapped file on a full disk kills."""
    place = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else VAR_DIR  # noqa: S108 - made anew, and ours alone
    folder = place / f"onrecord-{os.geteuid()}-{PORT}"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:  # somebody else's
        return Path(tempfile.mkdtemp(prefix="onrecord-", dir=place))
    return folder


_share_one_heap()

# Before anything that counts is imported.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_fresh_folder())
logs.ServersLog.formatter = logs.formatter(LOG_FORMAT)

# Each that waits holds a file; many systems allow a process a thousand, if it doesn't ask for more.
_allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (_allowed, _allowed))

wsgi_app = "config.wsgi:application"
bind = f"{BIND_ADDRESS}:{PORT}"
workers = WORKERS
threads = THREADS
preload_app = True
worker_class = "config.overload.Worker"
logger_class = logs.ServersLog
# Time bounds who waits, not number: QUEUE_SECONDS counts from here on, and what waits in the system's queue nobody
# sees.
worker_connections = max(1_000, 250 * THREADS)
backlog = 256
# Whoever is being answered when the server is to stop has so long.
graceful_timeout = 30
# A thousand characters of any script fit in an address; the usual proxies read as much.
limit_request_line = 8190
# Signals are control enough, and the socket would lie in the home folder of whoever serves.
control_socket_disable = True


def on_exit(server: object) -> None:  # noqa: ARG001 - gunicorn fixes the signature
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


def child_exit(server: object, worker: Any) -> None:  # noqa: ARG001 - gunicorn fixes the signature
    from config.metrics import process_ended  # noqa: PLC0415 - it counts from its import on

    process_ended(worker.pid)


def on_starting(server: object) -> None:  # noqa: ARG001 - gunicorn fixes the signature
    from config.preflight import problem  # noqa: PLC0415 - Django's applications are loaded by now, not earlier

    if found := problem():
        sys.exit(f"On Record can't start: {found}.")


def when_ready(server: object) -> None:  # noqa: ARG001 - likewise
    # What is loaded by now stays: workers share its pages, and their collector need not walk it again and again.
    gc.collect()
    gc.freeze()
