"""The versions of published statements, the acts that made them, and what merges moved."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quotes.models.frozen import FrozenText
from quotes.models.speakers import Speaker
from quotes.models.statements import Statement
from sources.models import Outlet


class Revision(models.Model):
    """Version `number` of a statement: its frozen fields as RFC 8785 text, and that text's sha256.

    Append-only: a trigger refuses every update but the one that blanks the body, and the reason, on removal.
    """

    statement = models.ForeignKey(Statement, models.PROTECT, db_index=False, related_name="revisions")
    number = models.PositiveIntegerField()
    body = FrozenText()
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="revisions")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="revision_number_is_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_numbers_start_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} v{self.number}"


class Act(models.Model):
    """The audit trail: who did what to the record, when and why. It never holds a statement's words.

    Corrections, retractions, restorations, removals and merges of statements are also the public corrections ledger.
    """

    class Verb(models.TextChoices):
        PUBLISH = "publish", _("published")
        CORRECT = "correct", _("corrected")
        RETRACT = "retract", _("retracted")
        RESTORE = "restore", _("restored")
        REMOVE = "remove", _("removed")
        MERGE = "merge", _("merged")
        UNDO_MERGE = "undo_merge", _("unmerged")
        ADD_APPEARANCE = "add_appearance", _("found again")
        WITHDRAW_APPEARANCE = "drop_appearance", _("not found there after all")
        LINK = "link", _("linked")
        UNLINK = "unlink", _("unlinked")
        MARK_COPY = "mark_copy", _("marked as a copy")
        UNMARK_COPY = "unmark_copy", _("no copy after all")
        SET_TOPICS = "set_topics", _("filed under other topics")
        RENAME = "rename", _("renamed")
        ANSWER_REPORT = "answer_report", _("answered a report")

    class RemovedFor(models.TextChoices):
        LAW = "law", _("required by law")
        COURT = "court", _("ordered by a court")
        SAFETY = "safety", _("somebody’s safety")
        PRIVACY = "privacy", _("somebody’s private life")
        COPYRIGHT = "copyright", _("a right in the words")

    verb = models.CharField(max_length=16, choices=Verb)
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, blank=True, related_name="acts")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, blank=True, related_name="acts")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="acts")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    reason_code = models.CharField(max_length=20, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["verb", "-at", "-id"], name="act_ledger"),
            models.Index(fields=["-at", "-id"], name="act_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.at:%Y-%m-%d}"


class Merge(models.Model):
    """Two speakers, outlets or statements that were one: `loser` now leads to `survivor`. It can be undone."""

    class Kind(models.TextChoices):
        SPEAKER = "speaker", "Speakers"
        OUTLET = "outlet", "Outlets"
        STATEMENT = "statement", "Statements"

    kind = models.CharField(max_length=10, choices=Kind)
    loser_id = models.PositiveBigIntegerField()
    survivor_id = models.PositiveBigIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="merges")
    at = models.DateTimeField()
    reason = models.TextField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="merges_undone"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(loser_id=models.F("survivor_id")), name="nothing_is_merged_into_itself"
            ),
            models.UniqueConstraint(
                fields=["kind", "loser_id"], condition=Q(undone_at=None), name="merged_away_only_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party(self.loser_id)} merged into {self.party(self.survivor_id)}"

    def party(self, key: int) -> Speaker | Outlet | Statement:
        """The loser or the survivor, by id. One query."""
        models_by_kind: dict[str, type[Speaker | Outlet | Statement]] = {
            "speaker": Speaker,
            "outlet": Outlet,
            "statement": Statement,
        }
        party: Speaker | Outlet | Statement = models_by_kind[self.kind]._default_manager.get(pk=key)
        return party


class MovedRow(models.Model):
    """One field of one row that a merge moved from the loser to the survivor."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="moved")
    table = models.CharField(max_length=63)
    row_id = models.PositiveBigIntegerField()
    field = models.CharField(max_length=63)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["merge", "table", "row_id", "field"], name="row_is_moved_once"),
        ]

    def __str__(self) -> str:
        return f"{self.table}.{self.field} of {self.row_id}"
