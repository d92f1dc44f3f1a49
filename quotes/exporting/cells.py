"""Cells of CSV that no spreadsheet takes for a formula."""

from typing import Any

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection); an apostrophe before it makes it text.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")  # their wide forms too


def harmless(cell: Any) -> str:
    """A cell's text; nothing that a spreadsheet would reckon with or run."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in _FORMULA else text
