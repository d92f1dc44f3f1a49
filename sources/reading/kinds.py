"""What kind of document some bytes are, by what is in them; names and declared types are hints at most."""

import re
from enum import StrEnum

from sources.reading import remarks
from sources.reading.errors import Damaged, Locked, UnknownKind
from sources.reading.limits import Limits
from sources.reading.unpacking import checked_zip


class Kind(StrEnum):
    """The kinds that are read, as media types."""

    PLAIN = "text/plain"
    HTML = "text/html"
    MARKDOWN = "text/markdown"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PDF = "application/pdf"
    WARC = "application/warc"
    PACKED_WARC = "application/warc+gzip"


SUFFIXES = {
    Kind.PLAIN: ".txt",
    Kind.HTML: ".html",
    Kind.MARKDOWN: ".md",
    Kind.DOCX: ".docx",
    Kind.PDF: ".pdf",
    Kind.WARC: ".warc",
    Kind.PACKED_WARC: ".warc.gz",
}

_OTHERS = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", remarks.OLD_OFFICE, remarks.SAVE_AS),
    (b"{\\rtf", remarks.RICH_TEXT, remarks.SAVE_AS),
    (b"%!PS", remarks.POSTSCRIPT, remarks.SAVE_AS),
    (b"\x89PNG", remarks.PICTURE, remarks.RECOGNISE),
    (b"\xff\xd8\xff", remarks.PICTURE, remarks.RECOGNISE),
    (b"GIF8", remarks.PICTURE, remarks.RECOGNISE),
    (b"II*\0", remarks.PICTURE, remarks.RECOGNISE),
    (b"MM\0*", remarks.PICTURE, remarks.RECOGNISE),
    (b"BM", remarks.PICTURE, remarks.RECOGNISE),
    (b"RIFF", remarks.PICTURE_OR_RECORDING, remarks.TRANSCRIBE),
    (b"ID3", remarks.RECORDING, remarks.TRANSCRIBE),
    (b"OggS", remarks.RECORDING, remarks.TRANSCRIBE),
    (b"fLaC", remarks.RECORDING, remarks.TRANSCRIBE),
    (b"\x1aE\xdf\xa3", remarks.RECORDING, remarks.TRANSCRIBE),
    (b"Rar!", remarks.RAR, remarks.UNPACK),
    (b"7z\xbc\xaf\x27\x1c", remarks.SEVEN_ZIP, remarks.UNPACK),
    (b"BZh", remarks.BZIP2, remarks.UNPACK),
    (b"\xfd7zXZ", remarks.XZ, remarks.UNPACK),
    (b"(\xb5/\xfd", remarks.ZSTD, remarks.UNPACK),
    (b"\x7fELF", remarks.PROGRAM, ""),
    (b"MZ", remarks.PROGRAM, ""),
    (b"SQLite format 3", remarks.DATABASE, ""),
]
_TEXT_LIKE = {b"BM", b"MZ", b"II*\0", b"MM\0*", b"ID3", b"RIFF", b"BZh"}
"""Beginnings that a text may have too: they count only where bytes follow that no text has."""
_HEAD = 1024
_CONTROLS = frozenset([*range(9), *range(14, 27)])
_ISO_MEDIA = slice(4, 8)

_HTML_START = re.compile(
    r"(?:\ufeff|\s|<!--(?:(?!-->).)*-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|article|main"
    r"|section|header|nav|div|p|h[1-6]|blockquote|span|table|ul|ol|figure|a|b|i|em|strong|br|q)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_START = re.compile(r"(?:\ufeff|\s)*<\?xml|(?:\ufeff|\s)*<(?:svg|rss|feed)\b", re.IGNORECASE)
_XHTML = re.compile(r"<html\b|<!doctype\s+html", re.IGNORECASE)
_TAGS = re.compile(r"<(p|div|br|blockquote|h[1-6]|li|article|section)\b[^<>]{0,500}>", re.IGNORECASE)
_ENOUGH_TAGS = 3
_MARKDOWN = re.compile(
    r"^#{1,6} +\S|^(?:```|~~~)|(?<!!)\[[^\]\n]{1,300}\]\((?:https?://|/|#)[^)\s]{1,2000}\)|^\[[^\]\n]{1,100}\]: +\S",
    re.MULTILINE,
)


def packed_kind(data: bytes, limits: Limits) -> Kind | None:
    """The kind of what is no plain text; None for what may be text. Raises UnknownKind, Locked, Damaged, Bomb."""
    if data[:_HEAD].lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data, limits)
    if data.startswith(b"\x1f\x8b"):
        return Kind.PACKED_WARC
    if data.startswith(b"WARC/"):
        return Kind.WARC
    _refuse_others(data)
    return None


def _kind_of_zip(data: bytes, limits: Limits) -> Kind:
    with checked_zip(data, limits.unpacked_from(len(data)), remarks.WORD) as opened:
        names = set(opened.namelist())
        locked = any(member.flag_bits & 1 for member in opened.infolist())
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        if locked:
            raise Locked(remarks.LOCKED_WORD)
        return Kind.DOCX
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise UnknownKind(remarks.OTHER_OFFICE, remarks.SAVE_AS)
    raise UnknownKind(remarks.ZIP, remarks.UNPACK)


def _refuse_others(data: bytes) -> None:
    for start, what, advice in _OTHERS:
        if data.startswith(start) and (start not in _TEXT_LIKE or _is_binary(data[:_HEAD])):
            raise UnknownKind(what, advice)
    if data[_ISO_MEDIA] == b"ftyp":
        raise UnknownKind(remarks.PICTURE_OR_RECORDING, remarks.TRANSCRIBE)


def _is_binary(head: bytes) -> bool:
    return any(byte in _CONTROLS for byte in head)


def text_kind(text: str, name: str = "") -> Kind:
    """The kind of a decoded text; only between Markdown and plain text does its file's name have a say.

    Raises UnknownKind for XML that is no page.
    """
    if _XML_START.match(text) and not _XHTML.search(text[:5000]):
        raise UnknownKind(remarks.XML, remarks.OPEN_PAGE)
    if _HTML_START.match(text[:20_000]) or len(_TAGS.findall(text[:200_000])) >= _ENOUGH_TAGS:
        return Kind.HTML
    if name.lower().endswith((".md", ".markdown")) or _MARKDOWN.search(text[:200_000]):
        return Kind.MARKDOWN
    return Kind.PLAIN


def check_gzip_holds_warc(unpacked: bytes) -> None:
    """Raise UnknownKind unless what a gzip file unpacked to is a web archive."""
    if not unpacked.startswith(b"WARC/"):
        if not unpacked:
            raise Damaged(remarks.GZIP)
        raise UnknownKind(remarks.GZIP_NO_WARC, remarks.UNPACK)
