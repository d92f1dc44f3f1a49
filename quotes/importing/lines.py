"""JSON Lines: the record's own, and Quotebank's by quotation and by article."""

import json
from collections.abc import Iterator
from typing import IO, Any

from quotes.importing import quotebank, remarks
from quotes.importing.errors import CannotImport
from quotes.importing.fields import PARTS
from quotes.importing.rows import Opened, Row
from quotes.models import Import

LONGEST = 20_000_000
_READ = {
    Import.Kind.LINES: lambda number, line: [Row(number, _texts(line))],
    Import.Kind.QUOTATIONS: quotebank.of_quotation,
    Import.Kind.ARTICLES: quotebank.of_article,
}


def open_lines(data: IO[bytes]) -> Opened:
    """Objects, one a line. What the first one holds says which kind they are."""
    first = next((line for _, line, _ in _objects(data) if line is not None), None)
    data.seek(0)
    if first is None:
        raise CannotImport(remarks.NO_OBJECTS)
    kind = _kind(first)
    heads = list(first) if kind == Import.Kind.LINES else []
    return Opened(kind, heads, _rows(kind, data))


def _kind(first: dict[str, Any]) -> str:
    if isinstance(first.get("quotations"), list):
        return Import.Kind.ARTICLES
    return Import.Kind.QUOTATIONS if "quotation" in first and "probas" in first else Import.Kind.LINES


def _rows(kind: str, data: IO[bytes]) -> Iterator[Row]:
    for number, line, wrong in _objects(data):
        if line is None:
            yield Row(number, {}, wrong=wrong)
        else:
            yield from _READ[Import.Kind(kind)](number, line)


def _objects(data: IO[bytes]) -> Iterator[tuple[int, dict[str, Any] | None, str]]:
    """Each line that isn't empty: its number, its object, and else why there is none."""
    number = 0
    while line := data.readline(LONGEST):
        number += 1
        if len(line) == LONGEST and not line.endswith(b"\n"):
            raise CannotImport(remarks.LONG_LINE % {"line": f"{number:,}", "limit": LONGEST // 1_000_000})
        if not line.strip():
            continue
        try:
            found = json.loads(line.decode("utf-8-sig"))
        except UnicodeDecodeError:
            yield number, None, remarks.LINE_NOT_UTF_8
        except (ValueError, RecursionError):
            yield number, None, remarks.LINE_NO_OBJECT
        else:
            yield number, found if isinstance(found, dict) else None, remarks.LINE_NO_OBJECT


def _texts(line: dict[str, Any]) -> dict[str, str]:
    return {name: _text(value) for name, value in line.items()}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return f"{PARTS} ".join(_text(part) for part in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
