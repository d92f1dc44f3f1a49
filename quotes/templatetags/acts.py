"""How a statement stands, for whichever page shows it."""

from django import template

from quotes.history import Standing, Tombstone, standing, tombstone
from quotes.models import Revision, Statement

register = template.Library()


@register.simple_tag
def how_it_stands(statement: Statement, revision: Revision | None = None) -> Standing:
    """What the banner says. One query."""
    return standing(statement, revision.number if revision else None)


@register.simple_tag
def what_is_left(statement: Statement) -> Tombstone:
    """What a tombstone says. One query, and one more for each merge."""
    return tombstone(statement)
