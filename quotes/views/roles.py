"""Administrators' pages: the accounts, their roles, and one account."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quotes.access import ACCOUNTS, EditorRequest, needs
from quotes.accounts import factors, managing, sessions
from quotes.forms.roles import NewAccountForm, RoleForm

LISTED = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(ACCOUNTS)
def accounts(request: EditorRequest) -> HttpResponse:
    """The accounts by name, a page at a time, with their roles; and a new one, whose password is shown this once."""
    form = NewAccountForm(request.POST if request.method == "POST" else None)
    made = None
    if form.is_valid():
        typed = form.cleaned_data
        try:
            made = managing.make(typed["name"], typed["role"], actor=request.user)
        except ValidationError as error:
            form.add_error("name", managing.told(error))
        else:
            form = NewAccountForm()
    after = request.GET.get("after", "").replace("\x00", "")
    found = User.objects.filter(username__gt=after).order_by("username").prefetch_related("groups")
    rows = list(found[: LISTED + 1])
    context = {
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "made": made,
        "accounts": [(one, managing.role_of(one)) for one in rows[:LISTED]],
        "more": rows[LISTED - 1].username if len(rows) > LISTED else None,
        "section": "desk",
    }
    return render(request, "accounts/accounts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(ACCOUNTS)
def account_of(request: EditorRequest, pk: int) -> HttpResponse:
    """One account: its role, a new one-time password, closing it."""
    account = get_object_or_404(User, pk=min(pk, 2**62))
    if request.method != "POST":
        return _page(request, account)
    act = request.POST.get("act", "")
    if act not in _ACTS:
        raise Http404("nothing of this kind is done with an account")
    try:
        managing.check(account, request.user)
    except managing.CannotManage as refusal:
        messages.error(request, str(refusal))
        return redirect("account_of", account.pk)
    return _ACTS[act](request, account)


def _page(request: EditorRequest, account: User, password: str = "") -> HttpResponse:
    role = managing.role_of(account)
    context = {
        "account": account,
        "role": role,
        "form": RoleForm(initial={"role": role.value}),
        "password": password,
        "factors": factors.of(account),
        "section": "desk",
    }
    return render(request, "accounts/account_of.html", context)


def _set_role(request: EditorRequest, account: User) -> HttpResponse:
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404("no such role")
    managing.set_role(account, form.cleaned_data["role"], actor=request.user)
    messages.success(request, gettext("The role is changed."))
    return redirect("account_of", account.pk)


def _give_password(request: EditorRequest, account: User) -> HttpResponse:
    return _page(request, account, managing.give_password(account, actor=request.user))


def _close(request: EditorRequest, account: User) -> HttpResponse:
    managing.close(account, actor=request.user)
    messages.success(request, gettext("The account is closed."))
    return redirect("account_of", account.pk)


def _reopen(request: EditorRequest, account: User) -> HttpResponse:
    managing.reopen(account, actor=request.user)
    messages.success(request, gettext("The account is open again."))
    return redirect("account_of", account.pk)


def _lift(request: EditorRequest, account: User) -> HttpResponse:
    factors.lift(account, actor=request.user)
    sessions.end_all(account)
    messages.success(request, gettext("The account has no second factor any more."))
    return redirect("account_of", account.pk)


_ACTS: dict[str, Callable[[EditorRequest, User], HttpResponse]] = {
    "role": _set_role,
    "password": _give_password,
    "close": _close,
    "open": _reopen,
    "lift": _lift,
}
