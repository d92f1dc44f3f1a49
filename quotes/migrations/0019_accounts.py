"""Accounts' second factors, recovery codes and sessions, and what happened to accounts, which nobody rewrites.

SQLite drops a table's triggers when a migration rebuilds the table: whoever alters `quotes_accountevent` calls `create`
again.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

_SQLITE = "CREATE TRIGGER append_only_account_events_{event} BEFORE {event} ON quotes_accountevent BEGIN SELECT RAISE(ABORT, 'account_events_are_append_only'); END"
_FUNCTION = """
CREATE FUNCTION account_events_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'account_events_are_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_POSTGRESQL = "CREATE TRIGGER append_only_account_events_{event} BEFORE {event} ON quotes_accountevent FOR EACH ROW EXECUTE FUNCTION account_events_are_append_only()"
_EVENTS = ("update", "delete")


def create(apps, schema_editor):
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    if not on_sqlite:
        schema_editor.execute(_FUNCTION, params=None)
    for event in _EVENTS:
        schema_editor.execute((_SQLITE if on_sqlite else _POSTGRESQL).format(event=event), params=None)


def drop(apps, schema_editor):
    """The triggers go with their table."""
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.execute("DROP FUNCTION account_events_are_append_only() CASCADE")


def _id():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _owner(related_name):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0018_log_begins"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterModelOptions(
            name="statement",
            options={
                "permissions": [
                    ("record_statement", "Can record statements as drafts"),
                    (
                        "review_statement",
                        "Can review suggestions and others’ drafts, link statements and answer reports",
                    ),
                    ("publish_statement", "Can publish statements"),
                    ("remove_statement", "Can remove statements for good"),
                ]
            },
        ),
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                _id(),
                (
                    "kind",
                    models.CharField(
                        max_length=16,
                        choices=[
                            ("sign_in", "signed in"),
                            ("failure", "failed to sign in"),
                            ("sign_out", "signed out"),
                            ("session_ended", "ended a session"),
                            ("password", "changed the password"),
                            ("reset_asked", "asked for a password reset"),
                            ("reset", "reset the password"),
                            ("one_time", "gave a one-time password"),
                            ("factor_added", "added a second factor"),
                            ("factor_removed", "removed a second factor"),
                            ("recovery_made", "made recovery codes"),
                            ("recovery_used", "used a recovery code"),
                            ("factors_lifted", "took the second factors off"),
                            ("made", "made the account"),
                            ("role", "changed the role"),
                            ("closed", "closed the account"),
                            ("opened", "opened the account again"),
                            ("token_made", "made a key for programs"),
                            ("token_revoked", "revoked a key for programs"),
                            ("address", "confirmed an e-mail address"),
                        ],
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "network",
                    models.CharField(blank=True, help_text="A keyed hash of where it came from", max_length=64),
                ),
                ("detail", models.CharField(blank=True, max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty where somebody tried a name that is nobody’s",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty where nobody was signed in, or a command did it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "permissions": [("manage_accounts", "Can manage accounts and read their audit trail")],
                "indexes": [models.Index(fields=["kind", "-id"], name="account_event_by_kind")],
            },
        ),
        migrations.CreateModel(
            name="Factor",
            fields=[
                _id(),
                (
                    "kind",
                    models.CharField(choices=[("totp", "authenticator app"), ("passkey", "passkey")], max_length=10),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "salt",
                    models.CharField(
                        blank=True,
                        help_text="An app’s secret is made of it and the site’s key, and kept nowhere",
                        max_length=32,
                    ),
                ),
                (
                    "last_step",
                    models.BigIntegerField(default=0, help_text="Of an app: the half-minute of the last code it gave"),
                ),
                ("credential_id", models.CharField(blank=True, max_length=1400, null=True, unique=True)),
                (
                    "public_key",
                    models.TextField(blank=True, help_text="Of a passkey, with its id and what made it, in base64"),
                ),
                ("uses", models.BigIntegerField(default=0, help_text="A passkey’s own count, where it keeps one")),
                ("created_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("owner", _owner("factors")),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=~Q(name=""), name="factor_has_a_name"),
                    models.CheckConstraint(
                        condition=(~Q(salt="") & Q(kind="totp", credential_id=None, public_key=""))
                        | (Q(salt="", kind="passkey", credential_id__isnull=False) & ~Q(public_key="")),
                        name="factor_is_an_app_or_a_passkey",
                    ),
                    models.UniqueConstraint(condition=Q(kind="totp"), fields=["owner"], name="one_authenticator_app"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                _id(),
                ("hash", models.CharField(max_length=64)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("owner", _owner("recovery_codes")),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=~Q(hash=""), name="recovery_code_has_a_hash"),
                    models.UniqueConstraint(fields=["owner", "hash"], name="recovery_code_is_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountSession",
            fields=[
                _id(),
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("browser", models.CharField(blank=True, help_text="Its kind, without a version", max_length=80)),
                ("began_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(help_text="To the hour")),
                ("owner", _owner("sessions")),
            ],
            options={
                "ordering": ["-seen_at", "-id"],
                "constraints": [models.CheckConstraint(condition=~Q(session_key=""), name="account_session_has_a_key")],
            },
        ),
        migrations.RunPython(create, drop),
    ]
