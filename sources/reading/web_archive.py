"""Reading web archives (WARC): the first page that was answered well, and when it was archived."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from sources.addresses import BadAddress, canonical
from sources.reading import remarks
from sources.reading.errors import Damaged, NoText
from sources.reading.limits import Limits
from sources.reading.unpacking import decoded

_WHAT = remarks.WEB_ARCHIVE
_OK = "200"
_STEP = 64 * 1024
_PAGES = ("text/html", "application/xhtml", "text/plain", "text/markdown", "application/pdf", "application/vnd.openxml")


@dataclass(frozen=True)
class Archived:
    """One page of an archive: its bytes as they were served, its address and time, and how many others there are."""

    body: bytes
    url: str
    charset: str
    language: str
    taken_at: dt.datetime | None
    others: int


def first_page(data: bytes, limits: Limits) -> Archived:
    """The first page in an unpacked archive. Raises NoText where it holds none, Damaged, Bomb."""
    first, others = None, 0
    try:
        for record in ArchiveIterator(BytesIO(data), arc2warc=False):
            if not _is_page(record):
                continue
            if first is None:
                first = _archived(record, limits)
            else:
                others += 1
    except (ArchiveLoadFailed, ValueError, EOFError, KeyError, AttributeError, IndexError, OSError) as error:
        raise Damaged(_WHAT) from error
    if first is None:
        raise NoText(remarks.NOTHING_IN_WEB_ARCHIVE)
    body, url, charset, language, taken_at = first
    return Archived(body, url, charset, language, taken_at, others)


def _is_page(record: Any) -> bool:
    if record.rec_type == "resource":
        return _type_of(record).startswith(_PAGES)
    return (
        record.rec_type == "response"
        and record.http_headers is not None
        and record.http_headers.get_statuscode() == _OK
        and _type_of(record).startswith(_PAGES)
    )


def _type_of(record: Any) -> str:
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    return str(headers.get_header("Content-Type") or "").strip().lower()


def _archived(record: Any, limits: Limits) -> tuple[bytes, str, str, str, dt.datetime | None]:
    headers = record.http_headers if record.rec_type == "response" else None
    charset = _type_of(record).partition("charset=")[2].strip(" \"'")
    return (
        _body(record, headers, limits),
        _address(record.rec_headers.get_header("WARC-Target-URI") or ""),
        charset,
        (headers.get_header("Content-Language") or "") if headers else "",
        _moment(record.rec_headers.get_header("WARC-Date") or ""),
    )


def _body(record: Any, headers: Any, limits: Limits) -> bytes:
    """The body without its transfer and content codings; warcio's own decoding knows no bounds."""
    coding = (headers.get_header("Content-Encoding") or "") if headers else ""
    chunked = headers is not None and (headers.get_header("Transfer-Encoding") or "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
    return b"".join(decoded(_chunks(stream), coding, limits.unpacked, _WHAT))


def _chunks(stream: Any) -> Iterator[bytes]:
    while chunk := stream.read(_STEP):
        yield chunk


def _address(text: str) -> str:
    try:
        return canonical(text.strip("<>"))
    except BadAddress:
        return ""


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
