"""Pauses between two requests to one host, so that looking again at many pages burdens nobody."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LONGEST = 60.0
"""A site may ask for longer pauses than this; a run then would never end, so they are cut."""


@dataclass
class Politeness:
    """At least `delay` seconds between two requests to one host, or as many as it asks for."""

    delay: float = 5.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    last: dict[str, float] = field(default_factory=dict)

    def wait(self, url: str, asked: float = 0) -> None:
        """Sleep as long as the host of `url` is owed."""
        host = urlsplit(url).hostname or ""
        pause = min(max(self.delay, asked), LONGEST)
        if host in self.last and (rest := self.last[host] + pause - self.clock()) > 0:
            self.sleep(rest)
        self.last[host] = self.clock()
