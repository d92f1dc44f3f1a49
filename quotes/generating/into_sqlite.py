"""Taking generated rows into SQLite: by prepared statements, of an empty record without indexes and triggers."""

import marshal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import OperationalError, connection, transaction

from quotes.generating.rows import FINGERPRINTS, TABLES, Rows, columns

_MEBIBYTE = 1024
_CACHE, _USUAL_CACHE = 512 * _MEBIBYTE, 2 * _MEBIBYTE
_HEAP = "fingerprint_heap"
_FROM_HEAP = f"INSERT INTO {FINGERPRINTS} (hash, statement_id) SELECT hash, statement_id FROM {_HEAP} ORDER BY 1, 2"  # noqa: S608 - our own names
_WORDS_INDEXED = "INSERT INTO quotes_entry_index (quotes_entry_index) VALUES ('rebuild')"


class SQLite:
    """Takes many rows by one prepared statement."""

    def __init__(self) -> None:
        self._names = {table: f'"{table}"' for table in TABLES}

    @staticmethod
    def packed(rows: Rows) -> bytes:
        """The rows as plain tuples, which are marshalled in a fifth of the time that pickling rows takes."""
        return marshal.dumps({table: list(map(tuple, some)) for table, some in rows.items()})

    def take(self, packed: bytes) -> None:
        """Write the rows of a batch."""
        for table, rows in marshal.loads(packed).items():  # noqa: S302 - our own process made them
            marks = ", ".join("?" * len(TABLES[table]._fields))
            order = f"INSERT INTO {self._names[table]} ({columns(table)}) VALUES ({marks})"  # noqa: S608 - our own names
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
    def first_transaction(self) -> Iterator[None]:
        """The same without a log, which would hold all a second time: of an empty file little is to be undone."""
        _pragma(f"cache_size = -{_CACHE}")
        # While somebody else has the file open it keeps its log, and all takes longer.
        with suppress(OperationalError):
            _pragma("journal_mode = DELETE")
        try:
            with self.transaction():
                yield
        finally:
            with suppress(OperationalError):
                _pragma("journal_mode = WAL")
            _pragma(f"cache_size = -{_USUAL_CACHE}")

    @contextmanager
    def bare(self) -> Iterator[None]:
        """Drop what slows writing down, and make it again.

        Fingerprints, whose key comes in no order, wait in a table of their own.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT type, tbl_name, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')")
            found = [
                (kind, name, definition)
                for kind, table, name, definition in cursor.fetchall()
                if definition and (kind == "trigger" or table in TABLES)
            ]
            for kind, name, _ in found:
                cursor.execute(f'DROP {kind} "{name}"')
            cursor.execute(f"CREATE TEMP TABLE {_HEAP} (hash INTEGER, statement_id INTEGER)")
        self._names[FINGERPRINTS] = _HEAP
        yield
        self._names[FINGERPRINTS] = FINGERPRINTS
        with connection.cursor() as cursor:
            cursor.execute(_FROM_HEAP)
            cursor.execute(f"DROP TABLE {_HEAP}")
            cursor.execute(_WORDS_INDEXED)
            for _, _, definition in found:
                cursor.execute(definition)


def _pragma(what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {what}")
