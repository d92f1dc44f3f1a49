"""Writing many rows that have their keys, each database in its own fastest way, in the transaction of the caller."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connections, models, router

from quotes.models.frozen import FrozenText
from quotes.packing import packed
from quotes.permalinks import new_pid

Field = models.Field[Any, Any]
Writers = dict[type[Any], Callable[[Any], object]]
# The sequence is looked up once, and not for each key.
_KEYS = """
SELECT nextval(own.keys) FROM generate_series(1, %s),
    (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS keys OFFSET 0) AS own
"""


def take_keys(model: type[models.Model], number: int) -> list[int]:
    """`number` keys that no row has or will be given, so that rows may name one another. One query."""
    connection = connections[router.db_for_write(model)]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            serial = (
                "SELECT nextval(own.keys) FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS keys OFFSET 0)"
            )
            serial += " AS own, generate_series(1, %s)"
            cursor.execute(serial, [table, number])
            return [key for (key,) in cursor.fetchall()]
        # One writer at a time, and the rows themselves move the mark.
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        last: int = cursor.fetchone()[0]
    return list(range(last + 1, last + number + 1))


def take_pids(model: type[models.Model], number: int) -> list[str]:
    """`number` public ids that no row has. One query, and one more for each clash."""
    found: dict[str, None] = {}
    while len(found) < number:
        drawn = {new_pid() for _ in range(number - len(found))}
        taken = model._default_manager.filter(pid__among=drawn).values_list("pid", flat=True)
        found |= dict.fromkeys(drawn - set(taken))
    return list(found)


def insert(rows: Sequence[models.Model]) -> None:
    """Write unsaved instances of one model that have all their values; keys that are None are given by the database."""
    if rows:
        model = type(rows[0])
        own = [one for one in model._meta.concrete_fields if not one.generated]
        fields = [one for one in own if not (one.primary_key and rows[0].pk is None)]
        _write(model, fields, map(attrgetter(*(one.attname for one in fields)), rows))


def insert_values(model: type[models.Model], names: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """Write rows given as the values of some fields, which have to be all that aren't given by the database.

    PostgreSQL takes them as they come: while `values` works out the next ones, it writes those before.
    """
    columns = {one.attname: one for one in model._meta.concrete_fields}
    _write(model, [columns[name] for name in names], values)


def insert_missing(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
    """Write rows, given as texts and whole numbers, but those that a constraint finds there already. One query."""
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    fields = {one.attname: one for one in model._meta.concrete_fields}
    columns = ", ".join(f'"{fields[name].column}"' for name in names)
    into = f'INSERT INTO "{model._meta.db_table}" ({columns})'
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Thousands of values one by one would take longer to hand over than to write.
            kinds = [fields[name].db_type(connection) for name in names]
            picked = ", ".join(f"(row ->> {place})::{kind}" for place, kind in enumerate(kinds))
            given = "json_array_elements(%s::json) AS given (row)"
            cursor.execute(f"{into} SELECT {picked} FROM {given} ON CONFLICT DO NOTHING", [json.dumps(rows)])  # noqa: S608
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"{into} VALUES ({marks}) ON CONFLICT DO NOTHING", rows)


def _write(model: type[models.Model], fields: Sequence[Field], values: Iterable[Sequence[Any]]) -> None:
    """Constraints and triggers see these rows like any others."""
    connection = connections[router.db_for_write(model)]
    table, columns = model._meta.db_table, ", ".join(f'"{one.column}"' for one in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What the driver refuses is Django's to tell, as it is of any other query.
            with connection.wrap_database_errors, cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for row in _written(fields, values, _TO_POSTGRESQL):
                    copy.write_row(row)
        elif rows := list(_written(fields, values, _TO_SQLITE)):
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)  # noqa: S608 - our names


def _written(fields: Sequence[Field], values: Iterable[Sequence[Any]], writers: Writers) -> Iterable[Sequence[Any]]:
    told = [(place, writers[type(one)]) for place, one in enumerate(fields) if type(one) in writers]
    if not told:
        return values
    return (_told(list(row), told) for row in values)


def _told(row: list[Any], told: list[tuple[int, Callable[[Any], object]]]) -> list[Any]:
    for place, tell in told:
        if row[place] is not None:
            row[place] = tell(row[place])
    return row


# How a value is written, by the kind of its field, where the driver doesn't do it.
_TO_POSTGRESQL: Writers = {models.JSONField: json.dumps, models.FileField: str, FrozenText: packed}
_TO_SQLITE: Writers = {
    **_TO_POSTGRESQL,
    models.DateField: str,
    models.DateTimeField: lambda at: str(at.astimezone(dt.UTC).replace(tzinfo=None)),
}
