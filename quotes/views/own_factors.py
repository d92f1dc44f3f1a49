"""An account's own second factors: set up, removed, and its recovery codes."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from quotes.access import BY_FACTOR, EditorRequest, for_account, freshly, onward, owes_a_factor
from quotes.accounts import factors, passkeys, sessions, totp
from quotes.models import Factor

_SALT = "app-salt"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_account
@freshly
def own_factors(request: EditorRequest) -> HttpResponse:
    """The account's factors; an app or a passkey to be added, and new recovery codes, shown this once."""
    if request.method != "POST":
        return _page(request)
    act = request.POST.get("act", "")
    if act not in _ACTS:
        raise Http404("nothing of this kind is done with factors")
    return _ACTS[act](request)


@require_POST
@never_cache
@for_account
@freshly
def remove(request: EditorRequest, pk: int) -> HttpResponse:
    """Take one of the account's factors off; with the last one its other sessions end."""
    factor = get_object_or_404(Factor, pk=min(pk, 2**62), owner=request.user)
    factors.remove(request, factor)
    if not factors.has_any(request.user):
        request.session.pop(BY_FACTOR, None)
        sessions.end_all(request.user, but=request.session.session_key)
    messages.success(request, gettext("“%(factor)s” is removed.") % {"factor": factor})
    return redirect("factors")


def _add_app(request: EditorRequest) -> HttpResponse:
    was_first = not factors.has_any(request.user)
    try:
        factors.add_app(request, request.user, request.session.get(_SALT, ""), request.POST.get("code", ""))
    except factors.CannotAdd as refusal:
        return _page(request, app_problem=str(refusal))
    request.session.pop(_SALT, None)
    return _added(request, was_first=was_first)


def _add_passkey(request: EditorRequest) -> HttpResponse:
    was_first = not factors.has_any(request.user)
    try:
        factors.add_passkey(request, request.user, request.POST.get("passkey", ""), request.POST.get("name", ""))
    except factors.CannotAdd as refusal:
        return _page(request, passkey_problem=str(refusal))
    return _added(request, was_first=was_first)


def _added(request: EditorRequest, *, was_first: bool) -> HttpResponse:
    """With the first factor come the codes for when it's lost; who signed in by password alone does so again."""
    request.session[BY_FACTOR] = True
    if not was_first:
        messages.success(request, gettext("It is added."))
        return redirect("factors")
    sessions.end_all(request.user, but=request.session.session_key)
    return _page(request, codes=factors.new_codes(request, request.user), is_new=True)


def _new_codes(request: EditorRequest) -> HttpResponse:
    if not factors.has_any(request.user):
        raise Http404("codes stand in for a factor")
    return _page(request, codes=factors.new_codes(request, request.user))


_ACTS: dict[str, Callable[[EditorRequest], HttpResponse]] = {
    "app": _add_app,
    "passkey": _add_passkey,
    "codes": _new_codes,
}


def _page(request: EditorRequest, **more: object) -> HttpResponse:
    """Four queries beside the account's own."""
    has = factors.of(request.user)
    context = {
        "factors": has,
        "codes_left": factors.codes_left(request.user) if has else 0,
        "is_owed": owes_a_factor(request) and not has,
        "options": passkeys.ask_to_make(request) if passkeys.are_possible(request) else "",
        "next": onward(request, "account"),
        "section": "account",
        **more,
    }
    if not any(one.kind == Factor.Kind.TOTP for one in has):
        salt = request.session.setdefault(_SALT, totp.new_salt())
        secret = totp.secret_of(salt)
        context |= {"secret": totp.typed(secret)}
        context |= {"picture": totp.picture(totp.address(secret, request.user.username, "On Record"))}
    return render(request, "accounts/factors.html", context)
