"""An account's webhooks: /watches/webhooks/."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quotes.access import EditorRequest, signed_in
from quotes.discarding.keeping import discard
from quotes.forms.watches import EndpointForm
from quotes.models import Delivery, Endpoint
from quotes.retold import retold
from quotes.tasks import deliver
from quotes.watching import delivering, endpoints
from quotes.watching.endpoints import CannotAdd
from sources.fetching.posting import CannotPost, Poster

LISTED = 50
_LARGEST_KEY = 2**62
_DIGITS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def new(request: EditorRequest) -> HttpResponse:
    """Add an address; the secret stands on the page that answers and nowhere else."""
    form = EndpointForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made, secret = endpoints.add_endpoint(request.user, form.cleaned_data["url"], Poster())
        except (CannotAdd, CannotPost) as refused:
            form.add_error("url", retold(str(refused)))
        else:
            return _page(request, made, secret=secret)
    problems = list(form.problems()) if form.is_bound else []
    return render(request, "watches/webhook_new.html", {"form": form, "problems": problems, "section": "watches"})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def webhook(request: EditorRequest, pk: int) -> HttpResponse:
    """One webhook: how it stands, what it was sent, and what can be done with it."""
    endpoint = get_object_or_404(Endpoint, pk=min(pk, _LARGEST_KEY), owner=request.user)
    act = _ACTS.get(request.POST.get("act", ""))
    return act(request, endpoint) if act else _page(request, endpoint)


def _page(request: EditorRequest, endpoint: Endpoint, *, secret: str = "") -> HttpResponse:
    rows = Delivery.objects.filter(endpoint=endpoint).select_related("act__statement")
    if place := _number(request.GET.get("before", "")):
        rows = rows.filter(pk__lt=place)
    log = list(rows.defer("act__statement__folded")[: LISTED + 1])
    context = {
        "endpoint": endpoint,
        "secret": secret,
        "log": log[:LISTED],
        "older": log[LISTED - 1].pk if len(log) > LISTED else None,
        "watches": endpoint.watches.select_related("statement"),
        "section": "watches",
    }
    return render(request, "watches/webhook.html", context)


def _number(text: str) -> int | None:
    return min(int(text), _LARGEST_KEY) if text.isascii() and text.isdigit() and len(text) < _DIGITS else None


def _test(request: EditorRequest, endpoint: Endpoint) -> HttpResponse:
    if endpoint.paused_at:
        messages.error(request, gettext("It is paused: resume it first."))
    else:
        deliver.enqueue(endpoints.try_out(endpoint).pk)
        messages.success(request, gettext("A test is on its way: what came of it stands in the log."))
    return redirect(endpoint)


def _again(request: EditorRequest, endpoint: Endpoint) -> HttpResponse:
    found = get_object_or_404(Delivery, endpoint=endpoint, pk=_number(request.POST.get("delivery", "")) or 0)
    endpoints.tell_again(found)
    deliver.enqueue(found.pk)
    messages.success(request, gettext("It is sent again, under the same id."))
    return redirect(endpoint)


def _pause(request: EditorRequest, endpoint: Endpoint) -> HttpResponse:
    delivering.pause(endpoint)
    messages.success(request, gettext("It is paused: what comes meanwhile waits."))
    return redirect(endpoint)


def _resume(request: EditorRequest, endpoint: Endpoint) -> HttpResponse:
    delivering.resume(endpoint)
    messages.success(request, gettext("It is sent to again; what waited goes first."))
    return redirect(endpoint)


def _rotate(request: EditorRequest, endpoint: Endpoint) -> HttpResponse:
    secret = endpoints.rotate(endpoint)
    endpoint.refresh_from_db()
    return _page(request, endpoint, secret=secret)


def _delete(request: EditorRequest, endpoint: Endpoint) -> HttpResponse:
    discard(endpoint, owner=request.user)
    told = gettext('The webhook {} is deleted. <a href="{}">Put it back</a>')
    messages.success(request, format_html(told, endpoint, reverse("discarded")))
    return redirect("watches")


_ACTS: dict[str, Callable[[EditorRequest, Endpoint], HttpResponse]] = {
    "test": _test,
    "again": _again,
    "pause": _pause,
    "resume": _resume,
    "rotate": _rotate,
    "delete": _delete,
}
