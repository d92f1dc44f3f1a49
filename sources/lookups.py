"""Looking for one of very many values."""

import json
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.functions import Upper
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler

Compiled = tuple[str, Any]
_OF_JSON = "IN (SELECT value FROM json_each(%s))"


class Among(Lookup[Any]):
    """`among`: what `in` finds, for thousands of values at once: one array for PostgreSQL, for SQLite one JSON text.

    Given one by one they take Django and the server longer to write and to read than to look up, and SQLite takes only
    so many in a statement: 32,766 as it is usually built. The values have to be of the field's own kind, whole numbers
    or texts; any other database is asked with `in`.
    """

    lookup_name = "among"
    prepare_rhs = False

    def __init__(self, lhs: Any, rhs: Iterable[Any]) -> None:
        super().__init__(lhs, list(dict.fromkeys(rhs)))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Compiled:
        sql, values = In(self.lhs, self.rhs).as_sql(compiler, connection)
        return sql, values

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Compiled:
        """Like `in` with a list of values, it goes through an index, a value at a time."""
        sql, values = self.process_lhs(compiler, connection)
        return f"{sql} {_OF_JSON}", (*values, json.dumps(self.rhs))

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Compiled:
        """`column = ANY (array)`, for which an index is used as for `in`."""
        sql, values = self.process_lhs(compiler, connection)
        return f"{sql} = ANY (%s)", (*values, self.rhs)


class InAnyCase(Among):
    """`in_any_case`: one of very many texts, whose capitals don't count. An index of `Upper` of the column serves it.

    SQLite makes capitals of ASCII's letters alone, so there others count where the record has small ones.
    """

    lookup_name = "in_any_case"

    def __init__(self, lhs: Any, rhs: Iterable[str]) -> None:
        super().__init__(Upper(lhs), chain.from_iterable(map(_capitals, rhs)))


def _capitals(text: str) -> tuple[str, ...]:
    """A text in capitals as the databases make them: all that are one letter each, or ASCII's alone."""
    every = "".join([capital if len(capital := letter.upper()) == 1 else letter for letter in text])
    return every, "".join([letter.upper() if letter.isascii() else letter for letter in text])
