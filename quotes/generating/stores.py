"""Taking rows in by the hundred thousand, each database in its own fastest way, in the transaction of the caller."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from django.db import connection, transaction

from quotes.generating.rows import TABLES, Rows

_ROW, _NULL = "\x02", "\x01"


class Store(Protocol):
    """A database that takes batches in. `packed` runs in another process, without a database."""

    @staticmethod
    def packed(rows: Rows) -> Any:
        """The rows in the form that is cheapest to hand on."""

    def take(self, packed: Any) -> None:
        """Write the rows of a batch."""

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written, or nothing."""

    def unindexed(self) -> AbstractContextManager[None]:
        """Within a transaction of its own: tables have no index but the keys; its end makes them anew."""


def columns(table: str) -> str:
    """The columns that a batch has of a table, as SQL names them."""
    return ", ".join(f'"{name}"' for name in TABLES[table]._fields)


class PostgreSQL:
    """Takes COPY's text form; processes of their own write it."""

    @staticmethod
    def packed(rows: Rows) -> dict[str, bytes]:
        """Each table's rows as COPY reads them. No text holds the two control characters that stand in meanwhile."""
        return {table: _copy_text(some) for table, some in rows.items() if some}

    def take(self, packed: dict[str, bytes]) -> None:
        """Write the rows of a batch."""
        # A statement names its primary appearance, which comes after it.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for table, text in packed.items():
                with cursor.copy(f'COPY "{table}" ({columns(table)}) FROM STDIN') as copy:
                    copy.write(text)
            # What waits to be checked would fill the memory of the server.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written, or nothing."""
        return transaction.atomic()

    @contextmanager
    def unindexed(self) -> Iterator[None]:
        """Drop what slows writing down, foreign keys too, and make it again, which checks every row.

        Locks the tables for readers as well, so it is for an empty record.
        """
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            foreign, unique = self._constraints(cursor, "f"), self._constraints(cursor, "u")
            # Hashes come in no order, so that their key is better made at once; nothing refers to it.
            unique += [found for found in self._constraints(cursor, "p") if found[0] == "quotes_fingerprint"]
            indexes = self._indexes(cursor)
            for table, name, _ in [*foreign, *unique]:
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
            for name, _ in indexes:
                cursor.execute(f'DROP INDEX "{name}"')
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            for _, definition in indexes:
                cursor.execute(definition)
            for table, name, definition in [*unique, *foreign]:
                cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')

    def _constraints(self, cursor: Any, kind: str) -> list[tuple[str, str, str]]:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = %s AND conrelid::regclass::text = ANY(%s) ORDER BY conname",
            [kind, list(TABLES)],
        )
        return list(cursor.fetchall())

    def _indexes(self, cursor: Any) -> list[tuple[str, str]]:
        """The indexes that no constraint brings."""
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid::regclass::text = ANY(%s)"
            " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))"
            " ORDER BY 1",
            [list(TABLES)],
        )
        return [(name.strip('"'), definition) for name, definition in cursor.fetchall()]


def _copy_text(rows: list[Any]) -> bytes:
    lines = ["\t".join([_NULL if value is None else str(value) for value in row]) for row in rows]
    text = _ROW.join(lines).replace("\\", "\\\\").replace("\n", "\\n")
    return (text.replace(_NULL, "\\N").replace(_ROW, "\n") + "\n").encode()


class SQLite:
    """Takes many rows by one prepared statement."""

    @staticmethod
    def packed(rows: Rows) -> Rows:
        """The rows as they are."""
        return rows

    def take(self, packed: Rows) -> None:
        """Write the rows of a batch."""
        for table, rows in packed.items():
            marks = ", ".join("?" * len(TABLES[table]._fields))
            order = f'INSERT INTO "{table}" ({columns(table)}) VALUES ({marks})'  # noqa: S608 - our own names
            connection.connection.executemany(order, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written, or nothing. Foreign keys are checked once, at the end.

        For a row that others wait for SQLite would look through all of them, where no index tells which.
        """
        connection.disable_constraint_checking()
        try:
            with transaction.atomic():
                yield
                connection.check_constraints(list(TABLES))
        finally:
            connection.enable_constraint_checking()

    @contextmanager
    def unindexed(self) -> Iterator[None]:
        """Drop what slows writing down, and make it again."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -262144")
            cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
            indexes = [(name, definition) for table, name, definition in cursor.fetchall() if table in TABLES]
            for name, _ in indexes:
                cursor.execute(f'DROP INDEX "{name}"')
        yield
        with connection.cursor() as cursor:
            for _, definition in indexes:
                cursor.execute(definition)


def store() -> Store:
    """The store of the database that is configured."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()
