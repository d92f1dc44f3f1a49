"""What belongs to accounts: second factors, recovery codes, sessions, and what happened to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AccountEvent(models.Model):
    """What happened to an account: append-only. Acts on the record are kept as acts."""

    class Kind(models.TextChoices):
        SIGN_IN = "sign_in", _("signed in")
        FAILURE = "failure", _("failed to sign in")
        SIGN_OUT = "sign_out", _("signed out")
        SESSION_ENDED = "session_ended", _("ended a session")
        PASSWORD = "password", _("changed the password")  # the name of what happened
        RESET_ASKED = "reset_asked", _("asked for a password reset")
        RESET = "reset", _("reset the password")
        ONE_TIME = "one_time", _("gave a one-time password")
        FACTOR_ADDED = "factor_added", _("added a second factor")
        FACTOR_REMOVED = "factor_removed", _("removed a second factor")
        RECOVERY_MADE = "recovery_made", _("made recovery codes")
        RECOVERY_USED = "recovery_used", _("used a recovery code")
        FACTORS_LIFTED = "factors_lifted", _("took the second factors off")
        MADE = "made", _("made the account")
        ROLE = "role", _("changed the role")
        CLOSED = "closed", _("closed the account")
        OPENED = "opened", _("opened the account again")
        TOKEN_MADE = "token_made", _("made a key for programs")  # likewise
        TOKEN_REVOKED = "token_revoked", _("revoked a key for programs")  # likewise
        ADDRESS = "address", _("confirmed an e-mail address")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="account_events",
        help_text="Empty where somebody tried a name that is nobody’s",
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty where nobody was signed in, or a command did it",
    )
    kind = models.CharField(max_length=16, choices=Kind)
    at = models.DateTimeField()
    network = models.CharField(max_length=64, blank=True, help_text="A keyed hash of where it came from")
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        permissions = [("manage_accounts", "Can manage accounts and read their audit trail")]
        indexes = [models.Index(fields=["kind", "-id"], name="account_event_by_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class Factor(models.Model):
    """A second factor: an authenticator app, or a passkey. A code or an answer is taken once."""

    class Kind(models.TextChoices):
        TOTP = "totp", _("authenticator app")
        PASSKEY = "passkey", _("passkey")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=60)
    salt = models.CharField(
        max_length=32, blank=True, help_text="An app’s secret is made of it and the site’s key, and kept nowhere"
    )
    last_step = models.BigIntegerField(default=0, help_text="Of an app: the half-minute of the last code it gave")
    credential_id = models.CharField(max_length=1400, null=True, blank=True, unique=True)
    public_key = models.TextField(blank=True, help_text="Of a passkey, with its id and what made it, in base64")
    uses = models.BigIntegerField(default=0, help_text="A passkey’s own count, where it keeps one")
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="factor_has_a_name"),
            models.CheckConstraint(
                condition=(~Q(salt="") & Q(kind="totp", credential_id=None, public_key=""))
                | (Q(salt="", kind="passkey", credential_id__isnull=False) & ~Q(public_key="")),
                name="factor_is_an_app_or_a_passkey",
            ),
            models.UniqueConstraint(fields=["owner"], condition=Q(kind="totp"), name="one_authenticator_app"),
        ]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code that stands in for a lost factor, once. Only a keyed hash of it is kept."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(hash=""), name="recovery_code_has_a_hash"),
            models.UniqueConstraint(fields=["owner", "hash"], name="recovery_code_is_one"),
        ]

    def __str__(self) -> str:
        return "used" if self.used_at else "unused"


class AccountSession(models.Model):
    """A browser that is signed in to an account; the session itself is Django's."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=80, blank=True, help_text="Its kind, without a version")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="To the hour")

    class Meta:
        ordering = ["-seen_at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(session_key=""), name="account_session_has_a_key")]

    def __str__(self) -> str:
        return self.browser or "unknown browser"
