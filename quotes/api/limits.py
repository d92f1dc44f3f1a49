"""How many requests one address may make: counted a minute at a time, in Django's cache.

Where that cache is each process's own, each process counts for itself. The address is kept as a keyed hash, and of an
IPv6 address the first half alone counts: one household has as many of the other as it likes.
"""

import ipaddress
import math
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from quotes.addresses import address_key, client_address
from quotes.api.problems import Problem

WINDOW = 60
_IPV6, _HALF = 6, 64


@dataclass(frozen=True)
class Allowance:
    """What an address may still do in this minute; `limit` is 0 where there is none."""

    limit: int
    used: int
    resets_in: int

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


def spend(request: HttpRequest) -> Allowance:
    """Count one request. Raises Problem 429 where the address has made its share."""
    limit, now = settings.API_REQUESTS_PER_MINUTE, time.time()
    if not limit:
        return Allowance(0, 0, 0)
    key = f"api-{int(now // WINDOW)}-{address_key(_whose(client_address(request)))}"
    allowance = Allowance(limit, _count(key), math.ceil(WINDOW - now % WINDOW))
    if allowance.used > limit:
        wait = {"Retry-After": str(allowance.resets_in), **allowance.headers}
        raise Problem(429, f"At most {limit} requests a minute are answered to one address.", headers=wait)
    return allowance


def _count(key: str) -> int:
    try:
        cache.add(key, 0, 2 * WINDOW)
        return int(cache.incr(key))
    except (ValueError, OSError):
        # Pushed out of a full cache between the two lines, or the shared cache is away: that closes the record to none.
        return 1


def _whose(address: str) -> str:
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if read.version != _IPV6:
        return address
    return str(ipaddress.ip_network((int(read) >> _HALF << _HALF, _HALF)))
