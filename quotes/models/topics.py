"""What statements address: a tree of topics."""

from django.db import models
from django.db.models import F, Q

from quotes.querysets import TopicQuerySet


class Topic(models.Model):
    """What a statement addresses. `path` holds the ids from the root down, so that descendants share a prefix."""

    name = models.CharField(max_length=150)
    slug = models.SlugField(max_length=120, allow_unicode=True, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=400, editable=False, default="", help_text="/1/4/9/")
    description = models.TextField(blank=True)
    iptc = models.CharField(max_length=40, blank=True, help_text="IPTC Media Topic code, like medtop:20000639")
    wikidata = models.CharField(max_length=20, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="topic_is_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/topics/{self.slug}/"

    @property
    def above(self) -> list[int]:
        """The ids of the topics above, from the root down."""
        return [int(key) for key in self.path.strip("/").split("/")[:-1]]
