"""Who may see the editors' pages: one gate before every view body, and before the admin."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from quotes.roles import ACCOUNTS, PUBLISH, RECORD, REMOVE, REVIEW

__all__ = ["ACCOUNTS", "PUBLISH", "RECORD", "REMOVE", "REVIEW"]
P = ParamSpec("P")


class EditorRequest(HttpRequest):
    """A request that has passed the gate: its user is an account."""

    user: User


View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
EditorsView = Callable[Concatenate[EditorRequest, P], HttpResponseBase]


def owes_a_password(user: User | AnonymousUser) -> bool:
    """Whether the account still has the password that somebody else gave it: nobody has signed in with their own."""
    return user.is_authenticated and user.last_login is None


def turned_away(request: HttpRequest, *, owing: bool = False) -> HttpResponse | None:
    """Where whoever is asking must go first: sign in, or replace a one-time password (unless `owing` is all right)."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if owes_a_password(request.user) and not owing:
        return redirect_to_login(request.get_full_path(), "password")
    return None


def signed_in(view: EditorsView[P]) -> View[P]:
    """Let accounts pass, those with a one-time password too."""

    @wraps(view)
    def gate(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return turned_away(request, owing=True) or view(cast("EditorRequest", request), *args, **kwargs)

    return cast("View[P]", gate)


def needs(permission: str) -> Callable[[EditorsView[P]], View[P]]:
    """Let accounts with `permission` pass; others get the 403 page, visitors the sign-in page."""

    def decorate(view: EditorsView[P]) -> View[P]:
        @wraps(view)
        def gate(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if elsewhere := turned_away(request):
                return elsewhere
            demand(request, permission)
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
    """Whether the admin opens: to staff who have a password of their own."""
    user = request.user
    return user.is_active and user.is_staff and not owes_a_password(user)


def admin_signin(request: HttpRequest, extra_context: object = None) -> HttpResponse:  # noqa: ARG001  # Django's
    """The admin's sign-in page is the site's: one place checks passwords, and one-time passwords are replaced there."""
    if may_keep_house(request):
        return redirect("admin:index")
    target = request.GET.get("next", "/admin/")
    if not request.user.is_authenticated:
        return redirect_to_login(target)
    if owes_a_password(request.user):
        return redirect_to_login(target, "password")
    raise PermissionDenied


def own_password(request: HttpRequest, extra_context: object = None) -> HttpResponse:  # noqa: ARG001  # Django's
    """The admin's page for a password is the site's too: there attempts are counted."""
    return redirect("password")
