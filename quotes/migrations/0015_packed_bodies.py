"""Frozen bodies are kept packed from now on. The column stays one of text, and what stands in it is read as before."""

from django.db import migrations

import quotes.models.frozen


class Migration(migrations.Migration):
    dependencies = [("quotes", "0014_fewer_indexes")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AlterField("revision", "body", quotes.models.frozen.FrozenText())]
        )
    ]
