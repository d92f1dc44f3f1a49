"""Numbers as imports' pages show them."""

from django import template

from quotes.numbers import grouped

register = template.Library()
register.filter(grouped)


@register.filter
def share(done: int, whole: int | None) -> str:
    """How much of something is done, in per cent; empty where nobody knows how much there is."""
    return f"{100 * min(done, whole) // whole}" if whole else ""
