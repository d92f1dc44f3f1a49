"""What stands beside the statements of an answer: read once for all of them, and only what the fields ask for."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import prefetch_related_objects
from django.utils.timezone import localdate

from quotes.api.shapes.statements import Row
from quotes.history import Standing, present, standings
from quotes.models import Appearance, Link, Revision, Statement
from quotes.models.origins import origins_in
from quotes.pages import Around, carried_in, seen_from
from quotes.versions import latest_of

_OF_THE_PRIMARY = frozenset({"document", "road"})


def rows(statements: list[Statement], fields: Collection[str], *, with_bodies: bool = False) -> list[Row]:
    """The statements as rows; those of a list have their cards' surroundings already.

    Two queries, for versions and acts; two more for the primary appearances or for all of them, one for links, one
    for revisions, as the fields ask.
    """
    if not statements:
        return []
    wanted, today = set(fields), localdate()
    latest, known = latest_of(statements, with_bodies=with_bodies), standings(statements)
    found = _appearances(statements, wanted)
    around = _around(statements) if "links" in wanted else {}
    revisions = _revisions(statements) if "revisions" in wanted else {}
    return [
        Row(
            statement,
            latest[statement.pk],
            present(statement, known.get(statement.pk, Standing()), today),
            _primary(statement, found[statement.pk]),
            found[statement.pk],
            around.get(statement.pk, []),
            revisions.get(statement.pk, []),
        )
        for statement in statements
    ]


def row(statement: Statement, fields: Collection[str]) -> Row:
    """One statement, which may be retracted, as a row with its version's body. At most nine queries."""
    prefetch_related_objects([statement], "topics")
    [read] = rows([statement], {*fields, "appearances"}, with_bodies=True)
    # A retracted statement has no carriage: it is in no list.
    statement.carried = carried_in(sorted(read.appearances, key=lambda one: (one != read.primary, one.pk)))
    statement.origins = origins_in(read.appearances)
    return read


def _appearances(statements: list[Statement], wanted: set[str]) -> dict[int, list[Appearance]]:
    """The appearances that the fields ask for: all, the primary ones, or none. Two queries."""
    found: dict[int, list[Appearance]] = defaultdict(list)
    if "appearances" in wanted:
        asked = Appearance.objects.filter(statement__in=statements)
    elif wanted & _OF_THE_PRIMARY:
        asked = Appearance.objects.filter(primary_of__in=statements)
    else:
        return found
    by_key = {statement.pk: statement for statement in statements}
    for appearance in asked.with_stops():
        appearance.statement = by_key[appearance.statement_id]
        found[appearance.statement_id].append(appearance)
    return found


def _primary(statement: Statement, appearances: Iterable[Appearance]) -> Appearance | None:
    return next((one for one in appearances if one.pk == statement.primary_appearance_id), None)


def _around(statements: list[Statement]) -> dict[int, list[Around]]:
    """What is linked to each statement, from both ends. One query."""
    by_key = {statement.pk: statement for statement in statements}
    around: dict[int, list[Around]] = defaultdict(list)
    for link in Link.objects.around_any(statements):
        for key in (link.source_id, link.target_id):
            seen = seen_from(by_key[key], link) if key in by_key else None
            if seen and seen.statement.state == Statement.State.PUBLISHED:
                around[key].append(seen)
    return around


def _revisions(statements: list[Statement]) -> dict[int, list[Revision]]:
    """Every version of each statement, the first first. One query."""
    found: dict[int, list[Revision]] = defaultdict(list)
    for revision in Revision.objects.filter(statement__in=statements).defer("body").order_by("number"):
        found[revision.statement_id].append(revision)
    return found
