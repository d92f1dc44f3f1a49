"""Carriage and the index, derived from published statements in the transaction that changes them."""

from collections.abc import Iterable

from quotes.models import Carriage, Hop, Statement
from quotes.record.index import index


def derive_carriage(statements: Iterable[Statement]) -> None:
    """Make the carriage of `statements` say what their hops say, and index them; only published ones have any.

    Three queries, and the index's.
    """
    by_id = {statement.pk: statement for statement in statements}
    Carriage.objects.filter(statement__in=by_id).delete()
    hops = Hop.objects.filter(
        appearance__statement__in=by_id, appearance__statement__state=Statement.State.PUBLISHED, outlet__isnull=False
    )
    carried = dict.fromkeys(
        hops.order_by("appearance_id", "position").values_list("appearance__statement_id", "outlet_id", "role")
    )
    Carriage.objects.bulk_create(
        Carriage(statement_id=statement, outlet_id=outlet, role=role, said_max=by_id[statement].said_max)
        for statement, outlet, role in carried
    )
    index(by_id)
