"""A web of one's own on this machine: sites that behave, and sites that don't."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sources.fetching import Fetcher, Limits
from sources.fetching.guard import Guard

Answering = Callable[[BaseHTTPRequestHandler], None]
LOOPBACK = "127.0.0.1"
AGENT = "OnRecord/test (+https://record.example/about/)"


class Site(ThreadingHTTPServer):
    """Answers each path as it is told to; every other with 404."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        super().__init__((LOOPBACK, 0), _Handler)
        self.scheme = "https" if context else "http"
        self.paths: dict[str, Answering] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.release = threading.Event()
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def url(self, path: str = "/article", host: str = "daily.example") -> str:
        return f"{self.scheme}://{host}:{self.server_port}{path}"

    def says(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> str:
        """Answer `path` with a body; two underscores in no header's name: Content_Type stands for Content-Type."""
        self.paths[path] = answer(body.encode() if isinstance(body, str) else body, status, **headers)
        return self.url(path)

    def redirects(self, path: str, target: str, status: int = 302) -> str:
        return self.says(path, b"", status, Location=target)

    def does(self, path: str, raw: Callable[["Site", Any], None]) -> str:
        """Leave the answer to `path` to a function that writes its bytes itself."""

        def write(handler: BaseHTTPRequestHandler) -> None:
            handler.close_connection = True
            raw(self, handler.wfile)

        self.paths[path] = write
        return self.url(path)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that hang up are what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:  # the library's name
        self.server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        self.server.paths.get(self.path, answer(b"Not found", 404))(self)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *parts: Any) -> None:
        """Say nothing."""


def answer(body: bytes, status: int = 200, **headers: str) -> Answering:
    def write(handler: BaseHTTPRequestHandler) -> None:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.send_response(status)
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | told).items():
            handler.send_header(name, value)
        if "Content-Length" not in told:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return write


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    site = Site(context)
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.release.set()
        site.shutdown()
        site.server_close()
        thread.join()


def to_loopback(host: str, port: int) -> list[str]:
    """Every name of this web is this machine, but those that are addresses."""
    return [host] if host.replace(".", "").isdigit() or ":" in host else [LOOPBACK]


def fetcher(**options: Any) -> Fetcher:
    """A fetcher that may talk to this machine, within a short time."""
    limits = Limits(**{"seconds": 5, **options.pop("limits", {})})
    given = {"guard": Guard(loopback=True), "resolve": to_loopback, "agent": AGENT, "limits": limits}
    return Fetcher(**{**given, **options})
