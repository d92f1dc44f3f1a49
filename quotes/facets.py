"""How many statements a list holds, and how they spread over speakers, outlets, topics, years and so on.

Each facet counts within the present filters but its own, so that its numbers tell what choosing another value gives.
Of a list longer than its bound the newest are counted, and the numbers say so; of all statements there are kept counts.
The total and all facets are one SQL statement: each set of entries is read once, and its tokens are counted there.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connections
from django.utils.translation import get_language, gettext

from quotes.filters import StatementFilter, mode_name, origins_name
from quotes.kept_counts import counted
from quotes.languages import language_name
from quotes.models import Speaker, Topic
from quotes.numbers import grouped
from quotes.parameters import read_language
from quotes.search import tokens
from quotes.search.counting import alternatives_of, most_of, telling_of, token_of
from quotes.search.demands import Demand
from quotes.search.engine import Look, engine_of
from sources.models import Outlet

COUNT_LIMIT = 10_000
FACET_LIMIT = 3_000
"""So many of the newest are counted by facets: counting an entry's fifteen tokens takes longer than finding it."""
LOOSE_LIMIT = 500
"""So many of the newest are counted where one of the filters in use is left out, each of which is a list of its own."""
VALUES_SHOWN = 10

Sql = tuple[str, list[Any]]

_TALLY = "tally_{number} AS MATERIALIZED ({counted})"
# The number of entries stands beside no token.
_SIZE = "SELECT '{name}' AS facet, '' AS value, '' AS named, n FROM tally_{number} WHERE token = ''"
# A list by one token or another is no shorter than that of either.
_LEAST_SIZE = """
SELECT '' AS facet, '' AS value, '' AS named, COALESCE(MAX(n), 0) AS n FROM (
    SELECT n FROM tally_{number} WHERE token = ''
    UNION ALL {most}
) AS sizes
"""
_KEPT_SIZE = """
SELECT '{name}' AS facet, '' AS value, '' AS named, COALESCE(MAX(n), 0) AS n FROM quotes_tokencount
WHERE token = %s AND month = 0
"""
_COUNTED = "SELECT '{name}' AS facet, '' AS value, '' AS named, COUNT(*) AS n FROM ({found}) AS bounded"
_NAMED = """
SELECT '{name}' AS facet, named.slug AS value, named.name AS named, top.n AS n
FROM ({top}) AS top JOIN {table} AS named ON named.id = CAST(SUBSTR(top.token, 3) AS BIGINT)
WHERE named.slug IS NOT NULL ORDER BY {chosen} top.n DESC, named.name LIMIT {limit}
"""
_PLAIN = """
SELECT '{name}' AS facet, SUBSTR(top.token, {start}) AS value, '' AS named, top.n AS n
FROM ({top}) AS top ORDER BY {chosen} top.n DESC, top.token LIMIT {limit}
"""
_YEARS = """
SELECT '{name}' AS facet, SUBSTR(token, 3, 4) AS value, '' AS named, SUM(n) AS n FROM ({top}) AS top
GROUP BY SUBSTR(token, 3, 4) ORDER BY {chosen} SUBSTR(token, 3, 4) DESC LIMIT {limit}
"""
_TOP = "SELECT token, n FROM {counts} AS counts WHERE {kind} ORDER BY {chosen} n DESC LIMIT {limit}"
_CHOSEN_FIRST = "CASE WHEN {column} IN ({marks}) THEN 0 ELSE 1 END,"
_MONTHS = """
SELECT 'months' AS facet, CAST(month AS VARCHAR) AS value, '' AS named, MIN(n) AS n FROM (
    SELECT counted.month, asked.part, SUM(counted.n) AS n FROM asked JOIN quotes_tokencount AS counted
        ON counted.token = asked.token
    WHERE counted.month > 0 GROUP BY asked.part, counted.month
) AS per_part GROUP BY month HAVING COUNT(*) = {parts}
"""
# So many of a kind are looked at before they are named: who has no address, and whose name comes first, shows then.
_LOOKED_AT = 100


@dataclass(frozen=True)
class Total:
    """How many statements there are, counted up to a bound."""

    n: int
    limit: int = field(default=0, compare=False)

    @property
    def is_more(self) -> bool:
        """Say whether there are more than were counted."""
        return self.n > (self.limit or COUNT_LIMIT)

    def __str__(self) -> str:
        if not self.is_more:
            return grouped(self.n)
        return gettext("more than %(number)s") % {"number": grouped(self.limit or COUNT_LIMIT)}


@dataclass(frozen=True)
class Tally:
    """One value of a facet, as the address writes it and as a reader reads it, and how many statements have it.

    There may be more (`is_least`) where the list is so long that only its newest were counted.
    """

    value: str
    label: str
    n: int
    is_least: bool = False

    @property
    def number(self) -> str:
        """Return the number as it is shown."""
        return f"{grouped(self.n)}{'+' if self.is_least else ''}"


@dataclass(frozen=True)
class Spread:
    """The count of a list, its facets by the names of their parameters, and the months that it may hold, as 202212.

    `without` counts what leaving out a facet's own filter would find, for those in use.
    """

    total: Total = Total(0)
    facets: dict[str, list[Tally]] = field(default_factory=dict)
    without: dict[str, Total] = field(default_factory=dict)
    months: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Facet:
    """How the statements of a list are counted by one parameter: by the tokens of one kind.

    `token_of` gives the token of a chosen value; what has a page is named by its `table`, what has none by `name_of`,
    from the token's rest as `read` reads it.
    """

    name: str
    kind: str
    token_of: Callable[[Any], str]
    table: str = ""
    name_of: Callable[[str], str] = str
    read: Callable[[str], str] = str
    by_year: bool = False

    def in_order(self, tallies: Iterable[Tally]) -> list[Tally]:
        """Sort as shown: the greatest number first, years from the latest."""
        if self.by_year:
            return sorted(tallies, key=lambda tally: tally.value, reverse=True)
        return sorted(tallies, key=lambda tally: (-tally.n, tally.label.casefold()))

    def written(self, counts: str, chosen: list[Any], *, kept: bool) -> Sql:
        """Write the chosen values whatever their number, and the first of the others, from counts of tokens."""
        marks = [f"{meaning:04d}" if self.by_year else self.token_of(meaning) for meaning in chosen]
        first = {
            name: _CHOSEN_FIRST.format(column=column, marks=", ".join(["%s"] * len(marks))) if marks else ""
            for name, column in (("inner", "token"), ("outer", "top.token"), ("year", "SUBSTR(token, 3, 4)"))
        }
        kind = f"kind = '{self.kind}' AND month = 0" if kept else f"SUBSTR(token, 1, 2) = '{self.kind}'"
        shape = {"name": self.name, "limit": VALUES_SHOWN + len(marks)}
        if self.by_year:
            top = f"SELECT token, n FROM {counts} AS counts WHERE {kind}"
            return _YEARS.format(top=top, chosen=first["year"], **shape), marks
        top = _TOP.format(counts=counts, kind=kind, chosen=first["inner"], limit=_LOOKED_AT + len(marks))
        if self.table:
            return _NAMED.format(top=top, table=self.table, chosen=first["outer"], **shape), marks * 2
        return _PLAIN.format(top=top, start=len("_m_") + 1, chosen=first["outer"], **shape), marks * 2


def _by_outlet(role: str = "") -> Callable[[Outlet], str]:
    return lambda outlet: tokens.outlet(outlet.pk, role)


FACETS = (
    Facet("speaker", "_s", lambda speaker: tokens.speaker(speaker.pk), Speaker._meta.db_table),
    Facet("outlet", "_o", _by_outlet(), Outlet._meta.db_table),
    Facet("relay", "_r", _by_outlet("relayed_by"), Outlet._meta.db_table),
    Facet("topic", "_t", lambda topic: tokens.topic(topic.pk), Topic._meta.db_table),
    Facet("mode", "_m", tokens.mode, name_of=mode_name),
    Facet(
        "language", "_l", tokens.language, name_of=language_name, read=lambda tag: read_language(tag.replace("_", "-"))
    ),
    Facet("origins", "_n", lambda number: tokens.origins(int(number)), name_of=origins_name),
    # By the last day a statement can be from, which is its place in the list.
    Facet("year", "_w", str, by_year=True),
)


class _Counts:
    """The parts of one SQL statement, with the sets of entries that they count."""

    def __init__(self, using: str, found: Mapping[Demand, Collection[int]] | None = None) -> None:
        self.connection, self.found = connections[using], found or {}
        self.sets: dict[tuple[Demand, int], str] = {}
        self.with_: list[Sql] = []
        self.parts: list[Sql] = []

    def number_of(self, demand: Demand, limit: int) -> str:
        """Return the number of a set: a demand's newest entries, read once however often they are counted."""
        if (demand, limit) not in self.sets:
            number = self.sets[demand, limit] = str(len(self.sets))
            engine = engine_of(self.connection)
            if (places := self.found.get(demand)) is not None:
                counted, values = engine.tallied_of(places)
            else:
                counted, values = engine.tallied(demand, limit + 1, FACET_LIMIT)
            self.with_.append((_TALLY.format(number=number, counted=counted), values))
            self.parts.append(_size(f"set_{number}", number))
        return self.sets[demand, limit]

    def fetch(self) -> dict[str, list[Tally]]:
        """Ask for all parts. One query."""
        found: dict[str, list[Tally]] = defaultdict(list)
        if not self.parts:
            return found
        sql = " UNION ALL ".join(f"SELECT * FROM ({part}) AS part" for part, _ in self.parts)
        if self.with_:
            sql = f"WITH {', '.join(part for part, _ in self.with_)} {sql}"
        engine_of(self.connection).prepare(self.connection)
        with self.connection.cursor() as cursor:
            cursor.execute(sql, [value for _, values in [*self.with_, *self.parts] for value in values])
            for name, value, named, n in cursor.fetchall():
                found[name].append(Tally(value, named, int(n)))
        return found


def spread(
    filterset: StatementFilter, leaving_out: Collection[str] = (), places: Collection[int] | None = None
) -> Spread:
    """Count what a valid filterset finds, in all and by each facet but those left out. One query.

    None where it was counted before for a request of this epoch. `places` are all that the filterset finds, where
    somebody has found them already: no more than facets count.
    """
    facets = [facet for facet in FACETS if facet.name not in leaving_out]
    found = counted(lambda: _asked_for(facets, filterset), lambda: _counted_by(facets, filterset, places))
    shown = {name: [Tally(*tally) for tally in tallies] for name, tallies in found["facets"].items()}
    without = {name: Total(n, LOOSE_LIMIT) for name, n in found["without"].items()}
    return Spread(Total(found["total"]), shown, without, found["months"])


def _asked_for(facets: list[Facet], filterset: StatementFilter) -> object:
    """All that counts depend on."""
    demands = [(facet.name, filterset.demand(facet.name), _chosen(facet, filterset)) for facet in facets]
    return get_language(), filterset.demand(), demands, COUNT_LIMIT, FACET_LIMIT, LOOSE_LIMIT


def _counted_by(facets: list[Facet], filterset: StatementFilter, places: Collection[int] | None) -> dict[str, Any]:
    demand = filterset.demand()
    counts = _Counts(filterset.queryset.db, {} if places is None else {demand: places})
    sets = {facet.name: _count(facet, filterset, counts) for facet in facets}
    counts.parts.append(_total(demand, counts))
    counts.with_.extend(_asked(demand))
    counts.parts.extend(_months(demand))
    rows = counts.fetch()
    long = {
        number for (_, limit), number in counts.sets.items() if rows[f"set_{number}"][0].n > min(limit, FACET_LIMIT)
    }
    if rows[""][0].n > COUNT_LIMIT:
        long |= {number for (counted_of, _), number in counts.sets.items() if counted_of == demand}
    shown = {
        facet.name: _shown(facet, filterset, rows[facet.name], is_least=sets[facet.name] in long) for facet in facets
    }
    return {
        "total": min(rows[""][0].n, COUNT_LIMIT + 1),
        "facets": {
            name: [(one.value, one.label, one.n, one.is_least) for one in tallies] for name, tallies in shown.items()
        },
        "without": {name: rows[f"set_{sets[name]}"][0].n for name in filterset.used if sets.get(name)},
        "months": sorted(int(tally.value) for tally in rows["months"] if tally.n > 0),
    }


def totals_without(filterset: StatementFilter, counted_without: Mapping[str, Total]) -> dict[str, Total]:
    """Count what dropping each parameter in use would find, up to a lower bound: one query for what isn't yet."""
    counts = _Counts(filterset.queryset.db)
    rest = [name for name in filterset.used if name not in counted_without]
    for name in rest:
        sql, values = Look(filterset.demand(name), LOOSE_LIMIT + 1).written(counts.connection)
        counts.parts.append((_COUNTED.format(name=name, found=sql), values))
    rows = counts.fetch()
    return {**counted_without, **{name: Total(rows[name][0].n, LOOSE_LIMIT) for name in rest}}


def key(meaning: Any) -> str:  # of whatever a parameter stands for
    """Return a chosen value as its facet writes it: today's slug, four digits of a year."""
    return f"{meaning:04d}" if isinstance(meaning, int) else str(getattr(meaning, "slug", meaning))


def _count(facet: Facet, filterset: StatementFilter, counts: _Counts) -> str:
    """Count by a facet, and return the number of the set it was counted in; none for counts that are kept."""
    demand = filterset.demand(facet.name)
    kept = demand == Demand()
    is_own = facet.name in filterset.used
    number = "" if kept else counts.number_of(demand, min(LOOSE_LIMIT, COUNT_LIMIT) if is_own else COUNT_LIMIT)
    table = "quotes_tokencount" if kept else f"tally_{number}"
    counts.parts.append(facet.written(table, filterset.meanings(facet.name), kept=kept))
    return number


def _total(demand: Demand, counts: _Counts) -> Sql:
    if token := token_of(demand):
        return _KEPT_SIZE.format(name=""), [token]
    number, alternatives = counts.number_of(demand, COUNT_LIMIT), alternatives_of(demand)
    if not alternatives:
        return _size("", number)
    most, values = most_of(alternatives)
    return _LEAST_SIZE.format(number=number, most=most), values


def _size(name: str, number: str) -> Sql:
    return _SIZE.format(name=name, number=number), []


def _asked(demand: Demand) -> Iterator[Sql]:
    """Write the tokens that tell in which months there may be something."""
    pairs = [pair for part, some in enumerate(telling_of(demand)) for token in some for pair in (part, token)]
    if pairs:
        yield f"asked (part, token) AS (VALUES {', '.join(['(%s, %s)'] * (len(pairs) // 2))})", pairs


def _months(demand: Demand) -> Iterator[Sql]:
    if parts := telling_of(demand):
        yield _MONTHS.format(parts=len(parts)), []


def _chosen(facet: Facet, filterset: StatementFilter) -> dict[str, str]:
    return {key(meaning): str(meaning) for meaning in filterset.meanings(facet.name)}


def _shown(facet: Facet, filterset: StatementFilter, rows: list[Tally], *, is_least: bool) -> list[Tally]:
    """Name the values; a chosen one that no statement has any more stays, with 0."""
    chosen = _chosen(facet, filterset)
    numbers = {facet.read(tally.value): tally for tally in rows if tally.n}
    others = [value for value in numbers if value not in chosen][:VALUES_SHOWN]
    found = []
    for value in [*chosen, *others]:
        tally = numbers.get(value, Tally(value, chosen.get(value, ""), 0))
        found.append(Tally(value, tally.label or facet.name_of(value), tally.n, is_least=is_least))
    return facet.in_order(found)
