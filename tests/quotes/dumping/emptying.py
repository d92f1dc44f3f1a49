"""Makes a record as new."""

from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection

from tests.emptying import drop_triggers


def empty() -> None:
    """Take everything off this record, its accounts too, and count from the start again."""
    configs = [apps.get_app_config(name) for name in ("quotes", "sources")]
    models = [model for config in configs for model in config.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            kept = drop_triggers(cursor)
        for model in models:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608  # our own tables
        sequences = connection.introspection.sequence_list() if connection.vendor == "postgresql" else []
        for one in sequences:
            if one["table"] in {model._meta.db_table for model in models}:
                cursor.execute("SELECT setval(%s, 1, false)", [one["name"]])
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        else:
            for order in kept:
                cursor.execute(order)
    User.objects.all().delete()
