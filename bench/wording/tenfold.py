"""Makes a generated record on PostgreSQL ten times as large, in what a check reads: to measure growth in half an hour.

    DATABASE_URL=… VAR_DIR=… python -m bench.wording.tenfold

The database must be a scratch one. Each statement gets nine copies of the same speaker, with other ids: rows of
statements, of their appearances, index entries, fingerprints and carriages, and of their versions, whose bodies are
left out where nobody reads them. Nothing else of such a record is worth measuring: all other tables stay as they were,
and the foreign keys are gone.
"""

import os
import sys
import time

import django
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

TIMES = 10
_SHIFTED = {
    "quotes_statement": {"id", "primary_appearance_id"},
    "quotes_appearance": {"id", "statement_id"},
    "quotes_revision": {"id", "statement_id"},
    "quotes_entry": {"place", "statement_id"},
    "quotes_carriage": {"id", "statement_id"},
    "quotes_fingerprint": {"statement_id"},
}
"""What is copied, and the keys in it, which move by one number everywhere: it is larger than any of them."""
_OTHERWISE = {
    # No id that is handed out has a small letter.
    ("quotes_statement", "pid"): "'u' || LPAD(TO_HEX(id + {by}), 9, '0')",
    ("quotes_revision", "body"): """CASE WHEN statement_id IN (
        SELECT statement_id FROM quotes_revision WHERE number > 1) THEN body ELSE '' END""",
}


def main() -> int:
    """Copy; 1 where there is nothing to copy, or nowhere."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if connection.vendor != "postgresql":
        sys.stderr.write("Only PostgreSQL does this within half an hour: give DATABASE_URL.\n")
        return 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM quotes_statement")
        last = cursor.fetchone()[0]
    if not last:
        sys.stderr.write("The record is empty: manage.py generate --statements 1000000\n")
        return 1
    began = time.monotonic()
    _copy_all(last, began)
    with connection.cursor() as cursor:
        for table in _SHIFTED:
            cursor.execute(f"VACUUM ANALYZE {table}")
    sys.stdout.write(f"{time.monotonic() - began:.0f} s in all\n")
    return 0


def _copy_all(last: int, began: float) -> None:
    from quotes.generating.into_postgresql import PostgreSQL  # noqa: PLC0415 - models need Django set up

    with transaction.atomic(), connection.cursor() as cursor:
        _drop_foreign_keys(cursor)
        with PostgreSQL().bare():
            for table in _SHIFTED:
                _copy(cursor, table, last)
                sys.stdout.write(f"{time.monotonic() - began:.0f} s: {table}\n")
                sys.stdout.flush()


def _drop_foreign_keys(cursor: CursorWrapper) -> None:
    cursor.execute(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'"
        " AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))",
        [list(_SHIFTED)] * 2,
    )
    for table, name in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def _copy(cursor: CursorWrapper, table: str, last: int) -> None:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'", [table]
    )
    names = [name for (name,) in cursor.fetchall()]
    columns = ", ".join(f'"{name}"' for name in names)
    key = "id" if table == "quotes_statement" else "statement_id"
    # A statement has three appearances at most, and keys for as many.
    beyond = 3 * last + 1
    for by in range(beyond, TIMES * beyond, beyond):
        values = ", ".join(_value(table, name, by) for name in names)
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {key} < {beyond}")


def _value(table: str, name: str, by: int) -> str:
    if (table, name) in _OTHERWISE:
        return _OTHERWISE[table, name].format(by=by)
    return f'"{name}" + {by}' if name in _SHIFTED[table] else f'"{name}"'


if __name__ == "__main__":
    sys.exit(main())
