"""Fetching pages from the web without becoming a way into the network that the record runs in.

http and https on their own ports; no address that is not on the public internet, also after DNS and after redirects,
and each connection goes to the address that was checked; limits on size (on the wire and unpacked), time and
redirects; robots.txt is honoured; the User-Agent says who asks. Proxies of the environment are not used: they would
connect to what was never checked.
"""

import ssl
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from sources.fetching import errors
from sources.fetching.deadline import Clock, Deadline, Resolve, resolve
from sources.fetching.errors import (
    CannotFetch,
    NotOnTheWeb,
    PageGone,
    PageRefused,
    SiteUnwell,
    TooManyRedirects,
)
from sources.fetching.exchange import Answer, Wire
from sources.fetching.guard import Guard
from sources.fetching.pinned import trusted
from sources.fetching.robots import LIMIT as ROBOTS_LIMIT
from sources.fetching.robots import Robots

__all__ = ["CannotFetch", "Fetched", "Fetcher", "Limits"]

_GONE = (404, 410)
_BUSY = 429
_SERVER_ERROR = 500
_CLIENT_ERROR = 400
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Limits:
    """The most of each for one page, its redirects and robots.txt included."""

    bytes_: int = 10_000_000
    seconds: float = 20.0
    redirects: int = 5


@dataclass(frozen=True)
class Fetched:
    """A page as it was served: `url` is canonical, where the redirects ended; `body` has no content coding any more."""

    url: str
    status: int
    body: bytes = field(repr=False)
    media_type: str = ""
    charset: str = ""
    language: str = ""


@cache
def _context() -> ssl.SSLContext:
    return trusted()


@dataclass
class Fetcher:
    """Fetches the pages of one run; the rules of robots.txt are kept for as long as it lives.

    The defaults are what production uses; tests give a guard, a resolver, a clock or certificates of their own.
    """

    limits: Limits = field(default_factory=Limits)
    guard: Guard = field(default_factory=lambda: Guard(loopback=settings.FETCH_LOOPBACK))
    resolve: Resolve = resolve
    clock: Clock | None = None
    context: ssl.SSLContext = field(default_factory=_context)
    agent: str = field(default_factory=lambda: settings.USER_AGENT)
    robots: Robots = field(default_factory=Robots)

    def fetch(self, url: str) -> Fetched:
        """The page at `url`, redirects followed. Raises CannotFetch."""
        deadline = Deadline(self.limits.seconds, self.clock) if self.clock else Deadline(self.limits.seconds)
        url = self.guard.url(url)
        for _ in range(self.limits.redirects + 1):
            self.robots.check(url, lambda address: self._ask_for_rules(address, deadline))
            answer = self._wire.ask(url, deadline, self.limits.bytes_)
            if answer.status not in _REDIRECTS:
                return _fetched(url, answer)
            url = self._next(url, answer)
        raise TooManyRedirects(self.limits.redirects)

    @property
    def _wire(self) -> Wire:
        return Wire(self.guard, self.resolve, self.context, self.agent)

    def _next(self, url: str, answer: Answer) -> str:
        """Where a redirect leads, checked like the first address. Raises NotOnTheWeb, PageRefused."""
        location = answer.headers.get("location", "")
        if not location:
            raise PageRefused(answer.status)
        try:
            return self.guard.url(urljoin(url, location))
        except ValueError as error:
            raise NotOnTheWeb(errors.NO_REDIRECT) from error

    def _ask_for_rules(self, url: str, deadline: Deadline) -> Answer:
        """robots.txt, redirects followed. Raises CannotFetch."""
        for _ in range(self.limits.redirects + 1):
            answer = self._wire.ask(url, deadline, ROBOTS_LIMIT, cut=True)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer
            url = self._next(url, answer)
        # By RFC 9309, rules that hide behind too many redirects are none.
        return Answer(404, {}, b"")


def _fetched(url: str, answer: Answer) -> Fetched:
    _check_status(answer.status)
    media_type, _, rest = answer.headers.get("content-type", "").partition(";")
    charset = rest.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    language = answer.headers.get("content-language", "")
    return Fetched(url, answer.status, answer.body, media_type.strip().lower(), charset, language)


def _check_status(status: int) -> None:
    if status in _GONE:
        raise PageGone(status)
    if status >= _SERVER_ERROR or status == _BUSY:
        raise SiteUnwell(status)
    if status >= _CLIENT_ERROR or not 200 <= status < 300:  # noqa: PLR2004  # HTTP's class of success
        raise PageRefused(status)


def host_of(url: str) -> str:
    """The host that politeness is owed to."""
    return urlsplit(url).hostname or ""
