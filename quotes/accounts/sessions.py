"""The browsers that are signed in to an account: seen, and ended."""

import datetime as dt
import re
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from quotes.access import SEEN
from quotes.models import AccountSession

# Which names themselves first, of those that name others too.
_BROWSERS = {
    r"Edg(e|A|iOS)?/": "Edge",
    r"OPR/|Opera": "Opera",
    r"Firefox/|FxiOS/": "Firefox",
    r"SamsungBrowser/": "Samsung Internet",
    r"Chrome/|CriOS/|Chromium/": "Chrome",
    r"Safari/": "Safari",
}
_SYSTEMS = {
    r"iPhone|iPad": "iOS",
    r"Android": "Android",
    r"Windows": "Windows",
    r"Mac OS X|Macintosh": "macOS",
    r"CrOS": "ChromeOS",
    r"Linux": "Linux",
}


def kind_of(browser: str) -> str:
    """What kind of browser says this of itself, and on which system; empty where neither is known."""
    named = [_first(_BROWSERS, browser), _first(_SYSTEMS, browser)]
    return ", ".join(name for name in named if name)


def _first(patterns: dict[str, str], text: str) -> str:
    return next((name for pattern, name in patterns.items() if re.search(pattern, text)), "")


def begin(request: HttpRequest, account: User) -> None:
    """Keep that a browser was signed in, and forget those whose session is over. Three queries."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    request.session[SEEN] = int(now.timestamp())
    if request.session.session_key is None:
        request.session.save()
    over = timezone.now() - dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    AccountSession.objects.filter(owner=account, seen_at__lt=over).delete()
    told = {"owner": account, "began_at": timezone.now(), "seen_at": now}
    told["browser"] = kind_of(request.headers.get("User-Agent", "")[:500])
    AccountSession.objects.update_or_create(session_key=request.session.session_key, defaults=told)


def of(account: User) -> list[AccountSession]:
    """The account's sessions that last still, the one used last first. Two queries."""
    known = list(AccountSession.objects.filter(owner=account))
    keys = [one.session_key for one in known]
    lasting = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list("pk", flat=True)
    )
    return [one for one in known if one.session_key in lasting]


def moved(request: HttpRequest, before: str | None) -> None:
    """Follow a session to its new key."""
    AccountSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def forget(request: HttpRequest) -> None:
    """Keep no more that this browser was signed in."""
    AccountSession.objects.filter(session_key=request.session.session_key).delete()


def end(session: AccountSession) -> None:
    """Sign a browser out, at once."""
    _store()(session.session_key).delete()
    session.delete()


def end_all(account: User, *, but: str | None = None) -> int:
    """Sign all browsers out, but the one with this key; how many there were."""
    others = list(AccountSession.objects.filter(owner=account).exclude(session_key=but or ""))
    for one in others:
        end(one)
    return len(others)


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore
