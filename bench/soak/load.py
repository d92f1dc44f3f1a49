"""Asking as the world does, which waits for nobody's answer: so many requests a second, whatever becomes of them."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.soak.asked import Request

PATIENCE = 60
LATER = "told to come later"
TURNED_AWAY = "turned away"
RIGHT = "right"
# What a failed database, or a list that took too long, tells (quotes/views/failing.py, quotes/patience.py); whoever is
# turned away for having waited is told a shorter time.
_LATER = 30


@dataclass(frozen=True)
class Outcome:
    """What became of one request: when it was sent, how long it took, and what it came to."""

    kind: str
    at: float
    seconds: float
    what: str


@dataclass
class Load:
    """Requests of one source, sent to one port."""

    port: int
    requests: Iterator[Request]
    outcomes: list[Outcome] = field(default_factory=list)

    async def at_rate(self, rate: float, seconds: float) -> None:
        """Send so many a second, evenly, and wait for the last answer."""
        began, tasks = time.monotonic(), set[asyncio.Task[None]]()
        for number in range(round(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
            task = asyncio.create_task(self.one(next(self.requests)))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        await asyncio.gather(*tasks)

    async def with_connections(self, connections: int, seconds: float) -> float:
        """Keep so many waiting for an answer; how many were answered rightly, a second."""
        before, end = len(self.outcomes), time.monotonic() + seconds

        async def again() -> None:
            while time.monotonic() < end:
                await self.one(next(self.requests))

        began = time.monotonic()
        await asyncio.gather(*(again() for _ in range(connections)))
        right = [one for one in self.outcomes[before:] if one.what == RIGHT]
        return len(right) / (time.monotonic() - began)

    async def one(self, request: Request) -> None:
        at = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                what = judged(request, await self.answer(request))
        except TimeoutError:
            what = f"no answer within {PATIENCE} s"
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            what = f"broken: {type(error).__name__}"
        self.outcomes.append(Outcome(request.kind, at, time.monotonic() - at, what))

    async def answer(self, request: Request) -> bytes:
        """All that a connection of its own brings."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            named = {"Host": f"127.0.0.1:{self.port}", "Connection": "close", **request.headers}
            if request.method == "POST":
                named["Content-Length"] = str(len(request.body))
            lines = [
                f"{request.method} {request.path} HTTP/1.1",
                *(f"{name}: {value}" for name, value in named.items()),
            ]
            writer.write("\r\n".join([*lines, "", ""]).encode() + request.body)
            await writer.drain()
            return await reader.read()
        finally:
            writer.close()


def judged(request: Request, answer: bytes) -> str:
    """What an answer is worth, in a word or two."""
    head, parted, body = answer.partition(b"\r\n\r\n")
    if not parted:
        raise ValueError("no answer")
    first, *lines = head.decode("latin-1").split("\r\n")
    status = int(first.split()[1])
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if status == 503 and (later := int(headers.get("retry-after", 0))):
        return LATER if later >= _LATER else TURNED_AWAY
    if status not in request.status:
        return f"{status} {request.method} {request.path.partition('?')[0]}"
    if "chunked" in headers.get("transfer-encoding", ""):
        body = unchunked(body)
    if len(body) < int(headers.get("content-length", 0)):
        return "half an answer"
    return RIGHT if request.right(body) else f"wrong body: {request.kind}"


def unchunked(body: bytes) -> bytes:
    """A body that came in pieces; raises ValueError where the last one is missing."""
    whole, rest = b"", body
    while True:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size, 16)
        if not length:
            return whole
        whole, rest = whole + rest[:length], rest[length + 2 :]
