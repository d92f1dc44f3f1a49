"""Emptying a SQLite database whose triggers refuse to let go of what is append-only."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.backends.utils import CursorWrapper

_operations: Any = DatabaseWrapper.ops_class
_flush = _operations.execute_sql_flush


def empty_whatever_is_append_only() -> None:
    """Let tests that commit leave nothing behind. PostgreSQL is emptied by TRUNCATE, which asks no trigger of a row."""
    _operations.execute_sql_flush = _flush_without_triggers


def drop_triggers(cursor: CursorWrapper) -> list[str]:
    """Let SQLite change what is append-only; the SQL that puts the triggers back."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%append_only%%'")
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in found]


def _flush_without_triggers(self: Any, sql_list: Sequence[str]) -> None:
    with self.connection.cursor() as cursor:
        again = drop_triggers(cursor)
        try:
            _flush(self, sql_list)
        finally:
            for order in again:
                cursor.execute(order)
