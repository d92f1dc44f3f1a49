"""Every request gets an id, is counted, and is told in the log when it is answered."""

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from config import metrics
from config.logs import current_request

HEADER = "X-Request-ID"
log = logging.getLogger("onrecord.requests")
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
_AS_COPIES = {200, 304}


class Observed:
    """Middleware, the first of all: what is answered below it is measured, whoever answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, with the id of its request."""
        name = id_of(request)
        token = current_request.set(name)
        try:
            began = time.perf_counter()
            with counting() as queries:
                response = self.get_response(request)
            note(request, response, time.perf_counter() - began, queries.count)
        finally:
            current_request.reset(token)
        response.headers[HEADER] = name
        return response


def id_of(request: HttpRequest) -> str:
    """The id that a trusted proxy gave the request, else a new one."""
    given = request.headers.get(HEADER, "") if settings.TRUSTED_PROXY_COUNT else ""
    return given if _ID.fullmatch(given) else secrets.token_hex(16)


class Queries:
    """How many were asked."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *asked: Any) -> Any:
        """Count one, whatever becomes of it."""
        self.count += 1
        return execute(*asked)


@contextmanager
def counting() -> Iterator[Queries]:
    """Count this thread's queries, whichever server they go to."""
    queries = Queries()
    # What `execute_wrapper` does, for every request and so without its detours.
    wrappers = [connections[alias].execute_wrappers for alias in settings.DATABASES]
    for each in wrappers:
        each.append(queries)
    try:
        yield queries
    finally:
        for each in wrappers:
            each.remove(queries)


def note(request: HttpRequest, response: HttpResponseBase, seconds: float, queries: int) -> None:
    """Count a request, and tell it where requests are logged."""
    route, status = route_of(request), response.status_code
    method = request.method if request.method in _METHODS else "OTHER"
    metrics.note(route, method, status, seconds, queries)
    kept = _from_copy(request, response, route)
    if kept is not None:
        metrics.COPIES.labels("copy" if kept else "made").inc()
    if not kept and _searches(request):
        metrics.SEARCHES.observe(seconds)
    if settings.LOG_REQUESTS:
        facts = {
            "route": route,
            "method": method,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "queries": queries,
            "copy": bool(kept),
        }
        log.info("answered", extra={"facts": facts})


def _searches(request: HttpRequest) -> bool:
    """Whether words are looked for; an address of more parameters than are read looks for none."""
    try:
        return "q" in request.GET
    except SuspiciousOperation:
        return False


def route_of(request: HttpRequest) -> str:
    """The name of what answered; where nothing below was asked, of what would have."""
    match = request.resolver_match
    return match.view_name if match else _named(request.path_info)


@lru_cache(maxsize=4096)
def _named(path: str) -> str:
    if path.startswith(settings.STATIC_URL):
        return "static"
    try:
        return resolve(path).view_name
    except Resolver404:
        return "none"


def _from_copy(request: HttpRequest, response: HttpResponseBase, route: str) -> bool | None:
    """Whether a public page was answered from a copy; None of what has none."""
    if request.resolver_match is None:
        return True if response.status_code in _AS_COPIES and route not in ("static", "none") else None
    return False if getattr(request.resolver_match.func, "tagged_by", "") else None
