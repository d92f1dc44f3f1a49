from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from quotes.filters import carried_by
from quotes.indexes import index as index_page
from quotes.listing import listing
from quotes.models import Carriage, Statement
from quotes.querysets import outlets_on_record
from sources.models import Outlet
from sources.slugs import resolve

TABS = {
    "said": ("Said here", ["spoken_to", "issued_by"]),
    "relayed": ("Relayed", ["relayed_by"]),
    "published": ("Published", ["published_by"]),
}


class Tab(NamedTuple):
    """What an outlet did, and whether it is the part shown."""

    key: str
    label: str
    chosen: bool


def index(request: HttpRequest) -> HttpResponse:
    """Every outlet that carried a statement on record, by name."""
    page = index_page(request.GET, outlets_on_record(Carriage.objects.all()), "domain")
    return render(request, "outlets/index.html", {"index": page, "section": "outlets"})


def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """An outlet in three tabs: what was said there, what it relayed, what it published."""
    found = resolve(Outlet, [slug]).get(slug)
    roles = set(Carriage.objects.filter(outlet=found).values_list("role", flat=True).distinct()) if found else set()
    if found is None or not roles:
        raise Http404("unknown")
    if found.slug != slug:
        return redirect(found, permanent=True)
    chosen = request.GET.get("tab") or next(key for key, (_, of) in TABS.items() if roles & set(of))
    if chosen not in TABS:
        raise Http404("unknown")
    shown = listing(request.GET, Statement.objects.filter(carried_by([found], *TABS[chosen][1])), path=request.path)
    context = {
        "outlet": found,
        "section": "outlets",
        "tabs": [Tab(key, label, key == chosen) for key, (label, of) in TABS.items() if roles & set(of)],
        "listing": shown,
    }
    return render(request, "outlets/outlet.html", context, status=shown.status)
