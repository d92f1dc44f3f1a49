"""Taking rows in by the hundred thousand, each database in its own fastest way, in the transaction of the caller."""

from contextlib import AbstractContextManager
from typing import Any, Protocol

from django.db import connection

from quotes.generating.rows import Rows


class Store(Protocol):
    """A database that takes batches in. `packed` runs in another process, without a database."""

    @staticmethod
    def packed(rows: Rows) -> Any:
        """The rows in the form that is cheapest to hand on."""

    def take(self, packed: Any) -> None:
        """Write the rows of a batch."""

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written, or nothing."""

    def first_transaction(self) -> AbstractContextManager[None]:
        """The same, for the first rows of an empty record, which nobody reads meanwhile."""

    def bare(self) -> AbstractContextManager[None]:
        """Within the first transaction: tables have no index but the keys, and no triggers; its end makes them anew."""


def store() -> Store:
    """The store of the database that is configured."""
    from quotes.generating import into_postgresql, into_sqlite  # noqa: PLC0415 - one of them is enough

    return into_postgresql.PostgreSQL() if connection.vendor == "postgresql" else into_sqlite.SQLite()
