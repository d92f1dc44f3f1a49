"""Where what is on record comes from: the first outlet of each road, counted once however many printed it."""

from collections.abc import Iterable
from dataclasses import dataclass

from quotes.models import Appearance, Hop
from sources.models import Outlet


@dataclass(frozen=True)
class Origin:
    """The first outlet of a chain: held where its own document is on record, else stated by those who relay it."""

    outlet: Outlet
    held: bool


def origins_of(statements: Iterable[int]) -> dict[int, list[Origin]]:
    """The distinct origins of each of these statements, the earliest found first. Two queries, however many."""
    keys = list(statements)
    hops = Hop.objects.filter(appearance__statement__in=keys, outlet__isnull=False).select_related("outlet")
    firsts: dict[int, Hop] = {}
    for hop in hops.order_by("appearance_id", "position"):
        firsts.setdefault(hop.appearance_id, hop)
    documents = Appearance.objects.filter(statement__in=keys).select_related("document")
    shown = list(documents.only("statement_id", "attested", "document__outlet_id").order_by("pk"))
    own = {(one.statement_id, one.document.outlet_id) for one in shown if not one.attested}
    found: dict[int, dict[int, Origin]] = {key: {} for key in keys}
    for one in shown:
        if (first := firsts.get(one.pk)) and first.outlet:
            outlet, before = first.outlet, found[one.statement_id].get(first.outlet.pk)
            held = bool(before and before.held) or first.document_id is not None or (one.statement_id, outlet.pk) in own
            found[one.statement_id][outlet.pk] = Origin(outlet, held)
    return {key: list(by_outlet.values()) for key, by_outlet in found.items()}
