"""How often somebody may try a password: a delay that grows with each attempt, and never lasts.

An account's attempts from browsers that never signed in to it are counted together, wherever they come from; those of a
browser that did, on their own. So nobody who guesses can keep an account's owner out of a browser they know, and what
is refused lengthens no delay. Counted in Django's cache; while a shared one is away nothing is refused.
"""

import time
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext

from quotes.addresses import address_key, client_address
from quotes.limits import HOUR, TooMany, spend

FREE = 5
"""Attempts before the first delay."""
FIRST, LONGEST = 5, 15 * 60
"""Seconds: the first delay, and the longest; each is twice the one before."""
COOKIE = "known"
_YEAR = 365 * 24 * HOUR


@dataclass(frozen=True)
class Attempt:
    """Somebody who tries to sign in to an account, whether or not there is one of that name."""

    request: HttpRequest
    name: str

    @property
    def key(self) -> str:
        """What is counted together."""
        return address_key(f"sign-in {self._account} {self._known_browser()}")

    @property
    def _account(self) -> str:
        return self.name.strip().casefold()

    def _known_browser(self) -> str:
        found = self.request.get_signed_cookie(COOKIE, default="", salt=self._salt, max_age=_YEAR)
        return str(found or "")

    @property
    def _salt(self) -> str:
        return f"signed in to {address_key(self._account)}"

    def begin(self) -> None:
        """Count the attempt before its password is looked at. Raises TooMany."""
        spend("attempts to sign in", client_address(self.request), settings.SIGNINS_PER_HOUR, HOUR)
        try:
            self._count()
        except OSError:
            return

    def _count(self) -> None:
        so_far, wait = f"signin-{self.key}", f"signin-wait-{self.key}"
        cache.add(so_far, 0, HOUR)
        delay = delay_after(int(cache.get(so_far) or 0))
        now = int(time.time())
        # Of several at once one alone can set it.
        if delay and not cache.add(wait, now + delay, delay) and (until := cache.get(wait)):
            raise TooMany(gettext("Too many attempts to sign in to this account."), int(until) - now)
        try:
            cache.incr(so_far)
        except ValueError:  # pushed out of a full cache, or away
            return

    def succeed(self, response: HttpResponse) -> None:
        """Forget what was counted, and know the browser again."""
        key = self.key
        cache.set(f"signin-{key}", 0, HOUR)
        response.set_signed_cookie(
            COOKIE,
            get_random_string(22),
            salt=self._salt,
            max_age=_YEAR,
            path="/signin/",
            httponly=True,
            secure=cast("bool", settings.SESSION_COOKIE_SECURE),
            samesite="Lax",
        )


def delay_after(attempts: int) -> int:
    """Seconds until the next attempt after so many that failed within the hour."""
    return 0 if attempts < FREE else min(LONGEST, FIRST * 2 ** min(attempts - FREE, 20))
