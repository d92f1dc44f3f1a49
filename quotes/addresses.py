"""Where a request comes from, for limits alone: the address itself is never kept."""

import hmac

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address, as told by the proxies that we trust, and by nobody before them.

    Each trusted proxy adds the address it saw to the end of X-Forwarded-For; what stands before those, anybody may
    have written.
    """
    seen = str(request.META.get("REMOTE_ADDR", ""))
    trusted = settings.TRUSTED_PROXY_COUNT
    if not trusted:
        return seen
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return told[-trusted:][0] if told else seen


def address_key(address: str) -> str:
    """A keyed hash of an address: it can be compared, not read back, and means nothing without the key."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"report from {address}".encode(), "sha256").hex()
