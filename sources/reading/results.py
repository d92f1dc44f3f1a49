"""What reading gives: the text and what is known about it, each to be corrected by whoever took it in."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from sources.reading.kinds import SUFFIXES, Kind


@dataclass(frozen=True)
class Hints:
    """What is known about the bytes beforehand. None of it is trusted against what is in them."""

    name: str = ""
    url: str = ""
    charset: str = ""
    language: str = ""


@dataclass(frozen=True)
class Found:
    """What one kind of document tells of itself; `bylines` is text in which agencies may be named."""

    text: str
    title: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    outlet_name: str = ""
    bylines: str = ""
    taken_at: dt.datetime | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A document that was read. Positions count the characters of `text`, a paragraph to a line.

    `published` is an EDTF date or empty, `language` a BCP 47 tag or empty, `url` canonical or empty; `domain` is the
    outlet's as far as `url` tells. `original` is what came in, untouched. `taken_at` is when it was archived, where
    the document itself says so (a web archive does).
    """

    text: str
    original: bytes = field(repr=False)
    media_type: Kind = Kind.PLAIN
    title: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    outlet_name: str = ""
    domain: str = ""
    agencies: tuple[str, ...] = ()
    taken_at: dt.datetime | None = None
    warnings: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """Of the text in UTF-8, as snapshots keep it."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def original_sha256(self) -> str:
        """Of the bytes that came in."""
        return hashlib.sha256(self.original).hexdigest()

    @property
    def original_name(self) -> str:
        """What the original is filed as: its hash tells nothing about where it came from."""
        return f"{self.original_sha256}{SUFFIXES[self.media_type]}"
