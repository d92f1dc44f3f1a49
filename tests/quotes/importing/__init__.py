"""Files that a test imports, as somebody would bring them."""

import csv
import io
import json
from typing import Any

from quotes.importing import beginning
from quotes.importing.mapping import ColumnMap
from quotes.importing.staging import work
from quotes.importing.undoing import begin_undoing
from quotes.models import Import
from tests import factories

HEADS = ("words", "speaker", "said", "outlet", "published", "link", "topics", "language")


def row(number: int = 1, **cells: str) -> dict[str, str]:
    """A row of a spreadsheet: Macron's words in Le Monde, on a day of 2022, unless told else."""
    plain = {
        "words": f"“We must think about security, part {number}.”",
        "speaker": "Emmanuel Macron",
        "said": "2022-12-03",
        "outlet": "Le Monde",
        "published": "2022-12-04",
        "link": f"https://lemonde.fr/{number}",
        "topics": "Security guarantees",
        "language": "en",
    }
    return plain | cells


def csv_file(*rows: dict[str, str], **how: Any) -> bytes:
    """Rows as CSV in UTF-8."""
    written = io.StringIO()
    lines = csv.DictWriter(written, list(rows[0]) if rows else HEADS, **how)
    lines.writeheader()
    lines.writerows(rows)
    return written.getvalue().encode()


def json_file(*lines: dict[str, Any]) -> bytes:
    """Objects as JSON Lines."""
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()


def brought(data: bytes, name: str = "rows.csv", **fields: Any) -> Import:
    """A file that waits for its columns to be told."""
    return beginning.begin(io.BytesIO(data), name, editor=fields.get("editor") or factories.publisher())


def tried(data: bytes, columns: ColumnMap | None = None, **fields: Any) -> Import:
    """A file that was tried, its columns understood as its heads suggest."""
    of = brought(data, **fields)
    opened, rows = beginning.preview(of)
    beginning.try_out(of, columns or beginning.suggested(of, opened.heads, rows))
    return work(of)


def done(data: bytes, columns: ColumnMap | None = None, *, publish: bool = True, **fields: Any) -> Import:
    """A file that was imported, as published statements unless told else."""
    of = tried(data, columns, **fields)
    beginning.do(of, editor=of.by, publish=publish)
    return work(of)


def undone(of: Import, reason: str = "The wrong file") -> Import:
    """An import that was undone."""
    begin_undoing(of, editor=factories.publisher(), reason=reason)
    return work(of)


def found(of: Import) -> list[tuple[str, int, str, str]]:
    """What is told of rows: kind, row, column, reason."""
    return list(of.findings.values_list("kind", "row", "column", "reason"))
