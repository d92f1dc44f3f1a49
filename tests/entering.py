"""Signing in as tests need it: with a password, with an authenticator app, a moment ago."""

import time

from django.utils import timezone

from quotes.access import PROVED
from quotes.accounts import totp
from quotes.models import Factor

PASSWORD = "a long enough secret"


def sign_in(client, account, **more):
    """Give the password; the account has one of its own."""
    if account.last_login is None:
        account.last_login = timezone.now()
        account.save()
    return client.post("/signin/", {"username": account.username, "password": PASSWORD, **more})


def give_app(account):
    """An authenticator app that was never used; its secret."""
    salt = totp.new_salt()
    Factor.objects.create(owner=account, kind="totp", name="App", salt=salt, created_at=timezone.now())
    return totp.secret_of(salt)


def code_of(secret, later=0):
    """What the app shows, or will show so many steps later."""
    return totp.code_at(secret, int(time.time()) // totp.STEP + later)


def wrong_code_of(secret):
    """Six digits that are no code of now."""
    return next(code for code in ("000000", "111111", "222222") if totp.step_of(code, secret, after=0) is None)


def freshly(client, account):
    """Sign in without a password, as if they had shown a moment ago that it is them."""
    client.force_login(account)
    session = client.session
    session[PROVED] = int(time.time())
    session.save()
    return client
