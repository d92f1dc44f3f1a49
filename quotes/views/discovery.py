"""What programs look for before they read: where the pages are, how to search, what not to fetch."""

from django.conf import settings
from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes.exporting.forms import FORMS
from quotes.models import Statement
from quotes.page_cache import shared
from quotes.revalidation import by_release

# sitemaps.org allows 50,000 addresses a file. Files go by id, so that none is ever counted from the start.
FILE_SIZE = 50_000


@require_safe
@by_release
def robots(_request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the editors' pages have nothing for a crawler (RFC 9309)."""
    closed = [reverse("desk"), "/admin/", reverse("signin"), reverse("password"), reverse("watches")]
    # Who wants all of it takes a dump; a crawler wants its pages.
    closed += [reverse("statements_download", args=[form]) for form in FORMS]
    closed += [f"{reverse('data')}dumps/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += [f"Sitemap: {settings.SITE_URL}{reverse('sitemap_index')}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
@by_release
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser searches the record from its address bar (OpenSearch 1.1)."""
    context = {"site": settings.SITE_URL}
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "discovery/opensearch.xml", context, content_type=kind)


@shared
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The files that hold the permalinks. One query, which reads both ends; for MIN and MAX SQLite would read all."""
    published = Statement.objects.published()
    ends = published.order_by("pk").values_list("pk", Subquery(published.order_by("-pk").values("pk")[:1])).first()
    numbers = range(_file(ends[0]), _file(ends[1]) + 1) if ends else []
    addresses = [f"{settings.SITE_URL}{reverse('sitemap', args=[number])}" for number in numbers]
    return render(request, "discovery/sitemap_index.xml", {"addresses": addresses}, content_type="application/xml")


@shared
@require_safe
def sitemap(request: HttpRequest, number: str) -> HttpResponse:
    """The permalinks of one run of ids: each statement once, without its versions. One query."""
    start = (int(number) - 1) * FILE_SIZE
    published = Statement.objects.published().filter(pk__gt=start, pk__lte=start + FILE_SIZE).order_by("pk")
    pids = list(published.values_list("pid", flat=True))
    if not pids:
        raise Http404("unknown")
    addresses = [f"{settings.SITE_URL}/q/{pid}" for pid in pids]
    return render(request, "discovery/sitemap.xml", {"addresses": addresses}, content_type="application/xml")


def _file(key: int) -> int:
    return (key - 1) // FILE_SIZE + 1
