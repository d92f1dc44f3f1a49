"""From bytes to a reading: which reader a document needs, and what is completed and checked for all kinds alike."""

import re
from collections.abc import Callable
from dataclasses import replace

from sources.addresses import BadAddress, canonical, domain_of
from sources.reading import agencies, kinds, languages, pdf, plain, remarks, web_archive, web_page, word
from sources.reading.decoding import decode, tidy
from sources.reading.errors import Empty, NoWords, TooLarge, TooLong, UnknownKind
from sources.reading.kinds import Kind
from sources.reading.limits import Limits
from sources.reading.results import Found, Hints, Reading
from sources.reading.unpacking import gunzip

_LONG_TITLE = 500
_LONG_AUTHOR = 300
_LONG_NAME = 200


def read_whole(data: bytes, hints: Hints, limits: Limits) -> Reading:
    """Read a whole file, whatever it is called. Raises CannotRead."""
    if len(data) > limits.bytes_:
        raise TooLarge(limits.bytes_)
    if not data.strip():
        raise Empty
    found, kind = _read(data, _cleaned(hints), limits)
    return _complete(found, kind, data, hints, limits)


def _cleaned(hints: Hints) -> Hints:
    try:
        return replace(hints, url=canonical(hints.url) if hints.url else "")
    except BadAddress:
        return replace(hints, url="")


def _read(data: bytes, hints: Hints, limits: Limits) -> tuple[Found, Kind]:
    kind = kinds.packed_kind(data, limits)
    readers: dict[Kind, Callable[[], Found]] = {
        Kind.PDF: lambda: pdf.read(data, limits),
        Kind.DOCX: lambda: word.read(data),
        Kind.WARC: lambda: _read_archive(data, hints, limits),
        Kind.PACKED_WARC: lambda: _read_packed_archive(data, hints, limits),
    }
    if kind:
        return readers[kind](), kind
    return _read_text(data, hints, limits)


def _read_text(data: bytes, hints: Hints, limits: Limits) -> tuple[Found, Kind]:
    decoded, warning = decode(data, hints.charset)
    text = tidy(decoded)
    kind = kinds.text_kind(text, hints.name)
    if kind != Kind.HTML and len(text) > limits.characters:
        raise TooLong(limits.characters)
    if kind == Kind.MARKDOWN and len(text) > limits.markdown:
        kind = Kind.PLAIN
    if kind == Kind.HTML:
        found = web_page.read(text, hints, limits)
    else:
        found = plain.read_markdown(text) if kind == Kind.MARKDOWN else plain.read_plain(text)
    return replace(found, warnings=(*filter(None, [warning]), *found.warnings)), kind


def _read_packed_archive(data: bytes, hints: Hints, limits: Limits) -> Found:
    unpacked = gunzip(data, limits.unpacked_from(len(data)))
    kinds.check_gzip_holds_warc(unpacked)
    return _read_archive(unpacked, hints, limits)


def _read_archive(data: bytes, hints: Hints, limits: Limits) -> Found:
    page = web_archive.first_page(data, limits)
    if len(page.body) > limits.bytes_:
        raise TooLarge(limits.bytes_)
    if not page.body.strip():
        raise Empty
    if kinds.packed_kind(page.body, limits) in (Kind.WARC, Kind.PACKED_WARC):
        raise UnknownKind(remarks.ARCHIVE_IN_ARCHIVE, remarks.UNPACK)
    inner = Hints(url=page.url or hints.url, charset=page.charset, language=page.language)
    found, _ = _read(page.body, inner, limits)
    warnings = (remarks.OTHER_PAGES % {"others": page.others},) if page.others else ()
    return replace(
        found,
        url=found.url or inner.url,
        language=found.language or page.language,
        taken_at=page.taken_at,
        warnings=(*warnings, *found.warnings),
    )


def _complete(found: Found, kind: Kind, data: bytes, hints: Hints, limits: Limits) -> Reading:
    text = tidy(found.text).strip("\n")
    _check_words(text, limits)
    language, warning = languages.decide(found.language or hints.language, text)
    url = _address(found.url or hints.url)
    return Reading(
        text=text,
        original=data,
        media_type=kind,
        title=_line(found.title, _LONG_TITLE),
        author=_line(found.author, _LONG_AUTHOR),
        published=found.published,
        language=language,
        url=url,
        outlet_name=_line(found.outlet_name, _LONG_NAME),
        domain=domain_of(url),
        agencies=agencies.credited(text, f"{found.bylines}\n{found.author}"),
        taken_at=found.taken_at,
        warnings=(*found.warnings, *filter(None, [warning])),
    )


def _check_words(text: str, limits: Limits) -> None:
    if not text.strip():
        raise Empty
    if len(text) > limits.characters:
        raise TooLong(limits.characters)
    if not re.search(r"\w", text.replace("_", "")):
        raise NoWords(text)


def _address(text: str) -> str:
    try:
        return canonical(text) if text else ""
    except BadAddress:
        return ""


def _line(text: str, longest: int) -> str:
    return " ".join(tidy(text).split())[:longest].rstrip()
