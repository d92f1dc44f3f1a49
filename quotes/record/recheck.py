"""Looking at a document again, and telling the statements found in it."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from quotes.models import Appearance, Statement
from sources import rechecking
from sources.fetching import Fetcher
from sources.models import Document, Recheck


def recheck(document: Document, *, fetcher: Fetcher, at: dt.datetime) -> Recheck:
    """Fetch a document again, note what became of every wording found in it, and renew its statements' pages.

    The positions of appearances are never changed: where the words are now stands in the re-check alone. No version.
    """
    look = rechecking.look_at(document.url, fetcher)
    with transaction.atomic():
        # Statements before documents: a removal locks them in this order too.
        found = Statement.objects.filter(appearances__document=document)
        Statement.objects.filter(pk__in=found.values("pk")).update(touched=F("touched") + 1)
        return rechecking.note(document, look, at=at, passages=passages_of(document))


def passages_of(document: Document) -> list[rechecking.Passage]:
    """Where the wordings found in a document stand in its archived texts. One query."""
    placed = Appearance.objects.filter(document=document, attested=False).exclude(start=None).exclude(printed="")
    positions = placed.values_list("snapshot_id", "start", "end").distinct().order_by("snapshot_id", "start", "end")
    return [rechecking.Passage(key, start, end) for key, start, end in positions if key and start is not None and end]
