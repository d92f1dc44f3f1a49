"""Queries that are compiled once and asked often: Django writes their SQL anew each time, which costs more than asking.

For what pages ask again and again with other values: a statement by its id, the roads it came by. The answer is the
same objects that the queryset would give.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=models.Model)

# Stand for values while a query is compiled, one for each place in the call: small enough for every column of numbers,
# and no number or text that a query has of its own.
_NUMBERS, _TEXTS = range(31_338, 31_370), [f"\x02{place}\x03" for place in range(32)]
_COMPILED = "_queries_that_were_compiled"
_ALONE = threading.Lock()


@dataclass(frozen=True)
class _Compiled:
    """SQL, which of its values stand for which that are asked with, and how its rows become objects."""

    sql: str
    values: list[Any]
    places: list[tuple[int, int]]
    compiler: Any
    converters: Any
    model: type[models.Model]
    names: list[str]
    columns: slice
    populators: list[Any]
    annotations: list[tuple[str, int]]


class Prepared(Generic[M]):
    """Asks what `written` makes of its values, a queryset without prefetches. `kinds` are the values' types.

    A value must reach the database as it is: a number or a text that something is compared with.
    """

    def __init__(self, written: Callable[..., models.QuerySet[M]], *kinds: type[int | str]) -> None:
        self._marks = [(_NUMBERS if kind is int else _TEXTS)[place] for place, kind in enumerate(kinds)]
        self._written = written
        self._queryset: models.QuerySet[M] | None = None

    def __call__(self, *values: int | str) -> list[M]:
        """The objects that the queryset finds. One query, of whichever database the queryset would ask."""
        if self._queryset is None:
            self._queryset = self._written(*self._marks)
        using = self._queryset.db
        connection = connections[using]
        made = self._compiled(self._queryset, connection)
        asked = made.values.copy()
        for place, value in made.places:
            asked[place] = values[value]
        with connection.cursor() as cursor:
            cursor.execute(made.sql, asked)
            rows = cursor.fetchall()
        if not rows:
            return []
        return [_object(made, row, using) for row in made.compiler.apply_converters(rows, made.converters)]

    def _compiled(self, queryset: models.QuerySet[M], connection: BaseDatabaseWrapper) -> _Compiled:
        """What a connection knows of the query: with the connection it goes, and no other thread has that."""
        known = vars(connection).setdefault(_COMPILED, {})
        if self not in known:
            # Compiling changes a queryset: two threads at one write wrong SQL, and keep it while they are connected.
            with _ALONE:
                known[self] = _compile(queryset.all(), connection.alias, self._marks)
        made: _Compiled = known[self]
        return made


def _compile(queryset: models.QuerySet[Any], using: str, marks: list[int | str]) -> _Compiled:
    compiler = queryset.query.get_compiler(using=using)
    sql, values = compiler.as_sql()
    first, *_, last = (info := compiler.klass_info)["select_fields"]
    return _Compiled(
        sql=sql,
        values=list(values),
        places=[(place, marks.index(value)) for place, value in enumerate(values) if value in marks],
        compiler=compiler,
        converters=compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]]),
        model=info["model"],
        names=[column.target.attname for column, *_ in compiler.select[first : last + 1]],
        columns=slice(first, last + 1),
        populators=get_related_populators(info, compiler.select, using),  # type: ignore[call-arg]  # the types are of a later Django
        annotations=list(compiler.annotation_col_map.items()),
    )


def _object(made: _Compiled, row: list[Any], using: str) -> Any:
    found = made.model.from_db(using, made.names, row[made.columns])
    for populator in made.populators:
        populator.populate(row, found)
    for name, place in made.annotations:
        setattr(found, name, row[place])
    return found


def keep(whose: models.Model, name: str, found: Iterable[Any], model: type[models.Model]) -> None:
    """Let an object's related ones be those that were found already, as a prefetch would have left them."""
    queryset = model._default_manager.all()
    queryset._result_cache = list(found)  # noqa: SLF001 - as Django's own prefetching does
    queryset._prefetch_done = True  # type: ignore[attr-defined]  # noqa: SLF001
    vars(whose).setdefault("_prefetched_objects_cache", {})[name] = queryset
