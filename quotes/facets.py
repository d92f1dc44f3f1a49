"""How many statements a list holds, and how they spread over speakers, outlets, topics, years and so on.

Each facet counts within the present filters but its own, so that its numbers tell what choosing another value gives.
The count and all facets are one SQL statement: a small one each, joined by UNION ALL. SQLite takes no limits in the
parts of a union as Django writes it, so Django compiles the parts and they are joined here.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import Count, F, Func

from quotes.filters import StatementFilter, mode_name
from quotes.languages import language_name
from quotes.models import Hop, Topic
from quotes.querysets import StatementQuerySet

COUNT_LIMIT = 10_000
VALUES_SHOWN = 10

Sql = tuple[str, tuple[Any, ...]]

_TOTAL = "SELECT '{name}' AS facet, '' AS value, '' AS named, COUNT(*) AS n FROM ({found}) AS bounded"
_PART = """
SELECT '{name}' AS facet, value, named, n FROM ({counted}) AS counted ORDER BY {order} LIMIT {limit}
"""
_CHOSEN_FIRST = "CASE WHEN value IN ({marks}) THEN 0 ELSE 1 END, "
_UNION = "SELECT * FROM ({part}) AS part"
_TOPICS = """
WITH tree AS MATERIALIZED (
    SELECT below.id AS topic, above.slug AS slug, above.name AS name
    FROM {topics} below JOIN {topics} above ON below.path LIKE above.path || '%%'
)
SELECT tree.slug AS value, tree.name AS named, COUNT(DISTINCT filed.statement) AS n
FROM ({filed}) AS filed JOIN tree ON tree.topic = filed.topic
GROUP BY tree.slug, tree.name
"""


@dataclass(frozen=True)
class Total:
    """How many statements there are, counted up to a bound."""

    n: int

    @property
    def is_more(self) -> bool:
        """Say whether there are more than were counted."""
        return self.n > COUNT_LIMIT

    def __str__(self) -> str:
        return f"more than {COUNT_LIMIT:,}" if self.is_more else f"{self.n:,}"


@dataclass(frozen=True)
class Tally:
    """One value of a facet, as the address writes it and as a reader reads it, and how many statements have it."""

    value: str
    label: str
    n: int


@dataclass(frozen=True)
class Spread:
    """The count of a list, and its facets by the names of their parameters."""

    total: Total = Total(0)
    facets: dict[str, list[Tally]] = field(default_factory=dict)


@dataclass(frozen=True)
class Facet:
    """How the statements of a list are counted by one parameter: SQL of the columns value, named and n."""

    name: str
    counted: Callable[[StatementQuerySet], Sql]
    name_of: Callable[[str], str] = str
    by_value: bool = False

    def in_order(self, tallies: Iterable[Tally]) -> list[Tally]:
        """Sort as shown: the greatest number first, years from the latest."""
        if self.by_value:
            return sorted(tallies, key=lambda tally: tally.value, reverse=True)
        return sorted(tallies, key=lambda tally: (-tally.n, tally.label.casefold()))


class YearOf(Func):
    """The four digits of a date's year, without a call from SQLite into Python for every row."""

    function = "SUBSTR"
    template = "SUBSTR(%(expressions)s, 1, 4)"
    output_field = models.CharField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Sql:  # as Django passes them
        """Write PostgreSQL's own."""
        sql, params = self.as_sql(compiler, connection, template="TO_CHAR(%(expressions)s, 'YYYY')")
        return sql, tuple(params)


def compiled(queryset: models.QuerySet[Any, Any]) -> Sql:
    """Return a queryset's SQL. Raises EmptyResultSet where Django knows that nothing can be found."""
    sql, params = queryset.query.get_compiler(using=queryset.db).as_sql()
    return sql, tuple(params)


def _by(
    value: str | Func, named: str = "", *, repeated: bool = False, **only: str
) -> Callable[[StatementQuerySet], Sql]:
    """Count by a column; `repeated` where a statement may meet the same value twice, and counts once."""

    def counted(found: StatementQuerySet) -> Sql:
        column = F(value) if isinstance(value, str) else value
        columns = {"value": column, "named": F(named) if named else column}
        return compiled(found.filter(**only).values(**columns).annotate(n=Count("pk", distinct=repeated)))

    return counted


def _speakers(found: StatementQuerySet) -> Sql:
    """Count by speaker; an unnamed source has no address to be chosen by."""
    return _by("speaker__slug", "speaker__name")(found.filter(speaker__slug__isnull=False))


def _outlets(found: StatementQuerySet) -> Sql:
    """Count by outlet in any role: one that was spoken to may also have published."""
    by_outlet = _by("carriages__outlet__slug", "carriages__outlet__name", repeated=True)
    return by_outlet(found.filter(carriages__isnull=False))


def _topics(found: StatementQuerySet) -> Sql:
    """Count by topic, each with those below it, as the filter takes them."""
    filed = found.filter(topics__isnull=False).values(statement=F("pk"), topic=F("topics"))
    sql, params = compiled(filed)
    table = connections[found.db].ops.quote_name(Topic._meta.db_table)  # Django documents _meta
    return _TOPICS.format(topics=table, filed=sql), params


FACETS = (
    Facet("speaker", _speakers),
    Facet("outlet", _outlets),
    Facet("relay", _by("carriages__outlet__slug", "carriages__outlet__name", carriages__role=Hop.Role.RELAYED_BY)),
    Facet("topic", _topics),
    Facet("mode", _by("mode"), name_of=mode_name),
    Facet("language", _by("language"), name_of=language_name),
    # By the last day a statement can be from, which is its place in the list.
    Facet("year", _by(YearOf("said_max")), by_value=True),
)


def spread(filterset: StatementFilter, leaving_out: Collection[str] = ()) -> Spread:
    """Count what a valid filterset finds, in all and by each facet but those left out. One query."""
    facets = [facet for facet in FACETS if facet.name not in leaving_out]
    parts = [_total("", filterset.without())]
    parts += [_part(facet, filterset) for facet in facets]
    rows = _fetch(parts, filterset.queryset.db)
    counts = {facet.name: _shown(facet, filterset, rows[facet.name]) for facet in facets}
    return Spread(_read_total(rows[""]), counts)


def totals_without(filterset: StatementFilter) -> dict[str, Total]:
    """Count what dropping each parameter in use would find. One query."""
    names = list(filterset.used)
    rows = _fetch([_total(name, filterset.without(name)) for name in names], filterset.queryset.db)
    return {name: _read_total(rows[name]) for name in names}


def key(meaning: Any) -> str:  # of whatever a parameter stands for
    """Return a chosen value as its facet writes it: today's slug, four digits of a year."""
    return f"{meaning:04d}" if isinstance(meaning, int) else str(getattr(meaning, "slug", meaning))


def _total(name: str, found: StatementQuerySet) -> Sql | None:
    try:
        sql, params = compiled(found.order_by().values("pk")[: COUNT_LIMIT + 1])
    except EmptyResultSet:
        return None
    return _TOTAL.format(name=name, found=sql), params


def _part(facet: Facet, filterset: StatementFilter) -> Sql | None:
    """Write one facet: the chosen values whatever their number, and the first of the others."""
    chosen = tuple(key(meaning) for meaning in filterset.meanings(facet.name))
    try:
        sql, params = facet.counted(filterset.without(facet.name).order_by())
    except EmptyResultSet:
        return None
    order = "value DESC" if facet.by_value else "n DESC, named"
    if chosen:
        order = _CHOSEN_FIRST.format(marks=", ".join(["%s"] * len(chosen))) + order
    limit = VALUES_SHOWN + len(chosen)
    return _PART.format(name=facet.name, counted=sql, order=order, limit=limit), params + chosen


def _fetch(parts: Iterable[Sql | None], using: str) -> dict[str, list[Tally]]:
    found: dict[str, list[Tally]] = defaultdict(list)
    written = [part for part in parts if part]
    if not written:
        return found
    sql = " UNION ALL ".join(_UNION.format(part=part) for part, _ in written)
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [value for _, values in written for value in values])
        for name, value, named, n in cursor.fetchall():
            found[name].append(Tally(value, named, n))
    return found


def _read_total(rows: list[Tally]) -> Total:
    return Total(rows[0].n) if rows else Total(0)


def _shown(facet: Facet, filterset: StatementFilter, rows: list[Tally]) -> list[Tally]:
    """Name the values; a chosen one that no statement has any more stays, with 0."""
    chosen = {key(meaning): str(meaning) for meaning in filterset.meanings(facet.name)}
    others = [tally for tally in rows if tally.value not in chosen][:VALUES_SHOWN]
    counted = {tally.value: tally for tally in rows}
    kept = [counted.get(value, Tally(value, named, 0)) for value, named in chosen.items()]
    named = (Tally(tally.value, facet.name_of(tally.label), tally.n) for tally in kept + others)
    return facet.in_order(named)
