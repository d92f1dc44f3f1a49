"""Indexes that another one contains go, those of mostly empty columns leave the empty rows out, drafts get one.

On PostgreSQL everything is done beside those who read and write. What was cut short is begun again: each step first
looks at what is there. SQLite's tables aren't rebuilt, so that they keep their triggers.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

# By what contains them: another index that begins with the same column, or the new ones below. That of a unique text
# for LIKE isn't used, for nobody looks for the beginning of a permalink.
GONE = {
    "quotes_carriage_statement_id_3479c23b": ("quotes_carriage", "statement_id"),
    "quotes_carriage_outlet_id_b509c609": ("quotes_carriage", "outlet_id"),
    "quotes_revision_statement_id_31c013a4": ("quotes_revision", "statement_id"),
    "quotes_statement_topics_statement_id_e8937cbd": ("quotes_statement_topics", "statement_id"),
    "carriage_list_by_outlet_role": ("quotes_carriage", "outlet_id, role, said_max DESC, statement_id DESC"),
    "quotes_appearance_snapshot_id_074c151b": ("quotes_appearance", "snapshot_id"),
    "quotes_hop_speaker_id_e395d802": ("quotes_hop", "speaker_id"),
    "quotes_statement_speaks_for_id_509cade3": ("quotes_statement", "speaks_for_id"),
    "quotes_statement_merged_into_id_39fe9aca": ("quotes_statement", "merged_into_id"),
}
FOR_LIKE = {"quotes_statement_pid_15d043bd_like": ("quotes_statement", "pid varchar_pattern_ops")}


def drop(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name in [*GONE, *(FOR_LIKE if postgresql else ())]:
        schema_editor.execute(f'DROP INDEX {"CONCURRENTLY" if postgresql else ""} IF EXISTS "{name}"')


def make(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, (table, columns) in (GONE | (FOR_LIKE if postgresql else {})).items():
        beside = "CONCURRENTLY" if postgresql else ""
        schema_editor.execute(f'CREATE INDEX {beside} IF NOT EXISTS "{name}" ON "{table}" ({columns})')


class AddIndexBeside(AddIndexConcurrently):
    """Adds an index while others read and write, on PostgreSQL; SQLite has one writer anyway."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        else:
            migrations.AddIndex.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
        else:
            migrations.AddIndex.database_backwards(self, app_label, schema_editor, from_state, to_state)


def without_index(model, name, to, on_delete, related_name, **options):
    field = models.ForeignKey(to, on_delete, db_index=False, related_name=related_name, **options)
    return migrations.AlterField(model, name, field)


def where_set(name, model, field):
    return AddIndexBeside(model, models.Index(field, condition=Q(**{f"{field}__isnull": False}), name=name))


EMPTY = {"null": True, "blank": True}


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("quotes", "0013_watches")]
    operations = [
        AddIndexBeside("carriage", models.Index(fields=["outlet", "role"], name="carriage_by_outlet_role")),
        AddIndexBeside("statement", models.Index(fields=["id"], condition=Q(state="draft"), name="statement_drafts")),
        where_set("appearance_of_snapshot", "appearance", "snapshot"),
        where_set("hop_told_by", "hop", "speaker"),
        where_set("statement_by_principal", "statement", "speaks_for"),
        where_set("statement_merged_away", "statement", "merged_into"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, make)],
            state_operations=[
                migrations.RemoveIndex("carriage", "carriage_list_by_outlet_role"),
                without_index("carriage", "statement", "quotes.statement", models.CASCADE, "carriages"),
                without_index("carriage", "outlet", "sources.outlet", models.PROTECT, "carriages"),
                without_index("revision", "statement", "quotes.statement", models.PROTECT, "revisions"),
                without_index("appearance", "snapshot", "sources.snapshot", models.PROTECT, "appearances", **EMPTY),
                without_index("hop", "speaker", "quotes.speaker", models.PROTECT, "hops", null=True),
                without_index(
                    "statement", "speaks_for", "quotes.speaker", models.PROTECT, "statements_by_spokespeople", **EMPTY
                ),
                without_index("statement", "merged_into", "quotes.statement", models.PROTECT, "merged_from", **EMPTY),
            ],
        ),
    ]
