"""A child process of its own for each test, with an engine that does what the text says."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from quotes.extracting import client, wire
from quotes.extracting.child import limit_memory, read_setup
from quotes.extracting.client import extract
from quotes.extracting.errors import ExtractionFailed
from quotes.extracting.places import Setup, short
from tests.quotes.extracting.children import children_in

ENGINE = "tests.quotes.extracting.engines"


@pytest.fixture
def setup(tmp_path):
    """A child that ends itself soon, and is ended by the test where it doesn't."""
    setup = Setup(folder=str(tmp_path), engine=ENGINE, seconds=1.0, idle=1.0, start=20.0)
    yield setup
    for pid in children_in(setup.folder):
        os.kill(pid, signal.SIGKILL)


def ask(setup, text="Words"):
    return extract(text, {"language": "en"}, {"topics": []}, setup=setup)


def refusal(setup, text="Words"):
    with pytest.raises(ExtractionFailed) as refused:
        ask(setup, text)
    return str(refused.value)


def until(true):
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline, "It never came true"
        time.sleep(0.02)


def test_a_text_is_read_in_a_process_of_its_own(setup):
    found = ask(setup, "Ça va “bien” 🙂")
    assert found.candidates[0]["text"] == "Ça va “bien” 🙂"
    assert found.candidates[0]["facts"] == {"language": "en"}
    assert found.extractor == "f" * 64
    assert found.candidates[0]["pid"] != os.getpid()


def test_one_child_reads_one_text_after_the_other(setup):
    first, second = ask(setup).candidates[0], ask(setup).candidates[0]
    assert (first["pid"], second["count"]) == (second["pid"], 2)


def test_callers_at_once_start_one_child(setup):
    found = []
    callers = [threading.Thread(target=lambda: found.append(ask(setup, "slow").candidates[0])) for _ in range(3)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert len({one["pid"] for one in found}) == 1
    assert sorted(one["count"] for one in found) == [1, 2, 3]


def test_a_child_that_crashes_is_a_clear_problem(setup):
    assert refusal(setup, "crash") == f"The extractor ended while it read this text. Its log is {setup.log}."


def test_the_next_text_is_read_by_a_new_child(setup):
    before = ask(setup).candidates[0]["pid"]
    refusal(setup, "crash")
    assert ask(setup).candidates[0]["pid"] != before


def test_a_child_that_hangs_is_stopped(setup):
    began = time.monotonic()
    assert "took longer than" in refusal(setup, "hang")
    assert time.monotonic() - began < 10
    assert ask(setup).candidates[0]["count"] == 1


def test_whoever_waits_behind_a_text_that_hangs_is_served_all_the_same(setup):
    problems = []
    ask(setup)
    hanging = threading.Thread(target=lambda: problems.append(refusal(setup, "hang")))
    hanging.start()
    found = [ask(setup, "slow").candidates[0]["text"] for _ in range(3)]
    hanging.join()
    assert (found, len(problems)) == (["slow"] * 3, 1)


def test_a_text_that_breaks_the_extractor_breaks_no_other(setup):
    before = ask(setup).candidates[0]["pid"]
    assert refusal(setup, "fail") == "The extractor failed on this text (ValueError). Its log tells more."
    assert "ValueError: fail" in setup.log.read_text()
    assert ask(setup).candidates[0]["pid"] == before


def test_a_text_that_needs_too_much_memory_is_a_clear_problem(setup):
    assert "more memory than is allowed" in refusal(setup, "greedy")


def test_memory_is_limited_by_the_system():
    code = "from quotes.extracting.child import limit_memory; limit_memory(200_000_000); bytearray(400_000_000)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "MemoryError"
    assert callable(limit_memory)


def test_a_text_that_is_too_long_never_reaches_the_child(setup):
    assert "longer than 200,000 characters" in refusal(setup, "x" * 200_001)
    assert not children_in(setup.folder)


def test_a_long_text_is_read(setup):
    assert len(ask(setup, "x" * 200_000).candidates[0]["text"]) == 200_000


def test_an_engine_that_cannot_load_says_why(setup):
    assert refusal(replace(setup, model="broken")) == (
        "The extractor can’t be started: FileNotFoundError: The model’s folder is empty"
    )


def test_a_child_that_is_gone_before_it_is_ready_is_a_clear_problem(setup):
    assert refusal(replace(setup, model="gone")) == "The extractor can’t be started: It ended before it was ready."


def test_a_child_nobody_asks_ends_itself_and_leaves_no_socket(setup):
    ask(setup)
    until(lambda: not children_in(setup.folder))
    assert not setup.socket.exists()
    assert ask(setup).candidates[0]["count"] == 1


def test_a_socket_that_a_dead_child_left_is_replaced(setup):
    with socket.socket(socket.AF_UNIX) as dead, short(setup.socket) as path:
        dead.bind(path)
    assert ask(setup).candidates[0]["text"] == "Words"


def test_nobody_else_may_open_the_socket(setup):
    ask(setup)
    assert setup.socket.stat().st_mode & 0o077 == 0


def test_a_folder_with_a_long_name_is_no_hindrance(setup, tmp_path):
    deep = tmp_path / ("a long name " * 10)
    deep.mkdir()
    there = replace(setup, folder=str(deep))
    try:
        assert ask(there).candidates[0]["text"] == "Words"
    finally:
        for pid in children_in(there.folder):
            os.kill(pid, signal.SIGKILL)


def test_a_folder_that_cannot_be_written_is_a_clear_problem(tmp_path):
    there = Setup(folder=str(tmp_path / "missing"), engine=ENGINE)
    assert refusal(there) == (
        f"The extractor can’t be started: the folder VAR_DIR ({there.folder}) can’t be written to "
        "(No such file or directory)."
    )


def test_a_client_that_sends_nonsense_harms_nobody(setup):
    ask(setup)
    for nonsense in (b"", b"\xff\xff\xff\xff", b"\x00\x00\x00\x02{]", b"\x00\x00\x00\x02[]", b"\x00\x00\x00\x02{}"):
        with socket.socket(socket.AF_UNIX) as intruder, short(setup.socket) as path:
            intruder.connect(path)
            intruder.sendall(nonsense)
    assert ask(setup).candidates[0]["text"] == "Words"


def test_a_child_that_never_answers_is_waited_for_no_longer_than_told(setup, monkeypatch):
    monkeypatch.setattr(client, "_TURNS", 1)
    monkeypatch.setattr(client, "_PATIENCE", 0.1)
    silent = replace(setup, seconds=0.1)
    with socket.socket(socket.AF_UNIX) as server, short(silent.socket) as path:
        server.bind(path)
        server.listen()
        assert "busy, or hangs" in refusal(silent)


def test_another_version_or_model_is_another_child(setup, tmp_path):
    model = tmp_path / "model"
    model.mkdir()
    weights = model / "weights"
    weights.write_text("1")
    keys = {setup.key, replace(setup, version="2").key, replace(setup, model=str(model)).key}
    later = time.time() + 10
    os.utime(weights, (later, later))
    assert len(keys | {replace(setup, model=str(model)).key}) == 4


def test_a_setup_travels_as_arguments(setup):
    arguments = [f"{name}={value}" for name, value in vars(setup).items()]
    assert read_setup(arguments) == setup


def test_messages_are_no_longer_than_they_may_be(monkeypatch):
    monkeypatch.setattr(wire, "MOST", 10)
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(wire.BadMessage, match="longer than 10"):
        wire.send(ours, {"text": "x" * 20})


def test_no_process_that_serves_pages_loads_a_model(project, tmp_path):
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'; django.setup(); "
        "import quotes.urls, config.wsgi, quotes.tasks, quotes.extracting.client; "
        "print(*({'numpy', 'onnxruntime', 'tokenizers', 'torch'} & set(sys.modules)), 'quotes.urls' in sys.modules)"
    )
    environment = {"VAR_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=project, env=environment
    )
    assert done.stdout.strip() == "True"


def test_the_child_loads_nothing_of_django(project):
    code = "import sys, quotes.extracting.child; print('django.conf' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=project)
    assert done.stdout.strip() == "False"
