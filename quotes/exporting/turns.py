"""How many downloads a process serves at a time: each keeps a thread busy, and pages need some too."""

import threading
from collections.abc import Iterator

from django.conf import settings

from quotes.turns import Turns

_turns = Turns()


class Turn:
    """A download's own turn: its bytes as an iterator, given back when they end or when the client goes away."""

    def __init__(self) -> None:
        self._bytes: Iterator[bytes] = iter(())
        self._over = False
        self._closing = threading.Lock()

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
        with self._closing:
            was_over, self._over = self._over, True
        if not was_over:
            _turns.give_back()
        if closing := getattr(self._bytes, "close", None):
            closing()

    def __del__(self) -> None:
        # Of an answer that was made and never sent, because something failed on its way out.
        self.close()


def take_turn() -> Turn | None:
    """A turn, None while as many downloads are under way as may be."""
    return Turn() if _turns.take(settings.DOWNLOADS_AT_ONCE) else None
