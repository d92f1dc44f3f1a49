"""Where a statement was found, and the road it travelled there."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quotes.dates_told import told
from quotes.models.origins import HELD, STATED
from quotes.models.speakers import Speaker
from quotes.models.statements import Statement
from quotes.models.unsaved import unsaved
from quotes.querysets import AppearanceQuerySet
from quotes.spans import Piece, Spans, from_json, pieces
from sources.models import Document, Outlet, Snapshot

MAX_HOPS = 31


class Appearance(models.Model):
    """A statement found in a document, or attested by it of a carrier whose own document is not held."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="appearances")
    document = models.ForeignKey(Document, models.PROTECT, related_name="appearances")
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, db_index=False, related_name="appearances"
    )
    attested = models.BooleanField(default=False, help_text="The document says it of a carrier that is not held")
    spans = models.JSONField(default=list, help_text="The wording as this carrier printed it; empty where unknown")
    mode = models.CharField(max_length=8, choices=Statement.Mode, blank=True)
    printed = models.TextField(blank=True, help_text="The source's characters exactly, with its own marks and faults")
    language = models.CharField(max_length=35, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    media_start = models.FloatField(null=True, blank=True, help_text="Seconds from the start of the recording")
    media_end = models.FloatField(null=True, blank=True)
    prefix = models.CharField(max_length=200, blank=True)
    suffix = models.CharField(max_length=200, blank=True)
    is_translation = models.BooleanField(default=False)
    translated_from = models.CharField(max_length=35, blank=True)
    translator = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="The closing mark is misplaced in the source")
    copy_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="copies",
        help_text="What it was copied from without saying so; it has that one's origin",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None, end=None)
                | Q(start__isnull=False, end__isnull=False, snapshot__isnull=False, start__lt=F("end")),
                name="position_is_in_a_snapshot_and_ordered",
            ),
            models.CheckConstraint(
                condition=Q(media_start=None) | Q(media_end=None) | Q(media_start__lte=F("media_end")),
                name="media_position_is_ordered",
            ),
            models.CheckConstraint(condition=Q(attested=True) | ~Q(printed=""), name="found_wording_is_kept"),
            models.CheckConstraint(
                condition=Q(mode__in=["", *Statement.Mode.values]), name="appearance_mode_is_a_speech_mode"
            ),
            models.CheckConstraint(
                condition=Q(copy_of=None) | ~Q(copy_of=F("id")), name="appearance_is_no_copy_of_itself"
            ),
        ]
        indexes = [
            models.Index("copy_of", condition=Q(copy_of__isnull=False), name="appearance_copies"),
            models.Index("snapshot", condition=Q(snapshot__isnull=False), name="appearance_of_snapshot"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} in {self.document}"

    @property
    def wording(self) -> Spans:
        """The spans of the words as printed there; none where only the carriage is attested."""
        return from_json(self.spans)

    @property
    def is_retranslation(self) -> bool:
        """Whether a translation was made from a translation, as far as that is known.

        It was where it came by way of a third language, and where it is in the very language the words were said in.
        No query where the statement and the hops are loaded.
        """
        original = _tongue(self.statement.original_language)
        if not self.is_translation or not original:
            return False
        own = _tongue(self.language)
        between = {_tongue(self.translated_from), *(_tongue(hop.language) for hop in self.hops.all())}
        return own == original or bool(between - {"", own, original})

    @property
    def pieces(self) -> list[Piece]:
        """The wording as printed, with generated marks."""
        return pieces(self.wording)


def _tongue(language: str) -> str:
    """A language without its region and script: of pt-BR, pt."""
    return language.partition("-")[0].lower()


class Hop(models.Model):
    """One stop of an appearance's relay chain, outward from the speaker.

    The key is computed from the appearance and the position, and `previous` is the key before it: so the database
    itself keeps positions unique and gapless, with plain constraints that SQLite and PostgreSQL have alike.
    """

    class Role(models.TextChoices):
        TOLD_BY = "told_by", _("told by")
        SPOKEN_TO = "spoken_to", _("spoken to")
        ISSUED_BY = "issued_by", _("issued by")
        RELAYED_BY = "relayed_by", _("relayed by")
        PUBLISHED_BY = "published_by", _("published by")

    id = models.PositiveBigIntegerField(primary_key=True)
    appearance = models.ForeignKey(Appearance, models.CASCADE, related_name="hops")
    position = models.PositiveSmallIntegerField()
    previous = models.OneToOneField("self", models.DO_NOTHING, null=True, related_name="next")
    role = models.CharField(max_length=12, choices=Role)
    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, related_name="hops")
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, db_index=False, related_name="hops")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="hops")
    date = models.CharField(max_length=50, blank=True)
    language = models.CharField(max_length=35, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["told_by", "spoken_to", "issued_by", "relayed_by", "published_by"]),
                name="hop_role_is_known",
            ),
            models.CheckConstraint(
                condition=Q(outlet__isnull=False, speaker=None) | Q(outlet=None, speaker__isnull=False),
                name="hop_has_exactly_one_of_outlet_and_speaker",
            ),
            models.CheckConstraint(
                condition=Q(role="told_by", speaker__isnull=False) | (~Q(role="told_by") & Q(outlet__isnull=False)),
                name="hop_is_told_by_a_speaker_or_carried_by_an_outlet",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MAX_HOPS, id=F("appearance_id") * 32 + F("position")),
                name="hop_positions_are_unique",
            ),
            models.CheckConstraint(
                condition=Q(position=1, previous=None)
                | Q(position__gt=1, previous__isnull=False, previous=F("id") - 1),
                name="hop_positions_are_gapless",
            ),
        ]
        indexes = [models.Index("speaker", condition=Q(speaker__isnull=False), name="hop_told_by")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.carrier}"

    @classmethod
    def at(cls, appearance: Appearance, position: int, **fields: object) -> Self:
        """An unsaved hop of `appearance` at `position`, counted from 1."""
        key = appearance.pk * 32 + position
        previous = key - 1 if position > 1 else None
        return unsaved(cls, id=key, appearance=appearance, position=position, previous_id=previous, **fields)

    @property
    def carrier(self) -> Outlet | Speaker:
        """Who made this hop: an outlet, or the speaker who told it."""
        return self.outlet or self.speaker  # type: ignore[return-value]  # a constraint keeps exactly one

    @property
    def date_words(self) -> str:
        """The hop's date in words; empty where it is unknown."""
        return told(self.date) if self.date else ""


class Carriage(models.Model):
    """Derived from the hops of published statements, for filtering: this outlet carried that statement in this role."""

    statement = models.ForeignKey(Statement, models.CASCADE, db_index=False, related_name="carriages")
    outlet = models.ForeignKey(Outlet, models.PROTECT, db_index=False, related_name="carriages")
    role = models.CharField(max_length=12, choices=Hop.Role)
    said_max = models.DateField()
    origin = models.CharField(
        max_length=6,
        blank=True,
        default="",
        help_text="Whether the statement comes from this outlet: held, or stated by those who relay it; empty if not",
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(origin__in=["", STATED, HELD]), name="carriage_origin_is_known"),
            models.UniqueConstraint(fields=["statement", "outlet", "role"], name="carriage_is_derived_once"),
            models.CheckConstraint(condition=~Q(role="told_by"), name="carriage_is_by_an_outlet"),
        ]
        indexes = [models.Index(fields=["outlet", "role"], name="carriage_by_outlet_role")]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.role} {self.outlet}"
