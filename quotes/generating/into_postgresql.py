"""Taking generated rows into PostgreSQL: by COPY, of an empty record without indexes and triggers."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.db import connection, transaction

from quotes.generating.rows import FINGERPRINTS, TABLES, Rows, columns

_NULL = f"NULL '{None}'"
"""No text of a generated record is this word alone."""


class PostgreSQL:
    """Takes COPY's text form; processes of their own write it."""

    def __init__(self) -> None:
        self._emptied: set[str] = set()

    @staticmethod
    def packed(rows: Rows) -> dict[str, bytes]:
        """Each table's rows as COPY reads them."""
        return {table: _copy_text(some) for table, some in rows.items() if some}

    def take(self, packed: dict[str, bytes]) -> None:
        """Write the rows of a batch."""
        # A statement names its primary appearance, which comes after it.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for table, text in packed.items():
                frozen = ", FREEZE" if table in self._emptied else ""
                with cursor.copy(f'COPY "{table}" ({columns(table)}) FROM STDIN WITH ({_NULL}{frozen})') as copy:
                    copy.write(text)
            # What waits to be checked would fill the memory of the server.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written, or nothing."""
        return transaction.atomic()

    def first_transaction(self) -> AbstractContextManager[None]:
        """The same."""
        return self.transaction()

    @contextmanager
    def bare(self) -> Iterator[None]:
        """Drop what slows writing down, foreign keys too, and make it again, which checks every row.

        Locks the tables for readers as well, so it is for an empty record.
        """
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            found = self._drop(cursor)
            self._emptied = {table for table in TABLES if self._empty(cursor, table)}
        yield
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            for definition in found:
                cursor.execute(definition)
        self._emptied = set()

    def _drop(self, cursor: Any) -> list[str]:
        """Drop constraints and indexes, and let triggers rest; what makes them again, in its order."""
        foreign, unique = self._constraints(cursor, "f"), self._constraints(cursor, "u")
        # Hashes come in no order, so that their key is better made at once; nothing refers to it.
        unique += [found for found in self._constraints(cursor, "p") if found[0] == FINGERPRINTS]
        indexes = self._indexes(cursor)
        for table, name, _ in [*foreign, *unique]:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for table in TABLES:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        return [definition for _, definition in indexes] + [
            f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'
            for table, name, definition in [*unique, *foreign]
        ]

    def _empty(self, cursor: Any, table: str) -> bool:
        """Say whether a table is empty. It is made anew then, so that its rows can be written as seen by everybody."""
        cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')  # noqa: S608 - our own names
        if cursor.fetchone()[0]:
            return False
        cursor.execute(f'TRUNCATE "{table}"')
        return True

    def _constraints(self, cursor: Any, kind: str) -> list[tuple[str, str, str]]:
        """Those of the tables, and those of others that refer to them: of each its table, its name and the rest."""
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = %s"
            " AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s)) ORDER BY conname",
            [kind, list(TABLES), list(TABLES)],
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
    r"""Rows as COPY reads them; \x02, which no text holds, stands for the end of a row until all else is escaped."""
    pattern = "%s\t" * (len(rows[0]) - 1) + "%s\x02"
    told = map(_with_hex, rows) if any(isinstance(value, bytes) for value in rows[0]) else rows
    text = "".join([pattern % row for row in told]).encode()
    return text.replace(b"\\", rb"\\").replace(b"\n", rb"\n").replace(b"\x02", b"\n")


def _with_hex(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple([f"\\x{value.hex()}" if isinstance(value, bytes) else value for value in row])
