import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from config.auditing import main, pins

LOCK = """\
django==5.2.1 \\
    --hash=sha256:00
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:01
"""
NOTHING: dict[str, list[object]] = {"results": [{}, {}]}
FOUND = {"results": [{"vulns": [{"id": "GHSA-7xr5"}, {"id": "PYSEC-2026-1"}]}, {}]}


@contextmanager
def service(answer: bytes, status: int = 200) -> Iterator[tuple[str, list[bytes]]]:
    """What answers so to everybody: its address, and what it was asked."""
    asked: list[bytes] = []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_told: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def lock(tmp_path):
    path = tmp_path / "requirements.txt"
    path.write_text(LOCK)
    return path


def audit(lock: Path, answer: object) -> int:
    with service(json.dumps(answer).encode()) as (address, _):
        return main([str(lock), "--at", address])


def test_every_pinned_version_is_asked_about_in_one_request(lock):
    with service(json.dumps(NOTHING).encode()) as (address, asked):
        main([str(lock), "--at", address])
    (body,) = asked
    assert [(one["package"]["name"], one["version"]) for one in json.loads(body)["queries"]] == pins(LOCK)
    assert pins(LOCK) == [("django", "5.2.1"), ("colorama", "0.4.6")]


def test_nothing_found_is_said(lock, capsys):
    assert audit(lock, NOTHING) == 0
    assert capsys.readouterr().out == "No known faults in 2 packages.\n"


def test_what_is_found_is_told_with_its_advisory(lock, capsys):
    assert audit(lock, FOUND) == 1
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first == "django 5.2.1: https://osv.dev/vulnerability/GHSA-7xr5"
    assert last == "2 known faults in 2 packages."


def test_where_nobody_can_be_asked_one_line_says_so(lock, capsys):
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unheard.getsockname()[1]}/"
        assert main([str(lock), "--at", address]) == 2
    assert capsys.readouterr().err.startswith(f"Nothing was audited: {address} can’t be asked: ")


@pytest.mark.parametrize(
    "answer", [{"results": [{}]}, {"code": 3}, [], {"results": None}, {"results": [{"vulns": [{}]}]}]
)
def test_an_answer_that_is_not_about_all_of_them_is_no_audit(lock, answer, capsys):
    assert audit(lock, answer) == 2
    assert "Nothing was audited" in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "status"), [(b"<html>", 200), (b"{}", 503), (b"\xff", 200)])
def test_what_is_no_answer_is_no_audit(lock, answer, status, capsys):
    with service(answer, status) as (address, _):
        assert main([str(lock), "--at", address]) == 2
    assert "Nothing was audited" in capsys.readouterr().err


def test_a_lock_that_pins_nothing_is_no_audit(tmp_path, capsys):
    (tmp_path / "empty.txt").write_text("# nothing\n")
    assert main([str(tmp_path / "empty.txt"), "--at", "http://127.0.0.1:9/"]) == 2
    assert "pins nothing" in capsys.readouterr().err


def test_the_lock_of_the_record_is_read_whole():
    text = Path("requirements.txt").read_text()
    assert len(pins(text)) == sum(line[:1].isalnum() for line in text.splitlines())
