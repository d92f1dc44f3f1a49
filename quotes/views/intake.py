"""How documents come in: pasted, uploaded or fetched; and what waits for an editor."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from quotes import intake, reviewing
from quotes.access import RECORD, REVIEW, EditorRequest, demand_own, needs
from quotes.discarding.keeping import discard
from quotes.drafting import NewDocument
from quotes.forms.bundles import PlainForm
from quotes.forms.intake import AddressForm, ArrivalForms, PastedForm, UploadForm
from quotes.limits import HOUR, TooMany, spend, too_many, whose
from quotes.naming import apart
from quotes.record import RecordError
from quotes.retold import retold
from sources.models import Arrival, Document
from sources.reading import CannotRead, Limits

Forms = dict[str, PlainForm]
_OTHER_FIELDS = 100_000
_MORE = _(
    "This is more than a form may carry. Go back: what you pasted should still be there. Save it as a file and upload "
    "that, up to 10 MB."
)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@needs(RECORD)
def arrivals(request: EditorRequest) -> HttpResponse:
    """Three ways in, what waits to be taken in, and the documents under review."""
    try:
        request.POST.get("way")
    except RequestDataTooBig:
        # Nothing of it was read, its token neither: nothing is done but to say so.
        forms = _empty()
        forms["paste"] = form = PastedForm({"pasted": " "})
        form.add_error("pasted", str(_MORE))
        return _front(request, forms)
    return _checked(request)


@csrf_protect
def _checked(request: EditorRequest) -> HttpResponse:
    forms = _empty()
    way = request.POST.get("way", "")
    if request.method != "POST":
        return _front(request, forms)
    if way not in _WAYS:
        raise Http404("no such way in")
    try:
        spend("documents", whose(request), settings.INTAKES_PER_HOUR, HOUR)
    except TooMany as refusal:
        # What was pasted or chosen is still in the form that the browser goes back to.
        return too_many(request, refusal)
    arrived = _WAYS[way](request, forms)
    return redirect("arrival", arrived.pk) if arrived else _front(request, forms)


def _empty() -> Forms:
    return {"paste": PastedForm(), "upload": UploadForm(), "address": AddressForm()}


def _paste(request: EditorRequest, forms: Forms) -> Arrival | None:
    forms["paste"] = form = PastedForm(_pasted(request))
    return _arrive(
        form,
        "pasted",
        lambda typed: intake.arrive_pasted(typed["pasted"], editor=request.user, url=typed["pasted_from"]),
    )


def _pasted(request: EditorRequest) -> dict[str, str]:
    """What was pasted; the page sends a long text as a file, for which there is more room."""
    sent = request.POST.dict()
    if long := request.FILES.get("pasted"):
        sent["pasted"] = long.read(Limits().bytes_ + 1).decode("utf-8", "replace")
    return sent


def _upload(request: EditorRequest, forms: Forms) -> Arrival | None:
    forms["upload"] = form = UploadForm(request.POST, request.FILES)
    return _arrive(form, "file", lambda typed: intake.arrive_upload(typed["file"], editor=request.user))


def _fetch(request: EditorRequest, forms: Forms) -> Arrival | None:
    forms["address"] = form = AddressForm(request.POST)
    return _arrive(form, "address", lambda typed: intake.arrive_address(typed["address"], editor=request.user))


_WAYS: dict[str, Callable[[EditorRequest, Forms], Arrival | None]] = {
    "paste": _paste,
    "upload": _upload,
    "address": _fetch,
}


def _arrive(form: PlainForm, field: str, arriving: Callable[[dict[str, Any]], Arrival]) -> Arrival | None:
    """What arrived; None where it can't be read, with why beside the field."""
    if not form.is_valid():
        return None
    try:
        return arriving(form.cleaned_data)
    except CannotRead as refusal:
        form.add_error(field, retold(str(refusal)))
        return None


def _front(request: EditorRequest, forms: Forms) -> HttpResponse:
    waiting = intake.waiting()
    reviews = reviewing.under_review()
    context = {
        **forms,
        "problems": [problem for form in forms.values() if form.is_bound for problem in form.problems()],
        "waiting": waiting,
        "reviews": reviews,
        "is_busy": any(one.state == Arrival.State.FETCHING for one in waiting)
        or any(one.reading and not one.reading.is_over for one in reviews),
        "most": Limits().bytes_,
        # The form’s other fields, and what parts them, take a little as well.
        "room": settings.DATA_UPLOAD_MAX_MEMORY_SIZE - _OTHER_FIELDS,
        "section": "desk",
    }
    return render(request, "intake/intake.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RECORD)
def arrival(request: EditorRequest, pk: int) -> HttpResponse:
    """What was read of one document, its particulars to be corrected: take it in, or discard it."""
    arrived = Arrival.objects.filter(pk=min(pk, 2**62)).select_related("by").first()
    if arrived is None:
        messages.info(request, gettext("This document was taken in or discarded already."))
        return redirect("intake")
    if request.method != "POST":
        return _arrival_page(request, arrived)
    demand_own(request, arrived.by_id)
    act = request.POST.get("act", "")
    if act not in _ACTS:
        raise Http404("nothing of this kind is done with an arrival")
    return _ACTS[act](request, arrived)


def _arrival_page(request: EditorRequest, arrived: Arrival, page: ArrivalForms | None = None) -> HttpResponse:
    context: dict[str, object] = {"arrival": arrived, "section": "desk"}
    if arrived.state == Arrival.State.READY:
        outlet = intake.outlet_of(arrived)
        page = page or ArrivalForms(arrived, outlet)
        context |= {"page": page, "problems": page.problems(), "known": intake.recognised(arrived)}
        context |= {"known_outlet": apart(outlet) if outlet else "", "new_outlet": page.document.outlet["name"].value()}
    return render(request, "intake/arrival.html", context)


def _discard(request: EditorRequest, arrived: Arrival) -> HttpResponse:
    discard(arrived, owner=request.user)
    told = gettext('“{}” is discarded. <a href="{}">Put it back</a>')
    messages.success(request, format_html(told, arrived, reverse("discarded")))
    return redirect("intake")


def _again(request: EditorRequest, arrived: Arrival) -> HttpResponse:
    try:
        arrived = intake.again(arrived, editor=request.user)
    except CannotRead as refusal:
        messages.error(request, retold(str(refusal)))
    return redirect("arrival", arrived.pk)


def _open(request: EditorRequest, arrived: Arrival) -> HttpResponse:
    """Keep what arrived with the document that was recognised."""
    known = intake.recognised(arrived)
    return _keep(request, arrived, ArrivalForms(arrived, None), known) if known else _arrival_page(request, arrived)


def _take_in(request: EditorRequest, arrived: Arrival) -> HttpResponse:
    if arrived.state != Arrival.State.READY:
        return _arrival_page(request, arrived)
    page = ArrivalForms(arrived, None, request.POST)
    if not page.is_valid():
        return _arrival_page(request, arrived, page)
    return _keep(request, arrived, page, page.found)


def _keep(
    request: EditorRequest, arrived: Arrival, page: ArrivalForms, document: Document | NewDocument
) -> HttpResponse:
    try:
        reading = intake.take_in(arrived, document, editor=request.user)
    except RecordError as refusal:
        page.refuse(refusal.field, retold(str(refusal)))
        return _arrival_page(request, arrived, page)
    if reading.document.created_at < arrived.arrived_at:
        messages.info(request, gettext("This document is on record already: what arrived is kept with it."))
    if request.user.has_perm(REVIEW):
        return redirect("review", reading.document.pid)
    messages.success(request, gettext("It is taken in: an editor reviews what is suggested of it."))
    return redirect(reading.document)


_ACTS: dict[str, Callable[[EditorRequest, Arrival], HttpResponse]] = {
    "take-in": _take_in,
    "open": _open,
    "again": _again,
    "discard": _discard,
}
