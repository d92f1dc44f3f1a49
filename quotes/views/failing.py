"""The page for faults of ours; and for a database that is away, full or read-only, which passes, so it says when.

What was sent in a form stands on that page, to be sent again: nothing that somebody wrote is lost.
"""

import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.request import UnreadablePostError
from django.shortcuts import render

RETRY_AFTER = 30

# SQLSTATE's beginnings: no connection, no room or connections left, the server is ending or starting, its disk fails.
_PASSING_STATES = ("08", "53", "57P", "58")
_READ_ONLY = "25006"
_PASSING_CODES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
}
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
_SHORT = 60


@dataclass(frozen=True)
class Sent:
    """A field of a form that could not be kept."""

    name: str
    value: str

    @property
    def is_long(self) -> bool:
        """Whether somebody wrote it, as far as one can tell."""
        return self.name != "csrfmiddlewaretoken" and (len(self.value) > _SHORT or "\n" in self.value)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 where the database can't do now what it could a moment ago, else 500. No query: it might fail too."""
    passes = will_pass(sys.exc_info()[1])
    status = HTTPStatus.SERVICE_UNAVAILABLE if passes else HTTPStatus.INTERNAL_SERVER_ERROR
    answer = _problem(status) if request.path.startswith(settings.API_PATH) else _page(request, status)
    if passes:
        answer["Retry-After"] = str(RETRY_AFTER)
        answer["Cache-Control"] = "no-store"
    return answer


def _problem(status: HTTPStatus) -> HttpResponse:
    """For programs (RFC 9457)."""
    told = "Something broke on our side."
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        told = "The record can’t be read or written to for the moment. Ask again later: nothing of this was kept."
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": told}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    if status != HTTPStatus.SERVICE_UNAVAILABLE:
        return render(None, "500.html", status=status)
    context = {"sent": request.method not in {"GET", "HEAD"}, "address": request.get_full_path()}
    context["fields"] = list(_sent(request)) if context["sent"] else []
    context["has_files"] = bool(context["fields"] and request.FILES)
    return render(None, "503.html", context, status=status)


def _sent(request: HttpRequest) -> Iterator[Sent]:
    """The fields of a form, to be sent again; nothing of one with a password in it."""
    try:
        posted = request.POST if request.content_type in _FORMS else QueryDict()
    except (UnreadablePostError, SuspiciousOperation, BadRequest):
        return
    if not any("password" in name for name in posted):
        yield from (Sent(name, value) for name, values in posted.lists() for value in values)


def will_pass(error: BaseException | None) -> bool:
    """Whether an error of Django's speaks of the database's condition, and not of what was asked of it."""
    if not isinstance(error, Error):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorcode & 0xFF in _PASSING_CODES
    state = getattr(cause, "sqlstate", None)
    # PostgreSQL's driver says nothing where it reached no server.
    return state is None or state == _READ_ONLY or state.startswith(_PASSING_STATES)
