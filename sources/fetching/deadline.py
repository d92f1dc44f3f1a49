"""One time limit for a whole fetch: names, connections, redirects and every byte, however slowly they drip."""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, Queue

Clock = Callable[[], float]


class OutOfTime(Exception):
    """The time for the whole is used up."""


@dataclass
class Deadline:
    """`seconds` from its making, by `clock`."""

    seconds: float
    clock: Clock = time.monotonic
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.clock()

    def left(self, at_most: float | None = None) -> float:
        """Seconds left, never more than `at_most`. Raises OutOfTime when there are none."""
        left = self.started + self.seconds - self.clock()
        if left <= 0:
            raise OutOfTime
        return min(left, at_most) if at_most is not None else left


Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, as the operating system finds them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def within(deadline: Deadline, look_up: Resolve, host: str, port: int) -> list[str]:
    """What `look_up` answers before the deadline; the operating system's own knows no time limit.

    Raises OutOfTime, and what `look_up` raises.
    """
    answers: Queue[list[str] | Exception] = Queue(maxsize=1)

    def ask() -> None:
        try:
            answers.put(look_up(host, port))
        except Exception as error:  # noqa: BLE001  # handed to whoever asked
            answers.put(error)

    threading.Thread(target=ask, daemon=True, name=f"resolving {host}").start()
    try:
        answer = answers.get(timeout=deadline.left())
    except Empty as error:
        raise OutOfTime from error
    if isinstance(answer, Exception):
        raise answer
    return answer
