"""The roads of a statement, as a file."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.charts.roads import tree_of_roads
from quotes.models import Statement
from quotes.page_cache import shared
from quotes.pages import roads_of
from quotes.permalinks import Mistyped, read_pid
from quotes.revalidation import by_mark
from sources.slugs import survivor


@shared
@require_safe
def roads(request: HttpRequest, typed: str) -> HttpResponse:
    """Every stop with the one it came from; four queries at most, one where a visitor's copy is still good."""
    return by_mark(request, typed, lambda: _roads(request, typed), "roads")


def _roads(request: HttpRequest, typed: str) -> HttpResponse:
    try:
        pid = read_pid(typed)
    except Mistyped as error:
        raise Http404("mistyped") from error
    statement = Statement.objects.for_permalink().filter(pid=pid).first()
    if statement is None or statement.state == Statement.State.DRAFT:
        raise Http404("unknown")
    if not statement.spans:
        return render(request, "statements/removed.html", {"statement": statement}, status=410)
    if statement.state == Statement.State.MERGED or pid != typed:
        return HttpResponsePermanentRedirect(f"{survivor(statement).get_absolute_url()}/roads-drawn.csv")
    figure = tree_of_roads(roads_of(statement))
    response = HttpResponse(figure.table.as_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{pid}-roads.csv"'
    return response
