"""Who publishes, what was published, and the text that was archived of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.dates_told import told
from quotes.permalinks import new_pid
from sources.letters import first_letter


class SlugRedirect(models.Model):
    """A slug that a speaker, an outlet or a topic had before; its page's address keeps answering."""

    class Kind(models.TextChoices):
        SPEAKER = "speaker"
        OUTLET = "outlet"
        TOPIC = "topic"

    kind = models.CharField(max_length=10, choices=Kind)
    slug = models.SlugField(max_length=120, allow_unicode=True)
    target_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="slug_redirect_leads_to_one_place"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class Outlet(models.Model):
    """Who publishes or carries statements. A relay agency passes on what was said elsewhere."""

    class Kind(models.TextChoices):
        BROADCASTER = "broadcaster", _("Broadcaster")
        NEWSPAPER = "newspaper", _("Newspaper")
        WEBSITE = "website", _("Website")
        AGENCY = "agency", _("News agency")
        PUBLIC_BODY = "public_body", _("Public body")
        PLATFORM = "platform", _("Platform")

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, allow_unicode=True, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    identified = models.BooleanField(
        default=True, help_text="Off where we hold a document and don't know who published it."
    )
    domain = models.CharField(max_length=253, blank=True, help_text="Like tf1.fr, without https:// and www.")
    wikidata = models.CharField(max_length=20, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    sort_name = models.GeneratedField(
        expression=Lower("name"), output_field=models.CharField(max_length=200), db_persist=True
    )

    class Meta:
        ordering = ["sort_name", "id"]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="outlet_index"),
            models.Index(first_letter(), "sort_name", "id", name="outlet_letters"),
            models.Index(fields=["name"], name="outlet_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["domain"], condition=~Q(domain=""), name="outlet_domain_is_its_own"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="outlet_is_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/outlets/{self.slug}/"


class Document(models.Model):
    """One published thing at an outlet. Its title, address and date are empty where they are unknown."""

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Article")
        INTERVIEW = "interview", _("Interview")
        BROADCAST = "broadcast", _("Broadcast")
        DISPATCH = "dispatch", _("Agency dispatch")
        PRESS_RELEASE = "press_release", _("Press release")
        OFFICIAL_PAPER = "official_paper", _("Official paper")
        POST = "post", _("Post")
        RECONSTRUCTION = "reconstruction", _("Reconstruction")

    pid = models.CharField(max_length=10, unique=True, default=new_pid, editable=False)
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=15, choices=Kind, default=Kind.ARTICLE)
    title = models.CharField(max_length=500, blank=True)
    author = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    published = models.CharField(max_length=50, help_text="An EDTF date: 2022-12-04, 2022-12, 2022-12?")
    published_min = models.DateField(null=True, editable=False)
    published_max = models.DateField(editable=False)
    language = models.CharField(max_length=35, blank=True, help_text="A BCP 47 tag: en, fr, pt-BR")
    licence = models.URLField(max_length=300, blank=True, help_text="Only where it lets everybody read the whole text.")
    note = models.TextField(blank=True, help_text="What a reader should know about this document, shown above it.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-published_max", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["url"], condition=~Q(url=""), name="document_url_is_its_own"),
            models.CheckConstraint(
                condition=Q(published_min=None) | Q(published_min__lte=F("published_max")),
                name="published_interval_is_ordered",
            ),
        ]

    def __str__(self) -> str:
        if self.kind == self.Kind.RECONSTRUCTION and not self.title:
            return gettext("Reconstruction of an article whose title is unknown")
        return self.title or gettext("%(kind)s whose title is unknown") % {"kind": self.get_kind_display()}

    def get_absolute_url(self) -> str:
        return f"/documents/{self.pid}/"

    @property
    def published_words(self) -> str:
        """The publication date at its own precision, in words."""
        return told(self.published)

    @property
    def is_open(self) -> bool:
        """Whether everybody may read the whole text, because its licence permits it."""
        return bool(self.licence)


class Snapshot(models.Model):
    """A document's archived text. Positions in it count Unicode code points from 0.

    The text never changes, but for a removal by law, which blanks words at equal length so that positions hold.
    """

    class Check(models.TextChoices):
        UNCHANGED = "unchanged"
        CHANGED = "changed"
        GONE = "gone"

    document = models.ForeignKey(Document, models.CASCADE, related_name="snapshots")
    text = models.TextField()
    sha256 = models.CharField(max_length=64, help_text="Of the text as archived, in UTF-8.")
    taken_at = models.DateTimeField()
    media_type = models.CharField(max_length=100, default="text/plain")
    original = models.FileField(upload_to="originals/", blank=True)
    original_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the bytes as they came in.")
    checked_at = models.DateTimeField(null=True, blank=True)
    check_result = models.CharField(max_length=10, choices=Check, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True)
    sealed = models.CharField(
        max_length=64,
        blank=True,
        help_text="Of a text that words were removed from: its first hash, with a secret. Never shown.",
    )

    class Meta:
        ordering = ["-taken_at", "-id"]
        indexes = [
            models.Index(fields=["sha256"], name="snapshot_by_text"),
            models.Index(fields=["sealed"], name="snapshot_by_seal", condition=~Q(sealed="")),
        ]
        constraints = [
            # Two texts that differed in nothing but what was removed are alike since.
            models.UniqueConstraint(
                fields=["document", "sha256"], condition=Q(redacted_at=None), name="snapshot_text_is_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} as of {self.taken_at:%Y-%m-%d}"


class Recheck(models.Model):
    """One look at whether a document still says what was archived of it. Rows are only ever added.

    `passages` tells of every quoted passage where its words stood then: a list of objects with `snapshot`, `start` and
    `end` (where they were archived), `place` (there, moved, ambiguous, gone) and `now` (start and end in the page's
    text of that day, or null).
    """

    class Result(models.TextChoices):
        UNCHANGED = "unchanged", _("Unchanged")
        CHANGED = "changed", _("Changed")
        GONE = "gone", _("Gone")
        UNREACHABLE = "unreachable", _("Could not be reached")
        REFUSED = "refused", _("Could not be read")

    document = models.ForeignKey(Document, models.CASCADE, related_name="rechecks")
    at = models.DateTimeField()
    result = models.CharField(max_length=11, choices=Result)
    status = models.PositiveSmallIntegerField(null=True, help_text="Of HTTP; empty where there was no answer")
    reached = models.CharField(
        max_length=2000, blank=True, help_text="Where redirects led; empty where there were none"
    )
    reason = models.CharField(max_length=500, blank=True)
    compared = models.ForeignKey(Snapshot, models.SET_NULL, null=True, related_name="+")
    shown = models.ForeignKey(
        Snapshot,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="What the page said; empty where it isn't kept",
    )
    passages = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["document", "-at"], name="recheck_of_document")]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=["unchanged", "changed", "gone", "unreachable", "refused"]),
                name="recheck_result_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.get_result_display()} on {self.at:%Y-%m-%d}"


class Arrival(models.Model):
    """A document on its way in: what was brought, and what was read of it, till somebody confirms its particulars.

    `particulars` holds what reading found beside the text: the fields of `sources.reading.Reading` that are short.
    """

    class State(models.TextChoices):
        FETCHING = "fetching", _("Being fetched or read")
        READY = "ready", _("To be confirmed")
        FAILED = "failed", _("Could not be read")

    state = models.CharField(max_length=8, choices=State, default=State.FETCHING)
    url = models.CharField(max_length=2000, blank=True, help_text="What is fetched; empty for a file or a pasted text.")
    name = models.CharField(max_length=200, blank=True, help_text="Of the file that was uploaded.")
    problem = models.CharField(max_length=500, blank=True, help_text="Why it failed, for the editor.")
    original = models.FileField(upload_to="arrivals/", blank=True)
    text = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the text in UTF-8.")
    particulars = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="arrivals")
    arrived_at = models.DateTimeField()

    class Meta:
        ordering = ["-arrived_at", "-id"]
        indexes = [models.Index(fields=["sha256"], name="arrival_by_text")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="fetching", problem="")
                | Q(state="ready", problem="") & ~Q(text="")
                | Q(state="failed") & ~Q(problem=""),
                name="arrival_tells_what_became_of_it",
            ),
            models.UniqueConstraint(
                fields=["url"], condition=~Q(url="") & ~Q(state="failed"), name="address_arrives_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.particulars.get("title") or self.name or self.url or gettext("Pasted text"))
