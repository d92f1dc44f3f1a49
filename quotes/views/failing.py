"""The page for faults of ours; and for a database that is away, full or read-only, which passes, so it says when."""

import sqlite3
import sys

from django.db import Error
from django.http import HttpRequest, HttpResponse
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


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 where the database can't do now what it could a moment ago, else 500. No query: it might fail too."""
    if not will_pass(sys.exc_info()[1]):
        return render(None, "500.html", status=500)
    answer = render(None, "503.html", {"sent": request.method not in {"GET", "HEAD"}}, status=503)
    answer["Retry-After"] = str(RETRY_AFTER)
    answer["Cache-Control"] = "no-store"
    return answer


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
