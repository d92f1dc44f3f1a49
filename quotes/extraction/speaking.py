"""Who speaks in each utterance, in the article's order: a pronoun or nobody named goes back to who spoke before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.extraction.lexicon import SAYING
from quotes.extraction.mentions import Mention, read_mention
from quotes.extraction.outlets import is_outlet, outlet_at
from quotes.extraction.overlooked import speaker_in, subject_before
from quotes.extraction.people import People, Resolved
from quotes.extraction.proposals import Carrier, ProposedHop, Range
from quotes.extraction.reading import Reading, inside
from quotes.extraction.utterances import Utterance

_CONTINUED = 0.8
_PARAGRAPHS_APART = 2
_ISSUED = 0.6
_FOR = re.compile(
    r"\b(?:[Oo]n behalf of|[Ss]peaking for|[Ii]n the name of)\s+"
    r"(?P<who>(?:the\s+)?[^\s,;:.“”\"«»„]+(?:\s+(?:of|for|the|[A-Z][\w’'.-]*))*)"
)
_SAYS = re.compile(rf"\b(?:{'|'.join(sorted(SAYING, key=len, reverse=True))})\b")
_QUOTED = re.compile(
    r"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing))\s+(?P<who>[^,;:“”\"«»„\n]{2,80}?)\s+as\s+(?:saying|telling|stating)\b"
)
_PAPERS = re.compile(
    r"\b(?:report|study|survey|poll|document|statement|communiqué|paper|analysis|indictment|ruling|letter|memo|"
    r"memorandum|filing|release|text|declaration|resolution)s?\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\s+(?:\w+ )?(?:by|from|of)\s+(?P<who>(?:the\s+)?[A-Z][\w’'.-]*(?:\s+(?:of|for|the|and|[A-Z][\w’'.-]*))*)"
)
_POSSESSOR = re.compile(
    r"(?P<who>(?:the\s+)?(?:[A-Z][\w’'.-]*\s+)*?[A-Z][\w.-]*)['’]s?\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)


@dataclass(frozen=True)
class Speaking:
    """Who speaks, by which words, and the body that issued the paper that speaks in its place."""

    resolved: Resolved
    mention: str = ""
    range: Range | None = None
    issued_by: ProposedHop | None = None


def speaking(people: People, found: Sequence[Utterance]) -> list[Speaking]:
    """Who speaks in each utterance; a speaker whom nothing tells is None."""
    result: list[Speaking] = []
    last: tuple[Utterance, Speaking] | None = None
    for utterance in found:
        one = _one(people, utterance, last if not utterance.is_nested else None)
        result.append(one)
        if not utterance.is_nested and one.resolved.party:
            last = utterance, one
    return result


def _one(people: People, utterance: Utterance, last: tuple[Utterance, Speaking] | None) -> Speaking:
    if utterance.source is None:
        return _continued(people.reading, utterance, last)
    source = _not_the_outlet(people, utterance, utterance.source)
    mention = read_mention(people.reading.text, source)
    if mention is None:
        return _continued(people.reading, utterance, last)
    if issued := _paper(people, mention):
        return issued
    resolved = people.resolve(mention, last[1].resolved if last else None)
    resolved = _for_another(people, utterance, resolved)
    return Speaking(resolved, people.reading.slice(source), source)


def _continued(reading: Reading, utterance: Utterance, last: tuple[Utterance, Speaking] | None) -> Speaking:
    """Who spoke before goes on, unless that is too far back."""
    if last is None or _paragraphs_between(reading, last[0], utterance) > _PARAGRAPHS_APART:
        return Speaking(Resolved(None, 0.0))
    earlier = last[1].resolved
    return Speaking(replace(earlier, confidence=earlier.confidence * _CONTINUED))


def _paragraphs_between(reading: Reading, one: Utterance, other: Utterance) -> int:
    return reading.paragraph_number(other.place[0]) - reading.paragraph_number(one.place[1] - 1)


def _not_the_outlet(people: People, utterance: Utterance, source: Range) -> Range:
    """The person whom an outlet quotes in the sentence, where the outlet is given as the source."""
    reading = people.reading
    named = outlet_at(reading.text, source, people.index)
    if not named and not is_outlet(reading.slice(source), people.index):
        return source
    sentence = reading.sentence_at(source[0])
    parts = reading.reported(
        sentence, but=[source, *(part for part in utterance.content if len(utterance.content) > 1)]
    )
    for part in parts:
        if found := _QUOTED.search(reading.text, *part):
            return speaker_in(reading, found.span("who")) or source
    for part in parts:
        for verb in _SAYS.finditer(reading.text, *part):
            who = subject_before(reading, part[0], verb.start())
            if who and not inside(who, source) and not outlet_at(reading.text, who, people.index):
                return who
    return source


def _paper(people: People, mention: Mention) -> Speaking | None:
    """“The report said”: the body that issued the paper speaks, and the paper is a stop on the road."""
    if mention.kind not in ("unclear", "described", "body") or not _PAPERS.search(mention.text):
        return None
    reading = people.reading
    noun = _PAPERS.search(mention.text)
    start, end = mention.range
    body = _possessor(people, mention, noun) if noun else None
    body = body or _issuer(reading.text, (start, end), at_start=False)
    before = [
        found for found in _PAPERS.finditer(reading.text, 0, start) if noun and found.group() == noun.group().lower()
    ]
    for found in reversed(before):
        body = body or _issuer(reading.text, (found.start(), min(found.end() + 90, len(reading.text))))
    if body is None:
        return None
    resolved = people.resolve(body)
    if resolved.party is None or resolved.party.kind in ("person", "unnamed"):
        return None
    carrier = Carrier(resolved.party.name, "public_body")
    hop = ProposedHop("issued_by", body.text, body.range, carrier, confidence=_ISSUED)
    return Speaking(replace(resolved, confidence=min(_ISSUED, resolved.confidence)), mention.text, mention.range, hop)


def _possessor(people: People, mention: Mention, noun: re.Match[str]) -> Mention | None:
    """The body of “the ministry’s report”."""
    start = mention.range[0]
    found = _POSSESSOR.match(people.reading.text, start, start + noun.start())
    return read_mention(people.reading.text, found.span("who")) if found else None


def _issuer(text: str, place: Range, *, at_start: bool = True) -> Mention | None:
    """The body of “a report by the ministry”, within a place that begins or ends with the paper."""
    noun = _PAPERS.search(text, *place)
    found = _BY.match(text, noun.end(), place[1] if at_start else min(len(text), place[1])) if noun else None
    mention = read_mention(text, found.span("who")) if found else None
    return mention if mention and mention.kind in ("body", "place") else None


def _for_another(people: People, utterance: Utterance, resolved: Resolved) -> Resolved:
    """A speaker “on behalf of” somebody in the cue's sentence."""
    if resolved.party is None or resolved.speaks_for is not None:
        return resolved
    sentence = people.reading.sentence_at(utterance.anchor)
    for part in people.reading.reported(sentence, but=utterance.content):
        if found := _FOR.search(people.reading.text, *part):
            principal = read_mention(people.reading.text, found.span("who"))
            if principal:
                return replace(resolved, speaks_for=people.resolve(principal).party)
    return resolved
