"""The forms that a list of statements is downloaded in, each written batch by batch."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quotes.exporting.cells import harmless
from quotes.exporting.columns import COLUMNS, NAMES
from quotes.exporting.rows import Row
from quotes.parquet import Kind, Writer

GROUP = 5_000
"""So many rows make a row group of Parquet: what a reader takes in at once, and what is kept in memory meanwhile."""

Batches = Iterable[list[Row]]
About = Mapping[str, str]


# What a cell says of a value that isn't empty, where the value doesn't say it itself.
_CELLS: Mapping[Kind, Callable[[Any], object]] = {
    Kind.TEXT: harmless,
    Kind.TEXTS: lambda values: harmless("; ".join(values)),
    Kind.TRUTH: lambda _: "yes",
    Kind.TIME: lambda moment: moment.isoformat(),
}


def csv_lines(batches: Batches, _about: About) -> Iterator[bytes]:
    """A head and a line for each row, as RFC 4180 has it, in UTF-8; several values of one cell are parted by “; ”."""
    telling = [
        (place, _CELLS[column.kind])
        for place, column in enumerate(COLUMNS)
        if column.kind in _CELLS and not column.is_code
    ]
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(NAMES)
    for rows in batches:
        for row in rows:
            cells = list(row)
            for place, tell in telling:
                if value := row[place]:
                    cells[place] = tell(value)
                elif value is not None:
                    cells[place] = "no" if value is False else ""
            lines.writerow(cells)
        yield _taken(written)
    if text := _taken(written):
        yield text


def _taken(written: io.StringIO) -> bytes:
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text.encode()


def json_lines(batches: Batches, _about: About) -> Iterator[bytes]:
    """An object for each row; what is unknown is null, several values are a list."""
    write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=lambda day: day.isoformat()).encode
    for rows in batches:
        yield "".join([f"{write(dict(zip(NAMES, row, strict=True)))}\n" for row in rows]).encode()


def parquet(batches: Batches, about: About) -> Iterator[bytes]:
    """Row groups as they fill, and at the end what makes them a file."""
    writer = Writer({column.name: column.kind for column in COLUMNS}, about, "On Record")
    yield writer.head()
    waiting: list[Row] = []
    for rows in batches:
        waiting += rows
        if len(waiting) >= GROUP:
            yield b"".join(writer.group(waiting))
            waiting = []
    if waiting:
        yield b"".join(writer.group(waiting))
    yield writer.foot()


@dataclass(frozen=True)
class Form:
    """A form by the suffix of its address."""

    label: str
    media_type: str
    write: Callable[[Batches, About], Iterator[bytes]]


FORMS = {
    "csv": Form("CSV", "text/csv; charset=utf-8; header=present", csv_lines),
    "jsonl": Form("JSON Lines", "application/jsonl; charset=utf-8", json_lines),
    "parquet": Form("Parquet", "application/vnd.apache.parquet", parquet),
}
