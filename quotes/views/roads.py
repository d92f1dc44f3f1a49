"""The roads of a statement, as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quotes.charts.roads import tree_of_roads
from quotes.figure_files import figure_file
from quotes.models import Statement
from quotes.moved import beside_permalink
from quotes.page_cache import shared
from quotes.pages import roads_of
from quotes.revalidation import by_mark


@shared
@require_safe
def roads(request: HttpRequest, typed: str) -> HttpResponse:
    """Every stop with the one it came from; four queries at most, one where a visitor's copy is still good."""
    return by_mark(request, typed, lambda: _roads(request, typed), "roads")


def _roads(request: HttpRequest, typed: str) -> HttpResponse:
    def show(statement: Statement) -> HttpResponse:
        return figure_file(tree_of_roads(roads_of(statement)), f"{statement.pid}-roads")

    return beside_permalink(request, typed, "roads-drawn.csv", show)
