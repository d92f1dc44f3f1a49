"""Asking for a text to be read."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from quotes.models import Reading
from quotes.tasks import read_document
from sources.models import Document, Snapshot
from sources.sayings import Saying

STALE = dt.timedelta(minutes=30)
"""No reading takes so long, however many wait for the extractor: whoever did it has been stopped."""

_STOPPED = Saying("Reading was stopped before it was done.")


def begin(document: Document, snapshot: Snapshot, *, editor: User | None) -> Reading:
    """Ask for a document's archived text to be read; where that was asked already, it is one and the same reading.

    The worker does it as soon as this transaction ends, or whoever asks where there is none (setting TASK_WORKER).
    """
    now = timezone.now()
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        current = snapshot.readings.filter(state__in=[Reading.State.WAITING, Reading.State.RUNNING]).first()
        if current and now - (current.started_at or current.asked_at) < STALE:
            return current
        if current and current.state == Reading.State.RUNNING:
            end(current, problem=_STOPPED)
            current = None
        reading = current or Reading.objects.create(document=document, snapshot=snapshot, asked_by=editor, asked_at=now)
        transaction.on_commit(lambda: read_document.enqueue(reading.pk))
    return reading


def end(reading: Reading, *, problem: str = "", extractor: str = "") -> None:
    """Close a reading: done, or failed where there is a problem."""
    reading.state = Reading.State.FAILED if problem else Reading.State.DONE
    reading.problem = problem[:500]
    reading.extractor = extractor
    reading.ended_at = timezone.now()
    reading.save()
