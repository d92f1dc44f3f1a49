"""How often one network or one account may do what takes work: one count for all of it, in Django's cache.

Where that cache is each process's own, each process counts for itself; a cache that is away closes the record to
nobody. Windows of time begin at the same moment for all.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from quotes.addresses import address_key, client_address
from quotes.numbers import grouped

MINUTE, HOUR = 60, 60 * 60
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Allowance:
    """What may still be done until the window ends; `limit` is 0 where there is none."""

    limit: int
    used: int
    resets_in: int

    @property
    def is_exceeded(self) -> bool:
        """Whether this one was too many."""
        return bool(self.limit) and self.used > self.limit

    @property
    def headers(self) -> dict[str, str]:
        """The allowance as headers tell it."""
        if not self.limit:
            return {}
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "RateLimit-Reset": str(self.resets_in),
        }

    def put_on(self, response: HttpResponse) -> None:
        """Tell it beside an answer."""
        for name, value in self.headers.items():
            response[name] = value


class TooMany(Exception):
    """The share is used up; `wait` is how many seconds until there is a new one."""

    def __init__(self, told: str, wait: int, headers: dict[str, str] | None = None) -> None:
        self.wait = max(1, wait)
        self.headers = {"Retry-After": str(self.wait), **(headers or {})}
        super().__init__(told)


def counted(what: str, who: str, limit: int, window: int = MINUTE) -> Allowance:
    """Count one more of something for somebody, of whom a keyed hash is kept."""
    if not limit:
        return Allowance(0, 0, 0)
    now = time.time()
    key = f"{what.replace(' ', '-')}-{int(now // window)}-{address_key(who)}"
    return Allowance(limit, _count(key, 2 * window), math.ceil(window - now % window))


def spend(what: str, who: str, limit: int, window: int = MINUTE) -> Allowance:
    """Count one more. Raises TooMany past the limit; a limit of 0 is none."""
    allowance = counted(what, who, limit, window)
    if allowance.is_exceeded:
        raise TooMany(_refusal(limit, window), allowance.resets_in, allowance.headers)
    return allowance


def _refusal(limit: int, window: int) -> str:
    shown = {"limit": grouped(limit)}
    if window == MINUTE:
        return gettext("At most %(limit)s such requests a minute are taken from one network or account.") % shown
    return gettext("At most %(limit)s such requests an hour are taken from one network or account.") % shown


def whose(request: HttpRequest) -> str:
    """Who is counted: the account where somebody is signed in, else the network."""
    is_known = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    return f"account {request.user.pk}" if is_known else client_address(request)


def limited(what: str) -> Callable[[View], View]:
    """Let a view that searches or filters be asked SEARCHES_PER_MINUTE times by one network or account.

    What is answered from a copy counts for nothing, and neither does an address without parameters.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.GET:
                try:
                    spend(what, whose(request), settings.SEARCHES_PER_MINUTE)
                except TooMany as refusal:
                    return too_many(request, refusal)
            return view(request, *args, **kwargs)

        return answer

    return decorate


def too_many(request: HttpRequest, refusal: TooMany) -> HttpResponse:
    """The page that says when to come back."""
    context = {"told": str(refusal), "wait": refusal.wait}
    return refused(render(request, "too_many.html", context), refusal)


def refused(response: HttpResponse, refusal: TooMany) -> HttpResponse:
    """The answer as one to somebody who must wait: its status and headers."""
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    for name, value in refusal.headers.items():
        response[name] = value
    response["Cache-Control"] = "no-store"
    return response


def _count(key: str, seconds: int) -> int:
    try:
        cache.add(key, 0, seconds)
        return int(cache.incr(key))
    except (ValueError, OSError):
        # Pushed out of a full cache between the two lines, or the shared cache is away: that closes the record to none.
        return 1
