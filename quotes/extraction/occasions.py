"""On which occasion words were said: when, and to whom, where one sentence tells it of several utterances.

An interview is introduced once; “he continued” takes its date and its outlet over. The lede, which sums up what
follows, takes its outlet. What one person tells of another's words was said by that other at the latest then.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.dates import When
from quotes.extraction.chains import Road, passed_on
from quotes.extraction.dating import Phrase, at_the_latest, doubted, phrases, read_published
from quotes.extraction.proposals import Basis, Party, ProposedHop, Range, Said
from quotes.extraction.reading import Reading
from quotes.extraction.utterances import Utterance

STATED, RESOLVED, PASSED_ON, INFERRED, UNKNOWN = 0.95, 0.9, 0.7, 0.45, 0.6
_BACK = 3
_NEAR = 40
_PAPERS = re.compile(
    r"\b(?:drafts?|proposals?|treat(?:y|ies)|agreements?|plans?|lists?|documents?|letters?|reports?|resolutions?|demands?|"
    r"papers?|bills?|petitions?)\b",
    re.IGNORECASE,
)
_HANDED = re.compile(
    r"\b(?:submitted|presented|proposed|handed|published|sent|unveiled|issued|released|tabled|delivered|put forward|"
    r"introduced|circulated|drafted)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:these|this|those|the (?:proposals?|drafts?|documents?|treat(?:y|ies)|agreements?|plans?|letters?|lists?)|"
    r"thirdly|secondly|finally)\b|\b(?:drafts|proposals)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|where|when|that|as)\b[^,;:]*$", re.IGNORECASE)
_NEAR_CUE = 45


@dataclass(frozen=True)
class Occasion:
    """An utterance with its speaker and its own road, and when it was said as far as that is known."""

    utterance: Utterance
    party: Party | None
    road: Road
    said: Said
    sure: float
    is_own: bool = True


def said_beside(reading: Reading, utterance: Utterance, published: When | None) -> Said | None:
    """The date that the reporter's words in the cue's sentence give, the one nearest to the cue; None without one."""
    found = [
        phrase
        for part in reading.beside((utterance.anchor, utterance.anchor), but=utterance.content)
        for phrase in phrases(reading.text, part, published)
        if _dates_the_saying(reading, utterance, phrase)
    ]
    if not found:
        return None
    nearest = min(found, key=lambda phrase: abs(phrase.range[0] - utterance.anchor))
    return Said(nearest.date, nearest.basis, nearest.words, nearest.range)


def _dates_the_saying(reading: Reading, utterance: Utterance, phrase: Phrase) -> bool:
    """Whether a phrase dates the words: not in a clause of its own, and a month or year only beside the verb."""
    sentence = reading.sentence_at(phrase.range[0])
    if _RELATIVE.search(reading.text[sentence[0] : phrase.range[0]].rpartition(",")[2]):
        return False
    if "," in reading.text[sentence[0] : phrase.range[0]] and _in_relative_clause(
        reading.text, sentence[0], phrase.range
    ):
        return False
    precise = re.search(r"\d{4}-\d\d-\d\d", phrase.date)
    opens = not re.search(r"\w", reading.text[sentence[0] : phrase.range[0]])
    near = abs(phrase.range[0] - utterance.anchor) <= _NEAR_CUE
    return bool(precise) or opens or near


def _in_relative_clause(text: str, start: int, place: Range) -> bool:
    clause = text[start : place[0]].rpartition(",")[2]
    return bool(re.match(r"\s*(?:who|whom|whose|which|where|when)\b", clause))


def occasions(reading: Reading, found: Sequence[Occasion], published: When | None) -> list[Occasion]:
    """Each utterance with the date and the listener of its occasion."""
    result: list[Occasion] = list(found)
    for place in range(len(result)):
        result[place] = _like_before(reading, result, place)
    for place in reversed(range(len(result))):
        result[place] = _like_after(reading, result, place)
    result = [_by_narrative(reading, result, place, published) for place in range(len(result))]
    for place in range(len(result)):
        result[place] = _dated_like_before(reading, result, place)
    return [one if one.said.date else _at_the_latest(one, published) for one in result]


def _earlier(reading: Reading, found: list[Occasion], place: int) -> Occasion | None:
    """The utterance of the same speaker before this one, a few paragraphs back at most."""
    one = found[place]
    if one.party is None or one.utterance.is_nested:
        return None
    for at in range(place - 1, max(-1, place - _NEAR), -1):
        before = found[at]
        if before.party == one.party and not before.utterance.is_nested:
            return before if _paragraphs(reading, before, one) <= _BACK else None
    return None


def _paragraphs(reading: Reading, one: Occasion, other: Occasion) -> int:
    start, end = sorted((one.utterance.place[0], other.utterance.place[0]))
    return reading.paragraph_number(end) - reading.paragraph_number(start)


def _like_before(reading: Reading, found: list[Occasion], place: int) -> Occasion:
    one, before = found[place], _earlier(reading, found, place)
    if before is None or _differ(one, before):
        return one
    return _taking_over(one, before)


def _like_after(reading: Reading, found: list[Occasion], place: int) -> Occasion:
    """The lede with the listener that the paragraph after it names."""
    one = found[place]
    if one.party is None or one.road.spoken_to or one.utterance.is_nested or not _is_lede(reading, one):
        return one
    after = [other for other in found[place + 1 : place + _NEAR] if other.party == one.party and other.road.spoken_to]
    near = [other for other in after if _paragraphs(reading, one, other) <= 1 and not _differ(one, other)]
    return _taking_over(one, near[0]) if near else one


def _is_lede(reading: Reading, one: Occasion) -> bool:
    paragraphs = reading.paragraphs
    return bool(paragraphs) and one.utterance.anchor <= paragraphs[0][1]


def _differ(one: Occasion, other: Occasion) -> bool:
    """Whether each has a date or a listener of its own, and another one than the other."""
    dates = bool(one.said.date and other.said.date and one.is_own and one.said.date != other.said.date)
    heard = {hop.outlet for hop in one.road.spoken_to}, {hop.outlet for hop in other.road.spoken_to}
    return dates or bool(heard[0] and heard[1] and heard[0] != heard[1])


def _taking_over(one: Occasion, other: Occasion) -> Occasion:
    road = one.road
    if not road.spoken_to and other.road.spoken_to:
        road = replace(road, hops=(*passed_on(other.road.spoken_to), *road.hops))
    if one.said.date or not other.said.date:
        return replace(one, road=road)
    basis: Basis = "inferred" if other.said.basis == "inferred" else "resolved"
    said = replace(other.said, basis=basis)
    return replace(one, road=road, said=said, sure=min(PASSED_ON, other.sure), is_own=False)


def _dated_like_before(reading: Reading, found: list[Occasion], place: int) -> Occasion:
    """Later points of what a narrative dated go with the first."""
    one, before = found[place], _earlier(reading, found, place)
    if one.said.date or before is None or not before.said.date or _differ(one, before):
        return one
    return _taking_over(one, before)


def _by_narrative(reading: Reading, found: list[Occasion], place: int, published: When | None) -> Occasion:
    """A body's words about papers whose handing over the text dates: said about then, perhaps.

    “In December it submitted two drafts. These include, according to the ministry, …” gives 2021-12?, inferred.
    """
    one = found[place]
    if (
        one.said.date
        or one.utterance.is_nested
        or one.party is None
        or one.party.kind not in ("organisation", "government")
    ):
        return one
    sentence = reading.sentence_at(one.utterance.anchor)
    if not _POINTS_BACK.search(" ".join(reading.slice(part) for part in reading.reported(sentence))):
        return one
    for before in reading.sentences_before(one.utterance.anchor, _BACK):
        if phrase := _dated_paper(reading, before, published):
            said = Said(doubted(phrase.date), "inferred", phrase.words, phrase.range)
            return replace(one, said=said, sure=INFERRED)
    return one


def _dated_paper(reading: Reading, sentence: Range, published: When | None) -> Phrase | None:
    told = " ".join(reading.slice(part) for part in reading.reported(sentence))
    if not (_PAPERS.search(told) and _HANDED.search(told)):
        return None
    return next(iter(phrases(reading.text, sentence, published)), None)


def _at_the_latest(one: Occasion, published: When | None) -> Occasion:
    return replace(one, said=Said(at_the_latest(published), "inferred"), sure=UNKNOWN, is_own=False)


def told_at_the_latest(teller: Said) -> Said:
    """When words were said that somebody tells: not after they are told."""
    when = read_published(teller.date)
    return Said(at_the_latest(when), "inferred", teller.phrase, teller.range)


def told_road(teller: Occasion, mention: str, place: Range | None, sure: float) -> tuple[ProposedHop, ...]:
    """The road of words that somebody tells: told by them, then as their own words went."""
    if teller.party is None:
        return teller.road.hops
    return (ProposedHop("told_by", mention, place, speaker=teller.party, confidence=sure), *teller.road.hops)
