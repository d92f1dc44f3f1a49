from django.db import migrations, models

from sources.letters import first_letter


class Migration(migrations.Migration):
    """An index of the letters that outlets' names begin with."""

    dependencies = [("sources", "0005_seal_what_was_removed")]

    operations = [
        migrations.AddIndex(
            "outlet",
            models.Index(first_letter(), "sort_name", "id", name="outlet_letters"),
        )
    ]
