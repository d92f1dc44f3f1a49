"""What an editor, an import or a review hands in: a statement and its appearances, not yet in the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any

from quotes.models import Speaker, Topic
from quotes.spans import Spans
from sources.models import Document, Outlet, Snapshot


@dataclass(frozen=True)
class HopSpec:
    """One stop of a relay chain: a role of `Hop.Role`, and exactly one of outlet and speaker."""

    role: str
    outlet: Outlet | None = None
    speaker: Speaker | None = None
    document: Document | None = None
    date: str = ""
    language: str = ""


@dataclass(frozen=True)
class AppearanceSpec:
    """Where the statement was found, or what attests it. `chosen` makes it the primary appearance.

    `printed` holds the source's own characters; `start` and `end` are code points in the snapshot's text.
    """

    document: Document
    hops: Sequence[HopSpec] = ()
    spans: Spans = ()
    printed: str = ""
    language: str = ""
    snapshot: Snapshot | None = None
    start: int | None = None
    end: int | None = None
    attested: bool = False
    is_translation: bool = False
    translated_from: str = ""
    translator: str = ""
    note: str = ""
    chosen: bool = False


class Keep(Enum):
    """That a correction leaves a field as it is; None may be a value of its own."""

    KEEP = "keep"


KEEP = Keep.KEEP


@dataclass(frozen=True)
class Changes:
    """What a correction changes: the fields that make a version; those not named are kept.

    `hops` is the primary appearance's chain. Where the speaker or the date change and the label is kept, it becomes
    the role at that date.
    """

    spans: Spans | Keep = KEEP
    language: str | Keep = KEEP
    is_translation: bool | Keep = KEEP
    translated_from: str | Keep = KEEP
    translator: str | Keep = KEEP
    speaker: Speaker | Keep = KEEP
    speaks_for: Speaker | Keep | None = KEEP
    label: str | Keep = KEEP
    said: str | Keep = KEEP
    said_basis: str | Keep = KEEP
    said_phrase: str | Keep = KEEP
    said_reasoning: str | Keep = KEEP
    hops: Sequence[HopSpec] | Keep = KEEP

    def named(self) -> dict[str, Any]:
        """The fields that are to change, with their new values."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in values.items() if value is not KEEP}


@dataclass(frozen=True)
class StatementSpec:
    """A statement as handed in. `said` is an EDTF date; an empty `label` becomes the role at that date."""

    spans: Spans
    language: str
    speaker: Speaker
    said: str
    appearances: Sequence[AppearanceSpec]
    speaks_for: Speaker | None = None
    label: str = ""
    said_basis: str = "stated"
    said_phrase: str = ""
    said_reasoning: str = ""
    is_translation: bool = False
    translated_from: str = ""
    translator: str = ""
    topics: Sequence[Topic] = field(default_factory=tuple)
