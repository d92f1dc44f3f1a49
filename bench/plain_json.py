"""The rows of the API's first page as a plain view with JsonResponse tells them: what the API is measured by."""

from django.http import HttpRequest, JsonResponse
from django.utils.timezone import localdate

from quotes.api.shapes.statements import EXPANDED, FIELDS, Row, told
from quotes.citing.present import Present
from quotes.models import Appearance, Revision, Statement
from quotes.models.origins import origins_in
from quotes.pages import carried_in

WANTED = [name for name in FIELDS if name not in EXPANDED]


def statements(_request: HttpRequest) -> JsonResponse:
    """Fifty rows, by Django's own means: related rows are selected and prefetched, and nothing else is done."""
    found = Statement.objects.published().select_related("speaker", "speaks_for").prefetch_related("topics")
    rows = list(found.order_by("-said_max", "-pk")[:50])
    revisions = Revision.objects.filter(statement__in=rows).defer("body").order_by("number")
    latest = {one.statement_id: one for one in revisions}
    by_statement: dict[int, list[Appearance]] = {one.pk: [] for one in rows}
    for appearance in Appearance.objects.filter(statement__in=rows).with_stops():
        by_statement[appearance.statement_id].append(appearance)
    return JsonResponse({"results": [_told(one, latest[one.pk], by_statement[one.pk]) for one in rows]})


def _told(statement: Statement, revision: Revision, appearances: list[Appearance]) -> dict[str, object]:
    primary = next((one for one in appearances if one.pk == statement.primary_appearance_id), None)
    statement.carried = carried_in(sorted(appearances, key=lambda one: (one != primary, one.pk)))
    statement.origins = origins_in(appearances)
    statement.possibly = False
    return told(Row(statement, revision, Present(localdate()), primary, appearances), WANTED)
