"""Where an account's e-mail goes; confirming that, and ending it, without signing in."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from quotes.access import STILL_FRESH, EditorRequest, is_fresh, prove_first, signed_in
from quotes.accounts.events import Kind, note
from quotes.forms.watches import MailboxForm
from quotes.models import Mailbox
from quotes.tasks import ask_for_confirmation
from quotes.watching import mailboxes
from quotes.watching.mailboxes import BadToken


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def mailbox(request: EditorRequest) -> HttpResponse:
    """Where and when e-mail is read. Another address is written to, and used once whoever reads that confirms it."""
    known = Mailbox.objects.filter(owner=request.user).first()
    if request.POST.get("act") == "again" and known:
        return _asked(request, known)
    initial = {"address": request.user.email, "language": get_language()}
    if known:
        initial = {name: getattr(known, name) for name in ("address", "language", "hour", "time_zone")}
    form = MailboxForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        typed = form.cleaned_data
        # Whoever reads the address can have a new password sent there.
        if (known is None or known.address != typed["address"]) and not is_fresh(request, STILL_FRESH):
            return prove_first(request)
        kept = mailboxes.set_mailbox(request.user, **typed)
        if kept.confirmed_at is None:
            return _asked(request, kept)
        messages.success(request, gettext("It is changed."))
        return redirect("watches")
    problems = list(form.problems()) if form.is_bound else []
    context = {"form": form, "problems": problems, "mailbox": known, "section": "watches"}
    return render(request, "watches/mailbox.html", context)


def _asked(request: EditorRequest, kept: Mailbox) -> HttpResponse:
    if kept.confirmed_at:
        return redirect("watches")
    if not settings.SENDS_MAIL:
        messages.error(request, gettext("This site sends no e-mail now, so the address can’t be confirmed yet."))
    elif mailboxes.may_ask(kept):
        ask_for_confirmation.enqueue(kept.pk)
        told = gettext("An e-mail is on its way to %(address)s. Follow the link in it to confirm the address.")
        messages.info(request, told % {"address": kept.address})
    else:
        told = gettext("An e-mail was sent a moment ago. Wait two minutes, then choose “Send it again”.")
        messages.info(request, told)
    return redirect("mailbox")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm an address: a page with a button, because programs follow links in e-mail."""
    try:
        found = mailboxes.to_confirm(token)
    except BadToken as error:
        raise Http404("unknown") from error
    if request.method == "POST":
        mailboxes.confirm(found)
        note(Kind.ADDRESS, found.owner, request=request)
    return render(request, "watches/confirm.html", {"mailbox": found, "is_done": request.method == "POST"})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End e-mail of one kind (RFC 8058): a POST does it, without a cookie, a redirect or a question."""
    try:
        owner, cadence = mailboxes.to_stop(token)
    except BadToken as error:
        raise Http404("unknown") from error
    if request.method == "POST":
        mailboxes.stop(owner, cadence)
    return render(request, "watches/stop.html", {"cadence": cadence, "is_done": request.method == "POST"})
