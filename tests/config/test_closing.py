"""Who was answered is heard out without holding up the loop that hears everybody."""

import socket
from selectors import DefaultSelector

import pytest

from config import closing
from config.closing import Closing

pytestmark = pytest.mark.pure


class Connection:
    """As gunicorn has them: a socket, and a way to close it."""

    def __init__(self, sock):
        self.sock = sock

    def close(self):
        self.sock.close()


class Loop:
    """A loop with one client that was answered."""

    def __init__(self):
        self.poller, self.closed = DefaultSelector(), []
        self.closing = Closing(self.poller, lambda: self.closed.append(True))
        ours, self.client = socket.socketpair()
        ours.sendall(b"the answer")
        self.connection = Connection(ours)

    def turn(self):
        for key, _ in self.poller.select(0):
            key.data(key.fileobj)
        self.closing.end_late()


@pytest.fixture
def loop():
    made = Loop()
    yield made
    made.client.close()
    made.connection.close()
    made.poller.close()


def test_the_client_reads_the_answer_to_its_end(loop):
    loop.client.sendall(b"still sending")
    loop.closing.begin(loop.connection)
    assert loop.client.recv(100) == b"the answer"
    assert loop.client.recv(100) == b""


def test_a_client_that_hangs_up_is_closed(loop):
    loop.closing.begin(loop.connection)
    loop.turn()
    assert not loop.closed
    loop.client.close()
    loop.turn()
    assert loop.closed == [True]
    assert loop.connection.sock.fileno() == -1


def test_a_client_that_stays_is_closed_when_its_time_is_over(loop, monkeypatch):
    monkeypatch.setattr(closing, "SECONDS", 0)
    loop.closing.begin(loop.connection)
    loop.turn()
    assert loop.closed == [True]


def test_a_client_that_goes_on_and_on_is_closed(loop, monkeypatch):
    monkeypatch.setattr(closing, "_MOST", 100)
    loop.closing.begin(loop.connection)
    loop.client.sendall(b"x" * 101)
    loop.turn()
    assert loop.closed == [True]


def test_a_client_that_is_gone_is_closed_at_once(loop):
    loop.connection.sock.close()
    loop.closing.begin(loop.connection)
    assert loop.closed == [True]


def test_who_hung_up_is_not_closed_again_when_time_is_over(loop, monkeypatch):
    monkeypatch.setattr(closing, "SECONDS", 0)
    loop.closing.begin(loop.connection)
    loop.client.close()
    loop.turn()
    loop.closing.end_late()
    assert loop.closed == [True]
