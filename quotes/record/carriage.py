"""Carriage and the index, derived from published statements in the transaction that changes them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch

from quotes.models import Appearance, Carriage, Hop, Statement
from quotes.models.origins import origins_in
from quotes.record.index import index
from quotes.record.rows import insert_values

COLUMNS = ("statement_id", "outlet_id", "role", "said_max", "origin")
Row = tuple[int, str, Any, str]
"""Of a carriage: the outlet's id, the role, `said_max` and the origin."""


def derive_carriage(statements: Iterable[Statement]) -> int:
    """Make the carriage of `statements` say what their hops say, and index them; how many entries of the index changed.

    Only published ones have any. Three queries where nothing changed, two more where something did, and the index's.
    """
    by_id = {statement.pk: statement for statement in statements}
    old: dict[int, list[Row]] = defaultdict(list)
    for one in Carriage.objects.filter(statement__in=by_id).order_by("pk"):
        old[one.statement_id].append((one.outlet_id, one.role, one.said_max, one.origin))
    new = _rows(by_id)
    changed = [key for key in by_id if old[key] != new[key]]
    if stale := [key for key in changed if old[key]]:
        Carriage.objects.filter(statement__in=stale).delete()
    insert_values(Carriage, COLUMNS, ((key, *row) for key in changed for row in new[key]))
    return index(by_id)


def wrong_carriage(statements: Iterable[Statement]) -> list[int]:
    """Which of some statements have another carriage than their hops say. Three queries."""
    by_id = {statement.pk: statement for statement in statements}
    old: dict[int, list[Row]] = defaultdict(list)
    for one in Carriage.objects.filter(statement__in=by_id):
        old[one.statement_id].append((one.outlet_id, one.role, one.said_max, one.origin))
    new = _rows(by_id)
    return [key for key in by_id if sorted(old[key]) != sorted(new[key])]


def _rows(by_id: dict[int, Statement]) -> dict[int, list[Row]]:
    """What each statement's hops say, in the order of its appearances. Two queries."""
    shown = Appearance.objects.filter(statement__in=by_id, statement__state=Statement.State.PUBLISHED)
    shown = shown.select_related("document").only("statement_id", "attested", "copy_of_id", "document__outlet_id")
    hops = Hop.objects.select_related("outlet").only("appearance_id", "position", "role", "document_id", "outlet__slug")
    appearances: dict[int, list[Appearance]] = defaultdict(list)
    for one in shown.prefetch_related(Prefetch("hops", hops.order_by("pk"))).order_by("pk"):
        appearances[one.statement_id].append(one)
    rows: dict[int, list[Row]] = defaultdict(list)
    for key, some in appearances.items():
        rows[key] = carried(some, by_id[key].said_max)
    return rows


def carried(appearances: Sequence[Appearance], said_max: dt.date) -> list[Row]:
    """What the hops of one statement's appearances say. No query where documents and hops are loaded."""
    origins = {one.outlet.pk: one.standing for one in origins_in(appearances)}
    found = dict.fromkeys((hop.outlet_id, hop.role) for one in appearances for hop in one.hops.all() if hop.outlet_id)
    return [(outlet, role, said_max, origins.get(outlet, "")) for outlet, role in found]
