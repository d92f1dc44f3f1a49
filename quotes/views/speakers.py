from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from quotes.indexes import index as index_page
from quotes.listing import listing
from quotes.models import Speaker, Statement
from sources.slugs import resolve


def index(request: HttpRequest) -> HttpResponse:
    """Every speaker heard on record, by name."""
    page = index_page(request.GET, Speaker.objects.on_record().with_counts(), "aliases__name")
    return render(request, "speakers/index.html", {"index": page, "section": "speakers"})


def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """A speaker, their roles and names, and what they said; a former address leads to the present one."""
    found = Speaker.objects.on_record().filter(slug=slug).first()
    if found is None:
        return _moved(slug)
    shown = listing(request.GET, Statement.objects.filter(speaker=found), path=request.path, leaving_out=["speaker"])
    context = {"speaker": found, "listing": shown, "section": "speakers"}
    return render(request, "speakers/speaker.html", context, status=shown.status)


def _moved(slug: str) -> HttpResponse:
    """The way from a former address to the present one."""
    found = resolve(Speaker, [slug]).get(slug)
    if found is None or found.slug == slug:
        raise Http404("unknown")
    return redirect(found, permanent=True)
