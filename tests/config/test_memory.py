"""What a process of a public site keeps in memory."""

import subprocess
import sys

import pytest

from tests.environment import clean_environment

# Each thread holds what it was given until all have asked, so that none finds room in another's heap.
HEAPS = """
import ctypes, sys, threading
if sys.argv[1] == "served":
    from config import gunicorn
    gunicorn.on_exit(None)
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
together = threading.Barrier(4)
def take():
    libc.malloc(50_000)
    together.wait()
threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc.malloc_stats()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Only glibc gives each thread a heap of its own")
def test_all_threads_share_one_heap(project, tmp_path):
    def heaps(how: str, **settings: str) -> int:
        environment = clean_environment(VAR_DIR=str(tmp_path), SECRET_KEY="x" * 60, DEBUG="true", PORT="1", **settings)
        command = [sys.executable, "-c", HEAPS, how]
        done = subprocess.run(command, check=True, cwd=project, env=environment, capture_output=True, text=True)
        return done.stderr.count("Arena ")

    assert heaps("alone") > 1
    assert heaps("served") == 1
    assert heaps("served", MALLOC_ARENA_MAX="3") > 1


LOADED = """
import sys
import config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_what_few_requests_need_is_loaded_by_those_alone(project, tmp_path):
    environment = clean_environment(VAR_DIR=str(tmp_path), SECRET_KEY="x" * 60, DEBUG="true")
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, check=True, cwd=project, env=environment, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert {"django", "rest_framework"} <= loaded
    assert loaded.isdisjoint({"fido2", "cryptography", "onnxruntime", "lxml", "trafilatura", "citeproc", "pyarrow"})
