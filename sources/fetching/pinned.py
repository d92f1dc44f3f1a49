"""Connections that go to the very address that was checked, and that end with their deadline."""

import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import certifi
import httpcore

from sources.fetching.deadline import Deadline, Resolve, within
from sources.fetching.errors import NoSuchHost
from sources.fetching.guard import Guard

_PER_STEP = 10.0


def trusted() -> ssl.SSLContext:
    """Certificates are checked against this machine's authorities and the ones that browsers trust."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class PinnedBackend(httpcore.SyncBackend):
    """Resolves a name once, checks every address it has, and connects to one of these; the name is never asked again.

    Certificates and the Host header are those of the name: httpcore takes them from the URL, not from here.
    """

    def __init__(self, guard: Guard, resolve: Resolve, deadline: Deadline) -> None:
        super().__init__()
        self.guard, self.resolve, self.deadline = guard, resolve, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  # the deadline knows better
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to `host`. Raises InsideAddress, NoSuchHost, OutOfTime, httpcore.ConnectError."""
        addresses = self._checked(host, port)
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port, local_address, socket_options)

    def _connect(self, address: str, port: int, *rest: Any) -> httpcore.NetworkStream:
        stream = super().connect_tcp(address, port, self.deadline.left(_PER_STEP), *rest)
        return TimedStream(stream, self.deadline)

    def _checked(self, host: str, port: int) -> list[str]:
        """The host's addresses. One that is closed closes the name: who mixes them means harm."""
        try:
            addresses = within(self.deadline, self.resolve, host.strip("[]"), port)
        except (OSError, UnicodeError) as error:
            raise NoSuchHost(host) from error
        if not addresses:
            raise NoSuchHost(host)
        for address in addresses:
            self.guard.address(address, host)
        return addresses


@dataclass
class TimedStream(httpcore.NetworkStream):
    """A stream of which each step takes no longer than what is left of the whole."""

    stream: httpcore.NetworkStream
    deadline: Deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  # the deadline knows better
        """Read some bytes. Raises OutOfTime."""
        return self.stream.read(max_bytes, self.deadline.left(_PER_STEP))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002  # likewise
        """Write all bytes. Raises OutOfTime."""
        self.stream.write(buffer, self.deadline.left(_PER_STEP))

    def close(self) -> None:
        """Close the connection."""
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on over TLS; the certificate must be the host's. Raises OutOfTime."""
        del timeout
        secured = self.stream.start_tls(ssl_context, server_hostname, self.deadline.left(_PER_STEP))
        return TimedStream(secured, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the stream knows of itself."""
        return self.stream.get_extra_info(info)
