"""Where a review stands: what is open, in which order, and how far it has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from quotes.models import Candidate, Reading, Statement
from quotes.models.candidates import DOUBTFUL
from sources.models import Document, Snapshot

_LIMIT = 50


@dataclass(frozen=True)
class Progress:
    """How many suggestions of a document are in which state. Those that were split or merged count no more.

    `accepted` wait as drafts to be published; `published` were accepted and are published, or more than that.
    """

    open: int = 0
    accepted: int = 0
    published: int = 0
    joined: int = 0
    rejected: int = 0

    @property
    def decided(self) -> int:
        """How many are decided."""
        return self.accepted + self.published + self.joined + self.rejected

    @property
    def total(self) -> int:
        """How many there are."""
        return self.open + self.decided


@dataclass(frozen=True)
class Review:
    """A document under review: how far it has come, and the latest reading of it."""

    document: Document
    progress: Progress
    reading: Reading | None


_PUBLISHED = Q(state="accepted", statement__isnull=False) & ~Q(statement__state="draft")
_COUNTS = {
    "open": Count("pk", filter=Q(state="open")),
    "accepted": Count("pk", filter=Q(state="accepted") & ~_PUBLISHED),
    "published": Count("pk", filter=_PUBLISHED),
    "joined": Count("pk", filter=Q(state="joined")),
    "rejected": Count("pk", filter=Q(state="rejected")),
}


def progress(document: Document) -> Progress:
    """How far the review of a document has come. One query."""
    return _progress(document.candidates.aggregate(**_COUNTS))


def queue(document: Document) -> list[Candidate]:
    """What is left to decide, in the order to decide it. One query."""
    return in_queue_order(document.candidates.filter(state=Candidate.State.OPEN))


def in_queue_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The doubtful first, then the others; each in the order of the text."""
    return sorted(candidates, key=lambda one: (one.confidence >= DOUBTFUL, one.start, one.end, one.pk))


def snapshot_under_review(document: Document) -> Snapshot | None:
    """The archived text that is reviewed: that of the latest reading, else the latest one. At most two queries."""
    reading = document.readings.select_related("snapshot").first()
    return reading.snapshot if reading else document.snapshots.first()


def under_review(limit: int = _LIMIT) -> list[Review]:
    """The documents that wait to be read or decided, or whose drafts wait to be published; the newest first.

    Four queries.
    """
    found = list(_waiting(limit))
    counted = _progress_by_document(found)
    documents = Document.objects.filter(pk__in=found).select_related("outlet").prefetch_related("readings")
    reviews = [Review(one, counted.get(one.pk, Progress()), next(iter(one.readings.all()), None)) for one in documents]
    return sorted(reviews, key=lambda review: review.document.pk, reverse=True)


def _waiting(limit: int) -> Iterable[int]:
    """The ids of documents that wait for somebody, at most `limit` for each reason."""
    undecided = Candidate.objects.filter(state=Candidate.State.OPEN)
    unpublished = Candidate.objects.filter(state=Candidate.State.ACCEPTED, statement__state=Statement.State.DRAFT)
    unread = Reading.objects.exclude(state=Reading.State.DONE)
    waiting = (rows.order_by().values_list("document_id", flat=True) for rows in (undecided, unpublished, unread))
    first, *others = (rows.distinct() for rows in waiting)
    return first.union(*others).order_by("-document_id")[:limit]


def _progress_by_document(documents: Iterable[int]) -> Mapping[int, Progress]:
    rows = Candidate.objects.filter(document__in=documents).order_by().values("document_id").annotate(**_COUNTS)
    return {row["document_id"]: _progress(row) for row in rows}


def _progress(row: Mapping[str, Any]) -> Progress:
    return Progress(**{name: row[name] for name in _COUNTS})
