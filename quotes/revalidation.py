"""What tells a client that its copy is still good: entity tags, and the one tiny query that they cost.

A page's tag is weak: it is made of what moves the page, not of its bytes. An export's is strong: the stored hash, the
format and the code say every byte. The code is digested once a process, so that each deployment renews every copy.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from quotes.models import Revision, Statement
from quotes.versions import Shown, latest_number

_SOURCES = ("templates", "static", "quotes", "sources", "config")
_KINDS = (".py", ".html", ".css", ".js", ".svg", ".txt")
_STATE = Statement.State


@dataclass(frozen=True)
class Mark:
    """What moves the page and the exports of a version."""

    pid: str
    state: str
    touched: int
    latest: int
    number: int
    sha256: str


def mark_of(shown: Shown) -> Mark:
    """The mark of what was just read. No query."""
    statement, revision = shown.statement, shown.revision
    return Mark(statement.pid, statement.state, statement.touched, shown.latest, revision.number, revision.sha256)


def mark(pid: str, number: int | None = None) -> Mark | None:
    """The mark of version `number`, or the latest, where its page would answer 200. One query, which reads no words.

    What was merged into a statement that is then removed has blank versions too, but stays merged.
    """
    states = [_STATE.PUBLISHED, _STATE.RETRACTED, *([_STATE.MERGED] if number is not None else [])]
    revisions = Revision.objects.filter(statement__pid=pid, statement__state__in=states).exclude(body="")
    asked = revisions.filter(number=number) if number is not None else revisions.order_by("-number")
    fields = ("statement__pid", "statement__state", "statement__touched", "latest", "number", "sha256")
    row = asked.annotate(latest=latest_number()).values_list(*fields).first()
    return Mark(*row) if row else None


def page_tag(known: Mark) -> str:
    """The weak entity tag of a page for anonymous readers."""
    return f'W/"{_digest(known, get_language(), code())}"'


def export_tag(known: Mark, suffix: str, *, versioned: bool) -> str:
    """The strong entity tag of an export; the latest version's moves with the statement, for it may tell its state."""
    moved = () if versioned else (known.state, known.touched)
    return f'"{_digest(known.sha256, suffix, code(), *moved)}"'


def code() -> str:
    """A digest of all that pages and exports are made by. While somebody works on it, it is never kept."""
    return _code.__wrapped__() if settings.DEBUG else _code()


@cache
def _code() -> str:
    digest = hashlib.sha256(f"{settings.SITE_URL} {settings.RECORD_LICENCE}".encode())
    for path in _files(settings.BASE_DIR):
        digest.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(root: Path) -> list[Path]:
    return sorted(path for name in _SOURCES for path in (root / name).rglob("*") if path.suffix in _KINDS)


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
