"""Who speaks, who carries and what it is about: the few thousand rows that all statements of a generated record share.

They are plain values, so that the processes that write statements need neither the database nor its models.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from quotes.generating.skew import Skewed

Frozen = Mapping[str, Any]
"""How a version's body tells of a speaker or an outlet."""

canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""What RFC 8785 asks of texts and whole numbers, which are all that a body holds."""


@dataclass(frozen=True)
class Office:
    """A role with its first and last day, ISO texts; no last day where it is still held."""

    label: str
    first: str
    last: str | None


@dataclass(frozen=True, eq=False)
class Voice:
    """A speaker. `offices` come in the order in which a label is looked for."""

    id: int
    name: str
    family: str
    offices: tuple[Office, ...]
    frozen: Frozen

    def label_on(self, first: str | None, last: str) -> str:
        """What `Speaker.label_on` answers."""
        for office in self.offices:
            if office.first <= (first or last) and (office.last is None or office.last >= last):
                return office.label
        return ""

    @cached_property
    def frozen_text(self) -> str:
        """As a body has it."""
        return canonical(self.frozen)


@dataclass(frozen=True, eq=False)
class Carrier:
    """An outlet. `place` is where the database sorts its name."""

    id: int
    name: str
    domain: str
    place: int
    frozen: Frozen

    @cached_property
    def frozen_text(self) -> str:
        """As a body has it."""
        return canonical(self.frozen)


@dataclass(frozen=True, eq=False)
class Subject:
    """A topic. `place` is where the database sorts its name, `path` its id after those above it."""

    id: int
    name: str
    slug: str
    place: int
    path: tuple[int, ...]

    @cached_property
    def frozen_text(self) -> str:
        """As a body has it."""
        return canonical({"name": self.name, "slug": self.slug})


@dataclass(frozen=True, eq=False)
class Cast:
    """All of them, frequent ones first, and the accounts that record."""

    voices: list[Voice]
    principals: list[Voice]
    papers: list[Carrier]
    stations: list[Carrier]
    agencies: list[Carrier]
    offices: list[Carrier]
    subjects: list[Subject]
    editors: list[int]

    @cached_property
    def skewed(self) -> dict[str, Skewed[Any]]:
        """Each list to draw from, by its name."""
        names = ("voices", "principals", "papers", "stations", "agencies", "offices", "subjects", "editors")
        return {name: Skewed(getattr(self, name)) for name in names}
