"""From attributions to candidates: the words as spans, who spoke, when, to whom, about what, in answer to what.

Each step is a module of its own; this one puts them in order. Nothing here decides for a reviewer: every part comes
with the characters it was read from and how sure it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from quotes.dates import When
from quotes.extraction.attributions import Attribution
from quotes.extraction.chains import Road, credited, ordered, publisher, road
from quotes.extraction.dating import read_published
from quotes.extraction.enumerations import points
from quotes.extraction.known import DocumentFacts, Id, Known
from quotes.extraction.linking import Spoken, links
from quotes.extraction.modes import Wording, wording
from quotes.extraction.nesting import around, nested
from quotes.extraction.occasions import (
    RESOLVED,
    STATED,
    UNKNOWN,
    Occasion,
    occasions,
    said_beside,
    told_at_the_latest,
    told_road,
)
from quotes.extraction.overlooked import joined_interruptions, overlooked, with_speakers_beside
from quotes.extraction.people import People
from quotes.extraction.proposals import Candidate, Confidences, ProposedHop, ProposedLink, Said
from quotes.extraction.reading import Reading, read_article
from quotes.extraction.reported import reported
from quotes.extraction.speaking import Speaking, speaking
from quotes.extraction.topics import PASSED_ON as ANSWERED
from quotes.extraction.topics import Topics, proposed, shared, with_passed_on
from quotes.extraction.utterances import Utterance, in_context, utterances
from quotes.spans import plain

_REPAIRED = 0.9
_LEAST_PASSED_ON = 0.24


@dataclass(frozen=True)
class _Told:
    """An utterance with its words, its speaker, and the place of the one within whose words it is told."""

    utterance: Utterance
    wording: Wording
    speaking: Speaking
    outer: int | None


def candidates(
    text: str, attributions: Sequence[Attribution], known: Known, document: DocumentFacts
) -> list[Candidate]:
    """The statements a document seems to hold, in the order of their words, those told within others after them.

    `attributions` are hints in any order and may be wrong, doubled or cut. Every position counts code points of `text`.
    """
    reading = read_article(text)
    people = People.of(reading, known)
    found = _told(people, _utterances(reading, attributions))
    if not found:
        return []
    on = _occasions(people, found, document)
    made = [_candidate(reading, one, occasion) for one, occasion in zip(found, on, strict=True)]
    made = _with_roads(reading, people, found, on, made, document)
    return _with_topics(found, _with_links(reading, found, made, document.language), Topics(known.topics))


def _utterances(reading: Reading, attributions: Sequence[Attribution]) -> list[Utterance]:
    """All acts of saying: those that attributions name, then what they left out, each of an enumeration's points."""
    found = with_speakers_beside(reading, utterances(reading, attributions))
    found = _in_order([*found, *overlooked(reading, found)])
    found = joined_interruptions(reading, found)
    found = [in_context(reading, point) for utterance in found for point in points(reading, utterance)]
    found = _in_order([*found, *nested(reading, found)])
    return _in_order([*found, *reported(reading, found)])


def _in_order(found: list[Utterance]) -> list[Utterance]:
    return sorted(found, key=lambda utterance: (utterance.place[0], -utterance.place[1]))


def _told(people: People, found: list[Utterance]) -> list[_Told]:
    """The utterances that have words, with who speaks them."""
    reading = people.reading
    worded = [(utterance, words) for utterance in found if (words := _wording(reading, utterance))]
    kept = [utterance for utterance, _ in worded]
    speakers = speaking(people, kept)
    return [
        _Told(utterance, words, speakers[place], around(kept, place)) for place, (utterance, words) in enumerate(worded)
    ]


def _wording(reading: Reading, utterance: Utterance) -> Wording | None:
    """An utterance's words; within another's quotation, quoted is only what inner marks hold."""
    return wording(reading.within if utterance.is_nested else reading, utterance.content)


def _occasions(people: People, found: list[_Told], document: DocumentFacts) -> list[Occasion]:
    published = read_published(document.published)
    own = [_occasion(people, one, published) for one in found]
    return occasions(people.reading, own, published)


def _occasion(people: People, one: _Told, published: When | None) -> Occasion:
    party = one.speaking.resolved.party
    if one.utterance.is_nested:
        return Occasion(one.utterance, party, Road(), Said(), UNKNOWN)
    said = said_beside(people.reading, one.utterance, published)
    sure = UNKNOWN if said is None else STATED if said.basis == "stated" else RESOLVED
    way = _not_by_speaker(road(people.reading, one.utterance, people.index), one)
    if one.speaking.issued_by:
        way = replace(way, hops=(*way.hops, one.speaking.issued_by))
    return Occasion(one.utterance, party, way, said or Said(), sure)


def _not_by_speaker(way: Road, one: _Told) -> Road:
    """A road without the outlet that speaks for itself."""
    party = one.speaking.resolved.party
    hops = tuple(hop for hop in way.hops if not (hop.outlet and party and hop.outlet.name == party.name))
    return Road(hops, way.attested)


def _candidate(reading: Reading, one: _Told, occasion: Occasion) -> Candidate:
    """A candidate without its road, topics and links."""
    words, resolved, utterance = one.wording, one.speaking.resolved, one.utterance
    sure = utterance.confidence * (_REPAIRED if words.as_printed else 1.0)
    certainty = Confidences(round(sure, 3), round(_speaker_sure(one), 3), round(occasion.sure, 3))
    return Candidate(
        spans=words.spans,
        ranges=words.ranges,
        place=words.place,
        wording_as_printed=words.as_printed,
        speaker=resolved.party,
        speaker_mention=one.speaking.mention,
        speaker_range=one.speaking.range,
        label=resolved.label,
        label_range=resolved.label_range,
        speaks_for=resolved.speaks_for,
        cue=reading.slice(utterance.cue),
        cue_range=utterance.cue,
        said=occasion.said,
        confidence=round(sure * (0.5 + 0.5 * certainty.speaker), 3),
        confidences=certainty,
    )


def _speaker_sure(one: _Told) -> float:
    """How sure the speaker is: that the words are theirs, as the tagger tells, and that the mention means them."""
    told = one.utterance.source_confidence
    return one.speaking.resolved.confidence * (told if told and one.utterance.source else 1.0)


def _with_roads(
    reading: Reading,
    people: People,
    found: list[_Told],
    on: list[Occasion],
    made: list[Candidate],
    document: DocumentFacts,
) -> list[Candidate]:
    """The candidates with their relay chains; the document's credits and its own outlet end each of them."""
    last = [*credited(reading, people.index), *publisher(document)]
    result: list[Candidate] = []
    for one, occasion, candidate in zip(found, on, made, strict=True):
        hops = occasion.road.hops
        said, heard = candidate.said, candidate.said
        if one.outer is not None:
            teller, by = on[one.outer], found[one.outer].speaking
            hops = told_road(teller, by.mention, by.range, _speaker_sure(found[one.outer]))
            said, heard = told_at_the_latest(teller.said), teller.said
        chain = _dated(ordered([*hops, *last]), heard)
        further = ordered([*occasion.road.spoken_to, *occasion.road.attested]) if occasion.road.attested else ()
        attested = (_dated(further, heard),) if further else ()
        certainty = replace(candidate.confidences, hops=_least(chain))
        result.append(candidate.changed(hops=chain, attested=attested, said=said, confidences=certainty))
    return result


def _dated(chain: tuple[ProposedHop, ...], heard: Said) -> tuple[ProposedHop, ...]:
    """The chain with the date on which the words were said to whoever heard them, where the text tells it."""
    date = "" if heard.basis == "inferred" else heard.date
    return tuple(replace(hop, date=date) if hop.role in ("told_by", "spoken_to") else hop for hop in chain)


def _least(chain: tuple[ProposedHop, ...]) -> float:
    return round(min((hop.confidence for hop in chain), default=0.0), 3)


def _with_links(reading: Reading, found: list[_Told], made: list[Candidate], language: str) -> list[Candidate]:
    spoken = [Spoken(one.utterance, one.speaking.resolved.party, one.outer) for one in found]
    return [candidate.changed(links=links(reading, spoken, place, language)) for place, candidate in enumerate(made)]


def _with_topics(found: list[_Told], made: list[Candidate], topics: Topics) -> list[Candidate]:
    """The candidates with their topics: points share theirs, an answer takes over those of what it answers."""
    own = [topics.of(plain(candidate.spans)) for candidate in made]
    sure = list(own)
    for group in _enumerations(found):
        passed = shared(own[place] for place in group)
        for place in group:
            sure[place] = with_passed_on(own[place], passed)
    for place, candidate in enumerate(made):
        answered = [own[link.target] for link in candidate.links if _takes_over(link)]
        sure[place] = with_passed_on(sure[place], shared(answered, ANSWERED))
    enough = [topics.narrowed(_enough(one), plain(made[place].spans)) for place, one in enumerate(sure)]
    return [candidate.changed(topics=proposed(one)) for candidate, one in zip(made, enough, strict=True)]


def _takes_over(link: ProposedLink) -> bool:
    return link.kind != "reports"


def _enough(sure: dict[Id, float]) -> dict[Id, float]:
    """Topics passed on that are still worth a look."""
    return {topic: value for topic, value in sure.items() if value >= _LEAST_PASSED_ON}


def _enumerations(found: list[_Told]) -> list[list[int]]:
    """The places of candidates that are points of one speaker's, one after the other."""
    numbered = [(place, one) for place, one in enumerate(found) if not one.utterance.is_nested]
    groups = groupby(numbered, key=lambda item: item[1].speaking.resolved.party)
    runs = [[place for place, _ in group] for party, group in groups if party is not None]
    return [run for run in runs if len(run) > 1 and any(found[place].utterance.point for place in run)]
