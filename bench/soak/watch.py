"""What is looked at beside: the memory of gunicorn's processes, and how many wait at its door."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.crash.place import Place, children_of
from bench.serving import resident_of

MB = 1024 * 1024
_LISTENS = "0A"


@dataclass
class Watch:
    """Samples of a site, one a second."""

    place: Place
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Seconds since the beginning, and the MB of all processes together."""
    queued: list[int] = field(default_factory=list)

    async def look(self) -> None:
        """Look until it is cancelled."""
        began = time.monotonic()
        while True:
            workers = children_of(self.place.running["server"].pid)
            self.memory.append((time.monotonic() - began, sum(map(resident_of, workers)) / MB))
            self.queued.append(waiting_at(self.place.port))
            await asyncio.sleep(1)

    def slope(self) -> float:
        """MB a minute by which the memory grows, by least squares over the second half: in the first, caches fill."""
        return slope(self.memory[len(self.memory) // 2 :])


def slope(samples: list[tuple[float, float]]) -> float:
    """The growth a minute of samples that were taken at seconds."""
    if len(samples) < 2:
        return 0.0
    mean_at = sum(at for at, _ in samples) / len(samples)
    mean = sum(value for _, value in samples) / len(samples)
    spread = sum((at - mean_at) ** 2 for at, _ in samples)
    return 60 * sum((at - mean_at) * (value - mean) for at, value in samples) / spread


def waiting_at(port: int) -> int:
    """How many connections wait to be taken in by whoever listens at a port."""
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        words = line.split()
        if words[3] == _LISTENS and int(words[1].rpartition(":")[2], 16) == port:
            return int(words[4].rpartition(":")[2], 16)
    return 0
