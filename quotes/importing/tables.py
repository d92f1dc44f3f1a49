"""Tables: a head that names columns, and rows as wide as it."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO, Any

from quotes.importing import remarks
from quotes.importing.errors import CannotImport
from quotes.importing.rows import Opened, Row
from quotes.models import Import

MOST_COLUMNS = 200
LONGEST_CELL = 100_000
_LONGEST_HEAD = 100_000
_STEP = 1 << 16
_DELIMITERS = (",", ";", "\t", "|")
# Exports write an apostrophe before what a spreadsheet would take for a formula; see quotes.exporting.cells.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def open_csv(data: IO[bytes]) -> Opened:
    """A table in CSV: parted by commas, semicolons, tabs or bars, whichever its head has most of."""
    csv.field_size_limit(LONGEST_CELL)
    encoding, warning = _encoding(data)
    text = io.TextIOWrapper(data, encoding, newline="")
    try:
        head = text.readline(_LONGEST_HEAD)
    except UnicodeDecodeError as error:
        raise CannotImport(remarks.GARBLED) from error
    if "\0" in head:
        raise CannotImport(remarks.BINARY)
    text.seek(0)
    rows = _read(csv.reader(text, delimiter=_delimiter(head)))
    opened = table(Import.Kind.CSV, next(rows, []), rows)
    # The caller's file stays open when this is gone.
    return Opened(opened.kind, opened.heads, _kept_open(opened.rows, text, data), warning)


def _kept_open(rows: Iterator[Row], text: io.TextIOWrapper, data: IO[bytes]) -> Iterator[Row]:
    try:
        yield from rows
    finally:
        if not text.closed and not data.closed:
            text.detach()


def _read(lines: Any) -> Iterator[list[str]]:
    try:
        for cells in lines:
            yield [_unharmed(cell) for cell in cells]
    except UnicodeDecodeError as error:
        raise CannotImport(remarks.GARBLED) from error
    except csv.Error as error:
        raise CannotImport(remarks.NO_CSV % {"line": f"{lines.line_num:,}", "why": error}) from error


def _unharmed(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA and len(cell) > 1 else cell


def _delimiter(head: str) -> str:
    unquoted = "".join(head.split('"')[::2])
    return max(_DELIMITERS, key=unquoted.count)


def _encoding(data: IO[bytes]) -> tuple[str, str]:
    """UTF-8 wherever it fits, UTF-16 where a mark says so, else what Windows writes, with a warning."""
    start = data.read(2)
    data.seek(0)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16", ""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := data.read(_STEP):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252", remarks.NOT_UTF_8
    finally:
        data.seek(0)
    return "utf-8-sig", ""


def table(kind: str, heads: list[str], rows: Iterator[list[str]], *, pads: bool = False) -> Opened:
    """Rows under their heads; empty ones are passed over. With `pads` the cells that are missing at the end are empty.

    Raises CannotImport for a head that names no columns, or two alike.
    """
    heads = [" ".join(head.split()) for head in heads]
    while heads and not heads[-1]:
        heads.pop()
    named = [head for head in heads if head]
    if not named:
        raise CannotImport(remarks.NO_HEAD)
    if len(heads) > MOST_COLUMNS:
        raise CannotImport(remarks.TOO_MANY_COLUMNS % {"columns": len(heads), "most": MOST_COLUMNS})
    if twice := next((head for head in named if named.count(head) > 1), None):
        raise CannotImport(remarks.SAME_HEADS % {"head": twice[:60]})
    return Opened(kind, named, _under(heads, rows, pads=pads))


def _under(heads: list[str], rows: Iterator[list[str]], *, pads: bool) -> Iterator[Row]:
    width = len(heads)
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        wrong = ""
        if any(cell.strip() for cell in cells[width:]):
            wrong = remarks.CELLS_BEYOND % {"cells": len(cells), "columns": width}
        elif len(cells) < width and not pads:
            wrong = remarks.CELLS_MISSING % {"cells": len(cells), "columns": width}
        padded = [*cells, *[""] * (width - len(cells))]
        yield Row(number, {head: cell for head, cell in zip(heads, padded, strict=False) if head}, wrong=wrong)
