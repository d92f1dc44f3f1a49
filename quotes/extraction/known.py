"""What the record already knows, as the caller hands it over: speakers, outlets, topics, and the document's own facts.

Ids are the caller's own (primary keys, slugs): nothing here looks into them.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Literal

SpeakerKind = Literal["person", "organisation", "government", "group", "unnamed"]
OutletKind = Literal["broadcaster", "newspaper", "website", "agency", "public_body", "platform"]
Id = Hashable


@dataclass(frozen=True)
class KnownAlias:
    """Another name of a speaker or an outlet, with its language: Kyiv, the Kremlin, Макрон."""

    name: str
    language: str = ""


@dataclass(frozen=True)
class KnownRole:
    """An office with its EDTF interval: “President of France”, 2017-05-14/.. ; an unknown interval is empty."""

    label: str
    held: str = ""


@dataclass(frozen=True)
class KnownSpeaker:
    """A speaker on record. Only people have name parts; a government's metonyms are among its aliases."""

    id: Id
    kind: SpeakerKind
    name: str
    given: str = ""
    particle: str = ""
    family: str = ""
    aliases: tuple[KnownAlias, ...] = ()
    roles: tuple[KnownRole, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, the main one first."""
        return (self.name, *(alias.name for alias in self.aliases))


@dataclass(frozen=True)
class KnownOutlet:
    """An outlet on record: broadcaster, newspaper, website, agency, public body or platform."""

    id: Id
    name: str
    kind: OutletKind
    domain: str = ""
    aliases: tuple[KnownAlias, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, its domain last."""
        return (self.name, *(alias.name for alias in self.aliases), *([self.domain] if self.domain else []))


@dataclass(frozen=True)
class KnownTopic:
    """A topic on record; `words` counts the words of the statements already filed under it."""

    id: Id
    label: str
    parents: tuple[Id, ...] = ()
    words: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Known:
    """All that the record knows and suggestions are resolved against."""

    speakers: tuple[KnownSpeaker, ...] = ()
    outlets: tuple[KnownOutlet, ...] = ()
    topics: tuple[KnownTopic, ...] = ()


@dataclass(frozen=True)
class DocumentFacts:
    """What is known of the document itself: `published` is an EDTF date, or empty; `outlet` the one that published."""

    published: str = ""
    language: str = "en"
    outlet: KnownOutlet | None = None
