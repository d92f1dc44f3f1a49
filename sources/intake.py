"""Taking documents in: recognising what is on record already, and keeping text and original together."""

import datetime as dt
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from sources import apart
from sources.addresses import BadAddress, alike, canonical, domains_above
from sources.documents import add_document, archive, archived_as, at
from sources.fetching import Fetcher
from sources.models import Document, Outlet, Snapshot
from sources.reading import Hints, Reading
from sources.sayings import Saying
from sources.slugs import survivor


class WordsRemoved(Exception):
    """Words of this document were removed for good: a new text of it, which may hold them, is not kept."""

    pattern = Saying(
        "Words of document %(pid)s were removed for good, so no new text of it is archived: "
        "the removed words may stand in it."
    )

    def __init__(self, document: Document) -> None:
        self.document = document
        super().__init__(self.pattern % {"pid": document.pid})


class TakenIn(NamedTuple):
    """What taking in came to: a document that is new or was on record, and its text, likewise."""

    document: Document
    snapshot: Snapshot
    is_new: bool
    is_new_text: bool


def read_address(url: str, fetcher: Fetcher | None = None) -> Reading:
    """Fetch a page and read it. Raises CannotRead, of which CannotFetch is one."""
    fetched = (fetcher or Fetcher()).fetch(url)
    return apart.read(fetched.body, Hints(url=fetched.url, charset=fetched.charset, language=fetched.language))


def find_document(url: str = "", sha256: str = "", outlet: Outlet | None = None) -> Document | None:
    """The document on record with this address, else with this text; at most two queries.

    Addresses are compared in their canonical forms (`alike`). One text at two outlets is two documents, as agencies'
    texts are: with `outlet`, only its own count; without, a text is recognised anywhere, but not under another address.
    """
    if url and (found := _at(url)):
        return found
    if not sha256:
        return None
    same = Document.objects.select_related("outlet").filter(pk__in=archived_as(sha256).values("document"))
    if outlet is not None:
        return same.filter(outlet=outlet).order_by("id").first()
    return same.filter(Q(url="") if url else Q()).order_by("id").first()


def _at(url: str) -> Document | None:
    try:
        addresses = [url, *alike(url)]
    except BadAddress:
        addresses = [url]
    found = Document.objects.select_related("outlet").filter(at(addresses))
    return min(found, key=lambda document: addresses.index(document.url), default=None)


def documents_with_text(sha256: str) -> QuerySet[Document]:
    """All documents in which this very text was found: one wire at several outlets. One query."""
    return Document.objects.filter(pk__in=archived_as(sha256).values("document")).select_related("outlet")


def outlet_for_domain(domain: str) -> Outlet | None:
    """The outlet whose domain this is or lies in, the nearest; a merged one's survivor. None is to be offered as new.

    One query, one more for every merge.
    """
    domains = domains_above(domain.lower().removeprefix("www.")) if domain else []
    found = Outlet.objects.filter(domain__in=domains).select_related("merged_into")
    nearest = min(found, key=lambda outlet: domains.index(outlet.domain), default=None)
    return survivor(nearest) if nearest else None


def take_in(reading: Reading, outlet: Outlet, *, published: str, taken_at: dt.datetime, **corrected: Any) -> TakenIn:
    """Keep what was read as a document of `outlet`, published on an EDTF date; or open the one that is on record.

    `corrected` are the document's other fields (title, author, url, language, kind, licence, note) where they differ
    from the reading's. A known document keeps its fields; a text it did not have becomes its newest snapshot, as
    of when the reading itself says it was archived, else of `taken_at`. Raises BadDate, ValidationError, BadAddress,
    WordsRemoved. All or nothing; the same address at once from two sides ends in one document.
    """
    fields = {"title": reading.title, "author": reading.author, "url": reading.url, "language": reading.language}
    fields |= corrected
    fields["url"] = canonical(fields["url"]) if fields["url"] else ""
    with transaction.atomic():
        # Two who bring one text without an address at once: the second waits, and finds the first's.
        Outlet.objects.select_for_update(no_key=True).get(pk=outlet.pk)
        document, is_new = _document(reading, outlet, published, fields)
        snapshot, is_new_text = keep(document, reading, reading.taken_at or taken_at)
    return TakenIn(document, snapshot, is_new, is_new_text)


def _document(reading: Reading, outlet: Outlet, published: str, fields: dict[str, Any]) -> tuple[Document, bool]:
    if found := find_document(fields["url"], reading.sha256, outlet):
        return found, False
    try:
        with transaction.atomic():
            return add_document(outlet, published, **fields), True
    except IntegrityError:
        # Somebody took in this address at another outlet since we looked.
        if found := find_document(fields["url"]):
            return found, False
        raise


def keep(document: Document, reading: Reading, taken_at: dt.datetime) -> tuple[Snapshot, bool]:
    """Archive a document's text with its original beside it; a text it had is the snapshot it was, and not new.

    Raises WordsRemoved. Belongs in a transaction.
    """
    Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    known = archived_as(reading.sha256).filter(document=document).first()
    if known:
        return known, False
    if document.snapshots.exclude(redacted_at=None).exists():
        raise WordsRemoved(document)
    snapshot = archive(document, reading.text, taken_at, reading.media_type.value)
    _file_original(snapshot, reading)
    return snapshot, True


def _file_original(snapshot: Snapshot, reading: Reading) -> None:
    name = f"{reading.original_sha256[:2]}/{reading.original_name}"
    snapshot.original.save(name, ContentFile(reading.original), save=False)
    snapshot.original_sha256 = reading.original_sha256
    try:
        snapshot.save(update_fields=["original", "original_sha256"])
    except BaseException:
        snapshot.original.delete(save=False)
        raise
