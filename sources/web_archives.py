"""A document's snapshots as a web archive (WARC 1.1), for whoever keeps archives of their own.

Of each snapshot: the original as it came in (a resource record), the text that the record archived of it (a
conversion record), and what is known about both (metadata). Words that were removed are in none of them: their
originals were destroyed, and their texts are blanked.
"""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from django.conf import settings
from warcio.warcwriter import WARCWriter

from sources.models import Document, Recheck, Snapshot

MEDIA_TYPE = "application/warc"


def stream(document: Document) -> Iterator[bytes]:
    """The archive, gzipped record by record, a snapshot at a time in memory. Three queries, and one a snapshot."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    _write_about(writer, document)
    yield _drained(buffer)
    # One text at a time: a document may have been looked at for years.
    for key in document.snapshots.order_by("taken_at", "id").values_list("pk", flat=True):
        _write_snapshot(writer, document, Snapshot.objects.get(pk=key))
        yield _drained(buffer)


def file_name(document: Document) -> str:
    """What the archive is saved as."""
    return f"{document.pid}.warc.gz"


def _drained(buffer: BytesIO) -> bytes:
    data = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return data


def _address(document: Document) -> str:
    return document.url or f"{settings.SITE_URL}{document.get_absolute_url()}"


def _write_about(writer: Any, document: Document) -> None:
    about = {"software": settings.USER_AGENT, "format": "WARC File Format 1.1", "isPartOf": settings.SITE_URL}
    writer.write_record(writer.create_warcinfo_record(file_name(document), about))
    facts = {
        "document": f"{settings.SITE_URL}{document.get_absolute_url()}",
        "title": document.title,
        "author": document.author,
        "outlet": document.outlet.name,
        "published": document.published,
        "language": document.language,
        "rechecks": [_told(one) for one in document.rechecks.all()],
    }
    _write(writer, document, "metadata", _json(facts), "application/json", document.created_at)


def _told(one: Recheck) -> dict[str, Any]:
    return {"at": one.at.isoformat(), "result": one.result, "status": one.status, "reached": one.reached}


def _json(facts: dict[str, Any]) -> BytesIO:
    return BytesIO(json.dumps(facts, ensure_ascii=False).encode())


def _write_snapshot(writer: Any, document: Document, snapshot: Snapshot) -> None:
    refers = {}
    if snapshot.original and not snapshot.redacted_at:
        with snapshot.original.open("rb") as original:
            identity = _write(writer, document, "resource", original, snapshot.media_type, snapshot.taken_at)
        refers = {"WARC-Refers-To": identity}
    text = BytesIO(snapshot.text.encode())
    identity = _write(writer, document, "conversion", text, "text/plain; charset=utf-8", snapshot.taken_at, refers)
    facts = {
        "sha256": snapshot.sha256,
        "original_sha256": snapshot.original_sha256,
        "redacted_at": snapshot.redacted_at.isoformat() if snapshot.redacted_at else None,
    }
    refers = {"WARC-Refers-To": identity}
    _write(writer, document, "metadata", _json(facts), "application/json", snapshot.taken_at, refers)


def _write(
    writer: Any,
    document: Document,
    kind: str,
    payload: BinaryIO | Any,
    media_type: str,
    at: dt.datetime,
    extra: dict[str, str] | None = None,
) -> str:
    """Write one record with SHA-256 digests; its id."""
    digest, length = _measured(payload)
    headers = {
        **(extra or {}),
        "WARC-Date": at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-Block-Digest": digest,
    }
    about = {"length": length, "warc_content_type": media_type, "warc_headers_dict": headers}
    record = writer.create_warc_record(_address(document), kind, payload=payload, **about)
    writer.write_record(record)
    return str(record.rec_headers.get_header("WARC-Record-ID"))


def _measured(payload: BinaryIO | Any) -> tuple[str, int]:
    """The SHA-256 digest of a payload as web archives write it, and its length in bytes."""
    digest = hashlib.sha256()
    while chunk := payload.read(64 * 1024):
        digest.update(chunk)
    length = payload.tell()
    payload.seek(0)
    return f"sha256:{base64.b32encode(digest.digest()).decode()}", length
