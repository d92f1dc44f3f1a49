"""The log's tables, and what keeps them append-only.

Deletes are refused too, of all but leaves that have no place yet: whoever empties the tables drops the triggers first.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

_epoch = import_module("quotes.migrations.0011_epoch")

# A checkpoint shows on the pages of all that it is over. Leaves get their places before it, and show with it.
WHERE = {"quotes_checkpoint": ""}

TABLES = ("quotes_leaf", "quotes_node", "quotes_checkpoint", "quotes_logkey")
# A leaf gets its place once; the digest may take the place of a salt once the law had its words removed.
_KEPT = " AND ".join(
    f"NEW.{name} {{same}} OLD.{name}" for name in ("id", "hash", "revision_id", "act_id", "key_id", "own_seal")
)
_ALLOWED = (
    f"{_KEPT} AND (NEW.position {{same}} OLD.position OR OLD.position IS NULL) AND (NEW.reason_seal {{same}}"
    " OLD.reason_seal OR (length(OLD.reason_seal) = 16 AND length(NEW.reason_seal) = 32))"
)
_REFUSED = {table: {"UPDATE": "", "DELETE": ""} for table in TABLES} | {
    "quotes_leaf": {"UPDATE": f"NOT ({_ALLOWED})", "DELETE": "OLD.position IS NOT NULL"}
}
_SQLITE = "CREATE TRIGGER {name} BEFORE {event} ON {table} {when} BEGIN SELECT RAISE(ABORT, 'log_is_append_only'); END"
_FUNCTION = """
CREATE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'log_is_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_POSTGRESQL = (
    "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION log_is_append_only()"
)


def create(apps, schema_editor):
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    if not on_sqlite:
        schema_editor.execute(_FUNCTION, params=None)
    for table, refused in _REFUSED.items():
        for event, when in refused.items():
            condition = f"WHEN ({when.format(same='IS' if on_sqlite else 'IS NOT DISTINCT FROM')})" if when else ""
            made = (_SQLITE if on_sqlite else _POSTGRESQL).format(
                name=f"append_only_{table}_{event.lower()}", table=table, event=event, when=condition
            )
            schema_editor.execute(made, params=None)
    for table, where in WHERE.items():
        for made in (_epoch._sqlite if on_sqlite else _epoch._postgresql)(table, where):  # noqa: SLF001 - what 0011 makes
            schema_editor.execute(made, params=None)


def drop(apps, schema_editor):
    """The triggers go with their tables."""
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.execute("DROP FUNCTION log_is_append_only() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("quotes", "0016_letters")]
    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.PositiveBigIntegerField(unique=True)),
                ("at", models.DateTimeField()),
                ("note", models.TextField()),
            ],
            options={"ordering": ["-size"]},
        ),
        migrations.CreateModel(
            name="LogKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=300)),
                ("since", models.DateTimeField()),
                ("loaded", models.PositiveBigIntegerField(default=0)),
                ("withheld", models.PositiveBigIntegerField(default=0)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("key", "loaded"), name="key_begins_once")]},
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("index", models.PositiveBigIntegerField()),
                ("hash", models.BinaryField()),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("level", "index"), name="one_node_a_place")]},
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveBigIntegerField(null=True)),
                ("hash", models.BinaryField()),
                ("reason_seal", models.BinaryField(default=bytes)),
                ("own_seal", models.BinaryField(default=bytes)),
                (
                    "act",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to="quotes.act",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to="quotes.revision",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to="quotes.logkey",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("position", None)), fields=["id"], name="leaf_waits")],
                "constraints": [
                    models.UniqueConstraint(fields=("position",), name="one_leaf_a_place"),
                    models.UniqueConstraint(
                        condition=models.Q(("revision__isnull", False)),
                        fields=("revision",),
                        name="one_leaf_a_version",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("act__isnull", False)), fields=("act",), name="one_leaf_an_act"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key__isnull", False)), fields=("key",), name="one_leaf_a_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", None), ("revision", None)),
                            models.Q(("key", None), ("revision", None)),
                            models.Q(("act", None), ("key", None)),
                            _connector="OR",
                        ),
                        name="leaf_is_of_one_thing",
                    ),
                ],
            },
        ),
        migrations.RunPython(create, drop),
    ]
