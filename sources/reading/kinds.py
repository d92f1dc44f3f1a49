"""What kind of document some bytes are, by what is in them; names and declared types are hints at most."""

import re
from enum import StrEnum

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

_PICTURE = "Type or paste the words, or run text recognition on it first."
_RECORDING = "Type or paste a transcript."
_SAVE_AS = "Save it as .docx or PDF, or paste the text."
_UNPACK = "Unpack it and bring the document inside."

_OTHERS = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or locked Office file", _SAVE_AS),
    (b"{\\rtf", "a rich-text file (RTF)", _SAVE_AS),
    (b"%!PS", "a PostScript file", _SAVE_AS),
    (b"\x89PNG", "a picture", _PICTURE),
    (b"\xff\xd8\xff", "a picture", _PICTURE),
    (b"GIF8", "a picture", _PICTURE),
    (b"II*\0", "a picture", _PICTURE),
    (b"MM\0*", "a picture", _PICTURE),
    (b"BM", "a picture", _PICTURE),
    (b"RIFF", "a picture or a recording", _RECORDING),
    (b"ID3", "a recording", _RECORDING),
    (b"OggS", "a recording", _RECORDING),
    (b"fLaC", "a recording", _RECORDING),
    (b"\x1aE\xdf\xa3", "a recording", _RECORDING),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ", "an xz archive", _UNPACK),
    (b"(\xb5/\xfd", "a zstd archive", _UNPACK),
    (b"\x7fELF", "a program", ""),
    (b"MZ", "a program", ""),
    (b"SQLite format 3", "a database", ""),
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
    with checked_zip(data, limits.unpacked_from(len(data)), "Word document (.docx)") as opened:
        names = set(opened.namelist())
        locked = any(member.flag_bits & 1 for member in opened.infolist())
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        if locked:
            raise Locked("Word document")
        return Kind.DOCX
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise UnknownKind("an office document or an e-book, but no DOCX", _SAVE_AS)
    raise UnknownKind("a ZIP archive", _UNPACK)


def _refuse_others(data: bytes) -> None:
    for start, what, advice in _OTHERS:
        if data.startswith(start) and (start not in _TEXT_LIKE or _is_binary(data[:_HEAD])):
            raise UnknownKind(what, advice)
    if data[_ISO_MEDIA] == b"ftyp":
        raise UnknownKind("a picture or a recording", _RECORDING)


def _is_binary(head: bytes) -> bool:
    return any(byte in _CONTROLS for byte in head)


def text_kind(text: str, name: str = "") -> Kind:
    """The kind of a decoded text; only between Markdown and plain text does its file's name have a say.

    Raises UnknownKind for XML that is no page.
    """
    if _XML_START.match(text) and not _XHTML.search(text[:5000]):
        raise UnknownKind("an XML file", "Bring the page itself, or paste the text.")
    if _HTML_START.match(text[:20_000]) or len(_TAGS.findall(text[:200_000])) >= _ENOUGH_TAGS:
        return Kind.HTML
    if name.lower().endswith((".md", ".markdown")) or _MARKDOWN.search(text[:200_000]):
        return Kind.MARKDOWN
    return Kind.PLAIN


def check_gzip_holds_warc(unpacked: bytes) -> None:
    """Raise UnknownKind unless what a gzip file unpacked to is a web archive."""
    if not unpacked.startswith(b"WARC/"):
        if not unpacked:
            raise Damaged("gzip archive")
        raise UnknownKind("a gzip archive that is no web archive", _UNPACK)
