"""Where finished pages are kept: in this process's memory, or in a Redis that all processes share."""

import json
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import Protocol, Self

from django.conf import settings
from django.core.cache import caches

LARGEST = 512 * 1024
"""Bytes of the largest page that is kept."""
_EPOCHS_REMEMBERED = 8
_OVERHEAD = 350
"""Bytes that a key, its place among the others and the objects themselves take."""
_SECONDS = 60 * 60
_MB = 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """An answer to everybody; without a body where all that is known is which copy is still good.

    The body is as it was sent: the headers say whether it is compressed. What says on which headers the answer depends
    has names in `varies`, and nothing else: the answers stand apart.
    """

    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    varies: tuple[str, ...] = ()

    def packed(self) -> bytes:
        """As bytes: its head as JSON in one line, then its body."""
        head = json.dumps([self.headers, self.body is not None, self.varies])
        return head.encode() + b"\n" + (self.body or b"")

    @classmethod
    def unpacked(cls, text: bytes) -> Self:
        """Read what `packed` wrote."""
        head, _, body = text.partition(b"\n")
        headers, has_body, varies = json.loads(head)
        return cls(tuple((name, value) for name, value in headers), body if has_body else None, tuple(varies))


class Pages(Protocol):
    """A place for pages. A key names the epoch, too, so that nothing in it is ever wrong."""

    def get(self, key: str) -> Kept | None:
        """What was kept under a key, if it is still there."""

    def put(self, key: str, page: Kept) -> None:
        """Keep a page as long as there is room."""

    def begin(self, epoch: str) -> None:
        """Learn which epoch is read: where it is a new one, what is older makes room."""


class InMemory:
    """Pages of one process, those asked for least lately making room.

    They take `room` bytes at most. They stand there packed: a page's headers take three times as much as objects.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self.taken = 0
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        # Replicas may be at several epochs for a moment, and take turns.
        self._epochs: deque[str] = deque(maxlen=_EPOCHS_REMEMBERED)
        self._lock = threading.Lock()

    def get(self, key: str) -> Kept | None:
        """What was kept under a key, if it is still there."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
        return Kept.unpacked(found) if found is not None else None

    def put(self, key: str, page: Kept) -> None:
        """Keep a page as long as there is room."""
        packed = page.packed()
        with self._lock:
            if old := self._pages.pop(key, None):
                self.taken -= _size(old)
            self._pages[key] = packed
            self.taken += _size(packed)
            while self.taken > self.room:
                _, oldest = self._pages.popitem(last=False)
                self.taken -= _size(oldest)

    def begin(self, epoch: str) -> None:
        """Let go of all pages when an epoch is first met: nobody asks for them, and removed words may stand there."""
        if epoch not in self._epochs:
            with self._lock:
                self._epochs.append(epoch)
            self.clear()

    def clear(self) -> None:
        """Let go of all pages."""
        with self._lock:
            self._pages.clear()
            self.taken = 0


class InRedis:
    """Pages of all processes; Redis makes room as it is told to, and an hour is the longest that one is kept."""

    def get(self, key: str) -> Kept | None:
        """What was kept under a key, if it is still there."""
        found = caches["default"].get(f"page-{key}")
        return None if found is None else Kept.unpacked(found)

    def put(self, key: str, page: Kept) -> None:
        """Keep a page."""
        caches["default"].set(f"page-{key}", page.packed(), _SECONDS)

    def begin(self, epoch: str) -> None:
        """Nothing to do: what is older goes by itself."""


def _size(packed: bytes) -> int:
    return _OVERHEAD + len(packed)


def pages(room: int | None = None) -> Pages:
    """The place that the settings name, which takes `room` bytes of this process's memory at most, else COPIES_MB."""
    if settings.CACHE_URL:
        return InRedis()
    return InMemory(settings.COPIES_MB * _MB if room is None else room)
