"""A site as it is run: gunicorn with settings of its own, somebody who publishes without end, and visitors."""

import http.cookiejar
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.clusters import until
from tests.environment import clean_environment

ROOT = Path(__file__).parent.parent.parent
PASSWORD = "a long enough secret"


@dataclass(frozen=True)
class Page:
    status: int
    text: str
    headers: dict[str, str]
    seconds: float


class Visitor:
    """A browser without a screen: it keeps cookies and follows redirects."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> Page:
        return self._open(path)

    def post(self, path: str, **fields: str) -> Page:
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', self.get(path).text)
        data = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token[1] if token else ""}).encode()
        return self._open(path, data)

    def _open(self, path: str, data: bytes | None = None) -> Page:
        headers = {"Referer": self.site + path}
        request = urllib.request.Request(self.site + path, data, headers)  # noqa: S310 - the site of this test
        started = time.monotonic()
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            text = answer.read().decode()
            return Page(answer.status, text, dict(answer.headers), time.monotonic() - started)


class Publisher:
    """What the one who publishes was told so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.acknowledged: list[str] = []
        self.failures: list[str] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            (self.failures if line.startswith("failed:") else self.acknowledged).append(line.strip())

    def goes_on(self, more: int = 5, seconds: float = 20) -> None:
        """Wait until so many more are acknowledged."""
        before = len(self.acknowledged)
        until(lambda: len(self.acknowledged) >= before + more, seconds, f"publishing goes on; {self.failures[-1:]}")

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
        self.reader.join(timeout=20)
        if self.process.stdout:
            self.process.stdout.close()


class Site:
    """The settings of one site, and what is run with them."""

    def __init__(self, folder: Path, **settings: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        public = {"DEBUG": "false", "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": self.address}
        variables = {"VAR_DIR": str(folder), "PORT": str(port), "DATABASE_POOL": "true", **public, **settings}
        self.environment = {**clean_environment(**variables), "DJANGO_SETTINGS_MODULE": "config.settings"}
        self.log = folder / "gunicorn.log"

    def manage(self, *command: str) -> str:
        """Run a command of manage.py; return what it printed."""
        done = self.tried(*command)
        done.check_returncode()
        return done.stdout

    def collect(self) -> None:
        """Make its files ready to be served, but those of the API's documentation, which take half a minute."""
        self.manage("collectstatic", "--noinput", "--verbosity=0", "--ignore=redoc", "--ignore=swagger-ui*")

    def tried(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command of manage.py, however it ends."""
        command = (sys.executable, "manage.py", *command)
        environment = {**self.environment, "DATABASE_POOL": "false"}
        return subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)

    @contextmanager
    def served(self) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"]
        with self.log.open("w") as log:
            server = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        try:
            until(self._answers, 30, f"gunicorn answers; see {self.log}")
            yield server
        finally:
            server.terminate()
            server.wait(timeout=30)

    def _answers(self) -> bool:
        try:
            return Visitor(self.address).get("/healthz").status == 200
        except OSError:
            return False

    @contextmanager
    def publishing(self) -> Iterator[Publisher]:
        command = [sys.executable, "-m", "tests.publishing"]
        environment = {**self.environment, "DATABASE_POOL": "false"}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        publisher = Publisher(process)
        try:
            yield publisher
        finally:
            publisher.end()
