"""Numbers as imports' pages show them."""

from django import template

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """A number with a comma after each three digits: 12,345."""
    return f"{number:,}"


@register.filter
def share(done: int, whole: int | None) -> str:
    """How much of something is done, in per cent; empty where nobody knows how much there is."""
    return f"{100 * min(done, whole) // whole}" if whole else ""
