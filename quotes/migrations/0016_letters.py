from django.db import migrations, models
from django.db.models import Q

from sources.letters import first_letter


class Migration(migrations.Migration):
    """Indexes of speakers with a page, and of the letters that their names begin with."""

    dependencies = [("quotes", "0015_packed_bodies"), ("sources", "0006_letters")]

    operations = [
        migrations.RemoveIndex("speaker", "speaker_index"),
        migrations.AddIndex(
            "speaker",
            models.Index(fields=["sort_name", "id"], name="speaker_pages", condition=Q(slug__isnull=False)),
        ),
        migrations.AddIndex(
            "speaker",
            models.Index(
                first_letter(),
                "sort_name",
                "id",
                name="speaker_letters",
                condition=Q(slug__isnull=False),
            ),
        ),
    ]
