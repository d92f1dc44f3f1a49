"""Taking generated rows into PostgreSQL: by COPY, of an empty record without indexes and triggers."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.db import connection, transaction

from quotes.generating.rows import FINGERPRINTS, HEAP, TABLES, Rows, columns, fill_from_heap

_FORM = f"WITH (NULL '{None}')"
"""No text of a generated record is this word alone."""


class PostgreSQL:
    """Takes COPY's text form; processes of their own write it."""

    def __init__(self) -> None:
        self._names = {table: f'"{table}"' for table in TABLES}

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
                with cursor.copy(f"COPY {self._names[table]} ({columns(table)}) FROM STDIN {_FORM}") as copy:
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
            foreign, unique = self._constraints(cursor, "f"), self._constraints(cursor, "u")
            # Hashes come in no order, so that their key is better made at once; nothing refers to it.
            unique += [found for found in self._constraints(cursor, "p") if found[0] == FINGERPRINTS]
            indexes = self._indexes(cursor)
            for table, name, _ in [*foreign, *unique]:
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
            for name, _ in indexes:
                cursor.execute(f'DROP INDEX "{name}"')
            for table in TABLES:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            cursor.execute(f"CREATE TEMP TABLE {HEAP} (hash bigint, statement_id bigint) ON COMMIT DROP")
        self._names[FINGERPRINTS] = HEAP
        yield
        self._names[FINGERPRINTS] = FINGERPRINTS
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '512MB'")
            cursor.execute(fill_from_heap())
            cursor.execute(f"DROP TABLE {HEAP}")
            for table in TABLES:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
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
    r"""Rows as COPY reads them; \x02, which no text holds, stands for the end of a row until all else is escaped."""
    pattern = "%s\t" * (len(rows[0]) - 1) + "%s\x02"
    told = map(_with_hex, rows) if any(isinstance(value, bytes) for value in rows[0]) else rows
    text = "".join([pattern % row for row in told]).encode()
    return text.replace(b"\\", rb"\\").replace(b"\n", rb"\n").replace(b"\x02", b"\n")


def _with_hex(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple([f"\\x{value.hex()}" if isinstance(value, bytes) else value for value in row])
