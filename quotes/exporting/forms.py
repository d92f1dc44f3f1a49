"""The forms that a list of statements is downloaded in, each written batch by batch."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring

from quotes.exporting.cells import harmless
from quotes.exporting.columns import COLUMNS, NAMES
from quotes.exporting.rows import Row
from quotes.parquet import Kind, Writer

GROUP = 5_000
"""So many rows make a row group of Parquet: what a reader takes in at once, and what is kept in memory meanwhile."""

Batches = Iterable[list[Row]]
About = Mapping[str, str]


Told = Sequence[str]
"""A column of a batch, as one form writes its values."""


class _Memory(dict[str | None, str]):
    """Texts as a form writes them, each worked out once: in a batch most names stand again and again."""

    def __init__(self, tell: Callable[[str], str], nothing: str) -> None:
        super().__init__({None: nothing})
        self.tell = tell

    def __missing__(self, text: str) -> str:
        self[text] = told = self.tell(text)
        return told


def cell(text: str) -> str:
    """A text as a cell, as RFC 4180 has it; nothing that a spreadsheet would take for a formula."""
    told = harmless(text)
    if '"' in told:
        doubled = told.replace('"', '""')
        return f'"{doubled}"'
    return f'"{told}"' if "," in told or "\n" in told or "\r" in told else told


def csv_lines(batches: Batches, _about: About) -> Iterator[bytes]:
    """A head and a line for each row, in UTF-8; several values of one cell are parted by “; ”."""
    head = f"{','.join(NAMES)}\r\n"
    for rows in batches:
        told = map(",".join, zip(*_cells(rows), strict=True))
        yield f"{head}{_CRLF.join(told)}\r\n".encode()
        head = ""
    if head:
        yield head.encode()


_CRLF = "\r\n"


def _cells(rows: list[Row]) -> Iterator[Told]:
    """The columns of a batch, in cells."""
    cells = _Memory(cell, "")
    for column, values in zip(COLUMNS, zip(*rows, strict=True), strict=True):
        match column.kind:
            case Kind.TEXT if column.is_plain:
                yield values
            case Kind.TEXT:
                yield [cells[text] for text in values]
            case Kind.TEXTS:
                yield [cells["; ".join(texts)] if texts else "" for texts in values]
            case Kind.TRUTH:
                yield ["yes" if truth else "no" for truth in values]
            case Kind.WHOLE:
                yield list(map(str, values))
            case Kind.DAY | Kind.TIME:
                yield [moment or "" for moment in values]


def json_lines(batches: Batches, _about: About) -> Iterator[bytes]:
    """An object for each row; what is unknown is null, several values are a list."""
    line = "{" + ",".join(f"{json.dumps(name)}:%s" for name in NAMES) + "}\n"
    for rows in batches:
        yield "".join([line % told for told in zip(*_values(rows), strict=True)]).encode()


def _values(rows: list[Row]) -> Iterator[Told]:
    """The columns of a batch, in JSON."""
    texts = _Memory(encode_basestring, "null")
    for column, values in zip(COLUMNS, zip(*rows, strict=True), strict=True):
        match column.kind:
            case Kind.TEXT | Kind.DAY | Kind.TIME:
                yield [texts[text] for text in values]
            case Kind.TEXTS:
                yield [f"[{','.join([texts[one] for one in several])}]" if several else "[]" for several in values]
            case Kind.TRUTH:
                yield ["true" if truth else "false" for truth in values]
            case Kind.WHOLE:
                yield list(map(str, values))


def parquet(batches: Batches, about: About) -> Iterator[bytes]:
    """Row groups as they fill, and at the end what makes them a file."""
    writer = Writer({column.name: column.kind for column in COLUMNS}, about, "On Record")
    yield writer.head()
    waiting: list[Row] = []
    for rows in batches:
        waiting += map(_dated, rows)
        if len(waiting) >= GROUP:
            yield b"".join(writer.group(waiting))
            waiting = []
    if waiting:
        yield b"".join(writer.group(waiting))
    yield writer.foot()


_DAYS, _TIMES = ([place for place, one in enumerate(COLUMNS) if one.kind is kind] for kind in (Kind.DAY, Kind.TIME))


def _dated(row: Row) -> Row:
    """A row with days and times as such."""
    told = list(row)
    for place in _DAYS:
        if told[place]:
            told[place] = dt.date.fromisoformat(told[place])
    for place in _TIMES:
        told[place] = dt.datetime.fromisoformat(told[place])
    return tuple(told)


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
