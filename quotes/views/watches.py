"""What an account watches, and how it is told: /watches/."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quotes.access import EditorRequest, signed_in
from quotes.discarding.keeping import discard
from quotes.forms.watches import HowForm, WatchForm
from quotes.models import Endpoint, Mailbox, Statement, Watch
from quotes.watching import keeping
from quotes.watching.keeping import TooManyWatches

LISTED = 50
_LARGEST_KEY = 2**62


@require_safe
@never_cache
@signed_in
def watches(request: EditorRequest) -> HttpResponse:
    """What the account watches, where its e-mail goes, and its webhooks; four queries beside the account's own."""
    context = {
        "watches": Watch.objects.filter(owner=request.user).select_related("statement__speaker", "endpoint"),
        "mailbox": Mailbox.objects.filter(owner=request.user).first(),
        "endpoints": Endpoint.objects.filter(owner=request.user),
        "sends_mail": settings.SENDS_MAIL,
        "section": "watches",
    }
    return render(request, "watches/watches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def new(request: EditorRequest) -> HttpResponse:
    """Ask how to be told of what the address names, and watch it."""
    is_sent = request.method == "POST"
    asked = request.POST if is_sent else request.GET
    query = asked.get("query", "") if is_sent else _filters(request.GET)
    what = {"query": query, "statement": asked.get("statement", "")}
    form = WatchForm(request.user, {**request.POST.dict(), **what} if is_sent else {"mail": "daily", **what})
    is_valid = form.is_valid()
    if is_valid and (there := keeping.watched(request.user, query=form.cleaned_data["query"], statement=_of(form))):
        messages.info(request, gettext("You watch this already."))
        return redirect(there)
    if is_valid and is_sent:
        try:
            made = keeping.watch(request.user, name=form.name, **form.cleaned_data)
        except TooManyWatches as refused:
            form.add_error(None, str(refused))
        else:
            return _begun(request, made)
    status = 200 if is_valid or is_sent else 400
    return render(request, "watches/new.html", _asking(form, is_sent=is_sent), status=status)


def _of(form: WatchForm) -> Statement | None:
    statement: Statement | None = form.cleaned_data["statement"]
    return statement


def _filters(asked: QueryDict) -> str:
    kept = asked.copy()
    kept.pop("statement", None)
    return kept.urlencode()


def _asking(form: WatchForm, *, is_sent: bool) -> dict[str, object]:
    problems = list(form.problems())
    wrong = bool({"query", "statement", "__all__"} & form.errors.keys())
    return {
        "form": form,
        "problems": problems if is_sent or wrong else [],
        "what": form.name or form.cleaned_data.get("statement"),
        "section": "watches",
    }


def _begun(request: EditorRequest, made: Watch) -> HttpResponse:
    """Go on to where e-mail goes, where that isn't known yet."""
    messages.success(request, gettext("You watch “%(name)s”.") % {"name": made})
    mailbox = Mailbox.objects.filter(owner=request.user).first()
    return redirect("mailbox" if made.mail and mailbox is None else "watches")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def watch(request: EditorRequest, pk: int) -> HttpResponse:
    """One watch: how it tells, and what it noticed; six queries at most."""
    found = get_object_or_404(
        Watch.objects.select_related("statement__speaker"), pk=min(pk, _LARGEST_KEY), owner=request.user
    )
    act = request.POST.get("act")
    if act in _ACTS:
        return _ACTS[act](request, found)
    told = request.POST if request.method == "POST" else None
    form = HowForm(request.user, told, initial={"mail": found.mail, "endpoint": found.endpoint_id})
    if form.is_valid():
        keeping.change(found, mail=form.cleaned_data["mail"], endpoint=form.cleaned_data.get("endpoint"))
        messages.success(request, gettext("It is changed."))
        return redirect(found)
    rows = list(keeping.noticed(found, _place(request), LISTED))
    context = {
        "watch": found,
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "notices": rows[:LISTED],
        "older": rows[LISTED - 1].pk if len(rows) > LISTED else None,
        "section": "watches",
    }
    return render(request, "watches/watch.html", context)


def _place(request: EditorRequest) -> int | None:
    place = request.GET.get("before", "")
    return min(int(place), _LARGEST_KEY) if place.isascii() and place.isdigit() and len(place) < 20 else None  # noqa: PLR2004  # digits of a key


def _pause(request: EditorRequest, found: Watch) -> HttpResponse:
    keeping.pause(found)
    messages.success(request, gettext("“%(name)s” is paused: what happens meanwhile is not told.") % {"name": found})
    return redirect(found)


def _resume(request: EditorRequest, found: Watch) -> HttpResponse:
    keeping.resume(found)
    messages.success(request, gettext("“%(name)s” tells again, from now on.") % {"name": found})
    return redirect(found)


def _delete(request: EditorRequest, found: Watch) -> HttpResponse:
    """Watch something no longer; the message leads to having the watch back."""
    discard(found, owner=request.user)
    told = gettext('You watch “{}” no longer. <a href="{}">Put it back</a>')
    messages.success(request, format_html(told, found, reverse("discarded")))
    return redirect("watches")


_ACTS = {"pause": _pause, "resume": _resume, "delete": _delete}
