"""Numbers as the interface's language writes them."""

from django.utils.translation import get_language

# The space is a narrow one that no line breaks at; Arabic pages write the digits that the record's dates have, too.
_MARKS = {"fr": "\N{NARROW NO-BREAK SPACE}"}


def grouped(number: int) -> str:
    """A number in groups of three digits: 12,345 in English."""
    written = f"{number:,}"
    mark = _MARKS.get(get_language() or "")
    return written.replace(",", mark) if mark else written
