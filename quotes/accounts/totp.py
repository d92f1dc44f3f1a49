"""Codes of authenticator apps (RFC 6238: SHA-1, six digits, half a minute), and the QR code that hands over the secret.

The secret is made of a salt and the site's key, so that whoever reads the database alone can make no code.
"""

import base64
import hmac
import secrets
import time
from urllib.parse import quote, urlencode

import segno
from django.utils.crypto import salted_hmac

STEP, DIGITS = 30, 6
EITHER_SIDE = 1
"""Clocks may differ by so many steps."""
_PURPOSE, _BYTES = "quotes.accounts.totp", 20


def new_salt() -> str:
    """What a new secret is made of, beside the site's own key: of 128 random bits."""
    return secrets.token_hex(16)


def secret_of(salt: str) -> bytes:
    """The secret that belongs to a salt."""
    return salted_hmac(_PURPOSE, salt, algorithm="sha256").digest()[:_BYTES]


def typed(secret: bytes) -> str:
    """The secret as somebody types it into an app."""
    return base64.b32encode(secret).decode()


def code_at(secret: bytes, step: int) -> str:
    """The code of one step (RFC 4226, section 5.3)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_of(code: str, secret: bytes, *, after: int, now: float | None = None) -> int | None:
    """The step that a code belongs to, of those around now and later than `after`; None where it's of none."""
    present = int((time.time() if now is None else now) // STEP)
    steps = range(max(present - EITHER_SIDE, after + 1), present + EITHER_SIDE + 1)
    return next((step for step in steps if hmac.compare_digest(code_at(secret, step).encode(), code.encode())), None)


def address(secret: bytes, account: str, site: str) -> str:
    """What the QR code says, as apps understand it."""
    named = f"{site}:{account}"
    told = {"secret": typed(secret), "issuer": site, "algorithm": "SHA1", "digits": DIGITS, "period": STEP}
    return f"otpauth://totp/{quote(named)}?{urlencode(told, quote_via=quote)}"


def picture(text: str) -> str:
    """The QR code of a text as the address of an SVG picture, dark on white whatever the page's colours."""
    return str(segno.make(text, micro=False).svg_data_uri(scale=5, border=3, light="#fff", dark="#000"))
