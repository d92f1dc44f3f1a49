"""Who speaks: each mention resolved against the article's own people and bodies, and against the record.

A full name introduces somebody; a surname, an office, “the ministry” or a pronoun then means who was introduced.
Names within quoted words are of whom the speaker speaks, and are no candidates for a reporter's “he”.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from quotes.extraction.cast import named_in
from quotes.extraction.known import Known, KnownSpeaker
from quotes.extraction.lexicon import (
    FAMILIAR_OUTLETS,
    GOVERNMENTS,
    OFFICES,
)
from quotes.extraction.matching import Index, key
from quotes.extraction.mentions import Mention, country_of
from quotes.extraction.proposals import Party, Range
from quotes.extraction.reading import Reading, bare, inside

ON_RECORD, IN_ARTICLE, BY_OFFICE, BY_PRONOUN, NAMED, DESCRIBED, GUESSED = 0.97, 0.92, 0.8, 0.75, 0.8, 0.7, 0.35
_SENTENCES_BACK = 4
_OUTLET_KEYS = frozenset(key(name) for name in FAMILIAR_OUTLETS)


@dataclass(frozen=True)
class Figure:
    """Somebody in the article: the fullest mention, every place they are mentioned at, and the offices printed."""

    mention: Mention
    places: tuple[Range, ...]
    labels: tuple[tuple[str, Range], ...] = ()

    @property
    def is_person(self) -> bool:
        """Whether it is a person, not a body or a place."""
        return self.mention.kind == "person"


@dataclass(frozen=True)
class Resolved:
    """Who a mention is: the party, the role label printed with them, who they speak for, and how sure that is."""

    party: Party | None
    confidence: float
    label: str = ""
    label_range: Range | None = None
    speaks_for: Party | None = None
    gender: str = ""
    principal: Mention | None = None


@dataclass
class People:
    """The article's people and bodies, and the record's; `resolve` tells who a mention means."""

    reading: Reading
    index: Index
    figures: list[Figure] = field(default_factory=list)

    @classmethod
    def of(cls, reading: Reading, known: Known) -> "People":
        """Everybody the article names."""
        people = cls(reading, Index(known))
        for mention in named_in(reading):
            people._meet(mention)
        return people

    def _meet(self, mention: Mention) -> None:
        """Add a mention to whom it names: the one of that name, or a new figure."""
        for place, figure in enumerate(self.figures):
            if _same(figure.mention, mention):
                self.figures[place] = _joined(figure, mention)
                return
        labels = ((mention.label, mention.label_range),) if mention.label_range else ()
        self.figures.append(Figure(mention, (mention.range,), labels))

    def resolve(self, mention: Mention, earlier: "Resolved | None" = None) -> Resolved:
        """Who a mention means, and whom they speak for; `earlier` is who spoke last before it."""
        found = self._resolve(mention, earlier)
        if found.principal is None or found.speaks_for:
            return found
        return replace(found, speaks_for=self._resolve(found.principal).party)

    def _resolve(self, mention: Mention, earlier: "Resolved | None" = None) -> Resolved:
        if mention.kind == "pronoun":
            return self._pronoun(mention, earlier)
        by_kind = {
            "person": self._person,
            "office": self._office,
            "body": self._body,
            "place": self._place,
            "several": self._several,
        }
        return by_kind.get(mention.kind, self._unnamed)(mention)

    def _person(self, mention: Mention) -> Resolved:
        figure = self._figure(mention)
        full = figure.mention if figure else mention
        if any(key(name) in _OUTLET_KEYS or self.index.outlet(name) for name in (mention.name, full.name)):
            return Resolved(Party("organisation", full.name), GUESSED)
        known = self.index.person(full if full.given else mention)
        if not known and not mention.given and (other := self.index.body(mention.name)):
            return Resolved(party_of(other), ON_RECORD)
        label, place = (mention.label, mention.label_range) if mention.label else self._label(figure, mention.range)
        named = replace(
            full, label=label, label_range=place, principal=mention.principal or full.principal, gender=full.gender
        )
        sure = ON_RECORD if known else IN_ARTICLE if full.given else NAMED
        party = _person_party(named, known)
        return Resolved(party, sure, label, place, gender=full.gender, principal=named.principal)

    def _figure(self, mention: Mention) -> Figure | None:
        """The figure a name means: of several of one surname, the one mentioned last before it."""
        found = [figure for figure in self.figures if figure.is_person and _same(figure.mention, mention)]
        return max(found, key=lambda figure: _last_before(figure, mention.range[0]), default=None)

    def _label(self, figure: Figure | None, place: Range) -> tuple[str, Range | None]:
        """The office printed with a figure, nearest to a place."""
        if figure is None or not figure.labels:
            return "", None
        return min(figure.labels, key=lambda label: abs(label[1][0] - place[0]))

    def _pronoun(self, mention: Mention, earlier: Resolved | None) -> Resolved:
        if mention.noun == "writer":
            return Resolved(None, 0.0)
        figure = self._meant(mention)
        if earlier and earlier.party and _agrees(mention, earlier) and not self._nearer(figure, mention, earlier):
            return replace(earlier, confidence=min(BY_PRONOUN, earlier.confidence))
        if figure is None:
            return Resolved(None, 0.0)
        found = self._resolve(replace(figure.mention, range=mention.range))
        label, place = self._label(figure, mention.range)
        return replace(found, confidence=min(BY_PRONOUN, found.confidence), label=label, label_range=place)

    def _nearer(self, figure: Figure | None, mention: Mention, earlier: Resolved) -> bool:
        """Whether a figure is named in the pronoun's own sentence or the one before, and is not who spoke last."""
        if figure is None or mention.is_plural:
            return False
        meant = self._resolve(replace(figure.mention, range=mention.range)).party
        start = self.reading.sentence_at(mention.range[0])[0]
        before = self.reading.sentences_before(start, 1)
        near = any(
            start <= place[0] or (before and inside(place, before[0])) for place in _before(figure, mention.range)
        )
        return near and meant != earlier.party

    def _meant(self, mention: Mention) -> Figure | None:
        """The figure a pronoun means: subjects go first, so the first that agrees in the nearest sentence."""
        start = mention.range[0]
        own = self.reading.sentence_at(start)
        for sentence in [own, *self.reading.sentences_before(own[0] + 1, _SENTENCES_BACK)]:
            found = [
                (place[0], order, figure)
                for place, order, figure in self._named_within(sentence)
                if place[1] <= start and self._may_be_meant(figure, mention) and not self.reading.quotation_at(place[0])
            ]
            if found:
                return (max(found) if mention.noun == "relative" else min(found))[2]
        return None

    @cached_property
    def _named(self) -> list[tuple[Range, int, Figure]]:
        """Every place where a figure is named, in order, with the figure and its number."""
        named = ((place, order, figure) for order, figure in enumerate(self.figures) for place in figure.places)
        return sorted(named, key=lambda one: one[:2])

    def _named_within(self, sentence: Range) -> Iterator[tuple[Range, int, Figure]]:
        first = bisect_left(self._named, sentence[0], key=lambda one: one[0][0])
        last = bisect_left(self._named, sentence[1], first, key=lambda one: one[0][0])
        return (one for one in self._named[first:last] if inside(one[0], sentence))

    def _may_be_meant(self, figure: Figure, mention: Mention) -> bool:
        if mention.gender == "thing":
            return not figure.is_person
        if mention.is_plural:
            return figure.mention.is_plural or figure.mention.kind == "body"
        if mention.noun == "relative":
            return figure.is_person
        told = figure.mention.given or figure.labels or figure.mention.gender
        return bool(told) and figure.is_person and figure.mention.gender in ("", mention.gender)

    def _office(self, mention: Mention) -> Resolved:
        """“The president”: who holds that office in the article, else on record; else the office itself."""
        holders = [figure for figure in self.figures if figure.is_person and _holds(figure, mention)]
        holders = [figure for figure in holders if _before(figure, mention.range)] or holders
        if holders:
            figure = max(holders, key=lambda figure: _last_before(figure, mention.range[0]))
            found = self._person(replace(figure.mention, range=mention.range))
            return replace(found, confidence=min(BY_OFFICE, found.confidence))
        known = [speaker for speaker in self.index.known.speakers if _held(speaker, mention)]
        if len(known) == 1 and mention.country:
            return Resolved(party_of(known[0]), BY_OFFICE, mention.name, _label_place(mention))
        party = Party("unnamed", _sentence_case(mention.name))
        return Resolved(party, GUESSED, gender=mention.gender, principal=mention.principal)

    def _body(self, mention: Mention) -> Resolved:
        if surname := self._in_capitals(mention):
            return self._person(surname)
        if mention.noun in GOVERNMENTS and mention.country and mention.name:
            return self._place(replace(mention, name=mention.name))
        if mention.name and (known := self.index.body(mention.name)):
            return Resolved(party_of(known), ON_RECORD, gender="thing")
        figure = self._body_figure(mention)
        called = figure.mention.name if figure else mention.name
        if not called:
            return Resolved(Party("organisation", _sentence_case(_bare(mention.text))), GUESSED, gender="thing")
        known = self.index.body(called)
        sure = ON_RECORD if known else IN_ARTICLE if figure else NAMED
        sure = min(sure, IN_ARTICLE) if not mention.name else sure
        return Resolved(party_of(known) if known else Party("organisation", called), sure, gender="thing")

    def _in_capitals(self, mention: Mention) -> Mention | None:
        """A transcript's “SMITH:”: the person of that surname, if the article has one."""
        if not mention.name.isupper() or self.index.body(mention.name):
            return None
        people = (figure.mention for figure in self.figures if figure.is_person)
        found = next((person for person in people if key(person.family) == key(mention.name)), None)
        return replace(found, range=mention.range, text=mention.text) if found else None

    def _body_figure(self, mention: Mention) -> Figure | None:
        """The body that “the ministry” means: the last one named with that noun, else the next."""
        bodies = [figure for figure in self.figures if figure.mention.kind == "body" and figure.mention.name]
        found = [
            figure
            for figure in bodies
            if figure.mention.noun == mention.noun
            and (not mention.name or key(mention.name) in key(figure.mention.name))
            and mention.country in ("", figure.mention.country)
        ]
        earlier = [figure for figure in found if _before(figure, mention.range)]
        return max(earlier or found, key=lambda figure: _last_before(figure, mention.range[0]), default=None)

    def _place(self, mention: Mention) -> Resolved:
        """A seat, a country or “the French government”: its government."""
        if known := self.index.government(mention.name, mention.country):
            return Resolved(party_of(known), ON_RECORD, gender="thing")
        name = f"Government of {'the ' if mention.country.startswith('United') else ''}{mention.country}"
        return Resolved(Party("government", name), NAMED, gender="thing")

    def _several(self, mention: Mention) -> Resolved:
        found = [self._resolve(member) for member in mention.members]
        members = tuple(one.party for one in found if one.party)
        name = " and ".join(filter(None, [", ".join(party.name for party in members[:-1]), members[-1].name]))
        return Resolved(Party("group", name, members=members), min(one.confidence for one in found))

    def _unnamed(self, mention: Mention) -> Resolved:
        if known := self.index.body(mention.name) if mention.name else None:
            return Resolved(party_of(known), ON_RECORD, gender="thing")
        sure = DESCRIBED if mention.kind == "described" else GUESSED
        party = Party("unnamed", _sentence_case(mention.name or mention.text))
        return Resolved(party, sure, gender=mention.gender, principal=mention.principal)


def party_of(known: KnownSpeaker) -> Party:
    """A speaker on record as a party."""
    return Party(known.kind, known.name, known.id, known.given, known.particle, known.family)


def _person_party(mention: Mention, known: KnownSpeaker | None) -> Party:
    if known:
        return party_of(known)
    if not mention.given:
        return Party("person", mention.name)
    return Party("person", mention.name, None, mention.given, mention.particle, mention.family)


def _same(one: Mention, other: Mention) -> bool:
    """Whether two mentions can name the same: the same body or place, or a surname with given names that agree."""
    if one.kind != other.kind:
        return False
    if one.kind != "person":
        return key(one.name) == key(other.name)
    if key(one.family) != key(other.family):
        return False
    if one.gender and other.gender and one.gender != other.gender:
        return False
    return not one.given or not other.given or key(one.given).split()[:1] == key(other.given).split()[:1]


def _joined(figure: Figure, mention: Mention) -> Figure:
    full = mention if mention.given and not figure.mention.given else figure.mention
    full = replace(full, principal=full.principal or mention.principal, gender=full.gender or mention.gender)
    labels = (*figure.labels, (mention.label, mention.label_range)) if mention.label_range else figure.labels
    return Figure(full, (*figure.places, mention.range), labels)


def _agrees(mention: Mention, resolved: Resolved) -> bool:
    """Whether a pronoun can mean who spoke last."""
    kind = resolved.party.kind if resolved.party else ""
    if mention.gender == "thing":
        return kind in ("organisation", "government", "group")
    if mention.is_plural:
        return kind in ("group", "organisation", "government", "unnamed")
    return kind in ("person", "unnamed") and resolved.gender in ("", mention.gender)


def _before(figure: Figure, place: Range) -> list[Range]:
    return [other for other in figure.places if other[0] < place[0]]


def _last_before(figure: Figure, position: int) -> tuple[bool, int]:
    """How near a figure is before a position; those named only after it are farther than any."""
    before = [place[0] for place in figure.places if place[0] < position]
    return (True, max(before)) if before else (False, -figure.places[0][0])


def _holds(figure: Figure, mention: Mention) -> bool:
    """Whether one of a figure's printed offices is the one a mention speaks of."""
    return any(_is_office(label, mention) for label, _ in figure.labels)


def _held(speaker: KnownSpeaker, mention: Mention) -> bool:
    return any(_is_office(role.label, mention) for role in speaker.roles)


def _is_office(label: str, mention: Mention) -> bool:
    words = [bare(word).casefold() for word in re.findall(r"[\w'’-]+", label)]
    if mention.noun not in words:
        return False
    wanted = [word.casefold() for word in re.findall(r"[\w'’-]+", mention.name) if word.casefold() in OFFICES]
    countries = {country for word in words if (country := country_of(word))}
    if mention.country and countries and mention.country not in countries:
        return False
    return all(word in words for word in wanted)


def _label_place(mention: Mention) -> Range:
    start = mention.range[1] - len(mention.name)
    return start, mention.range[1]


def _bare(text: str) -> str:
    return re.sub(r"^(?:the|an?|his|her|their|its|our|this|that)\s+", "", text.strip(), flags=re.IGNORECASE)


def _sentence_case(name: str) -> str:
    bare = _bare(name)
    return bare[:1].upper() + bare[1:]
