from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.filters import said_by
from quotes.indexes import index as index_page
from quotes.limits import limited
from quotes.listing import listing
from quotes.models import Speaker
from quotes.moved import to_present_name
from quotes.page_cache import shared
from quotes.patience import patient
from quotes.querysets import known_as


@shared
@require_safe
@limited("lists")
@patient
def index(request: HttpRequest) -> HttpResponse:
    """Every speaker heard on record, by name."""
    page = index_page(request.GET, Speaker.objects.on_record().with_counts())
    return render(request, "speakers/index.html", {"index": page, "section": "speakers"})


@shared
@require_safe
@limited("lists")
@patient
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """A speaker, their roles and names, and what they said; a former address leads to the present one."""
    found = Speaker.objects.on_record().filter(slug=slug).first()
    if found is None:
        return to_present_name(Speaker, slug)
    shown = listing(
        request.GET,
        within=said_by([found]),
        path=request.path,
        leaving_out=["speaker"],
        subject=("speaker", slug),
    )
    roles, aliases = known_as(found)
    context = {"speaker": found, "roles": roles, "aliases": aliases, "listing": shown, "section": "speakers"}
    return render(request, "speakers/speaker.html", context, status=shown.status)
