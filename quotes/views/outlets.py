from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from quotes.filters import carried_by
from quotes.indexes import index as index_page
from quotes.limits import limited
from quotes.listing import listing
from quotes.models import Carriage
from quotes.moved import to_present_name
from quotes.page_cache import shared
from quotes.patience import patient
from quotes.querysets import outlets_on_record, roles_of
from sources.models import Outlet

TABS = {
    "said": (_("Said here"), ["spoken_to", "issued_by"]),
    "relayed": (_("Relayed"), ["relayed_by"]),
    "published": (_("Published"), ["published_by"]),
}
# The filter that a tab's feed has; what was said to an outlet or issued by it has no filter of its own.
FEEDS = {"said": "outlet", "relayed": "relay", "published": "published_by"}


class Tab(NamedTuple):
    """What an outlet did, and whether it is the part shown."""

    key: str
    label: str
    chosen: bool


@shared
@require_safe
@limited("lists")
@patient
def index(request: HttpRequest) -> HttpResponse:
    """Every outlet that carried a statement on record, by name."""
    page = index_page(request.GET, outlets_on_record(Carriage.objects.all()))
    return render(request, "outlets/index.html", {"index": page, "section": "outlets"})


@shared
@require_safe
@limited("lists")
@patient
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """An outlet in three tabs: what was said there, what it relayed, what it published."""
    found = Outlet.objects.filter(slug=slug, merged_into=None).first()
    if found is None:
        return to_present_name(Outlet, slug)
    roles = roles_of(found)
    if not roles:
        raise Http404("unknown")
    chosen = request.GET.get("tab") or next(key for key, (_, of) in TABS.items() if roles & set(of))
    if chosen not in TABS:
        raise Http404("unknown")
    carried = carried_by([found], *TABS[chosen][1])
    shown = listing(request.GET, within=carried, path=request.path, subject=(FEEDS[chosen], slug))
    context = {
        "outlet": found,
        "section": "outlets",
        "tabs": [Tab(key, str(label), key == chosen) for key, (label, of) in TABS.items() if roles & set(of)],
        "listing": shown,
    }
    return render(request, "outlets/outlet.html", context, status=shown.status)
