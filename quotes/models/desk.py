"""What readers tell the editors."""

from django.conf import settings
from django.db import models

from quotes.models.statements import Statement


class Report(models.Model):
    """A problem with a statement that a reader reported; answered by an editor."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="reports")
    message = models.TextField(max_length=4000)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=64, help_text="A keyed hash of the sender's address, for limiting only")
    sent_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="reports_answered"
    )

    class Meta:
        ordering = ["sent_at", "id"]
        indexes = [models.Index(fields=["address", "sent_at"], name="report_by_address")]

    def __str__(self) -> str:
        return f"Report on {self.statement_id}"
