"""Text with italics, once: printed plain for files and as escaped HTML for pages."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

CLOSERS = "”’"
_RIGHT_TO_LEFT = frozenset(("R", "AL"))


@dataclass(frozen=True)
class Run:
    """A stretch of text, in italics or not."""

    text: str
    italic: bool = False


Rich = Sequence[Run | str]


@dataclass(frozen=True)
class Citation:
    """A reference as plain text and as HTML, and what the running text says: “(Macron, 2022)”."""

    text: str
    html: str
    in_text: str


def italic(text: str) -> Run:
    """Text in italics."""
    return Run(text, italic=True)


def plain(parts: Rich) -> str:
    """The text alone."""
    return "".join(part if isinstance(part, str) else part.text for part in parts)


def html(parts: Rich) -> str:
    """The text escaped, with <i>; a stretch with right-to-left letters is isolated, so that its neighbours stay put."""
    return "".join(_html(Run(part) if isinstance(part, str) else part) for part in parts)


def _html(run: Run) -> str:
    text = escape(run.text)
    if not _RIGHT_TO_LEFT.isdisjoint(map(unicodedata.bidirectional, run.text)):
        text = f"<bdi>{text}</bdi>"
    return f"<i>{text}</i>" if run.italic else text


def ended(text: str, mark: str) -> str:
    """A title with a stop or comma after it, inside its closing marks as American styles want.

    A title that ends its own sentence (“Is it peace?”) takes no second mark; a comma takes the place of its stop.
    """
    bare = text.rstrip(CLOSERS)
    if bare.endswith(("?", "!")) or (mark != "," and bare.endswith((".", "…"))):
        return text
    return bare.removesuffix(".") + mark + text[len(bare) :]


def in_marks(text: str, mark: str = "") -> str:
    """A title in double marks, the stop or comma inside: “Title,”."""
    return f"“{ended(text, mark) if mark else text}”"
