"""Where statements come from, read for many at once."""

from collections.abc import Iterable

from quotes.models import Carriage
from quotes.models.origins import HELD, Origin


def origins_of(statements: Iterable[int]) -> dict[int, list[Origin]]:
    """The distinct origins of each of these published statements, the first found first. One query."""
    found: dict[int, dict[int, Origin]] = {key: {} for key in statements}
    rows = Carriage.objects.filter(statement__in=list(found)).exclude(origin="").select_related("outlet")
    for one in rows.order_by("pk"):
        found[one.statement_id][one.outlet_id] = Origin(one.outlet, one.origin == HELD)
    return {key: list(by_outlet.values()) for key, by_outlet in found.items()}
