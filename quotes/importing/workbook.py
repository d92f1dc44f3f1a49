"""Excel workbooks: the first sheet's cells as text, formulas as the values that they had when the file was saved."""

import datetime as dt
from collections.abc import Iterator
from typing import IO, Any

from quotes.importing import remarks
from quotes.importing.errors import CannotImport
from quotes.importing.rows import Opened
from quotes.importing.tables import table
from quotes.models import Import
from sources.reading.errors import Damaged, megabytes
from sources.reading.limits import RATIO
from sources.reading.unpacking import checked_zip

MOST_BYTES = 10_000_000
_MOST_UNPACKED, _SMALL = 150_000_000, 5_000_000


def open_workbook(data: IO[bytes]) -> Opened:
    """The first sheet of a workbook, whose first row names the columns."""
    # It brings numpy along, which no process that serves pages shall hold without need.
    from openpyxl import load_workbook  # noqa: PLC0415

    _check(data)
    try:
        sheet = load_workbook(data, read_only=True, data_only=True, keep_links=False).worksheets[0]
    except Exception as error:
        # Its reader fails in ways of its own on what others wrote.
        raise CannotImport(remarks.DAMAGED_WORKBOOK) from error
    rows = _rows(sheet)
    return table(Import.Kind.XLSX, next(rows, []), rows, pads=True)


def _check(data: IO[bytes]) -> None:
    """Refuse what would fill memory, and what is another kind of ZIP."""
    size = data.seek(0, 2)
    data.seek(0)
    if size > MOST_BYTES:
        raise CannotImport(remarks.LARGE_WORKBOOK % {"limit": megabytes(MOST_BYTES)})
    try:
        packed = checked_zip(data.read(), min(_MOST_UNPACKED, max(_SMALL, size * RATIO)), "Excel workbook")
    except Damaged as error:
        raise CannotImport(remarks.DAMAGED_WORKBOOK) from error
    finally:
        data.seek(0)
    if "xl/workbook.xml" not in packed.namelist():
        raise CannotImport(remarks.DAMAGED_WORKBOOK)


def _rows(sheet: Any) -> Iterator[list[str]]:
    # What a sheet says of its own size is often wrong.
    sheet.reset_dimensions()
    try:
        for cells in sheet.iter_rows(values_only=True):
            yield [_text(cell) for cell in cells]
    except Exception as error:
        raise CannotImport(remarks.DAMAGED_WORKBOOK) from error


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
