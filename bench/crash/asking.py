"""Asking a site that may be away: every request ends with an answer or with none, and is noted as that."""

import http.client
import http.cookies
import json
import time
import urllib.parse
from dataclasses import dataclass, field
from typing import Any

import lxml.html

from bench.crash.told import Told

TIMEOUT = 40


@dataclass(frozen=True)
class Answer:
    """A status, a body, and where it leads."""

    status: int
    body: bytes
    location: str = ""

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Asker:
    """A client with cookies. Each request has a connection of its own: what breaks, breaks one request."""

    port: int
    told: Told
    cookies: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer | None:
        """The answer; None where the connection broke, so that nobody knows whether it was done."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named |= {"Host": f"127.0.0.1:{self.port}", "Referer": f"http://127.0.0.1:{self.port}{path}"}
        if self.cookies:
            named["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            connection.request(method, path, body, named)
            got = connection.getresponse()
            answer = Answer(got.status, got.read(), got.headers.get("Location", ""))
        except (OSError, http.client.HTTPException) as error:
            self.told.answered("refused" if isinstance(error, ConnectionRefusedError) else "broken")
            time.sleep(0.2)
            return None
        finally:
            connection.close()
        self._keep(got.headers.get_all("Set-Cookie") or [])
        strange = answer.status >= 400 and answer.status != 503
        self.told.answered(f"{answer.status} {method} {path}" if strange else str(answer.status))
        return answer

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                self.cookies[name] = morsel.value

    def get(self, path: str) -> Answer | None:
        return self.send("GET", path)

    def form(self, path: str, having: str) -> dict[str, str] | None:
        """What the form with a field of that name would send from a page; None where it can't be had."""
        page = self.get(path)
        if page is None or page.status != 200:
            return None
        for found in lxml.html.fromstring(page.body).forms:
            if having in found.fields:
                return {name: str(value) for name, value in found.form_values()}
        return None

    def fill(self, path: str, having: str, **typed: str) -> Answer | None:
        """Fill a page's form in and send it, once. None where nobody knows what came of it."""
        fields = self.form(path, having)
        if fields is None:
            return None
        body = urllib.parse.urlencode({**fields, **{name.replace("__", "-"): value for name, value in typed.items()}})
        return self.send("POST", path, body.encode(), Content_Type="application/x-www-form-urlencoded")

    def upload(self, path: str, name: str, data: bytes) -> Answer | None:
        """Send a file by the form of a page."""
        fields = self.form(path, "file")
        if fields is None:
            return None
        bound = "a-boundary-that-no-file-has"
        parts = [
            f'--{bound}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
            if key != "file"
        ]
        head = f'--{bound}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), data, f"\r\n--{bound}--\r\n".encode()])
        return self.send("POST", path, body, Content_Type=f"multipart/form-data; boundary={bound}")
