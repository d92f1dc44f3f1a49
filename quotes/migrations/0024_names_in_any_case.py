"""Names are looked up whatever their capitals, through an index: thousands of speakers were read for one name."""

from importlib import import_module

from django.db import migrations, models
from django.db.models.functions import Upper

AddIndexBeside = import_module("quotes.migrations.0014_fewer_indexes").AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("quotes", "0023_names_in_order")]
    operations = [
        AddIndexBeside("speaker", models.Index(Upper("name"), name="speaker_in_any_case")),
        AddIndexBeside("alias", models.Index(Upper("name"), name="alias_in_any_case")),
    ]
