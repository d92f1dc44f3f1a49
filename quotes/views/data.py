"""The record as data: what can be downloaded, and the nightly dumps."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.dumping.manifest import NAME
from quotes.dumping.shelf import on_offer
from quotes.exporting.columns import COLUMNS
from quotes.exporting.forms import FORMS

_KINDS = {".json": "application/json", ".gz": "application/gzip"}


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show how to have lists and the whole record as files. One query."""
    context = {
        "columns": COLUMNS,
        "dumps": on_offer(settings.DUMPS_DIR),
        "forms": [(suffix, form.label) for suffix, form in FORMS.items()],
        "licence": settings.RECORD_LICENCE,
        "site": settings.SITE_URL,
    }
    return render(request, "data.html", context)


@require_safe
def dump_file(_request: HttpRequest, dump: str, name: str) -> HttpResponseBase:
    """A file of a dump on offer. One query."""
    found = next((one for one in on_offer(settings.DUMPS_DIR) if one.name == dump), None)
    if found is None or (name != NAME and found.file(name) is None):
        raise Http404("unknown")
    path = found.folder / name
    if not path.is_file():
        raise Http404("unknown")
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=f"{dump}-{name}", content_type=_KINDS[path.suffix]
    )
    response["Link"] = f'<{settings.RECORD_LICENCE}>; rel="license"'
    # What is removed tomorrow must not be handed on by who keeps copies.
    response["Cache-Control"] = "no-store"
    return response
