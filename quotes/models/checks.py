"""Results of checks that readers chose to keep for a while."""

from secrets import token_urlsafe

from django.db import models


def new_key() -> str:
    """A link that nobody guesses: 128 random bits."""
    return token_urlsafe(16)


class SavedCheck(models.Model):
    """The quotations of a text with what the record had of each when it was checked; the text itself is never kept.

    `quotations` are those of `quotes.checking.as_data`, and all that its page shows.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    record_changed_at = models.DateTimeField(null=True, help_text="The record's last change when it was checked")
    quotations = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("made_at")), name="check_is_kept_a_while")
        ]

    def __str__(self) -> str:
        return f"Check of {self.made_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return f"/check/saved/{self.key}/"
