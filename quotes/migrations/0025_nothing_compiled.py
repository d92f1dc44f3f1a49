"""PostgreSQL compiles no queries for this database: it took a hundred times as long as what it was to speed up."""

from django.db import migrations

from quotes.compiling import SWITCH_BACK, SWITCH_OFF


def _run(sql):
    def run(apps, editor):
        if editor.connection.vendor == "postgresql":
            editor.execute(sql, params=None)

    return run


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("quotes", "0024_names_in_any_case")]
    operations = [migrations.RunPython(_run(SWITCH_OFF), _run(SWITCH_BACK))]
