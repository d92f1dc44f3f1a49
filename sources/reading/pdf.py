"""Reading PDF: the text layer of each page, lines joined into paragraphs. Scans have none."""

import re
import zlib
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from sources.reading import remarks
from sources.reading.errors import Bomb, Damaged, Locked, NoText, TooLong, TooManyPages
from sources.reading.limits import Limits
from sources.reading.results import Found

_WHAT = remarks.PDF
_SENTENCE_END = re.compile(r"[.!?…:;。！？؟][”’\"'»“)\]]*$")
_SHORT_LINE = 0.8
_SHORTER_LINE = 0.5
_MADE_BY = re.compile(
    r"^(microsoft word|untitled|document\d*|print|layout)\b|\.(docx?|indd|pdf|qxd|odt|rtf)$", re.IGNORECASE
)
# What pypdf raises where a file isn't what it says of itself.
_BROKEN = (
    *(PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, ZeroDivisionError, AssertionError),
    *(NotImplementedError, OverflowError, RecursionError, OSError, zlib.error),
)


def read(data: bytes, limits: Limits) -> Found:
    """Read a PDF. Raises Locked, Damaged, TooManyPages, TooLong, Bomb, NoText."""
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        _unlock(reader)
        pages = len(reader.pages)
        if pages > limits.pages:
            raise TooManyPages(pages, limits.pages)
        text = _text(reader, limits)
        title, author = _facts(reader)
    except DependencyError as error:
        raise Locked(_WHAT) from error
    except LimitReachedError as error:
        raise Bomb(limits.unpacked) from error
    except _BROKEN as error:
        raise Damaged(_WHAT) from error
    if not text:
        raise NoText(remarks.NOTHING_IN_PDF)
    return Found(text=text, title=title, author=author, warnings=(remarks.CHECK_PDF,))


def _unlock(reader: PdfReader) -> None:
    """Open what is locked against printing alone, with the empty password that such files have."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise Locked(_WHAT)


def _text(reader: PdfReader, limits: Limits) -> str:
    found: list[str] = []
    size = 0
    for page in reader.pages:
        found.append(page.extract_text())
        size += len(found[-1])
        if size > limits.characters:
            raise TooLong(limits.characters)
    return "\n".join(_paragraphs("\n".join(found)))


def _paragraphs(text: str) -> list[str]:
    """Lines joined until one ends a sentence short of the width, is far shorter than that, or a blank line follows."""
    rows = [row.rstrip() for row in text.encode("utf-8", "replace").decode().split("\n")]
    lengths = sorted(len(row) for row in rows if row.strip())
    # A few lines of a table or a heading may be longer than the text's.
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    found: list[str] = []
    open_ = False
    for row in rows:
        if not row.strip():
            open_ = False
        elif open_:
            found[-1] = _joined(found[-1], row.strip())
        else:
            found.append(row.strip())
        is_end = len(row) < width * (_SHORT_LINE if _SENTENCE_END.search(row) else _SHORTER_LINE)
        open_ = bool(row.strip()) and not is_end
    return found


def _joined(before: str, row: str) -> str:
    # A soft hyphen is the typesetter's; a hyphen may be the writer's, and stays.
    return before[:-1] + row if before.endswith("\xad") else f"{before} {row}"


def _facts(reader: PdfReader) -> tuple[str, str]:
    """Title and author, where they are not what a program put there."""
    about = reader.metadata
    title, author = (about.title or "", about.author or "") if about else ("", "")
    return ("" if _MADE_BY.search(title) else title), author
