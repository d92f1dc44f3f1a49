"""The pages that an act changes: whose they are, locked in one order, and made new.

A page's entity tag is made of its statement's `touched`. An act therefore counts up that of every statement whose page
it changes: one page shows other statements' words, and the present names of speakers, outlets, topics and documents.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from quotes.models import Appearance, Hop, Link, Speaker, Statement, Topic
from sources.models import Document, Outlet

BATCH = 1000


def touch(keys: Iterable[int]) -> None:
    """Make every copy of these statements' pages old. One query a thousand statements."""
    for batch in _batches(keys):
        Statement.objects.filter(pk__in=batch).update(touched=F("touched") + 1)


def lock_pages(keys: Iterable[int]) -> None:
    """Lock statements till the end of the transaction. One query a thousand statements.

    Always drafts first, then by id, and before speakers, outlets or documents are locked: two acts that change some
    of the same pages wait for each other, and never in a circle.
    """
    drafts_first = Case(When(state=Statement.State.DRAFT, then=0), default=1)
    for batch in _batches(keys):
        rows = Statement.objects.filter(pk__in=batch).select_for_update(no_key=True)
        list(rows.order_by(drafts_first, "pk").values_list("pk", flat=True))


def with_linked(keys: Iterable[int]) -> set[int]:
    """Statements, and those on whose pages their words stand because a link joins the two.

    Drafts at the other end have no page yet, and an editor at work on one has not been overtaken. Two queries a
    thousand statements.
    """
    found = set(keys)
    for batch in _batches(found):
        for near, far in (("source", "target"), ("target", "source")):
            links = Link.objects.filter(**{f"{near}__in": batch}).exclude(**{f"{far}__state": Statement.State.DRAFT})
            found |= _keys(links, f"{far}_id")
    return found


def naming(thing: Speaker | Outlet | Topic) -> set[int]:
    """The statements on whose pages the present name of a speaker, an outlet or a topic stands.

    Two or three queries; for a speaker two more a thousand statements, because links tell who said the other end.
    """
    if isinstance(thing, Topic):
        return _keys(thing.statements.order_by())
    if isinstance(thing, Outlet):
        return _keys(Hop.objects.filter(outlet=thing), "appearance__statement_id") | _keys(
            Appearance.objects.filter(document__outlet=thing), "statement_id"
        )
    spoken = _keys(Statement.objects.filter(Q(speaker=thing) | Q(speaks_for=thing)))
    return with_linked(spoken) | _keys(Hop.objects.filter(speaker=thing), "appearance__statement_id")


def standing_in(documents: Iterable[Document]) -> set[int]:
    """The statements on whose pages these documents are named. Two queries."""
    wanted = [document.pk for document in documents]
    named = _keys(Hop.objects.filter(document__in=wanted), "appearance__statement_id")
    return named | _keys(Appearance.objects.filter(document__in=wanted), "statement_id")


def _keys(rows: QuerySet[Any], column: str = "pk") -> set[int]:
    return set(rows.order_by().values_list(column, flat=True))


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
