"""Rows as they stand in a file, before anything is understood of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """A row of a file: its number as spreadsheets and editors count, and its cells by head.

    `part` counts the quotations of a line that has several; `wrong` says why the row can't be read at all.
    """

    number: int
    cells: dict[str, Any]
    part: int = 0
    wrong: str = ""


@dataclass(frozen=True)
class Opened:
    """A file that is read from its start. `heads` are the columns of a table, `warning` is for the editor."""

    kind: str
    heads: list[str]
    rows: Iterator[Row]
    warning: str = ""
