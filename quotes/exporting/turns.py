"""How many downloads a process serves at a time: each keeps a thread busy, and pages need some too."""

import threading
from collections.abc import Iterator

from django.conf import settings

_taken = 0
_lock = threading.Lock()


class Turn:
    """A download's own turn: its bytes as an iterator, given back when they end or when the client goes away."""

    def __init__(self) -> None:
        self._bytes: Iterator[bytes] = iter(())
        self._over = False

    def serve(self, bytes_: Iterator[bytes]) -> "Turn":
        """Let these be its bytes."""
        self._bytes = bytes_
        return self

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._bytes)

    def close(self) -> None:
        """Give the turn back, once."""
        global _taken  # noqa: PLW0603  # one count a process
        with _lock:
            if not self._over:
                self._over = True
                _taken -= 1
        if closing := getattr(self._bytes, "close", None):
            closing()


def take_turn() -> Turn | None:
    """A turn, None while as many downloads are under way as may be."""
    global _taken  # noqa: PLW0603  # one count a process
    with _lock:
        if _taken >= settings.DOWNLOADS_AT_ONCE:
            return None
        _taken += 1
    return Turn()
