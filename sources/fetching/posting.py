"""Sending to an address that somebody gave us, by the rules that pages are fetched by.

Only https on its own port; no address that is not on the public internet, also after DNS, and the connection goes to
the address that was checked. Redirects are not followed: what they lead to was never agreed on.
"""

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings

from sources.fetching.deadline import Clock, Deadline, OutOfTime, Resolve, resolve, within
from sources.fetching.errors import CannotFetch, InsideAddress, NoSuchHost, NotOnTheWeb, TooSlow, Unreachable
from sources.fetching.exchange import Answer, Posted, Wire
from sources.fetching.guard import PORTS, Guard
from sources.fetching.pinned import trusted
from sources.sayings import Saying

__all__ = ["Answer", "CannotPost", "Poster"]

SECONDS = 10.0
_LOOK_UP_SECONDS = 5.0
_READ = 10_000


class CannotPost(Exception):
    """Nothing was sent, or nothing came back; `is_refused` says that we ourselves refuse the address."""

    def __init__(self, why: str, *, is_refused: bool = False) -> None:
        self.is_refused = is_refused
        super().__init__(why)


@cache
def _context() -> ssl.SSLContext:
    return trusted()


@dataclass
class Poster:
    """Sends requests. The defaults are what production uses; tests give what they need."""

    guard: Guard = field(default_factory=lambda: Guard(loopback=settings.FETCH_LOOPBACK))
    resolve: Resolve = resolve
    clock: Clock | None = None
    seconds: float = SECONDS
    context: ssl.SSLContext = field(default_factory=_context)
    agent: str = field(default_factory=lambda: settings.USER_AGENT)

    def checked(self, url: str) -> str:
        """The canonical form of an address that may be sent to, its name looked up. Raises CannotPost."""
        with _in_words():
            url = self._canonical(url)
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
            try:
                addresses = within(self._deadline(_LOOK_UP_SECONDS), self.resolve, host, port)
            except (OSError, UnicodeError) as error:
                raise NoSuchHost(host) from error
            except OutOfTime as error:
                raise TooSlow(host, _LOOK_UP_SECONDS) from error
            for address in addresses:
                self.guard.address(address, host)
        return url

    def post(self, url: str, body: bytes, headers: Iterable[tuple[str, str]]) -> Answer:
        """Send a body and read the beginning of the answer, whatever its status. Raises CannotPost."""
        sized = (("Content-Length", str(len(body))), *headers)
        with _in_words():
            wire = Wire(self.guard, self.resolve, self.context, self.agent)
            deadline = self._deadline(self.seconds)
            return wire.ask(self._canonical(url), deadline, _READ, cut=True, posted=Posted(body, sized))

    def _canonical(self, url: str) -> str:
        url = self.guard.url(url)
        if not url.startswith("https://") and not self.guard.loopback:
            raise NotOnTheWeb
        return url

    def _deadline(self, seconds: float) -> Deadline:
        return Deadline(seconds, self.clock) if self.clock else Deadline(seconds)


_INSIDE = Saying("The address is not on the public internet: nothing is sent there.")
_NOT_ON_THE_WEB = Saying(
    "The address must be that of a public host, with https and no port of its own: https://host/path."
)
_NO_HOST = Saying("DNS knows no such host.")
_SLOW = Saying("It took too long to answer.")
_UNREACHABLE = Saying("It could not be reached: %(why)s.")


@contextmanager
def _in_words() -> Iterator[None]:
    """Tell what went wrong on the way as somebody who runs the other end needs it."""
    try:
        yield
    except CannotFetch as error:
        raise CannotPost(_why(error), is_refused=isinstance(error, InsideAddress | NotOnTheWeb)) from error


def _why(error: CannotFetch) -> str:
    match error:
        case InsideAddress():
            return _INSIDE
        case NotOnTheWeb():
            return _NOT_ON_THE_WEB
        case NoSuchHost():
            return _NO_HOST
        case TooSlow():
            return _SLOW
        case Unreachable():
            return _UNREACHABLE % {"why": error.why}
        case _:
            return str(error)
