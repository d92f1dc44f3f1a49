"""Lists that an account keeps under names of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class SavedSearch(models.Model):
    """A list of statements by its filters, as the address of /statements/ has them."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, help_text="speaker=emmanuel-macron&q=security")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = [Lower("name"), "id"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint("owner", Lower("name"), name="saved_search_has_a_name_of_its_own"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_a_name"),
            models.CheckConstraint(condition=~Q(query=""), name="saved_search_asks_for_something"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/statements/?{self.query}"
