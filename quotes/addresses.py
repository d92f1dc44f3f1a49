"""Where a request comes from, for limits alone: the address itself is never kept."""

import hmac
import ipaddress

from django.conf import settings
from django.http import HttpRequest

_IPV6, _HALF = 6, 64


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


def network_of(address: str) -> str:
    """The address, or of an IPv6 address its first half: one household has as many of the other as it likes."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if read.version != _IPV6:
        return address
    return str(ipaddress.ip_network((int(read) >> _HALF << _HALF, _HALF)))


def address_key(address: str) -> str:
    """A keyed hash of an address's network: it can be compared, not read back, and means nothing without the key."""
    said = f"report from {network_of(address)}"
    return hmac.digest(settings.SECRET_KEY.encode(), said.encode(), "sha256").hex()
