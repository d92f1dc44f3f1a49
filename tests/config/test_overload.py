"""More than can be answered: some are sent away at once, nobody waits without end, and the site goes on by itself."""

import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config import overload
from config.overload import TurnAway
from quotes import patience
from tests.config.site import Site, Visitor


def turned_away(settings, seconds, bound=5):
    settings.QUEUE_SECONDS = bound
    token = overload.waited.set(seconds)
    try:
        return TurnAway(lambda _request: HttpResponse("made"))(RequestFactory().get("/"))
    finally:
        overload.waited.reset(token)


def test_who_waited_too_long_is_told_when_to_come_back(settings):
    answer = turned_away(settings, 5.1)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert answer["Cache-Control"] == "no-store"


def test_who_waited_less_is_answered(settings):
    assert turned_away(settings, 4.9).content == b"made"
    assert turned_away(settings, 100, bound=0).content == b"made"


@pytest.mark.django_db
def test_a_list_for_which_there_is_no_turn_is_answered_503(client, settings, monkeypatch):
    settings.LISTS_AT_ONCE = 1
    monkeypatch.setattr(patience, "WAIT", 0)
    with patience.in_turn():
        for address in ("/statements/", "/statements/feed.atom", "/speakers/"):
            answer = client.get(address)
            assert answer.status_code == 503
            assert int(answer["Retry-After"]) > 0
        answer = client.get("/api/v1/statements")
        assert answer.status_code == 503
        assert answer["Content-Type"] == "application/problem+json"
        assert "Ask again in a moment" in answer.text
        # What is no list needs no turn.
        assert client.get("/about/").status_code == 200
    assert client.get("/statements/").status_code == 200


def test_a_turn_that_ends_is_given_to_who_waits():
    taken, mine = threading.Event(), threading.Event()

    def other():
        with patience.in_turn():
            taken.set()
            mine.wait(timeout=10)

    turns = patience._turns
    with ThreadPoolExecutor() as pool:
        first = pool.submit(other)
        taken.wait(timeout=10)
        assert not turns.take(1)
        second = pool.submit(turns.take, 1, 10)
        mine.set()
        first.result()
        assert second.result()
        turns.give_back()
    assert turns.taken == 0


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with one thread, ready to be served."""
    site = Site(tmp_path_factory.mktemp("site"), THREADS="1", QUEUE_SECONDS="1", LOG_FORMAT="json", TASK_WORKER="false")
    site.manage("migrate", "--verbosity=0")
    site.collect()
    return site


def half_a_request(site):
    """Take the one thread: a form of which the second half doesn't come. It is taken when this returns."""
    host, port = site.address.removeprefix("http://").split(":")
    held = socket.create_connection((host, int(port)), timeout=30)
    head = f"POST /check/ HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    held.sendall(f"{head}Content-Length: 10\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n".encode())
    assert held.recv(64).startswith(b"HTTP/1.1 100 ")
    held.sendall(b"text=")
    return held


def finish(held):
    held.sendall(b"never")
    answer = b""
    while part := held.recv(65536):
        answer += part
    held.close()
    return answer


@pytest.mark.slow
@pytest.mark.pure
def test_whoever_queued_too_long_is_sent_away_and_the_site_goes_on(site):
    with site.served(), ThreadPoolExecutor(8) as pool:
        assert Visitor(site.address).get("/readyz").status == 200
        held = half_a_request(site)
        waiting = [pool.submit(Visitor(site.address).get, "/about/") for _ in range(8)]
        # Nothing can be asked while the one thread is taken: what is proved is that waiting itself is bounded.
        threading.Event().wait(1.5)
        finish(held)
        pages = [one.result(timeout=30) for one in waiting]
        assert {page.status for page in pages} == {503}
        assert all(int(page.headers["Retry-After"]) > 0 for page in pages)
        assert Visitor(site.address).get("/about/").status == 200
        metrics = Visitor(site.address).get("/metrics").text
        assert "onrecord_turned_away_total 8.0" in metrics
        assert 'onrecord_requests_total{method="GET",route="about",status="503"} 8.0' in metrics


@pytest.mark.slow
@pytest.mark.pure
def test_who_is_being_answered_when_the_server_stops_is_answered_to_the_end(site):
    with site.served() as server:
        held = half_a_request(site)
        server.terminate()
        answer = finish(held)
        assert answer.startswith(b"HTTP/1.1 403")  # no token, and a page that says so
        server.wait(timeout=30)
        assert server.returncode == 0


@pytest.mark.slow
@pytest.mark.pure
def test_the_log_of_a_site_is_json_to_the_last_line_and_names_nobody(site):
    with site.served():
        visitor = Visitor(site.address)
        visitor.opener.addheaders.append(("X-Forwarded-For", "203.0.113.9"))
        assert visitor.get("/check/?text=secret").headers["X-Request-ID"]
        Visitor(site.address).get("/nothing-here")
    lines = [json.loads(line) for line in site.log.read_text().splitlines()]
    told = [line for line in lines if line["logger"] == "onrecord.requests"]
    assert {line["route"] for line in told} >= {"check", "none"}
    assert any(line["logger"] == "gunicorn.error" for line in lines)
    for secret in ("secret", "203.0.113.9", "nothing-here"):
        assert secret not in site.log.read_text()


@pytest.mark.slow
@pytest.mark.pure
def test_clients_that_dont_hang_up_hold_nobody_up(site):
    with site.served(), ExitStack() as held:
        assert Visitor(site.address).get("/readyz").status == 200
        host, port = site.address.removeprefix("http://").split(":")
        clients = [held.enter_context(socket.create_connection((host, int(port)), timeout=30)) for _ in range(40)]
        for client in clients:
            client.sendall(f"GET /healthz HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        assert all(client.recv(12) == b"HTTP/1.1 200" for client in clients)
        # Each has two seconds to hang up: one after the other they would take longer than a visitor waits.
        assert Visitor(site.address).get("/healthz").status == 200


@pytest.mark.slow
@pytest.mark.pure
def test_who_still_sends_a_form_reads_the_whole_refusal(site):
    with site.served():
        host, port = site.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as client:
            head = (
                f"POST /about/ HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 600000\r\nConnection: close\r\n\r\n"
            )
            client.sendall(head.encode() + b"x" * 600_000)
            answer = b""
            while part := client.recv(65536):
                answer += part
        assert answer.startswith(b"HTTP/1.1 4")
        assert b"</html>" in answer
