"""The figures of any list, and of the whole record; each figure's numbers as a file."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes.charts.coverage import LAG, coverage
from quotes.charts.figures import addressed, listed
from quotes.figure_files import figure_file
from quotes.limits import limited
from quotes.listing import Listing, listing
from quotes.page_cache import shared
from quotes.patience import patient


@shared
@require_safe
@limited("lists")
@patient
def page(request: HttpRequest) -> HttpResponse:
    """The figures of the list that the address asks for; 21 queries at most."""
    found, filters = _asked(request)
    shown = coverage(found.filterset, filters, request.GET.get(LAG, "")) if found.is_valid else None
    query = addressed("coverage", filters).removeprefix(reverse("coverage"))
    context = {
        "listing": found,
        "coverage": shown,
        "figures": shown.figures if shown else [],
        "csv_base": reverse("coverage"),
        "csv_query": query,
        "list_url": listed(filters),
        "section": "coverage",
    }
    return render(request, "charts/coverage.html", context)


@shared
@require_safe
@limited("lists")
@patient
def figure(request: HttpRequest, figure: str) -> HttpResponse:
    """The numbers of one of them."""
    found, filters = _asked(request)
    if not found.is_valid:
        lines = [f"{one.label}: “{one.words}”. {one.problem}\n" for one in found.problems]
        return HttpResponse("".join(lines), content_type="text/plain; charset=utf-8", status=HTTPStatus.BAD_REQUEST)
    drawn = coverage(found.filterset, filters).figure(figure)
    if drawn is None:
        raise Http404("figure")
    return figure_file(drawn, figure)


def _asked(request: HttpRequest) -> tuple[Listing, list[tuple[str, str]]]:
    """The list, of which figures are drawn whole: a place in it says nothing; and its filters."""
    params = request.GET.copy()
    for name in ("after", "before"):
        params.pop(name, None)
    found = listing(params, path=request.path, counted=False, size=1)
    return found, [pair for pair in found.links.pairs if pair[0] in found.filterset.filters]
