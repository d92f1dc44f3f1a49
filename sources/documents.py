"""Writing documents and the snapshots of their texts."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

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
    """Keep `text` as what the document said at `taken_at`; the same text again is the same snapshot. Three queries."""
    if known := archived_as(sha256(text)).filter(document=document).first():
        return known
    snapshot, _ = Snapshot.objects.get_or_create(
        document=document,
        sha256=sha256(text),
        redacted_at=None,
        defaults={"text": text, "taken_at": taken_at, "media_type": media_type},
    )
    return snapshot


def at(addresses: Iterable[str]) -> Q:
    """The documents at these addresses. Some have none, so that an index holds the others: SQLite wants it said."""
    return Q(url__among=addresses) & ~Q(url="")


def archived_as(digest: str) -> QuerySet[Snapshot]:
    """The archived texts that had this hash when they came, whatever was removed from them since."""
    return Snapshot.objects.filter(Q(sha256=digest, redacted_at=None) | ~Q(sealed="") & Q(sealed=seal(digest)))


def redact(snapshot: Snapshot, text: str, at: dt.datetime) -> None:
    """Give an unsaved snapshot the text in which words were blanked, and hashes that confirm no guess at them.

    The hash that is shown is the blanked text's. That of the text as it came stays sealed, so that the same text is
    recognised when it comes again; a second removal keeps the first seal.
    """
    snapshot.sealed = snapshot.sealed or seal(snapshot.sha256)
    snapshot.text, snapshot.sha256, snapshot.original_sha256 = text, sha256(text), ""
    snapshot.redacted_at = at


def sha256(text: str) -> str:
    """The hash of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def seal(digest: str) -> str:
    """A hash that only the record can make of a text's hash: with it nobody else can try what was removed."""
    return salted_hmac("sources.documents.seal", digest, algorithm="sha256").hexdigest()
