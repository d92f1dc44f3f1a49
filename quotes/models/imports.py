"""Imports: files of statements on their way in, what became of each row, and how columns are understood."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.models.statements import Statement


class Import(models.Model):
    """A file of statements: what is understood of it, what would come of it, and how far it has come.

    `cursor` counts the rows of the file that the present stage is done with, and moves in the transaction that does
    them: whatever ends a run, the next one goes on there, and does nothing twice.
    """

    class State(models.TextChoices):
        MAPPING = "mapping", _("Columns to be told")
        CHECKING = "checking", _("Being tried")
        CHECKED = "checked", _("Tried: nothing is on record yet")
        RUNNING = "running", _("Being imported")
        DONE = "done", _("Imported")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Could not be read")

    class Kind(models.TextChoices):
        CSV = "csv", _("CSV")
        XLSX = "xlsx", _("Excel workbook")
        LINES = "lines", _("JSON Lines")
        QUOTATIONS = "quotations", _("Quotebank, by quotation")
        ARTICLES = "articles", _("Quotebank, by article")

    state = models.CharField(max_length=8, choices=State, default=State.MAPPING)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200, help_text="Of the file")
    file = models.FileField(upload_to="imports/", blank=True, help_text="Kept till the import is done")
    sha256 = models.CharField(max_length=64, help_text="Of the file as it came")
    mapping = models.JSONField(default=dict)
    publish = models.BooleanField(default=False, help_text="Whether rows become published statements, not drafts")
    cursor = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(null=True, help_text="How many there are, once they were counted")
    expected = models.JSONField(default=dict, help_text="What the dry run counted")
    counts = models.JSONField(default=dict, help_text="What the present stage has counted so far")
    problem = models.CharField(max_length=500, blank=True, help_text="Why it failed, for the editor")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports")
    created_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text="When something last came of it")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When the last row was imported")
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="Why it was undone; public where statements were")

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["sha256"], name="import_by_file")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["mapping", "checking", "checked", "running", "done", "undoing", "undone", "failed"]
                ),
                name="import_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["csv", "xlsx", "lines", "quotations", "articles"]), name="import_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(rows=None) | Q(cursor__lte=F("rows")), name="import_is_within_its_rows"),
            models.CheckConstraint(
                condition=Q(state="failed") & ~Q(problem="") | ~Q(state="failed") & Q(problem=""),
                name="failed_import_tells_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["undoing", "undone"], undone_by__isnull=False) & ~Q(reason="")
                | ~Q(state__in=["undoing", "undone"]) & Q(undone_by=None, reason=""),
                name="undone_import_tells_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_busy(self) -> bool:
        """Whether a worker is at it, or should be."""
        return self.state in (self.State.CHECKING, self.State.RUNNING, self.State.UNDOING)


class Imported(models.Model):
    """A statement that came of a row.

    `appearance` is the key that its primary appearance had: a draft that was saved anew has another.
    """

    of = models.ForeignKey(Import, models.CASCADE, related_name="statements")
    row = models.PositiveIntegerField()
    part = models.PositiveIntegerField(default=0, help_text="Which of a row's quotations, where it has several")
    statement = models.OneToOneField(Statement, models.CASCADE, related_name="imported")
    appearance = models.PositiveBigIntegerField()
    words = models.BigIntegerField(help_text="A hash of the folded words, to find a draft by")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["words"], name="imported_by_words")]
        constraints = [
            models.UniqueConstraint(fields=["of", "row", "part"], name="row_is_imported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} of row {self.row}"


class ImportFinding(models.Model):
    """What an editor should know of a row that is not imported, or not undone; some thousands of each kind are kept."""

    class Kind(models.TextChoices):
        REFUSED = "refused", _("refused")
        CONFLICTING = "conflicting", _("conflicting")
        THERE = "there", _("already there")
        LEFT = "left", _("left when the import was undone")

    of = models.ForeignKey(Import, models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=11, choices=Kind)
    row = models.PositiveIntegerField()
    part = models.PositiveIntegerField(default=0)
    column = models.CharField(max_length=100, blank=True)
    value = models.CharField(max_length=200, blank=True, help_text="What stood there, or how it began")
    reason = models.CharField(max_length=500)
    statement = models.ForeignKey(Statement, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["row", "part", "id"]
        indexes = [models.Index(fields=["of", "kind", "row", "part"], name="import_finding_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["refused", "conflicting", "there", "left"]), name="import_finding_is_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"Row {self.row}: {self.reason}"

    @property
    def place(self) -> str:
        """Where it stands in the file, in words."""
        if not self.part:
            return str(self.row)
        return gettext("%(row)s, quotation %(part)s") % {"row": self.row, "part": self.part}


class ImportTemplate(models.Model):
    """How an account understands the columns of some kind of file, kept under a name."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="import_templates")
    name = models.CharField(max_length=80)
    mapping = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="import_template_name_is_the_owners_own"),
            models.CheckConstraint(condition=~Q(name=""), name="import_template_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
