"""Looking at a document again, and telling the statements found in it."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from quotes.models import Appearance, Statement
from sources import rechecking
from sources.fetching import Fetcher
from sources.models import Document, Recheck, Snapshot


def recheck(document: Document, *, fetcher: Fetcher, at: dt.datetime) -> Recheck:
    """Fetch a document again, note what became of every wording found in it, and renew pages that show something else.

    The positions of appearances are never changed: where the words are now stands in the re-check alone. No version.
    """
    look = rechecking.look_at(document.url, fetcher)
    with transaction.atomic():
        # Statements before documents: a removal locks them in this order too.
        found = Appearance.objects.filter(document=document).values("statement")
        statements = Statement.objects.filter(pk__in=found)
        list(statements.select_for_update().order_by("pk").values_list("pk"))
        before = _shown(document)
        noted = rechecking.note(document, look, at=at, passages=passages_of(document))
        if _shown(document) != before:
            statements.update(touched=F("touched") + 1)
    return noted


def _shown(document: Document) -> dict[int, tuple[str, dt.date | None]]:
    """What a permalink tells of each archived text: what the last look found; the day, where nothing had changed."""
    rows = document.snapshots.values_list("pk", "check_result", "checked_at")
    unchanged = Snapshot.Check.UNCHANGED
    return {key: (result, at.date() if at and result == unchanged else None) for key, result, at in rows}


def passages_of(document: Document) -> list[rechecking.Passage]:
    """Where the wordings found in a document stand in its archived texts. One query."""
    placed = Appearance.objects.filter(document=document, attested=False).exclude(start=None).exclude(printed="")
    positions = placed.values_list("snapshot_id", "start", "end").distinct().order_by("snapshot_id", "start", "end")
    return [rechecking.Passage(key, start, end) for key, start, end in positions if key and start is not None and end]
