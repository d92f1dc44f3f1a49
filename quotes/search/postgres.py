"""Searching by tsvector and GIN, in bounded work although GIN knows no order.

Where matches are frequent, the newest entries are read one by one and filtered. Else GIN is asked for one window of
months after another, from the newest, until enough is found. How many months a window takes follows from the counts
that are kept of every token: as many as can be expected to hold a quarter of what is wanted, if in each month tokens
meet by chance, but no more than can hold twenty thousand, or a fortieth of all that may match. Where hardly more than
what is wanted is to be expected in all, it is asked for at once: to be held against months takes as long again.

Each part of a search is a condition of its own, and so are a window's months: GIN skips from one condition's entries to
the next one's, while within one condition it walks the rarest token's to their end.
"""

import datetime as dt
from collections.abc import Collection
from itertools import chain

from django.db.backends.base.base import BaseDatabaseWrapper

from quotes.search.analysis import terms_of
from quotes.search.counting import alternatives_of, has_many, telling, untold
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
from quotes.search.tokens import EVERY, FIRST_PLACE, LAST_PLACE, day_of
from quotes.wording.common_words import COMMON

Sql = tuple[str, list[object]]

_IN_ANY_SENTENCE = frozenset(" ".join(map(terms_of, COMMON)).split())

READ_AT_MOST = 4000
MORE_AT_MOST = 20_000
"""So many of the newest entries are read before GIN is asked, where what is wanted is to be expected among them.

Where more is wanted, eight times as many as that are read, up to the second number, or twice as many.
"""

FEW, TIMES = 2000, 4
"""So many matches, or so many times what is wanted if that is less, are asked for at once."""
SAMPLE = 1000
"""So many of the newest entries tell how often something is found of which nothing is counted, such as words."""
WINDOW = 100
"""So many matches are expected of a window of months, or a quarter of what is wanted, where that is more."""
WINDOW_AT_MOST = 20_000
"""So many entries may match in a window, or a fortieth of all that may, where that is more: GIN finds all of them."""
WINDOWS = 40

_PARTS = "SELECT {columns} FROM ({parts}) AS found ORDER BY place {order} LIMIT {size}"
_ANY = """
SELECT {columns} FROM quotes_entry WHERE place >= {low} AND place < {high} ORDER BY place {order} LIMIT {size}
"""
_STRETCH = """
SELECT {columns} FROM (
    WITH months AS MATERIALIZED (
        SELECT likely.month, likely.n, {share} * EXP(LEAST(50, GREATEST(-50,
            likely.logarithm - ({asked_parts} - 1) * LN(GREATEST(counted.n, 1))))) AS expected
        FROM (
            SELECT month, MIN(n) AS n, SUM(LN(GREATEST(n, 1))) AS logarithm FROM (
                SELECT asked.part, counted.month, SUM(counted.n) AS n
                FROM (VALUES {asked}) AS asked (part, token) JOIN quotes_tokencount AS counted USING (token)
                WHERE counted.month >= {first} AND counted.month <= {last} GROUP BY asked.part, counted.month
            ) AS per_part GROUP BY month HAVING COUNT(*) = {asked_parts}
        ) AS likely LEFT JOIN quotes_tokencount AS counted ON counted.token = '{every}' AND counted.month = likely.month
    ), sizes AS MATERIALIZED (
        SELECT COALESCE(SUM(expected), 0) AS expected, GREATEST({at_most}, SUM(n) / {windows}) AS at_most,
            COALESCE((SELECT n FROM quotes_tokencount WHERE token = '{every}' AND month = 0), 0) AS everything
        FROM months
    ), reading AS MATERIALIZED (
        SELECT CASE WHEN expected * {read} >= everything::bigint * {size} THEN {read} ELSE 0 END AS rows FROM sizes
    ), edge AS MATERIALIZED (
        SELECT CASE WHEN (SELECT rows FROM reading) = 0 THEN {start} ELSE (
            SELECT place FROM quotes_entry WHERE place >= {low} AND place < {high}
            ORDER BY place {order} OFFSET {read} - 1 LIMIT 1
        ) END AS place
    ), read AS MATERIALIZED (
        SELECT {columns} FROM (
            SELECT {columns}, vector FROM quotes_entry WHERE place >= {low} AND place < {high}
            ORDER BY place {order} LIMIT (SELECT rows FROM reading)
        ) AS newest WHERE vector @@ %s::tsquery LIMIT {size}
    ), windows AS MATERIALIZED (
        SELECT STRING_AGG('_w' || LPAD(month::text, 6, '0'), '|') AS tokens, COUNT(*) OVER () AS n
        FROM (
            SELECT month, CASE WHEN sizes.expected <= {few} THEN 0 ELSE FLOOR(GREATEST(
                (SUM(months.expected) OVER so_far - months.expected) / {window},
                (SUM(n) OVER so_far - n) / sizes.at_most
            )) END AS number
            FROM months CROSS JOIN sizes WINDOW so_far AS (ORDER BY month {order})
        ) AS numbered
        WHERE (SELECT COUNT(*) FROM read) < {size} AND (SELECT place FROM edge) IS NOT NULL
        GROUP BY number ORDER BY number
    ), asked AS (
        SELECT {found_columns} FROM windows CROSS JOIN LATERAL (
            SELECT {columns} FROM quotes_entry
            WHERE {conditions} AND vector @@ (CASE WHEN windows.n = 1 THEN %s ELSE windows.tokens END)::tsquery
                AND place + 0 >= {low} AND place + 0 < {high} AND place + 0 {beyond} (SELECT place FROM edge)
            ORDER BY place + 0 {order} LIMIT {size}
        ) AS found LIMIT {size}
    )
    SELECT {columns} FROM read UNION ALL SELECT {columns} FROM asked
) AS stretch
"""
_SHARE = """
(SELECT (COUNT(*) FILTER (WHERE vector @@ %s::tsquery) + 0.5) / (COUNT(*) + 1) FROM (
    SELECT vector FROM quotes_entry ORDER BY place DESC LIMIT {sample}
) AS sample)
"""
_MATCHED = "SELECT place FROM quotes_entry WHERE {conditions} AND place >= {low} AND place < {high}"
# Not the column itself, which would be asked of the index.
_ALSO = " AND (vector || ''::tsvector) @@ %s::tsquery"
# Half as long as asking each entry's vector.
_SIDE_BY_SIDE = " AND STRPOS(' ' || words || ' ', %s) > 0"
_EVERYTHING = "SELECT place FROM quotes_entry WHERE place >= {low} AND place < {high}"

# Materialized, since else what finding is thought to cost makes sorting all tokens look as cheap as hashing them. It is
# read in the order it was found in, so that the first are the newest.
_TALLIED = """
WITH found AS MATERIALIZED ({found})
SELECT token, COUNT(*) AS n FROM (
    SELECT UNNEST(STRING_TO_ARRAY(terms, ' ')) AS token FROM (SELECT terms FROM found LIMIT {most}) AS newest
) AS each GROUP BY token
UNION ALL SELECT '', COUNT(*) FROM found
"""
_FOUND = "SELECT terms FROM quotes_entry WHERE place = ANY(%s::bigint[])"
_EITHER = """
SELECT * FROM ({fewer}) AS fewer WHERE {many} UNION ALL SELECT * FROM ({found}) AS found WHERE NOT {many}
"""


def prepare(connection: BaseDatabaseWrapper) -> None:
    """Nothing to prepare: PostgreSQL splits texts itself."""


def newest(demand: Demand, size: int, *, oldest: bool = False, columns: str = "place") -> Sql:
    """Write SQL for the newest `size` entries of a demand, or the oldest, in their order."""
    order = "ASC" if oldest else "DESC"
    written = [_stretch(stretch, size, columns, order) for stretch in demand.stretches]
    if not written:
        return f"SELECT {columns} FROM quotes_entry WHERE FALSE", []
    parts = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part" for sql, _ in written)
    sql = _PARTS.format(columns=columns, parts=parts, order=order, size=size)
    return sql, [value for _, values in written for value in values]


def newest_of_few(demand: Demand, size: int, also: Expression = EVERYTHING) -> Sql:
    """Write SQL for the newest `size` places of a demand that few entries match: GIN finds them all, at once.

    A search for many words skips from one of the rarest to the next; a window's months, of which any will do, prevent
    that, and so do words that nearly every entry has: what holds `also` is looked at in each entry found.
    """
    sql, values = matched(demand, also)
    # Sorted by what no index has: by its key PostgreSQL would rather read the whole table until enough is found.
    return f"SELECT place FROM ({sql}) AS found ORDER BY place + 0 DESC LIMIT {size}", values


def tallied(demand: Demand, size: int, most: int) -> Sql:
    """Write SQL for how often each token stands among the newest `most` entries of a demand.

    How many there are, up to `size`, stands beside no token; `most` stands there where the counts that are kept tell
    that there are as many.
    """
    found, values = newest(demand, size, columns="place, terms")
    if (alternatives := alternatives_of(demand)) and most < size:
        many, known = has_many(alternatives, size)
        fewer, values_of_fewer = newest(demand, most, columns="place, terms")
        found = _EITHER.format(many=many, fewer=fewer, found=found)
        values = [*values_of_fewer, *known, *values, *known]
    return _TALLIED.format(found=found, most=most), values


def tallied_of(places: Collection[int]) -> Sql:
    """Write SQL for how often each token stands among entries that were found already, and how many they are."""
    return _TALLIED.format(found=_FOUND, most=len(places)), [list(places)]


def matched(demand: Demand, also: Expression = EVERYTHING) -> Sql:
    """Write SQL for all places of a demand for which something holds as well, however many."""
    written = [_whole(stretch, also) for stretch in demand.stretches]
    if not written:
        return "SELECT place FROM quotes_entry WHERE FALSE", []
    return " UNION ALL ".join(sql for sql, _ in written), [value for _, values in written for value in values]


def query(expression: Expression) -> str:
    """Write an expression as a tsquery. Every term is quoted, so none can be taken for syntax."""
    match expression:
        case Word(term) | Attribute(term):
            return _quoted(term)
        case Prefix(term):
            return f"{_quoted(term)}:*"
        case Phrase(terms):
            return f"({' <-> '.join(map(_quoted, terms))})"
        case Any(parts):
            return f"({' | '.join(map(query, parts))})"
        case All(parts):
            return f"({' & '.join(map(query, parts))})"
        case Not(part):
            return f"({_quoted(EVERY)} & !{query(part)})"
        case Everything() | Nothing():
            raise ValueError(f"{expression} asks for no term: what is simplified holds it alone")


def _stretch(stretch: Stretch, size: int, columns: str, order: str) -> Sql:
    place = {"low": stretch.low, "high": stretch.high, "order": order, "size": size, "columns": columns}
    if isinstance(stretch.expression, Everything):
        return f"SELECT * FROM ({_ANY.format(**place)}) AS part", []
    lists = telling(stretch.expression)
    asked = [(part, token) for part, tokens in enumerate(lists) for token in tokens]
    (conditions, values), again = _conditions(stretch.expression), _in_index(stretch.expression)[0]
    share, values_of_share = _share(untold(stretch.expression))
    descending = order == "DESC"
    sql = _STRETCH.format(
        **place,
        asked=", ".join(["(%s, %s)"] * len(asked)),
        asked_parts=len(lists),
        share=share,
        first=_month(stretch.low),
        last=_month(stretch.high),
        every=EVERY,
        read=max(READ_AT_MOST, 2 * size, min(8 * size, MORE_AT_MOST)),
        few=min(TIMES * size, max(FEW, size)),
        window=max(WINDOW, size // 4),
        at_most=WINDOW_AT_MOST,
        windows=WINDOWS,
        conditions=conditions,
        start=stretch.high if descending else stretch.low - 1,
        beyond="<" if descending else ">",
        found_columns=", ".join(f"found.{name.strip()}" for name in columns.split(",")),
    )
    written = query(stretch.expression)
    return sql, [*values_of_share, *(value for pair in asked for value in pair), written, *values, again]


def _share(expression: Expression) -> Sql:
    """Write how often something holds of which no counts are kept: as often as among the newest of all."""
    if isinstance(expression, Everything):
        return "1", []
    return _SHARE.format(sample=SAMPLE), [query(expression)]


def _conditions(expression: Expression) -> Sql:
    """Write what is asked for as conditions that GIN answers together; of a phrase, whether its words are there at all.

    That they stand side by side is not in the index: each entry found is looked at, where GIN would be asked in vain.
    """
    asked = _in_index(expression)
    phrases = [f" {' '.join(part.terms)} " for part in _parts(expression) if isinstance(part, Phrase)]
    return " AND ".join(["vector @@ %s::tsquery"] * len(asked)) + _SIDE_BY_SIDE * len(phrases), [*asked, *phrases]


def _in_index(expression: Expression) -> list[str]:
    """What all entries have that an expression matches, as tsqueries."""
    terms = (_words_of(part) if isinstance(part, Phrase) else [query(part)] for part in _parts(expression))
    return list(dict.fromkeys(chain.from_iterable(terms)))


def _words_of(phrase: Phrase) -> list[str]:
    """The words of a phrase, without those that stand in any sentence where two others say enough."""
    rest = [term for term in phrase.terms if term not in _IN_ANY_SENTENCE]
    return [_quoted(term) for term in (rest if len(set(rest)) > 1 else phrase.terms)]


def _parts(expression: Expression) -> tuple[Expression, ...]:
    return expression.parts if isinstance(expression, All) else (expression,)


def _whole(stretch: Stretch, also: Expression) -> Sql:
    place = {"low": stretch.low, "high": stretch.high}
    if isinstance(stretch.expression, Everything):
        sql, values = _EVERYTHING.format(**place), list[object]()
    else:
        conditions, values = _conditions(stretch.expression)
        sql = _MATCHED.format(conditions=conditions, **place)
    return (sql, values) if isinstance(also, Everything) else (sql + _ALSO, [*values, query(also)])


def _month(place: int) -> int:
    """Return the month of a place, as 202212."""
    day = day_of(min(place, LAST_PLACE - 1)) if place >= FIRST_PLACE else dt.date.min
    return day.year * 100 + day.month


def _quoted(text: str) -> str:
    escaped = text.replace("\x00", "").replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
