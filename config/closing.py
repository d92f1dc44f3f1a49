"""Closing a connection whose client may still be sending, while others are taken in.

Closing at once would throw the end of the answer away (RFC 9112, section 9.6): the client is told first that no more
comes, and is then heard out. Gunicorn does so in the one loop that takes connections in, which a client that doesn't
hang up would hold up for seconds each time; here the loop goes on.
"""

import socket
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ, BaseSelector
from typing import Any

SECONDS = 2.0
_MOST = 1 << 20


class Closing:
    """The connections that were answered and are heard out; all in the loop's thread. `closed` is called for each."""

    def __init__(self, poller: BaseSelector, closed: Callable[[], None]) -> None:
        self._poller, self._closed = poller, closed
        self._waiting: deque[tuple[float, Any]] = deque()
        self._heard: dict[Any, int] = {}

    def begin(self, connection: Any) -> None:
        """Say that no more comes; the connection is closed when its client hangs up, said too much or took too long."""
        try:
            connection.sock.shutdown(socket.SHUT_WR)
            connection.sock.setblocking(False)
            self._poller.register(connection.sock, EVENT_READ, partial(self._hear, connection))
        except (OSError, ValueError):
            connection.close()
            self._closed()
            return
        self._heard[connection] = 0
        self._waiting.append((time.monotonic() + SECONDS, connection))

    def _hear(self, connection: Any, _sock: object) -> None:
        try:
            said = len(connection.sock.recv(65536))
        except BlockingIOError:
            return
        except OSError:
            said = 0
        self._heard[connection] += said
        if not said or self._heard[connection] > _MOST:
            self._end(connection)

    def _end(self, connection: Any) -> None:
        del self._heard[connection]
        with suppress(OSError, KeyError, ValueError):
            self._poller.unregister(connection.sock)
        connection.close()
        self._closed()

    def end_late(self) -> None:
        """Close those whose time is over."""
        now = time.monotonic()
        while self._waiting and (self._waiting[0][0] <= now or self._waiting[0][1] not in self._heard):
            _, connection = self._waiting.popleft()
            if connection in self._heard:
                self._end(connection)
