"""Searching by FTS5, whose lists run in the order of places: the newest matches stream, and the first few end it."""

import json
from collections import Counter
from collections.abc import Collection

from django.db.backends.base.base import BaseDatabaseWrapper

from quotes.search.counting import alternatives_of, has_many
from quotes.search.demands import Demand, Stretch
from quotes.search.expressions import (
    EVERYTHING,
    All,
    Any,
    Attribute,
    Everything,
    Expression,
    Not,
    Nothing,
    Phrase,
    Prefix,
    Word,
)
from quotes.search.tokens import EVERY

Sql = tuple[str, list[object]]

_PARTS = "SELECT {columns} FROM ({parts}) AS found ORDER BY place {order} LIMIT {size}"
_PART = "SELECT {columns} FROM ({stretch}) AS part"
_MATCHED = """
SELECT place FROM (
    SELECT rowid AS place FROM quotes_entry_index
    WHERE quotes_entry_index MATCH %s AND rowid >= {low} AND rowid < {high} ORDER BY rowid {order} LIMIT {size}
)
"""
_ANY = "SELECT place FROM quotes_entry WHERE place >= {low} AND place < {high} ORDER BY place {order} LIMIT {size}"
_JOINED = "SELECT entry.* FROM ({places}) AS found JOIN quotes_entry AS entry ON entry.place = found.place"

# What is materialized is read in the order it was found in, so that the first are the newest.
_TALLIED = """
WITH found AS MATERIALIZED ({places})
SELECT key AS token, value AS n FROM (
    SELECT TALLY(entry.terms) AS counts FROM (SELECT place FROM found LIMIT {most}) AS newest
    JOIN quotes_entry AS entry ON entry.place = newest.place
), JSON_EACH(counts)
UNION ALL SELECT '', COUNT(*) FROM found
"""
_FOUND = "SELECT value AS place FROM JSON_EACH(%s)"
_AT_ONCE = 500
"""Texts that are split together: the tokens of ten thousand would take ten megabytes, in each thread."""


class _Tally:
    """Counts the tokens of texts, three times as fast as SQLite's own functions can split them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        # Called for each row: a method of Python's own would take longer than the counting.
        self.step = self.texts.append

    def finalize(self) -> str:
        counts: Counter[str] = Counter()
        for start in range(0, len(self.texts), _AT_ONCE):
            counts.update(" ".join(self.texts[start : start + _AT_ONCE]).split())
        return json.dumps(counts)


def prepare(connection: BaseDatabaseWrapper) -> None:
    """Teach a connection what `tallied` asks for."""
    connection.ensure_connection()
    connection.connection.create_aggregate("TALLY", 1, _Tally)


def newest(demand: Demand, size: int, *, oldest: bool = False, columns: str = "place") -> Sql:
    """Write SQL for the newest `size` entries of a demand, or the oldest, in their order."""
    order = "ASC" if oldest else "DESC"
    sql, values = _places(demand, size, order)
    if columns != "place":
        sql = _PARTS.format(columns=columns, parts=_JOINED.format(places=sql), order=order, size=size)
    return sql, values


def newest_of_few(demand: Demand, size: int, also: Expression = EVERYTHING) -> Sql:
    """Write SQL for the newest `size` places of a demand that few entries match, and for which something holds as well.

    The index has them in this order, and all words of an entry in theirs.
    """
    return newest(demand.narrowed(also), size)


def tallied(demand: Demand, size: int, most: int) -> Sql:
    """Write SQL for how often each token stands among the newest `most` entries of a demand.

    How many there are, up to `size`, stands beside no token; `most` stands there where the counts that are kept tell
    that there are as many. It needs a connection that was prepared.
    """
    if (alternatives := alternatives_of(demand)) and most < size:
        many, known = has_many(alternatives, size)
        places, values = _stretch(demand.stretches[0], f"(CASE WHEN {many} THEN {most} ELSE {size} END)", "DESC")
        values += known
    else:
        places, values = _places(demand, size, "DESC")
    return _TALLIED.format(places=places, most=most), values


def tallied_of(places: Collection[int]) -> Sql:
    """Write SQL for how often each token stands among entries that were found already, and how many they are."""
    return _TALLIED.format(places=_FOUND, most=len(places)), [json.dumps(list(places))]


def matched(demand: Demand) -> Sql:
    """Write SQL for all places of a demand, however many."""
    return newest(demand, -1)


def match(expression: Expression) -> str:
    """Write an expression as FTS5 reads it. Every term is quoted, so none can be taken for syntax."""
    match expression:
        case Word(term) | Attribute(term):
            return _quoted(term)
        case Prefix(term):
            return f"{_quoted(term)} *"
        case Phrase(terms):
            return _quoted(" ".join(terms))
        case Any(parts):
            return f"({' OR '.join(map(match, parts))})"
        case All(parts):
            wanted = " AND ".join(match(part) for part in parts if not isinstance(part, Not))
            refused = [part.part for part in parts if isinstance(part, Not)]
            return f"(({wanted}) NOT {match(Any(tuple(refused)))})" if refused else f"({wanted})"
        case Not(part):
            return f"({_quoted(EVERY)} NOT {match(part)})"
        case Everything() | Nothing():
            raise ValueError(f"{expression} asks for no term: what is simplified holds it alone")


def _places(demand: Demand, size: int, order: str) -> Sql:
    written = [_stretch(stretch, size, order) for stretch in demand.stretches]
    if len(written) == 1:
        # It stands in its order already, and sorting ten thousand places takes longer than finding them.
        return written[0]
    if not written:
        return "SELECT place FROM quotes_entry WHERE 0", []
    stretches = " UNION ALL ".join(_PART.format(columns="place", stretch=sql) for sql, _ in written)
    sql = _PARTS.format(columns="place", parts=stretches, order=order, size=size)
    return sql, [value for _, values in written for value in values]


def _stretch(stretch: Stretch, size: int | str, order: str) -> Sql:
    shape = {"low": stretch.low, "high": stretch.high, "order": order, "size": size}
    if isinstance(stretch.expression, Everything):
        return _ANY.format(**shape), []
    return _MATCHED.format(**shape), [match(stretch.expression)]


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace("\x00", "").replace('"', '""'))
