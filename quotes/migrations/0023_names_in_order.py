"""What names begin with is kept in an order that pages of an index go by: by the word, and then by whose it is.

On PostgreSQL the index is made beside those who read and write.
"""

from importlib import import_module

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations, models

AddIndexBeside = import_module("quotes.migrations.0014_fewer_indexes").AddIndexBeside


class RemoveIndexBeside(RemoveIndexConcurrently):
    """Removes an index while others read and write, on PostgreSQL; SQLite has one writer anyway."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        else:
            migrations.RemoveIndex.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
        else:
            migrations.RemoveIndex.database_backwards(self, app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("quotes", "0022_what_was_discarded")]
    operations = [
        AddIndexBeside(
            "namestart",
            models.Index(
                fields=["kind", "start", "key"],
                opclasses=["varchar_ops", "varchar_pattern_ops", "int8_ops"],
                name="name_start_in_order",
            ),
        ),
        RemoveIndexBeside("namestart", "name_start_begins"),
    ]
