"""Keys with which programs write in an account's name, and what each has asked for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Token(models.Model):
    """A program's key. Its text is shown once and kept as a hash, so that nobody who reads the database can use it."""

    class Scope(models.TextChoices):
        """What a key may be used for, as far as its account may do it."""

        RECORD = "record", _("record drafts")
        INTAKE = "intake", _("bring documents")
        PUBLISH = "publish", _("publish drafts")
        WATCH = "watch", _("watch the record")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80, help_text="What it is for")
    sha256 = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12, help_text="How it begins, to tell it from others")
    scopes = models.CharField(max_length=60, help_text="Parted by spaces")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True, help_text="To the hour")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="token_has_a_name"),
            models.CheckConstraint(condition=~Q(scopes=""), name="token_is_for_something"),
            models.CheckConstraint(condition=~Q(sha256=""), name="token_has_a_hash"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_words(self) -> str:
        """What it may be used for, in words."""
        return gettext(", ").join(str(self.Scope(scope).label) for scope in self.scopes.split())


class Answered(models.Model):
    """What a request with an Idempotency-Key was answered, so that the same request again is not done twice."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="answered")
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64, help_text="The sha256 of what was asked")
    status = models.PositiveSmallIntegerField(null=True)
    location = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "answered"
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="answered_once"),
            models.CheckConstraint(condition=~Q(key=""), name="answered_has_a_key"),
        ]
        indexes = [models.Index(fields=["at"], name="answered_by_age")]

    def __str__(self) -> str:
        return self.key
