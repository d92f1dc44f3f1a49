"""A figure's numbers as a file, the same wherever figures stand."""

from django.http import HttpResponse

from quotes.charts.figures import Figure


def figure_file(figure: Figure, name: str) -> HttpResponse:
    """What a figure's table holds, as CSV to keep as `name`.csv."""
    response = HttpResponse(figure.table.as_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
