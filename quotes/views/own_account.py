"""Your account: what it may do, its browsers, and the ways to what belongs to it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quotes.access import EditorRequest, for_account
from quotes.accounts import factors, sessions
from quotes.accounts.events import Kind, note
from quotes.accounts.managing import role_of
from quotes.models import AccountSession, Mailbox


@require_safe
@never_cache
@for_account
def account(request: EditorRequest) -> HttpResponse:
    """What belongs to the account; seven queries at most beside the account's own."""
    has = factors.of(request.user)
    context = {
        "role": role_of(request.user),
        "sessions": sessions.of(request.user),
        "this_one": request.session.session_key,
        "factors": has,
        "codes_left": factors.codes_left(request.user) if has else 0,
        "mailbox": Mailbox.objects.filter(owner=request.user).first(),
        "sends_mail": settings.SENDS_MAIL,
        "section": "account",
    }
    return render(request, "accounts/account.html", context)


@require_POST
@never_cache
@for_account
def end_session(request: EditorRequest, pk: int) -> HttpResponse:
    """Sign one of the account's browsers out."""
    found = get_object_or_404(AccountSession, pk=min(pk, 2**62), owner=request.user)
    sessions.end(found)
    note(Kind.SESSION_ENDED, request.user, request=request, detail=found.browser)
    messages.success(request, gettext("That browser is signed out."))
    return redirect("account")


@require_POST
@never_cache
@for_account
def end_others(request: EditorRequest) -> HttpResponse:
    """Sign all of the account's other browsers out."""
    count = sessions.end_all(request.user, but=request.session.session_key)
    if count:
        note(Kind.SESSION_ENDED, request.user, request=request, detail=f"{count} others")
    told = ngettext("%(count)d other browser is signed out.", "%(count)d other browsers are signed out.", count)
    messages.success(request, told % {"count": count})
    return redirect("account")
