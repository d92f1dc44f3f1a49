"""One request and its answer: no redirects, no cookies, no proxies, no more bytes than allowed."""

import ssl
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpcore

from sources.fetching import errors
from sources.fetching.deadline import Deadline, OutOfTime, Resolve
from sources.fetching.errors import TooMuch, TooSlow, Unreachable
from sources.fetching.guard import PORTS, Guard
from sources.fetching.pinned import PinnedBackend
from sources.reading.errors import Bomb, Damaged
from sources.reading.unpacking import decoded

_ACCEPT = "text/html, application/xhtml+xml, application/pdf, text/plain, text/markdown;q=0.9, */*;q=0.1"
_MANY_HEADERS = 200


@dataclass(frozen=True)
class Answer:
    """What a server answered; `headers` by small names, the first of each."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Posted:
    """What is sent along with a request: its body, and the headers that tell of it."""

    body: bytes
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Wire:
    """How requests travel."""

    guard: Guard
    resolve: Resolve
    context: ssl.SSLContext
    agent: str

    def ask(
        self, url: str, deadline: Deadline, limit: int, *, cut: bool = False, posted: Posted | None = None
    ) -> Answer:
        """Ask for a canonical URL, or post to it. A body beyond `limit` bytes is refused; with `cut`, cut.

        The limit is one of the answer's, on the wire and unpacked. Raises CannotFetch.
        """
        parts = urlsplit(url)
        host = parts.hostname or ""
        headers = [*self._headers(parts.netloc), *(posted.headers if posted else ())]
        with _named_errors(host, deadline, limit), self._pool(deadline) as pool:
            method, content = ("POST", posted.body) if posted else ("GET", None)
            with pool.stream(method, _url_of(url), headers=headers, content=content) as response:
                told = _headers_of(response.headers, host)
                wire = _bounded(response.iter_stream(), limit, host, cut=cut)
                body = b"" if _is_redirect(response.status) else _body(wire, told, limit, cut=cut)
                return Answer(response.status, told, body)

    def _pool(self, deadline: Deadline) -> httpcore.ConnectionPool:
        backend = PinnedBackend(self.guard, self.resolve, deadline)
        return httpcore.ConnectionPool(ssl_context=self.context, network_backend=backend, max_keepalive_connections=0)

    def _headers(self, host: str) -> list[tuple[str, str]]:
        return [
            ("Host", host),
            ("User-Agent", self.agent),
            ("Accept", _ACCEPT),
            ("Accept-Encoding", "gzip, br"),
            ("Connection", "close"),
        ]


def _url_of(url: str) -> httpcore.URL:
    parts = urlsplit(url)
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return httpcore.URL(
        scheme=parts.scheme.encode(), host=host.encode(), port=parts.port or PORTS[parts.scheme], target=target.encode()
    )


def _headers_of(raw: Iterable[tuple[bytes, bytes]], host: str) -> dict[str, str]:
    listed = list(raw)
    if len(listed) > _MANY_HEADERS:
        raise Unreachable(host, errors.TOO_MANY_HEADERS)
    found: dict[str, str] = {}
    for name, value in listed:
        found.setdefault(name.decode("latin-1").lower(), _decoded(value).strip())
    return found


def _decoded(value: bytes) -> str:
    """A header's value: ASCII by the book, UTF-8 as servers write addresses in it, anything as bytes."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _is_redirect(status: int) -> bool:
    return 300 <= status < 400  # noqa: PLR2004  # HTTP's class of redirects


def _bounded(chunks: Iterable[bytes], limit: int, host: str, *, cut: bool) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit and not cut:
            raise TooMuch(host, limit)
        yield chunk
        if size > limit:
            return


def _body(wire: Iterator[bytes], headers: dict[str, str], limit: int, *, cut: bool) -> bytes:
    body = bytearray()
    for chunk in decoded(wire, headers.get("content-encoding", ""), sys.maxsize if cut else limit):
        body += chunk
        if len(body) > limit:
            if cut:
                return bytes(body[:limit])
            raise Bomb(limit)
    return bytes(body)


@contextmanager
def _named_errors(host: str, deadline: Deadline, limit: int) -> Iterator[None]:
    """Tell in a person's words what went wrong on the way."""
    try:
        yield
    except (OutOfTime, httpcore.TimeoutException) as error:
        raise TooSlow(host, deadline.seconds) from error
    except Bomb as error:
        raise TooMuch(host, limit) from error
    except Damaged as error:
        raise Unreachable(host, errors.BAD_PACKING) from error
    except httpcore.ConnectError as error:
        raise Unreachable(host, _why_no_connection(error)) from error
    except httpcore.ProtocolError as error:
        raise Unreachable(host, errors.BAD_ANSWER) from error
    except (httpcore.NetworkError, OSError) as error:
        raise Unreachable(host, errors.BROKEN_CONNECTION) from error


def _why_no_connection(error: Exception) -> str:
    if isinstance(error.__cause__, ssl.SSLError) or isinstance(error.__context__, ssl.SSLError):
        return errors.NO_TRUST
    return errors.NO_CONNECTION
