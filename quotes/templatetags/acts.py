"""What is left of a removed statement, for whichever page shows it."""

from django import template

from quotes.history import Tombstone, tombstone
from quotes.models import Statement

register = template.Library()


@register.simple_tag
def what_is_left(statement: Statement) -> Tombstone:
    """What a tombstone says. One query, and one more for each merge."""
    return tombstone(statement)
