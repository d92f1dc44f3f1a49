"""From bytes to characters, whatever their encoding was called."""

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from sources.reading import remarks
from sources.reading.errors import UnknownEncoding, UnknownKind

_BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
# What pages call by these names is windows-1252, as browsers have it.
_AS_BROWSERS = {"latin-1", "latin1", "iso-8859-1", "iso8859-1", "ascii", "us-ascii"}
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([-\w:.]{2,40})""", re.IGNORECASE)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_STRAY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_USUAL = "cp1252"
_SAMPLE = 4000
_BINARY_SHARE = 0.002
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """The characters of `data`, and a warning where their encoding had to be guessed.

    A byte order mark comes first, then UTF-8 wherever it fits (other encodings hardly ever do by chance), then what
    the document or its server declares, then statistics. Raises UnknownKind for binary data, UnknownEncoding.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _checked(_decoded(data[len(mark) :], name)), ""
    if wide := _utf_16(data):
        return _checked(_decoded(data, wide)), ""
    for name in ("utf-8", declared, declared_in_page(data)):
        if name and (text := _fits(data, name)) is not None:
            return _checked(text), ""
    return _guessed(data)


def declared_in_page(data: bytes) -> str:
    """The encoding that an HTML page names in its head; empty where it names none."""
    found = _META.search(data[:4096])
    return found[1].decode("ascii", "ignore") if found else ""


def _utf_16(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of a European text is then zero."""
    sample = data[:_SAMPLE]
    even, odd, half = sample[::2].count(0), sample[1::2].count(0), len(sample) // 2
    if odd > half * 0.7 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.05 else ""


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UnknownEncoding from error


def _fits(data: bytes, name: str) -> str | None:
    try:
        codec = codecs.lookup("windows-1252" if name.strip().lower() in _AS_BROWSERS else name.strip())
        return data.decode(codec.name) if codec._is_text_encoding else None  # noqa: SLF001  # as bytes.decode() asks
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _guessed(data: bytes) -> tuple[str, str]:
    _checked(data[: _SAMPLE * 10].decode("latin-1"))
    name = _likeliest(data[:200_000])
    text = _fits(data, name) if name else None
    if text is None:
        raise UnknownEncoding
    return _checked(text), remarks.GUESSED_ENCODING % {"name": name.replace("_", "-")}


def _likeliest(data: bytes) -> str:
    """The encoding that fits best; of equals, what browsers take where nothing is said. Empty where none fits."""
    found = from_bytes(data)
    best = found.best()
    if best is None:
        return ""
    equal = [one for one in found if (one.chaos, one.coherence) == (best.chaos, best.coherence)]
    return _USUAL if any(one.encoding == _USUAL for one in equal) else best.encoding


def _checked(text: str) -> str:
    """The text itself; one with more than a few control characters is no text. Raises UnknownKind."""
    if "\0" in text or len(_BINARY.findall(text)) > len(text) * _BINARY_SHARE:
        raise UnknownKind(remarks.BINARY)
    return text


def tidy(text: str) -> str:
    """Text as it is archived: NFC, one kind of line break, no control characters, no ligatures of the typesetter's.

    Positions are counted in this; the bytes it came from are kept beside it.
    """
    return unicodedata.normalize("NFC", _STRAY.sub("", _BREAKS.sub("\n", text)).translate(_LIGATURES))
