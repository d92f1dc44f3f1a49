"""Keys for programs: made and shown once, found again by their hash, ended by date or by hand."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext

from quotes.models import Token

PREFIX = "onrecord_"
MOST = 50
"""Keys that an account can have at a time."""
_HINT = len(PREFIX) + 3
_TOLD_AGAIN = dt.timedelta(hours=1)


class TooManyTokens(Exception):
    """The account has as many keys as it can."""

    def __init__(self) -> None:
        told = gettext("You have %(most)s keys, which is the most. Revoke one that is no longer needed.")
        super().__init__(told % {"most": MOST})


def issue(owner: User, name: str, scopes: Collection[str], *, expires_at: dt.datetime | None) -> tuple[Token, str]:
    """A new key and its text, of 256 random bits, which is kept nowhere. Raises TooManyTokens. Two queries."""
    if len(working(owner)) >= MOST:
        raise TooManyTokens
    text = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        owner=owner,
        name=name,
        sha256=_sha256(text),
        hint=text[:_HINT],
        scopes=" ".join(scope for scope in Token.Scope.values if scope in scopes),
        created_at=timezone.now(),
        expires_at=expires_at,
    )
    return token, text


def token_called(text: str) -> Token | None:
    """The key with this text, whether or not it still works, with its owner. One query."""
    return Token.objects.filter(sha256=_sha256(text)).select_related("owner").first()


def ended(token: Token) -> str:
    """Why a key no longer works; empty where it does."""
    if token.revoked_at:
        return "It was revoked."
    if token.expires_at and token.expires_at <= timezone.now():
        return "It has expired."
    if not token.owner.is_active or token.owner.last_login is None:
        return "Its account can’t sign in."
    return ""


def note_use(token: Token) -> None:
    """Keep when a key was used, to the hour: at most one write an hour."""
    now = timezone.now()
    if token.used_at is None or token.used_at <= now - _TOLD_AGAIN:
        Token.objects.filter(pk=token.pk).update(used_at=now.replace(minute=0, second=0, microsecond=0))


def working(owner: User) -> list[Token]:
    """The account's keys that were neither revoked nor have expired, the last made first. One query."""
    rows = Token.objects.filter(owner=owner, revoked_at=None)
    return [token for token in rows if token.expires_at is None or token.expires_at > timezone.now()]


def revoke(token: Token) -> None:
    """End a key, at once and for good."""
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
