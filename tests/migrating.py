"""Takes a record that is run apart back to earlier migrations and forward again: `python -m tests.migrating APP=NAME…`.

Prints, as JSON, a hash of every table that is there at both ends, of the columns that are: before, there, and after.
"""

import hashlib
import json
import sys
from typing import Any

import django

from tests.told import BEGINS_ANEW

# Derived from the rest; `reindex` writes them anew where a migration had dropped their tables or columns.
DERIVED = {"quotes_carriage", "quotes_entry", "quotes_fingerprint", "django_migrations"}

# Going forward again gives those who may publish, and are no administrators, the right to remove that went back.
GIVEN_AGAIN = {"auth_user_user_permissions"}


def main(given: list[str]) -> None:
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - models exist from here on

    targets = [tuple(one.split("=")) for one in given]
    columns = columns_at(targets)
    told = {"before": hashes(columns)}
    for app, name in targets:
        call_command("migrate", app, name, verbosity=0, interactive=False)
    told["there"] = hashes(columns)
    call_command("migrate", verbosity=0, interactive=False)
    told["after"] = hashes(columns)
    print(json.dumps(told))


def columns_at(targets: Any) -> dict[str, list[str]]:
    """The tables of this moment that are there at the targets too, and the columns that are there at both."""
    from django.apps import apps  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    ours = {app for app, _ in targets}
    loader = MigrationLoader(None)
    others = [key for key in loader.graph.leaf_nodes() if key[0] not in ours]
    then = loader.project_state([*targets, *others]).apps
    old = {one._meta.db_table: set(names(one)) for one in then.get_models(include_auto_created=True)}
    now = {one._meta.db_table: names(one) for one in apps.get_models(include_auto_created=True)}
    left_out = BEGINS_ANEW | DERIVED | GIVEN_AGAIN
    return {
        table: [name for name in found if name in old[table]]
        for table, found in now.items()
        if table in old and table not in left_out
    }


def names(model: Any) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def hashes(columns: dict[str, list[str]]) -> dict[str, str]:
    """A hash of all rows of each table, as the database has them."""
    from django.db import connection  # noqa: PLC0415

    quoted, found = connection.ops.quote_name, {}
    with connection.cursor() as cursor:
        for table, kept in columns.items():
            cursor.execute(f"SELECT {', '.join(map(quoted, kept))} FROM {quoted(table)} ORDER BY 1")  # noqa: S608 - our own tables
            rows = [
                "|".join(bytes(one).hex() if isinstance(one, memoryview | bytes) else str(one) for one in row)
                for row in cursor.fetchall()
            ]
            found[table] = f"{len(rows)} {hashlib.sha256(chr(10).join(rows).encode()).hexdigest()}"
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
