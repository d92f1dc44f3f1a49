"""Reading settings from the environment: a value that is missing or wrong ends the program with one line."""

import base64
import os
import re
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

import environ

T = TypeVar("T")

REQUIRED: Any = object()
SQLITE = "django.db.backends.sqlite3"


def refuse(problem: str) -> NoReturn:
    sys.exit(f"On Record can't start: {problem}. Every setting is described in docs/settings.md.")


def setting(name: str, read: Callable[[str], T], default: T = REQUIRED) -> T:
    """Return the environment variable `name` as `read` understands it; an empty one counts as absent."""
    value = os.environ.get(name, "").strip()
    if not value and default is REQUIRED:
        refuse(f"{name} is missing, and it has no default when DEBUG is false")
    if not value:
        return default
    try:
        return read(value)
    except ValueError as error:
        refuse(f"{name} {error}")


def boolean(value: str) -> bool:
    if value.lower() not in {"true", "false", "1", "0", "yes", "no", "on", "off"}:
        raise ValueError(f"is {value!r}, but takes true or false")
    return value.lower() in {"true", "1", "yes", "on"}


def number(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise ValueError(f"is {value!r}, but takes a whole number")
    return int(value)


def positive(value: str) -> int:
    if number(value) < 1:
        raise ValueError(f"is {value!r}, but takes at least 1")
    return number(value)


def port(value: str) -> int:
    if not 0 < number(value) < 65536:
        raise ValueError(f"is {value!r}, but a port lies between 1 and 65535")
    return number(value)


def names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]


def folder(value: str) -> Path:
    path = Path(value).resolve()
    if path.exists() and not path.is_dir():
        raise ValueError(f"is {value!r}, which isn't a folder")
    return path


def key(value: str) -> str:
    if len(value) < 50:
        raise ValueError(f"has {len(value)} characters, but takes at least 50 random ones")
    return value


def random_key(value: str) -> str:
    try:
        seed = base64.b64decode(value, validate=True)
    except ValueError:
        seed = b""
    if len(seed) != 32:
        # The value is secret: it's never printed.
        raise ValueError("isn't a key: it takes 32 random bytes in base64")
    return value


def log_level(value: str) -> str:
    if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
        raise ValueError(f"is {value!r}, but takes DEBUG, INFO, WARNING, ERROR or CRITICAL")
    return value.upper()


def log_format(value: str) -> str:
    if value.lower() not in {"json", "text"}:
        raise ValueError(f"is {value!r}, but takes json or text")
    return value.lower()


def who_needs_a_factor(value: str) -> str:
    if value.lower() not in {"none", "publishers", "everyone"}:
        raise ValueError(f"is {value!r}, but takes none, publishers or everyone")
    return value.lower()


def web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"is {value!r}, but takes an address like https://record.example")
    return value


def origin(value: str) -> str:
    """Return a scheme and host; permalinks are this plus a path, so a path here would break every one of them."""
    parts = urlsplit(web_address(value))
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError(f"is {value!r}, but takes a scheme and a host alone, like https://record.example")
    return value.rstrip("/")


def database(value: str) -> dict[str, Any]:
    scheme, separator, rest = value.partition("://")
    if scheme not in {"sqlite", "postgres", "postgresql"} or not separator or not rest:
        # The value may hold a password: it's never printed.
        raise ValueError("isn't a database address like postgres://user:password@host:5432/name or sqlite:////path")
    try:
        found = dict(environ.Env.db_url_config(value))
    except (ValueError, environ.ImproperlyConfigured):
        found = {}
    if not found.get("NAME"):
        raise ValueError("doesn't name a database: check its host, port and name")
    return found


def cache_address(value: str) -> str:
    """Return the address of a Redis, as its client takes it: what speaks for a Valkey speaks to it alike."""
    scheme, separator, rest = value.partition("://")
    known = {"redis": "redis", "rediss": "rediss", "valkey": "redis", "valkeys": "rediss", "unix": "unix"}
    if scheme not in known or not separator or not rest:
        # The value may hold a password: it's never printed.
        raise ValueError("isn't an address like redis://host:6379/0 or valkey://:password@host:6379/0")
    return f"{known[scheme]}://{rest}"


def mail_server(value: str) -> dict[str, Any]:
    """Return Django's settings of a mail server."""
    scheme, separator, _ = value.partition("://")
    known = {"smtp": "smtp", "smtps": "smtp+ssl", "smtp+tls": "smtp+tls", "smtp+ssl": "smtp+ssl"}
    if scheme == "console" and separator:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    found = environ.Env.email_url_config(f"{known[scheme]}://{value.partition('://')[2]}") if scheme in known else {}
    if not found.get("EMAIL_HOST"):
        # The value may hold a password: it's never printed.
        raise ValueError("isn't an address like smtp+tls://user:password@host:587, smtps://host:465 or console://")
    found["EMAIL_PORT"] = found.get("EMAIL_PORT") or {"smtp+ssl": 465, "smtp+tls": 587}.get(known[scheme], 25)
    return {name: given for name, given in found.items() if name.startswith("EMAIL_") and name != "EMAIL_FILE_PATH"}


def mail_address(value: str) -> str:
    if not re.fullmatch(r"(?:[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)", value):
        raise ValueError(f"is {value!r}, but takes an address like record@record.example")
    return value


def replicas(value: str) -> list[dict[str, Any]]:
    # A comma may also stand between the hosts of one address.
    found = [database(address) for address in re.split(r",\s*(?=[a-z]+://)", value)]
    if any(each["ENGINE"] == SQLITE for each in found):
        raise ValueError("names a SQLite file, but takes addresses of PostgreSQL's replicas")
    return found


def kept_key(path: Path) -> str:
    """Return the key kept in a file, made on first use, so that sessions outlive a restart."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        # Two first starts at once must agree on one key: a link, unlike a rename, never replaces a file.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()
