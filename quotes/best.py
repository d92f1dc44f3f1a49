"""The best matches of a search, among its newest: bounded work, and the same order on both databases."""

from django.db import connections

from quotes.cards import cards
from quotes.filters import StatementFilter
from quotes.models import Statement
from quotes.pagination import Page
from quotes.querysets import StatementQuerySet
from quotes.search.engine import Look
from quotes.search.ranking import Candidate, ranked
from quotes.search.tokens import statement_of

RANKED = 1_000
"""So many of the newest matches are ranked."""


def best(filterset: StatementFilter, rows: StatementQuerySet | None, size: int) -> Page[Statement]:
    """Return the best matches of a filterset that has words, the best first.

    One query, and those of `rows`, or of cards.
    """
    connection = connections[filterset.queryset.db]
    with connection.cursor() as cursor:
        cursor.execute(*Look(filterset.demand(), RANKED).written(connection, "place, words, voices, terms"))
        candidates = [Candidate(*row) for row in cursor.fetchall()]
    places = ranked(filterset.filters["q"].asks(filterset.used["q"]), candidates)
    keys = [statement_of(place) for place in places[:size]]
    found = cards(keys) if rows is None else rows.in_bulk(keys)
    every = sorted(places, reverse=True) if len(places) < RANKED else None
    return Page([found[key] for key in keys if key in found], places=every)
