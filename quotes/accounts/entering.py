"""Letting somebody in: after the password, and where the account has a second factor, after that too."""

import time
from dataclasses import dataclass

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from quotes.access import BY_FACTOR, PROVED
from quotes.accounts import factors, sessions
from quotes.accounts.events import Kind, note

WAITS = 10 * 60
"""Seconds for the second step."""
_HELD = "held"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Held:
    """Somebody who gave the right password, and is asked for a factor; `name` is as it was typed."""

    account: User
    name: str
    onward: str


def hold(request: HttpRequest, account: User, name: str, onward: str) -> None:
    """Remember, for ten minutes, that the password was right."""
    secret = account.get_session_auth_hash()
    request.session[_HELD] = [account.pk, secret, int(time.time()), name, onward]


def held(request: HttpRequest) -> Held | None:
    """Who gave the right password in this browser a moment ago, unless it was changed since. One query."""
    if _HELD not in request.session:
        return None
    key, secret, at, name, onward = request.session[_HELD]
    account = User.objects.filter(pk=key, is_active=True).first()
    if account is None or time.time() - at > WAITS:
        return None
    return Held(account, name, onward) if constant_time_compare(secret, account.get_session_auth_hash()) else None


def enter(request: HttpRequest, account: User, *, by_factor: bool = False) -> bool:
    """Sign in; whether it was with a one-time password, which `last_login` tells till it's replaced."""
    is_first = account.last_login is None
    request.session.pop(_HELD, None)
    login(request, account, _BACKEND)
    if is_first:
        User.objects.filter(pk=account.pk).update(last_login=None)
    prove(request, by_factor=by_factor)
    sessions.begin(request, account)
    note(Kind.SIGN_IN, account, request=request, detail="with a second factor" if by_factor else "")
    return is_first


def prove(request: HttpRequest, *, by_factor: bool) -> None:
    """Remember that whoever uses this session showed just now that it is them."""
    request.session[PROVED] = int(time.time())
    if by_factor:
        request.session[BY_FACTOR] = True


def failed(request: HttpRequest, name: str, detail: str = "") -> None:
    """Keep that somebody failed to sign in; under a name that is nobody's, without the name."""
    account = User.objects.filter(username=User.normalize_username(name.strip()[:150].replace("\x00", ""))).first()
    note(Kind.FAILURE, account, request=request, detail=detail)


def asks_for_factor(account: User) -> bool:
    """Whether a password alone doesn't let in."""
    return factors.has_any(account)
