"""Statements, the unit that is browsed, linked and cited, and the links between them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from quotes.dates_told import told
from quotes.models.origins import HELD, Origin
from quotes.models.speakers import Speaker
from quotes.models.topics import Topic
from quotes.permalinks import new_pid
from quotes.querysets import LinkQuerySet, StatementQuerySet
from quotes.spans import Piece, Spans, from_json, pieces, render
from sources.models import Outlet

OPENING = 60
"""So many folded characters are enough to find those that can be the same words."""


class Statement(models.Model):
    """Words attributed to one speaker on one occasion. Only `quotes.record` writes it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETRACTED = "retracted", _("Retracted")
        REMOVED = "removed", _("Removed")
        MERGED = "merged", _("Merged")

    class Mode(models.TextChoices):
        DIRECT = "direct", _("Direct")
        INDIRECT = "indirect", _("Reported")
        MIXED = "mixed", _("Mixed")

    class Basis(models.TextChoices):
        STATED = "stated", _("as stated")
        RESOLVED = "resolved", _("resolved")
        INFERRED = "inferred", _("inferred")

    pid = models.CharField(max_length=10, unique=True, default=new_pid, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    spans = models.JSONField(help_text="The wording: a list of spans, see quotes.spans")
    mode = models.CharField(max_length=8, choices=Mode)
    text = models.TextField(help_text="The words without marks, for searching and measuring")
    folded = models.TextField(help_text="The text without case and accents")
    language = models.CharField(max_length=35)
    is_translation = models.BooleanField(default=False)
    translated_from = models.CharField(max_length=35, blank=True)
    translator = models.CharField(max_length=200, blank=True)

    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="statements")
    speaks_for = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, db_index=False, related_name="statements_by_spokespeople"
    )
    label = models.CharField(max_length=200, blank=True, help_text="The speaker's role when it was said")

    said = models.CharField(max_length=50)
    said_min = models.DateField(null=True)
    said_max = models.DateField()
    said_basis = models.CharField(max_length=8, choices=Basis, default=Basis.STATED)
    said_phrase = models.CharField(max_length=300, blank=True, help_text="What the document says: On Saturday")
    said_reasoning = models.CharField(max_length=500, blank=True, help_text="How the date follows from it")
    published = models.CharField(max_length=50, help_text="The earliest publication on record")
    published_min = models.DateField(null=True)
    published_max = models.DateField()

    primary_appearance = models.ForeignKey(
        "quotes.Appearance", models.PROTECT, null=True, blank=True, related_name="primary_of"
    )
    primary_is_chosen = models.BooleanField(default=False)
    topics = models.ManyToManyField(Topic, blank=True, related_name="statements")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, db_index=False, related_name="merged_from"
    )

    touched = models.PositiveIntegerField(default=0, help_text="Counts every change that shows on the page")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="statements_recorded")
    created_at = models.DateTimeField(auto_now_add=True)
    recorded_at = models.DateTimeField(null=True, help_text="When version 1 was published")

    objects = StatementQuerySet.as_manager()
    possibly = False
    """Whether a list holds it only because its imprecise date may fall within the dates asked for."""

    class Meta:
        permissions = [
            ("record_statement", "Can record statements as drafts"),
            ("review_statement", "Can review suggestions and others’ drafts, link statements and answer reports"),
            ("publish_statement", "Can publish statements"),
            ("remove_statement", "Can remove statements for good"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(said_min=None) | Q(said_min__lte=F("said_max")), name="said_interval_is_ordered"
            ),
            models.CheckConstraint(condition=Q(said_max__lte=F("published_max")), name="said_before_it_was_published"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "retracted", "removed", "merged"]),
                name="statement_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=["direct", "indirect", "mixed"]), name="statement_mode_is_a_speech_mode"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | (~Q(state="merged") & Q(merged_into=None)),
                name="merged_statement_names_its_survivor",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="statement_is_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(recorded_at__isnull=False), name="published_statement_has_its_time"
            ),
            models.CheckConstraint(
                condition=Q(is_translation=True) | Q(translated_from="", translator=""),
                name="only_translations_have_a_translator",
            ),
        ]
        indexes = [
            models.Index(F("said_max").desc(), F("id").desc(), condition=Q(state="published"), name="statement_list"),
            models.Index(
                "speaker",
                F("said_max").desc(),
                F("id").desc(),
                condition=Q(state="published"),
                name="statement_list_by_speaker",
            ),
            models.Index(
                F("recorded_at").desc(), F("id").desc(), condition=Q(state="published"), name="statement_newest"
            ),
            models.Index(Left("folded", OPENING), condition=Q(state="published"), name="statement_by_opening"),
            models.Index(fields=["id"], condition=Q(state="draft"), name="statement_drafts"),
            models.Index("speaks_for", condition=Q(speaks_for__isnull=False), name="statement_by_principal"),
            models.Index("merged_into", condition=Q(merged_into__isnull=False), name="statement_merged_away"),
        ]

    def __str__(self) -> str:
        return f"{self.pid} {self.speaker}: {self.text[:60]}"

    def get_absolute_url(self) -> str:
        return f"/q/{self.pid}"

    def version_url(self, number: int) -> str:
        """The address of version `number`, which always answers with the same record."""
        return f"/q/{self.pid}/v{number}"

    @property
    def wording(self) -> Spans:
        """The spans of the words."""
        return from_json(self.spans)

    @property
    def pieces(self) -> list[Piece]:
        """The words with generated marks, ready for a page to lay out."""
        return pieces(self.wording)

    @property
    def words(self) -> str:
        """The words with generated marks, as one text."""
        return render(self.wording)

    @property
    def original_language(self) -> str:
        """The language it was said in, as a BCP 47 tag; empty where that isn't known."""
        return self.translated_from if self.is_translation else self.language

    @property
    def said_words(self) -> str:
        """When it was said, at its own precision."""
        return told(self.said)

    @cached_property
    def carried(self) -> dict[str, list[Outlet]]:
        """Who carried it, by role. No query where the carriages are loaded, as `for_cards` does."""
        by_role: dict[str, list[Outlet]] = {}
        for carriage in self.carriages.all():
            by_role.setdefault(carriage.role, []).append(carriage.outlet)
        return by_role

    @cached_property
    def origins(self) -> list[Origin]:
        """Where it comes from, the first found first. No query where the carriages are loaded, as `for_cards` does."""
        found = {one.outlet_id: Origin(one.outlet, one.origin == HELD) for one in self.carriages.all() if one.origin}
        return list(found.values())

    @property
    def outlets(self) -> list[Outlet]:
        """Who relayed or published it, each once."""
        return list(dict.fromkeys([*self.carried.get("relayed_by", ()), *self.carried.get("published_by", ())]))

    @property
    def is_public(self) -> bool:
        """Whether visitors may read it: published, or retracted with its banner."""
        return self.state in (self.State.PUBLISHED, self.State.RETRACTED)


class Link(models.Model):
    """What one statement does to another; shown from both ends."""

    class Kind(models.TextChoices):
        RESPONDS_TO = "responds_to", _("responds to")
        REPORTS = "reports", _("reports")
        REPEATS = "repeats", _("repeats")
        CONFIRMS = "confirms", _("confirms")
        DENIES = "denies", _("denies")
        CONTRADICTS = "contradicts", _("contradicts")

    source = models.ForeignKey(Statement, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Statement, models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=12, choices=Kind)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="statement_is_not_linked_to_itself"),
            models.UniqueConstraint(fields=["source", "target", "kind"], name="link_is_made_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
