"""Looking for one of very many values."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler

Compiled = tuple[str, Any]


class Among(Lookup[Any]):
    """`among`: what `in` finds, for thousands of values at once, which PostgreSQL gets as one array.

    Given one by one they take Django and the server longer to write and to read than to look up. The values have to be
    of the field's own kind, whole numbers or texts; any database that has no arrays is asked with `in`.
    """

    lookup_name = "among"
    prepare_rhs = False

    def __init__(self, lhs: Any, rhs: Iterable[Any]) -> None:
        super().__init__(lhs, list(dict.fromkeys(rhs)))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Compiled:
        sql, values = In(self.lhs, self.rhs).as_sql(compiler, connection)
        return sql, values

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Compiled:
        """`column = ANY (array)`, for which an index is used as for `in`."""
        sql, values = self.process_lhs(compiler, connection)
        return f"{sql} = ANY (%s)", (*values, self.rhs)
