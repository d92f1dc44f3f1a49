"""What tells a client that its copy is still good: entity tags, and the one tiny query that they cost.

A page's tag is weak: it is made of what moves the page, not of its bytes. An export's is strong: the stored hash, the
format and the code say every byte, and for what tells the present, what moves that, and the day. The code is digested
once a process, so that each deployment renews every copy.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from quotes.epoch import epoch_of
from quotes.models import Revision, Statement
from quotes.models.log import logged_at
from quotes.versions import Shown, latest_number

PUBLIC, PRIVATE = "public, max-age=0, must-revalidate", "private, no-store"
_SOURCES = ("templates", "static", "quotes", "sources", "config")
_KINDS = (".py", ".html", ".css", ".js", ".svg", ".txt", ".mo")
_STATE = Statement.State
View = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Mark:
    """What moves the pages and the exports of a version."""

    pid: str
    state: str
    touched: int
    latest: int
    number: int
    sha256: str
    logged_at: dt.datetime | None


def mark_of(shown: Shown) -> Mark:
    """The mark of what was just read. No query."""
    statement, revision = shown.statement, shown.revision
    which = (shown.latest, revision.number, revision.sha256)
    return Mark(statement.pid, statement.state, statement.touched, *which, shown.logged_at)


def mark(pid: str, number: int | None = None, *, even_merged: bool = False) -> Mark | None:
    """The mark of version `number`, or the latest, where its page would answer 200. One query, which reads no words.

    The versions of a statement that was merged away answer, and so do its lists (`even_merged`). What was merged into
    a statement that is then removed has blank versions too, but stays merged.
    """
    merged = [_STATE.MERGED] if even_merged or number is not None else []
    states = [_STATE.PUBLISHED, _STATE.RETRACTED, *merged]
    revisions = Revision.objects.filter(statement__pid=pid, statement__state__in=states).exclude(body="")
    asked = revisions.filter(number=number) if number is not None else revisions.order_by("-number")
    fields = ("statement__pid", "statement__state", "statement__touched", "latest", "number", "sha256", "logged_at")
    row = asked.annotate(latest=latest_number(), logged_at=logged_at()).values_list(*fields).first()
    return Mark(*row) if row else None


def page_tag(known: Mark, *parts: object) -> str:
    """The weak entity tag of a page for anonymous readers; `parts` say which page it is, and what else moves it."""
    return f'W/"{_digest(known, get_language(), code(), *parts)}"'


def export_tag(known: Mark, suffix: str, *, today: dt.date | None) -> str:
    """The strong entity tag of an export: frozen without `today`, else moved by the statement and by the day."""
    moved = () if today is None else (known.state, known.touched, today)
    return f'"{_digest(known.sha256, suffix, code(), *moved)}"'


def epoch_tag(request: HttpRequest, *parts: object) -> str:
    """The weak entity tag of what any public change may change; `parts` tell answers apart. At most one query."""
    return f'W/"{_digest(epoch_of(request), get_language(), code(), *parts)}"'


def code_tag(*parts: object) -> str:
    """The weak entity tag of what only a release changes, or another setting. No query."""
    return f'W/"{_digest(get_language(), code(), *parts)}"'


def content_tag(response: HttpResponse) -> str:
    """The weak entity tag of an answer by its bytes, for what nothing cheaper tells the age of."""
    return f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'


def is_personal(request: HttpRequest) -> bool:
    """Whether a page is for one reader alone: they are signed in, or about to be told something."""
    return request.user.is_authenticated or len(get_messages(request)) > 0


def by_release(view: View) -> View:
    """Let everybody keep a page that only a release changes, or another setting. No query for visitors."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if is_personal(request):
            return view(request)
        tag = code_tag(request.get_full_path())
        return unchanged(request, tag) or keep(view(request), tag)

    return answer


def by_mark(
    request: HttpRequest, typed: str, make: Callable[[], HttpResponse], *parts: object, even_merged: bool = False
) -> HttpResponse:
    """A page of one statement, which `make` makes: private for whom it is personal, tagged by the mark for visitors.

    One query where the copy that a visitor has is still good, else one beside those of `make`. `parts`: see `page_tag`.
    """
    if is_personal(request):
        response = make()
        response["Cache-Control"] = PRIVATE
        return response
    known = mark(typed, even_merged=even_merged)
    tag = page_tag(known, *parts) if known else ""
    if known and (same := unchanged(request, tag)):
        return same
    response = make()
    return keep(response, tag) if known and response.status_code == HTTPStatus.OK else response


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """A 304 where the copy that a client names is still good."""
    if "If-None-Match" not in request.headers:
        return None
    response = get_conditional_response(request, etag=tag)
    return keep(response, tag) if response is not None else None


def keep(response: HttpResponse, tag: str) -> HttpResponse:
    """Let everybody keep an answer, and ask each time whether it is still good, so that banners and removals appear."""
    response["ETag"], response["Cache-Control"] = tag, PUBLIC
    return response


def code() -> str:
    """A digest of all that pages and exports are made by. While somebody works on it, it is never kept."""
    return _code.__wrapped__() if settings.DEBUG else _code()


@cache
def _code() -> str:
    told = (settings.SITE_URL, settings.RECORD_LICENCE, settings.OPERATOR_NAME, settings.CONTACT_EMAIL)
    digest = hashlib.sha256(repr(told).encode())
    for path in _files(settings.BASE_DIR):
        digest.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(root: Path) -> list[Path]:
    return sorted(path for name in _SOURCES for path in (root / name).rglob("*") if path.suffix in _KINDS)


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
