"""Who speaks: people, organisations, governments, groups and unnamed sources, their other names and their offices."""

from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower, Trim, Upper
from django.utils.translation import gettext_lazy as _

from quotes.dates_told import told
from quotes.querysets import SpeakerQuerySet
from sources.letters import first_letter
from sources.models import Document

_HAS_A_PAGE = Q(slug__isnull=False)


class Speaker(models.Model):
    """Whose words a statement holds. An unnamed source belongs to one document and has no page."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")
        GOVERNMENT = "government", _("Government")
        GROUP = "group", _("Group")
        UNNAMED = "unnamed", _("Unnamed source")

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200, help_text="As shown: Emmanuel Macron, Ministry of Defense of Russia")
    given = models.CharField(max_length=100, blank=True)
    particle = models.CharField(max_length=30, blank=True, help_text="The “de” of Charles de Gaulle")
    family = models.CharField(max_length=100, blank=True)
    slug = models.SlugField(max_length=120, allow_unicode=True, unique=True, null=True, blank=True)
    document = models.ForeignKey(
        Document,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="unnamed_sources",
        help_text="For an unnamed source: the document that describes it.",
    )
    members = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="groups")
    wikidata = models.CharField(max_length=20, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    sort_name = models.GeneratedField(
        expression=Lower(Trim(Concat("family", Value(" "), "name"))),
        output_field=models.CharField(max_length=301),
        db_persist=True,
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "id"]
        indexes = [
            # Of those with a page alone: unnamed sources are as many as documents, and stand among them.
            models.Index(fields=["sort_name", "id"], name="speaker_pages", condition=_HAS_A_PAGE),
            models.Index(first_letter(), "sort_name", "id", name="speaker_letters", condition=_HAS_A_PAGE),
            models.Index(fields=["name"], name="speaker_by_name"),
            models.Index(Upper("name"), name="speaker_in_any_case"),
            models.Index(fields=["family"], condition=~Q(family=""), name="speaker_by_family"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="unnamed", document__isnull=False, slug=None, merged_into=None)
                | (~Q(kind="unnamed") & Q(document=None, slug__isnull=False)),
                name="unnamed_source_belongs_to_its_document_alone",
            ),
            models.CheckConstraint(
                condition=Q(kind="person") | Q(given="", particle="", family=""), name="only_people_have_name_parts"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="speaker_is_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/speakers/{self.slug}/"

    @property
    def has_page(self) -> bool:
        """Whether the speaker has a page of their own; an unnamed source has none."""
        return self.slug is not None

    def label_on(self, first: date | None, last: date) -> str:
        """The label of the role held throughout the days from `first` (`last` where unknown) to `last`, or nothing.

        Of several, the one taken up latest. One query.
        """
        held = self.roles.filter(
            Q(held_min=None) | Q(held_min__lte=first or last), Q(held_max=None) | Q(held_max__gte=last)
        )
        role = held.first()
        return role.label if role else ""


class Alias(models.Model):
    """Another name of a speaker, in any language: Kyiv, the Kremlin, Макрон."""

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=35, default="en")

    class Meta:
        ordering = ["language", "name"]
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(fields=["speaker", "language", "name"], name="alias_is_unique_per_language"),
        ]
        indexes = [
            models.Index(fields=["name"], name="alias_by_name"),
            models.Index(Upper("name"), name="alias_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """An office a speaker held: its label is shown with what they said while they held it."""

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="roles")
    label = models.CharField(max_length=200, help_text="President of France")
    held = models.CharField(max_length=50, help_text="An EDTF interval: 2017-05-14/.. or 2012-05-15/2017-05-14")
    held_min = models.DateField(null=True, editable=False)
    held_max = models.DateField(null=True, editable=False)

    class Meta:
        ordering = [F("held_min").desc(nulls_last=True), "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_min=None) | Q(held_max=None) | Q(held_min__lte=F("held_max")),
                name="role_interval_is_ordered",
            ),
        ]
        indexes = [models.Index(fields=["label"], name="role_by_label")]

    def __str__(self) -> str:
        return self.label

    def held_throughout(self, first: date, last: date) -> bool:
        """Whether the office was held on each of some days."""
        return (not self.held_min or self.held_min <= first) and (not self.held_max or self.held_max >= last)

    @property
    def held_words(self) -> str:
        """When the office was held, in words."""
        return told(self.held)
