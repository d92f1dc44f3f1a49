"""What extraction proposes of a document, and what reviewers made of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quotes.models.statements import Statement
from sources.models import Document, Snapshot

DOUBTFUL = 0.5
"""Below this a candidate, or a part of one, is likelier wrong than right."""


class Reading(models.Model):
    """One run of extraction over a snapshot's text. The next run leaves decided candidates as they are."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits to be read")
        RUNNING = "running", _("Being read")
        DONE = "done", _("Read")
        FAILED = "failed", _("Could not be read")

    document = models.ForeignKey(Document, models.CASCADE, related_name="readings")
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="readings")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    extractor = models.CharField(max_length=64, blank=True, help_text="The sha256 of the weights that read it.")
    problem = models.CharField(max_length=500, blank=True, help_text="Why it failed, for the editor.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot"],
                condition=Q(state__in=["waiting", "running"]),
                name="snapshot_is_read_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", started_at=None, ended_at=None)
                | Q(state="running", started_at__isnull=False, ended_at=None)
                | Q(state__in=["done", "failed"], ended_at__isnull=False),
                name="reading_tells_when_it_began_and_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"Reading of {self.snapshot}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in (self.State.DONE, self.State.FAILED)


class Candidate(models.Model):
    """A statement that extraction, or a reviewer, proposes; `start` and `end` are code points in the snapshot's text.

    `proposal` holds what was proposed, and never changes; `entry` holds what the form shows: the proposal at first,
    then what reviewers saved of it. Together with the decision they are what a trainer learns from.

    `entry` has the parts of `quotes.forms.statements.StatementForms` (words, speaker, principal, chain, links), and two
    of its own: `attested`, the further chains that the document tells of carriers it doesn't print, each a list of
    stops like `chain`; and `between`, links to other candidates as {"kind", "candidate": id}.
    What a reviewer typed of one more of either, and left incomplete, waits as rows in `also` and `ties`.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        JOINED = "joined", _("Added to a statement on record")
        REJECTED = "rejected", _("Rejected")
        REPLACED = "replaced", _("Split or merged")

    class RejectedFor(models.TextChoices):
        NOT_SAID = "not_said", _("Not a statement: the reporter’s own words")
        SCARE_QUOTES = "scare_quotes", _("Marks that quote nobody")
        NOT_PUBLIC = "not_public", _("Not a public statement")
        TWICE = "twice", _("Proposed twice")
        TRIVIAL = "trivial", _("Too little to keep")
        OTHER = "other", _("Another reason")

    document = models.ForeignKey(Document, models.CASCADE, related_name="candidates")
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="candidates")
    reading = models.ForeignKey(
        Reading, models.CASCADE, null=True, related_name="candidates", help_text="None where a reviewer made it."
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    ranges = models.JSONField(help_text="[[start, end], …] in the snapshot's text, in order.")
    proposal = models.JSONField()
    entry = models.JSONField()
    confidence = models.FloatField(help_text="0 to 1: that a reviewer accepts it as it is.")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    touched = models.PositiveIntegerField(
        default=0, help_text="Counts what was done to it; a form says what it has seen."
    )
    statement = models.ForeignKey(Statement, models.SET_NULL, null=True, blank=True, related_name="candidates")
    rejected_for = models.CharField(max_length=12, choices=RejectedFor, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ManyToManyField("self", symmetrical=False, related_name="replaced_by")

    class Meta:
        ordering = ["start", "end", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="candidate_has_a_length"),
            models.CheckConstraint(condition=Q(confidence__range=(0, 1)), name="confidence_is_a_share"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "accepted", "joined", "rejected", "replaced"]),
                name="candidate_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None, decided_by=None)
                | ~Q(state="open") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="decided_candidate_tells_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state="rejected") & ~Q(rejected_for="") | ~Q(state="rejected") & Q(rejected_for=""),
                name="rejected_candidate_tells_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "joined"]) | Q(statement=None),
                name="only_a_kept_candidate_has_a_statement",
            ),
        ]
        indexes = [
            models.Index(fields=["document", "state"], name="candidate_by_document"),
        ]

    def __str__(self) -> str:
        return f"Candidate {self.pk} of {self.document_id}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.state == self.State.OPEN

    @property
    def is_doubtful(self) -> bool:
        """Whether it is likelier wrong than right."""
        return self.confidence < DOUBTFUL

    @property
    def spoken_ranges(self) -> list[tuple[int, int]]:
        """The ranges as pairs."""
        return [(start, end) for start, end in self.ranges]

    @property
    def confidences(self) -> dict[str, Any]:
        """How sure each part is; nothing where a reviewer made it."""
        found: dict[str, Any] = self.proposal.get("confidences", {})
        return found


class Decision(models.Model):
    """One act of a reviewer on a document's candidates, with what stood before it, so that it can be taken back.

    `before` holds a row for each candidate that was there: its fields as they were, and `seen`, its count of touches
    after the act. `made` holds {"id", "seen"} of those that the act made.
    """

    class Verb(models.TextChoices):
        SAVE = "save", _("saved")
        SET_RANGES = "set_ranges", _("moved the boundaries")
        ACCEPT = "accept", _("accepted")
        JOIN = "join", _("added to a statement")
        REJECT = "reject", _("rejected")
        SPLIT = "split", _("split")
        MERGE = "merge", _("merged")
        ADD = "add", _("added by hand")

    document = models.ForeignKey(Document, models.CASCADE, related_name="decisions")
    verb = models.CharField(max_length=10, choices=Verb)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField(default=list)
    made = models.JSONField(default=list)
    statement = models.ForeignKey(Statement, models.SET_NULL, null=True, related_name="+")
    statement_seen = models.PositiveIntegerField(
        default=0, help_text="How often the draft was touched by reviewing alone: more means somebody edited it."
    )
    appearances = models.JSONField(default=list, help_text="Ids of those that were added to a statement on record.")
    links = models.JSONField(default=list, help_text="Ids of those that were made with it.")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["document", "reviewer", "-id"], name="decision_latest")]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} in {self.document_id}"
