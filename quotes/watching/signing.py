"""Secrets and signatures of webhooks, as standardwebhooks.com has them, version 1."""

import base64
import hashlib
import hmac
import secrets

from django.utils.crypto import salted_hmac

PREFIX = "whsec_"
_PURPOSE = "quotes.watching.webhook"


def new_salt() -> str:
    """What a new secret is made of, beside the site's own key: of 128 random bits."""
    return secrets.token_hex(16)


def secret_of(salt: str) -> str:
    """The secret that belongs to a salt: whoever reads the database alone can't sign."""
    key = salted_hmac(_PURPOSE, salt, algorithm="sha256").digest()
    return PREFIX + base64.b64encode(key).decode()


def signature(secret: str, event: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of the event's id, the time of sending and the body, in base64."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = hmac.new(key, f"{event}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"
