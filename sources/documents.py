"""Writing documents and the snapshots of their texts."""

import datetime as dt
import hashlib
from typing import Any

from django.core.exceptions import ValidationError

from quotes.dates import read
from sources.models import Document, Outlet, Snapshot


def add_document(outlet: Outlet, published: str, **fields: Any) -> Document:
    """A document of `outlet`, published on an EDTF date; `fields` are the model's others. One query.

    Raises ValidationError for a date that has no last day, BadDate for one that is none.
    """
    document = Document(outlet=outlet, **fields)
    set_published(document, published)
    document.save()
    return document


def set_published(document: Document, published: str) -> None:
    """Give an unsaved change of date its interval; a publication date always has a last day."""
    when = read(published)
    if when.last is None:
        raise ValidationError({"published": "A publication date needs a last day: write /2022-12-04 for “by then”."})
    document.published, document.published_min, document.published_max = when.text, when.first, when.last


def archive(document: Document, text: str, taken_at: dt.datetime, media_type: str = "text/plain") -> Snapshot:
    """Keep `text` as what the document said at `taken_at`; the same text again is the same snapshot. Two queries."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    snapshot, _ = Snapshot.objects.get_or_create(
        document=document,
        sha256=digest,
        defaults={"text": text, "taken_at": taken_at, "media_type": media_type},
    )
    return snapshot
