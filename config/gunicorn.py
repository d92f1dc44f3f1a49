"""How gunicorn serves the record: `python -m gunicorn --config python:config.gunicorn`.

A start that can't succeed ends with one line, and before any worker exists: gunicorn would start failing workers again
and again. Wrong settings end it on import, the rest in `on_starting`.
"""

import gc
import sys

from config.settings import BIND_ADDRESS, PORT, THREADS, WORKERS

wsgi_app = "config.wsgi:application"
bind = f"{BIND_ADDRESS}:{PORT}"
workers = WORKERS
threads = THREADS
preload_app = True
# A thousand characters of any script fit in an address; the usual proxies read as much.
limit_request_line = 8190
# Signals are control enough, and the socket would lie in the home folder of whoever serves.
control_socket_disable = True


def on_starting(server: object) -> None:  # noqa: ARG001 - gunicorn fixes the signature
    from config.preflight import problem  # noqa: PLC0415 - Django's applications are loaded by now, not earlier

    if found := problem():
        sys.exit(f"On Record can't start: {found}.")


def when_ready(server: object) -> None:  # noqa: ARG001 - likewise
    # What is loaded by now stays: workers share its pages, and their collector need not walk it again and again.
    gc.collect()
    gc.freeze()
