"""Watches, and the list of what nobody was told of yet.

A trigger fills it in the transaction of the act, whoever writes the act: so none is lost, and a sequence of ids that are
committed out of their order misleads nobody. Where nothing is watched it does nothing.

SQLite drops a table's triggers when a migration rebuilds the table: whoever alters `quotes_act` calls `create` again,
and tests/quotes/watching/test_routing.py says so.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

VERBS = ("publish", "correct", "retract", "restore", "remove", "merge", "undo_merge", "set_topics", "add_appearance")
_LISTED = ", ".join(f"'{verb}'" for verb in VERBS)
_SQLITE = """
CREATE TRIGGER act_happens AFTER INSERT ON quotes_act
WHEN NEW.statement_id IS NOT NULL AND NEW.verb IN (VERBS) AND EXISTS (SELECT 1 FROM quotes_watch)
BEGIN INSERT INTO quotes_happening (act_id) VALUES (NEW.id); END
"""
_FUNCTION = """
CREATE FUNCTION act_happens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM quotes_watch) THEN
        INSERT INTO quotes_happening (act_id)
            SELECT id FROM added WHERE statement_id IS NOT NULL AND verb IN (VERBS) ORDER BY id;
    END IF;
    RETURN NULL;
END $$
"""
_POSTGRESQL = """
CREATE TRIGGER act_happens AFTER INSERT ON quotes_act
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION act_happens()
"""


def create(apps, schema_editor):
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in [_SQLITE] if on_sqlite else [_FUNCTION, _POSTGRESQL]:
        schema_editor.execute(statement.replace("VERBS", _LISTED), params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER act_happens")
    else:
        schema_editor.execute("DROP FUNCTION act_happens() CASCADE")


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0012_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cadence",
                    models.CharField(
                        choices=[("at_once", "at once"), ("daily", "daily"), ("weekly", "weekly")], max_length=8
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(
                        default=uuid.uuid4, help_text="Of its Message-ID, the same at every try", unique=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "being sent"),
                            ("sent", "sent"),
                            ("empty", "nothing was left to tell"),
                            ("given_up", "could not be sent"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="digests", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Endpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=2000)),
                ("salt", models.CharField(max_length=32)),
                (
                    "old_salt",
                    models.CharField(
                        blank=True, help_text="That of the secret before, while it still signs", max_length=32
                    ),
                ),
                ("old_until", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                (
                    "pause_reason",
                    models.CharField(blank=True, help_text="Empty where its owner paused it", max_length=300),
                ),
                (
                    "warn_at",
                    models.DateTimeField(
                        blank=True, help_text="When its owner is written to; empty once that is done", null=True
                    ),
                ),
                ("failures", models.PositiveIntegerField(default=0, help_text="Since it last answered well")),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endpoints",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    models.UUIDField(
                        default=uuid.uuid4, help_text="The event's id, the same at every try", unique=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sent", "delivered"),
                            ("given_up", "given up"),
                            ("dropped", "not told: removed before it could be"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=300)),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="quotes.act",
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="quotes.endpoint"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Happening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="happening", to="quotes.act"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_at",
                    models.DateTimeField(blank=True, help_text="When a confirmation was last asked for", null=True),
                ),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
                ("hour", models.PositiveSmallIntegerField(default=7)),
                (
                    "daily_at",
                    models.DateTimeField(blank=True, help_text="When the next daily digest is due", null=True),
                ),
                ("weekly_at", models.DateTimeField(blank=True, help_text="When the next weekly one is", null=True)),
                (
                    "problem",
                    models.CharField(blank=True, help_text="Why the last e-mail could not be sent", max_length=300),
                ),
                (
                    "owner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mailbox", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "mailboxes",
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "query",
                    models.CharField(blank=True, help_text="speaker=emmanuel-macron&q=security", max_length=2000),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="The list by its filters, in words; empty for a statement", max_length=160
                    ),
                ),
                (
                    "mail",
                    models.CharField(
                        blank=True,
                        choices=[("at_once", "at once"), ("daily", "daily"), ("weekly", "weekly")],
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                (
                    "endpoint",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="watches",
                        to="quotes.endpoint",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="watches", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watches",
                        to="quotes.statement",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "watches",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "waits_for",
                    models.CharField(
                        blank=True,
                        choices=[("at_once", "at once"), ("daily", "daily"), ("weekly", "weekly")],
                        max_length=8,
                    ),
                ),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="quotes.act"
                    ),
                ),
                (
                    "digest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="quotes.digest",
                    ),
                ),
                (
                    "watch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="quotes.watch"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddIndex(
            model_name="digest",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["due_at"], name="digest_due"),
        ),
        migrations.AddIndex(
            model_name="digest",
            index=models.Index(fields=["owner", "cadence", "-made_at"], name="digest_of_owner"),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.CheckConstraint(
                condition=models.Q(("cadence__in", ["at_once", "daily", "weekly"])), name="digest_cadence_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("state", "waiting")),
                    models.Q(models.Q(("state", "waiting"), _negated=True), ("done_at__isnull", False)),
                    _connector="OR",
                ),
                name="digest_is_done_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("url", ""), _negated=True), name="endpoint_has_an_address"
            ),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("salt", ""), _negated=True), name="endpoint_has_a_secret"
            ),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("pause_reason", ""), ("paused_at__isnull", False), _connector="OR"),
                name="endpoint_is_paused_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.UniqueConstraint(fields=("owner", "url"), name="endpoint_is_told_once"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="delivery_due"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["made_at"], name="delivery_by_age"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("endpoint", "act"), name="endpoint_is_told_once_of_an_act"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "waiting"), ("due_at", None), _connector="OR"),
                name="delivery_done_is_not_due",
            ),
        ),
        migrations.AddIndex(
            model_name="mailbox",
            index=models.Index(fields=["daily_at"], name="mailbox_daily"),
        ),
        migrations.AddIndex(
            model_name="mailbox",
            index=models.Index(fields=["weekly_at"], name="mailbox_weekly"),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.CheckConstraint(
                condition=models.Q(("address", ""), _negated=True), name="mailbox_has_an_address"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.CheckConstraint(condition=models.Q(("hour__lte", 23)), name="mailbox_hour_is_of_the_day"),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("statement", None), models.Q(("query", ""), _negated=True)),
                    models.Q(("statement__isnull", False), ("query", "")),
                    _connector="OR",
                ),
                name="watch_is_of_a_list_or_a_statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail__in", ["", "at_once", "daily", "weekly"])), name="watch_mail_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("query", ""), _negated=True), fields=("owner", "query"), name="list_is_watched_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.UniqueConstraint(fields=("owner", "statement"), name="statement_is_watched_once"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("waits_for", ""), _negated=True),
                fields=["waits_for", "watch"],
                name="notice_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["at"], name="notice_by_age"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("watch", "act"), name="watch_is_told_once_of_an_act"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("waits_for", ""), ("digest", None), _connector="OR"), name="notice_waits_or_is_told"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("waits_for__in", ["", "at_once", "daily", "weekly"])),
                name="notice_waits_for_a_mail",
            ),
        ),
        migrations.RunPython(create, drop),
    ]
