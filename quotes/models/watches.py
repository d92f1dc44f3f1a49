"""What accounts watch, where they are told, and what is still to be told."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.models.revisions import Act
from quotes.models.statements import Statement


class Cadence(models.TextChoices):
    """How soon an e-mail tells of something."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("daily")
    WEEKLY = "weekly", _("weekly")


class Mailbox(models.Model):
    """Where an account's e-mail goes, once whoever reads it has confirmed that, and at what hour of its own time."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mailbox")
    address = models.EmailField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When a confirmation was last asked for")
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=10, default="en", db_default="en", help_text="What the e-mail is written in")
    hour = models.PositiveSmallIntegerField(default=7)
    daily_at = models.DateTimeField(null=True, blank=True, help_text="When the next daily digest is due")
    weekly_at = models.DateTimeField(null=True, blank=True, help_text="When the next weekly one is")
    problem = models.CharField(max_length=300, blank=True, help_text="Why the last e-mail could not be sent")

    class Meta:
        verbose_name_plural = "mailboxes"
        constraints = [
            models.CheckConstraint(condition=~Q(address=""), name="mailbox_has_an_address"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="mailbox_hour_is_of_the_day"),
        ]
        indexes = [
            models.Index(fields=["daily_at"], name="mailbox_daily"),
            models.Index(fields=["weekly_at"], name="mailbox_weekly"),
        ]

    def __str__(self) -> str:
        return self.address


class Endpoint(models.Model):
    """An address that is told by signed requests. The secret is made of a salt and the site's key, and kept nowhere."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="endpoints")
    url = models.CharField(max_length=2000)
    salt = models.CharField(max_length=32)
    old_salt = models.CharField(max_length=32, blank=True, help_text="That of the secret before, while it still signs")
    old_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=300, blank=True, help_text="Empty where its owner paused it")
    warn_at = models.DateTimeField(
        null=True, blank=True, help_text="When its owner is written to; empty once that is done"
    )
    failures = models.PositiveIntegerField(default=0, help_text="Since it last answered well")
    failing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(url=""), name="endpoint_has_an_address"),
            models.CheckConstraint(condition=~Q(salt=""), name="endpoint_has_a_secret"),
            models.CheckConstraint(
                condition=Q(pause_reason="") | Q(paused_at__isnull=False), name="endpoint_is_paused_for_a_reason"
            ),
            models.UniqueConstraint(fields=["owner", "url"], name="endpoint_is_told_once"),
        ]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        return f"/watches/webhooks/{self.pk}/"


class Watch(models.Model):
    """What an account is told of: a list by its filters, as the address of /statements/ has them, or one statement."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches")
    query = models.CharField(max_length=2000, blank=True, help_text="speaker=emmanuel-macron&q=security")
    statement = models.ForeignKey(Statement, models.CASCADE, null=True, blank=True, related_name="watches")
    name = models.CharField(max_length=160, help_text="The list by its filters, in words; empty for a statement")
    mail = models.CharField(max_length=8, choices=Cadence, blank=True)
    endpoint = models.ForeignKey(Endpoint, models.SET_NULL, null=True, blank=True, related_name="watches")
    created_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "watches"
        constraints = [
            models.CheckConstraint(
                condition=(Q(statement=None) & ~Q(query="")) | (Q(statement__isnull=False) & Q(query="")),
                name="watch_is_of_a_list_or_a_statement",
            ),
            models.CheckConstraint(condition=Q(mail__in=["", *Cadence.values]), name="watch_mail_is_known"),
            models.UniqueConstraint(fields=["owner", "query"], condition=~Q(query=""), name="list_is_watched_once"),
            models.UniqueConstraint(fields=["owner", "statement"], name="statement_is_watched_once"),
        ]

    def __str__(self) -> str:
        return self.name or gettext("Statement %(pid)s") % {"pid": self.statement.pid if self.statement else ""}

    def get_absolute_url(self) -> str:
        return f"/watches/{self.pk}/"

    @property
    def shown_at(self) -> str:
        """The address of what is watched."""
        return self.statement.get_absolute_url() if self.statement else f"/statements/?{self.query}"


class Happening(models.Model):
    """An act that nobody was told of yet. The database adds one in the transaction of the act; routing takes it away.

    `due_at` lies ahead while a worker is at it.
    """

    act = models.OneToOneField(Act, models.CASCADE, related_name="happening")
    due_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"To be told: {self.act_id}"


class Digest(models.Model):
    """An e-mail, from the moment it was decided to be sent. Its words are put together each time it is tried."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being sent")
        SENT = "sent", _("sent")
        EMPTY = "empty", _("nothing was left to tell")
        GIVEN_UP = "given_up", _("could not be sent")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    cadence = models.CharField(max_length=8, choices=Cadence)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, help_text="Of its Message-ID, the same at every try")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cadence__in=Cadence.values), name="digest_cadence_is_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", done_at=None) | (~Q(state="waiting") & Q(done_at__isnull=False)),
                name="digest_is_done_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="digest_due"),
            models.Index(fields=["owner", "cadence", "-made_at"], name="digest_of_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.get_cadence_display()} digest {self.uid}"


class Notice(models.Model):
    """That an act concerns a watch. `waits_for` is the e-mail that will tell it, `digest` the one that tells it."""

    watch = models.ForeignKey(Watch, models.CASCADE, related_name="notices")
    act = models.ForeignKey(Act, models.CASCADE, related_name="notices")
    at = models.DateTimeField()
    waits_for = models.CharField(max_length=8, choices=Cadence, blank=True)
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, blank=True, related_name="notices")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["watch", "act"], name="watch_is_told_once_of_an_act"),
            models.CheckConstraint(condition=Q(waits_for="") | Q(digest=None), name="notice_waits_or_is_told"),
            models.CheckConstraint(condition=Q(waits_for__in=["", *Cadence.values]), name="notice_waits_for_a_mail"),
        ]
        indexes = [
            models.Index(fields=["waits_for", "watch"], condition=~Q(waits_for=""), name="notice_waiting"),
            models.Index(fields=["at"], name="notice_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.act_id} for {self.watch_id}"


class Delivery(models.Model):
    """A request to an endpoint that tells of an act, or tries the endpoint out. What it says is read when it is sent.

    `due_at` is when it is tried next; empty while its endpoint is paused, and when it is done.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("delivered")
        GIVEN_UP = "given_up", _("given up")
        DROPPED = "dropped", _("not told: removed before it could be")

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    act = models.ForeignKey(Act, models.CASCADE, null=True, blank=True, related_name="deliveries")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, help_text="The event's id, the same at every try")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "act"], name="endpoint_is_told_once_of_an_act"),
            models.CheckConstraint(condition=Q(state="waiting") | Q(due_at=None), name="delivery_done_is_not_due"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="delivery_due"),
            models.Index(fields=["made_at"], name="delivery_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.uid} to {self.endpoint_id}"
