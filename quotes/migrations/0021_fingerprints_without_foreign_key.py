"""A fingerprint names its statement without a foreign key.

SQLite makes the table anew, forward and backward, and so loses the triggers by which a change of it moves the epoch.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

TABLE = "quotes_fingerprint"


class AlterFieldWithTriggers(migrations.AlterField):
    """Alters a field of the table, and makes its triggers again where they are lost."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        epoch = import_module("quotes.migrations.0011_epoch")
        if schema_editor.connection.vendor == "sqlite":
            for statement in epoch._sqlite(TABLE, epoch.WHERE[TABLE]):  # noqa: SLF001 - as they were made first
                schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self.database_forwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0020_roles"),
    ]

    operations = [
        AlterFieldWithTriggers(
            model_name="fingerprint",
            name="statement",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="fingerprints",
                to="quotes.statement",
            ),
        ),
    ]
