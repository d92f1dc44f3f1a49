"""What is true of a statement today and isn't frozen in a version: how it stands, its corrections, the day it is read.

A version's files are written without it, so that they never change. What shows the latest version is written with it.
"""

import datetime as dt
from dataclasses import dataclass

from quotes.dates import display

RETRACTED = "[retracted]"


@dataclass(frozen=True)
class Correction:
    """The correction that made version `number` of the one before it; `url` is the page that compares the two."""

    number: int
    on: dt.date
    reason: str
    url: str

    @property
    def sentence(self) -> str:
        """“Corrected on 5 May 2024 (version 2): A word was missing.”."""
        return _ended(f"Corrected on {display(self.on.isoformat())} (version {self.number}): {self.reason}")


@dataclass(frozen=True)
class Retraction:
    """That the editors no longer stand by the statement, and why; `on` is None where no act tells the day."""

    on: dt.date | None = None
    reason: str = ""

    @property
    def sentence(self) -> str:
        """“Retracted by the editors on 5 May 2024: The recording was staged.”."""
        day = f" on {display(self.on.isoformat())}" if self.on else ""
        return _ended(f"Retracted by the editors{day}" + (f": {self.reason}" if self.reason else ""))


@dataclass(frozen=True)
class Present:
    """How a statement stands on the day `read_on`; corrections are in the order they were made."""

    read_on: dt.date
    retraction: Retraction | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def status(self) -> str:
        """“published” or “retracted”."""
        return "retracted" if self.retraction else "published"

    @property
    def modified(self) -> dt.date | None:
        """The day of the last correction or retraction; None where nothing has happened since publication."""
        days = [one.on for one in self.corrections]
        return max([*days, *([self.retraction.on] if self.retraction and self.retraction.on else [])], default=None)

    @property
    def sentences(self) -> list[str]:
        """What became of the statement, a sentence each, the gravest first; none where nothing did."""
        retracted = [self.retraction.sentence] if self.retraction else []
        return [*retracted, *(one.sentence for one in self.corrections)]

    @property
    def lines(self) -> list[str]:
        """The same for a text file, with where to compare the versions, and the day it was read."""
        retracted = [self.retraction.sentence] if self.retraction else []
        corrected = [f"{one.sentence} <{one.url}>" for one in self.corrections]
        return [*retracted, *corrected, f"Read on: {display(self.read_on.isoformat())}"]


def titled(text: str, present: Present | None) -> str:
    """A title that tells of a retraction, “… [retracted]”: the one part that every style and program prints."""
    return f"{text} {RETRACTED}" if present and present.retraction else text


def _ended(text: str) -> str:
    """A sentence on one line, with a stop where its writer left that out."""
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?", "…", ".”", "?”", "!”")) else f"{line}."
