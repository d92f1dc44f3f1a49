"""One way to ask the index, whichever database keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from quotes.search import postgres, sqlite
from quotes.search.demands import Demand
from quotes.search.expressions import EVERYTHING, Expression
from quotes.search.tokens import MASK

Sql = tuple[str, list[Any]]
_IDS = f"(SELECT place & {MASK} FROM ({{places}}) AS places)"


def engine_of(connection: BaseDatabaseWrapper) -> ModuleType:
    """Return the module that writes a database's own SQL: `newest` and `matched`."""
    return sqlite if connection.vendor == "sqlite" else postgres


@dataclass(frozen=True)
class Look:
    """The newest `size` entries of a demand, or the oldest; all of them where there is no size.

    `few` says that hardly more than those match, so that all are best read at once, and the newest chosen then: of
    those for which `also` holds, which is looked at in each and not in the index.
    """

    demand: Demand
    size: int | None = None
    oldest: bool = False
    few: bool = False
    also: Expression = EVERYTHING

    def written(self, connection: BaseDatabaseWrapper, columns: str = "place") -> Sql:
        """Write it as SQL."""
        engine = engine_of(connection)
        sql: Sql
        if self.size is None:
            sql = engine.matched(self.demand)
        elif self.few:
            sql = engine.newest_of_few(self.demand, self.size, self.also)
        else:
            sql = engine.newest(self.demand, self.size, oldest=self.oldest, columns=columns)
        return sql


class StatementsOf(RawSQL):
    """The ids of the statements that some looks into the index find, for `filter(pk__in=…)`."""

    def __init__(self, looks: Sequence[Look]) -> None:
        super().__init__("", ())
        self.looks = tuple(looks)

    def as_sql(self, compiler: object, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:  # noqa: ARG002  # Django's
        """Write the looks for the database that is asked."""
        written = [look.written(connection) for look in self.looks]
        places = " UNION ALL ".join(f"SELECT place FROM ({sql}) AS look" for sql, _ in written)
        return _IDS.format(places=places), tuple(value for _, values in written for value in values)
