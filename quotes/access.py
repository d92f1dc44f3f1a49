"""Who may see the editors' pages: one gate before every view body, and before the admin."""

import datetime as dt
import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from quotes.models import AccountSession, Factor
from quotes.roles import ACCOUNTS, PUBLISH, RECORD, REMOVE, REVIEW

__all__ = ["ACCOUNTS", "PUBLISH", "RECORD", "REMOVE", "REVIEW"]
P = ParamSpec("P")

PROVED, BY_FACTOR, SEEN = "proved", "by-factor", "seen"
"""What a session remembers: when its owner last showed that it is them, whether ever by a second factor, and the hour
when it last sent something."""
FRESH, STILL_FRESH = 15 * 60, 60 * 60
"""Seconds for which that opens a page, and for which a form of that page is taken."""


class EditorRequest(HttpRequest):
    """A request that has passed the gate: its user is an account."""

    user: User


View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
EditorsView = Callable[Concatenate[EditorRequest, P], HttpResponseBase]


def owes_a_password(user: User | AnonymousUser) -> bool:
    """Whether the account still has the password that somebody else gave it: nobody has signed in with their own."""
    return user.is_authenticated and user.last_login is None


def owes_a_factor(request: HttpRequest) -> bool:
    """Whether SECOND_FACTOR asks accounts like this one for a factor that this session has not shown."""
    policy, user = settings.SECOND_FACTOR, request.user
    if policy == "none" or not user.is_authenticated or request.session.get(BY_FACTOR):
        return False
    return policy == "everyone" or any(user.has_perm(right) for right in (PUBLISH, REMOVE, ACCOUNTS))


def turned_away(request: HttpRequest, *, owing: bool = False, bare: bool = False) -> HttpResponse | None:
    """Where whoever is asking must go first: to sign in, to replace a one-time password, to a second factor.

    `owing` lets accounts with a one-time password pass, `bare` those without a factor that they should have.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if owes_a_password(request.user) and not owing:
        return redirect_to_login(request.get_full_path(), "password")
    if owes_a_factor(request) and not bare:
        has_one = Factor.objects.filter(owner=request.user).exists()
        return redirect_to_login(request.get_full_path(), "signin_again" if has_one else "factors")
    return None


def note_use(request: HttpRequest) -> None:
    """Keep when a session last sent something, to the hour; whoever only reads writes nothing."""
    seen, hour = request.session.get(SEEN), int(time.time()) // 3600 * 3600
    if request.method == "POST" and isinstance(seen, int) and seen < hour:
        request.session[SEEN] = hour
        at = dt.datetime.fromtimestamp(hour, dt.UTC)
        AccountSession.objects.filter(session_key=request.session.session_key).update(seen_at=at)


def _gate(view: EditorsView[P], *, owing: bool, bare: bool) -> View[P]:
    @wraps(view)
    def gate(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        elsewhere = turned_away(request, owing=owing, bare=bare)
        if not elsewhere:
            note_use(request)
        return elsewhere or view(cast("EditorRequest", request), *args, **kwargs)

    return cast("View[P]", gate)


def signed_in(view: EditorsView[P]) -> View[P]:
    """Let accounts pass, those with a one-time password too."""
    return _gate(view, owing=True, bare=False)


def for_account(view: EditorsView[P]) -> View[P]:
    """Let accounts pass to their own affairs, those without a factor that they should have too."""
    return _gate(view, owing=False, bare=True)


def for_password(view: EditorsView[P]) -> View[P]:
    """Let accounts pass that owe whatever it is: before all else comes a password of their own."""
    return _gate(view, owing=True, bare=True)


def is_fresh(request: HttpRequest, within: int = FRESH) -> bool:
    """Whether the session's owner showed a moment ago that it is them."""
    at = request.session.get(PROVED)
    return isinstance(at, int) and 0 <= time.time() - at <= within


def freshly(view: EditorsView[P]) -> EditorsView[P]:
    """Ask once more for the factor, or the password, before a page that could take the account over."""

    @wraps(view)
    def gate(request: EditorRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if is_fresh(request, FRESH if request.method in ("GET", "HEAD") else STILL_FRESH):
            return view(request, *args, **kwargs)
        return prove_first(request)

    return cast("EditorsView[P]", gate)


def prove_first(request: HttpRequest) -> HttpResponse:
    """On to where they show that it is them, and back; from a form, to the page of their factors."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else resolve_url("account")
    return redirect_to_login(back, "signin_again")


def onward(request: HttpRequest, default: str) -> str:
    """Where `next` leads, if that is on this site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours else resolve_url(default)


def home_of(account: User) -> str:
    """Where an account goes that asked for nothing: the desk, unless that is not open to it."""
    return resolve_url("desk" if account.has_perm(RECORD) else "account")


def needs(permission: str) -> Callable[[EditorsView[P]], View[P]]:
    """Let accounts with `permission` pass; others get the 403 page, visitors the sign-in page."""

    def decorate(view: EditorsView[P]) -> View[P]:
        @wraps(view)
        def gate(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if elsewhere := turned_away(request):
                return elsewhere
            demand(request, permission)
            note_use(request)
            return view(cast("EditorRequest", request), *args, **kwargs)

        return cast("View[P]", gate)

    return decorate


def demand(request: HttpRequest, permission: str) -> None:
    """Raise PermissionDenied unless the account has the right."""
    if not request.user.has_perm(permission):
        raise PermissionDenied


def demand_own(request: HttpRequest, owner_id: int) -> None:
    """Raise PermissionDenied where something is another's, unless the account may review what others made."""
    if owner_id != request.user.pk:
        demand(request, REVIEW)


def may_keep_house(request: HttpRequest) -> bool:
    """Whether the admin opens: to staff who owe neither a password of their own nor a factor."""
    user = request.user
    return user.is_active and user.is_staff and turned_away(request) is None


def admin_signin(request: HttpRequest, extra_context: object = None) -> HttpResponse:  # noqa: ARG001  # Django's
    """The admin's sign-in page is the site's: one place checks passwords, and what is owed is given there."""
    if may_keep_house(request):
        return redirect("admin:index")
    target = request.GET.get("next", "/admin/")
    if not request.user.is_authenticated:
        return redirect_to_login(target)
    if owes_a_password(request.user):
        return redirect_to_login(target, "password")
    if elsewhere := turned_away(request):
        return elsewhere
    raise PermissionDenied


def own_password(request: HttpRequest, extra_context: object = None) -> HttpResponse:  # noqa: ARG001  # Django's
    """The admin's page for a password is the site's too: there attempts are counted."""
    return redirect("password")
