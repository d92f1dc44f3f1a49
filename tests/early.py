"""A record as the first release kept it: `python -m tests.early write FILE` on one of today, `read FILE` elsewhere.

What today's verbs wrote is told in the tables and columns that there were at first, as they were filled then; an empty
database that is migrated to that point takes it in, and is migrated up.
"""

import hashlib
import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

FIRST = [("quotes", "0003_editors_and_publishers"), ("sources", "0001_the_record")]
AS_IT_CAME = hashlib.sha256(b"the text as it came").hexdigest()
# What migrations make themselves.
MADE = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions", "django_migrations"}


def main(verb: str, path: Path) -> None:
    django.setup()
    {"write": write, "read": read}[verb](path)


def models_then() -> list[Any]:
    """The models as they were at first, with those of Django's own applications."""
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 - models exist from here on

    loader = MigrationLoader(None)
    others = [key for key in loader.graph.leaf_nodes() if key[0] in ("auth", "contenttypes")]
    found = loader.project_state([*FIRST, *others]).apps.get_models(include_auto_created=True)
    return [one for one in found if one._meta.db_table not in MADE]


def fields_of(model: Any) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def write(path: Path) -> None:
    from django.apps import apps  # noqa: PLC0415

    now = {one._meta.db_table: one for one in apps.get_models(include_auto_created=True)}
    told = {}
    for then in models_then():
        table = then._meta.db_table
        names = [field.attname for field in fields_of(then)]
        told[table] = [as_it_was(table, row) for row in now[table]._base_manager.order_by("pk").values(*names)]
    path.write_text(json.dumps(told, default=str))


def as_it_was(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row as the first release would have written it."""
    if table == "quotes_act" and row["verb"] == "remove":
        # Which versions it blanked was noted when the log began.
        row["detail"] = {name: value for name, value in row["detail"].items() if name not in ("blanked", "redacted")}
    if table == "quotes_merge":
        # It looked at the clock twice.
        row["at"] += timedelta(milliseconds=3)
    if table == "sources_snapshot" and row["redacted_at"]:
        # Hashes of what was removed were not sealed.
        row["sha256"] = AS_IT_CAME
    return row


def read(path: Path) -> None:
    from django.core.management import call_command  # noqa: PLC0415
    from django.core.management.color import no_style  # noqa: PLC0415
    from django.db import connection, transaction  # noqa: PLC0415

    for app, name in (*FIRST, ("auth", ""), ("contenttypes", ""), ("sessions", "")):
        call_command("migrate", app, *([name] if name else []), verbosity=0, interactive=False)
    told, then = json.loads(path.read_text()), models_then()
    with transaction.atomic():
        for model in then:
            rows = told[model._meta.db_table]
            fields = {field.attname: field for field in fields_of(model)}
            made = [model(**{name: fields[name].to_python(value) for name, value in row.items()}) for row in rows]
            for one in made:
                one.save_base(raw=True, force_insert=True)
    with connection.cursor() as cursor:
        for order in connection.ops.sequence_reset_sql(no_style(), then):
            cursor.execute(order)
    call_command("migrate", verbosity=0, interactive=False)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
