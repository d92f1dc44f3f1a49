"""A version of a statement as its citations need it, read from the stored body."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from quotes import spans as wording
from quotes.citing import shortening
from quotes.citing.names import Name
from quotes.spans import Spans

SCHEMA = 1
PUBLICATION = "On Record"
# Han, kana and hangul: names in these scripts take no comma, no initials and no space.
_FAMILY_FIRST = re.compile("[\u2e80-\u9fff\uac00-\ud7af]")


class UnknownSchema(ValueError):
    """The body is of a schema this code has never seen: newer than it, or no body of a version at all."""


@dataclass(frozen=True)
class CitedSpeaker:
    """Who spoke. `kind` is person, organisation, government, group or unnamed (then `name` is the description)."""

    kind: str
    name: str
    given: str = ""
    particle: str = ""
    family: str = ""
    slug: str = ""
    wikidata: str = ""

    @property
    def is_unnamed(self) -> bool:
        """Whether the source is known by a description alone, such as “a French official”."""
        return self.kind == "unnamed"

    @property
    def as_name(self) -> Name:
        """The name in its parts; whole where its family name isn't known, or stands first by custom (李明)."""
        if self.kind == "person" and self.family and not _FAMILY_FIRST.search(self.name):
            return Name(self.name, self.given, self.particle, self.family)
        return Name(self.name)


@dataclass(frozen=True)
class CitedOutlet:
    """Who publishes or carries; `identified` is False for a stand-in such as “Unidentified website”."""

    name: str
    slug: str
    kind: str
    identified: bool


@dataclass(frozen=True)
class CitedHop:
    """One stop of the words' road: an outlet, or a speaker for `told_by`."""

    role: str
    outlet: CitedOutlet | None
    speaker: CitedSpeaker | None
    date: str = ""
    language: str = ""

    @property
    def name(self) -> str:
        """The stop's name; empty where the outlet isn't identified."""
        if self.speaker:
            return self.speaker.name
        return self.outlet.name if self.outlet and self.outlet.identified else ""


@dataclass(frozen=True)
class CitedDocument:
    """The published thing the words stand in; unknown text fields are empty, `published` is EDTF or empty."""

    pid: str
    kind: str
    title: str
    author: str
    url: str
    published: str
    language: str
    outlet: CitedOutlet | None

    @property
    def publisher(self) -> str:
        """The outlet's name; empty where there is none or it isn't identified."""
        return self.outlet.name if self.outlet and self.outlet.identified else ""


@dataclass(frozen=True)
class CitedAppearance:
    """The primary appearance: where in the document the words stand, as printed, and the road they took there.

    `start` and `end` count Unicode code points of the archived text, end exclusive; None where the place is unknown.
    `prefix` and `suffix` are empty in a stored body, which holds nothing but the statement's own words.
    """

    document: CitedDocument
    hops: tuple[CitedHop, ...]
    printed: str
    start: int | None
    end: int | None
    prefix: str
    suffix: str
    attested: bool

    def stops(self, role: str) -> tuple[str, ...]:
        """The names of the identified stops with this role, in the order of the road."""
        return tuple(hop.name for hop in self.hops if hop.role == role and hop.name)


@dataclass(frozen=True)
class Translation:
    """That the words are a translation; `source` (a BCP 47 code) and `translator` are empty where unknown."""

    source: str
    translator: str


@dataclass(frozen=True)
class CitedTopic:
    """What the statement addresses."""

    name: str
    slug: str


@dataclass(frozen=True)
class Said:
    """When it was said: the EDTF text, how that is known (stated, resolved, inferred) and the phrase it came from."""

    edtf: str
    basis: str
    phrase: str
    reasoning: str = ""


@dataclass(frozen=True)
class CitedStatement:
    """One version of one statement, all that its citations and exports are made of."""

    pid: str
    version: int
    recorded: str
    site_url: str
    spans: Spans
    mode: str
    language: str
    translation: Translation | None
    speaker: CitedSpeaker
    speaks_for: CitedSpeaker | None
    label: str
    said: Said
    source: CitedAppearance
    relayed_by: tuple[str, ...]
    topics: tuple[CitedTopic, ...]
    body: Mapping[str, Any] = field(repr=False, compare=False)
    made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What several formats make of it alike, so that a page that shows them all makes it once."""

    @cached_property
    def url(self) -> str:
        """The statement's permalink, which shows the latest version."""
        return f"{self.site_url}/q/{self.pid}"

    @cached_property
    def version_url(self) -> str:
        """The version's own address: what citations give."""
        return f"{self.url}/v{self.version}"

    @cached_property
    def words(self) -> str:
        """All the words with their generated marks, paragraphs kept."""
        return wording.render(self.spans)

    @cached_property
    def line(self) -> str:
        """All the words with their marks on one line, for formats whose values can't hold a line break."""
        return " ".join(self.words.split())

    @cached_property
    def short_spans(self) -> Spans:
        """The first words, about a dozen, as spans; the very same spans where the statement is short."""
        return shortening.shortened(self.spans)

    @cached_property
    def short_words(self) -> str:
        """The first words with their marks, for a title: “This issue will be part of the discussions about peace …”."""
        return " ".join(wording.render(self.short_spans).split())

    @property
    def is_shortened(self) -> bool:
        """Whether a title made of `short_words` leaves something out."""
        return self.short_words != self.line

    @property
    def author(self) -> Name | None:
        """The speaker as an author, None for an unnamed source: style manuals put the title first then."""
        return None if self.speaker.is_unnamed else self.speaker.as_name


def read(body: Mapping[str, Any], site_url: str) -> CitedStatement:
    """The statement that a stored body holds; `site_url` has no trailing slash.

    Raises UnknownSchema for a body of another schema, KeyError for one that lacks a key of its own.
    """
    if body.get("schema") != SCHEMA:
        raise UnknownSchema(f"a body of schema {body.get('schema')!r} can't be cited; this code reads schema {SCHEMA}")
    translation = body["translation"]
    return CitedStatement(
        pid=body["id"],
        version=body["version"],
        recorded=body["recorded"],
        site_url=site_url.rstrip("/"),
        spans=wording.from_json(body["spans"]),
        mode=body["mode"],
        language=body["language"],
        translation=translation and Translation(translation["from"], translation["translator"]),
        speaker=_speaker(body["speaker"]),
        speaks_for=_speaker(body["speaks_for"]) if body["speaks_for"] else None,
        label=body["label"],
        said=_said(body["said"]),
        source=_appearance(body["source"]),
        relayed_by=tuple(body["relayed_by"]),
        topics=tuple(CitedTopic(topic["name"], topic["slug"]) for topic in body["topics"]),
        body=body,
    )


def _said(data: Mapping[str, Any]) -> Said:
    return Said(data["edtf"], data["basis"], data["phrase"], data.get("reasoning", ""))


def _speaker(data: Mapping[str, Any]) -> CitedSpeaker:
    return CitedSpeaker(**{key: data[key] for key in CitedSpeaker.__dataclass_fields__})


def _outlet(data: Mapping[str, Any] | None) -> CitedOutlet | None:
    return CitedOutlet(**{key: data[key] for key in CitedOutlet.__dataclass_fields__}) if data else None


def _hop(data: Mapping[str, Any]) -> CitedHop:
    speaker = data.get("speaker")
    return CitedHop(
        role=data["role"],
        outlet=_outlet(data.get("outlet")),
        speaker=_speaker(speaker) if speaker else None,
        date=data.get("date", ""),
        language=data.get("language", ""),
    )


def _appearance(data: Mapping[str, Any]) -> CitedAppearance:
    return CitedAppearance(
        document=_document(data["document"]),
        hops=tuple(_hop(hop) for hop in data["hops"]),
        printed=data["printed"],
        start=data["start"],
        end=data["end"],
        prefix=data.get("prefix", ""),
        suffix=data.get("suffix", ""),
        attested=data["attested"],
    )


def _document(data: Mapping[str, Any]) -> CitedDocument:
    return CitedDocument(
        pid=data["id"],
        kind=data["kind"],
        title=" ".join(data["title"].split()),
        author=" ".join(data["author"].split()),
        url=data["url"],
        published=data["published"],
        language=data["language"],
        outlet=_outlet(data["outlet"]),
    )
