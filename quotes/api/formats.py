"""What an answer can be written as, and which of it a client takes."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from quotes.api.problems import Problem
from quotes.api.shapes.columns import columns, table
from quotes.api.shapes.statements import Row
from quotes.citing import biblatex, jsonld, ris
from quotes.citing.formats import BY_SUFFIX
from quotes.citing.record import CitedStatement, read
from quotes.negotiation import choose


@dataclass(frozen=True)
class Format:
    """A format by the word of its suffix; `cites` those that are written from the frozen versions."""

    name: str
    media_type: str
    cites: bool = False
    fields: frozenset[str] | None = None


JSON = Format("json", "application/json")
CSV = Format("csv", "text/csv; charset=utf-8; header=present")
JSON_LD = Format("jsonld", BY_SUFFIX[".jsonld"].media_type, cites=True)
BIBLATEX = Format("bib", BY_SUFFIX[".bib"].media_type, cites=True)
RIS = Format("ris", BY_SUFFIX[".ris"].media_type, cites=True)
OF_STATEMENTS = (JSON, CSV, JSON_LD, BIBLATEX, RIS)
OF_TABLES = (JSON, CSV)


def negotiated(accept: str, offers: Collection[Format], suffix: str = "") -> Format:
    """The format that the suffix names, or else the client likes best. Raises Problem 406 with what there is."""
    by_name = {one.name: one for one in offers}
    if suffix:
        if suffix not in by_name:
            raise Problem(404, f"There is no .{suffix} of this; there is {_listed(f'.{name}' for name in by_name)}.")
        return by_name[suffix]
    chosen = choose(accept, {one.name: one.media_type for one in offers})
    if chosen is None:
        listed = [{"media_type": one.media_type, "suffix": f".{one.name}"} for one in offers]
        raise Problem(406, "None of the accepted media types is on offer here.", offers=listed)
    return by_name[chosen]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def as_json(value: Any) -> bytes:
    """A value as JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def written(rows: list[Row], format_: Format, fields: Collection[str]) -> bytes:
    """Statements in a format other than JSON."""
    return _WRITERS[format_.name](rows, fields).encode()


def cited(row: Row) -> CitedStatement:
    """The statement as its latest version froze it; the row's version was read with its body."""
    return read(json.loads(row.revision.body), settings.SITE_URL)


def _csv(rows: list[Row], fields: Collection[str]) -> str:
    return table(rows, columns(fields))


def _biblatex(rows: list[Row], _fields: Collection[str]) -> str:
    return "\n".join(biblatex.write(cited(row), row.present) for row in rows)


def _ris(rows: list[Row], _fields: Collection[str]) -> str:
    return "\r\n".join(ris.write(cited(row), row.present) for row in rows)


def _jsonld(rows: list[Row], _fields: Collection[str]) -> str:
    """One document with every Quotation in its graph."""
    nodes = [jsonld.build(cited(row), row.present) for row in rows]
    for node in nodes:
        del node["@context"]
    return json.dumps({"@context": jsonld.CONTEXT, "@graph": nodes}, ensure_ascii=False, indent=1) + "\n"


_WRITERS: Mapping[str, Callable[[list[Row], Collection[str]], str]] = {
    "csv": _csv,
    "jsonld": _jsonld,
    "bib": _biblatex,
    "ris": _ris,
}
