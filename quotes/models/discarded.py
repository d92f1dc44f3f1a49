"""What accounts discarded, for as long as they can have it back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Discarded(models.Model):
    """A row that an account deleted, as it was, with the file that it named.

    Of a draft, `row` is what its form said: a statement is recorded again by a person, never put back.
    """

    class Kind(models.TextChoices):
        DRAFT = "draft", _("draft")
        ARRIVAL = "arrival", _("document that arrived")
        IMPORT = "import", _("import")
        TEMPLATE = "template", _("template for columns")
        SEARCH = "search", _("search")
        WATCH = "watch", _("watch")
        WEBHOOK = "webhook", _("webhook")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="discarded")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=300, help_text="As its owner knew it")
    row = models.JSONField()
    file = models.FileField(blank=True, max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "discarded"
        indexes = [models.Index(fields=["at"], name="discarded_by_age")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["draft", "arrival", "import", "template", "search", "watch", "webhook"]),
                name="discarded_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
