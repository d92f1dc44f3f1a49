"""What one candidate does to another of the same document: tells it, answers it, denies or confirms it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.extraction.link_verbs import ECHOING, told_by, verbs_of
from quotes.extraction.proposals import LinkKind, Party, ProposedLink
from quotes.extraction.reading import Reading
from quotes.extraction.utterances import Utterance

REPORTS, ANSWERS_IN_CLAUSE, ANSWERS, DENIES = 0.85, 0.6, 0.5, 0.4
_PARAGRAPHS_BACK = 3
_NEAR = 40
_POINTS_BACK = re.compile(
    r"^[\s,;–—-]*(?:an?|the)?\s*(?:which|something|(?:demand|condition|claim|move|idea|plan|requirement|proposal)s?\s+(?:that|which))\b"
)
_THIS = re.compile(r"\b(?:this|that|it|these)\s+(?:is|was|are|were|would be|amounts? to)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Spoken:
    """An utterance with who speaks, and the place of the one within whose words it is told."""

    utterance: Utterance
    party: Party | None
    outer: int | None


def links(reading: Reading, spoken: Sequence[Spoken], place: int, language: str = "en") -> tuple[ProposedLink, ...]:
    """The links that go out from the candidate at `place`; the text is in the `language` of this BCP 47 tag."""
    near = range(place, min(len(spoken), place + _NEAR))
    told = [ProposedLink("reports", at, REPORTS) for at in near if spoken[at].outer == place]
    return (*told, *_answers(reading, spoken, place, language))


def _answers(reading: Reading, spoken: Sequence[Spoken], place: int, language: str) -> Iterator[ProposedLink]:
    """At most one: to what the same sentence just told, or to the nearest words of somebody else before it."""
    one = spoken[place]
    earlier = _before(spoken, place)
    if one.outer is not None or not earlier:
        return
    if _in_one_sentence(reading, spoken[earlier[0]], one):
        yield ProposedLink("responds_to", earlier[0], ANSWERS_IN_CLAUSE)
    elif kind := _by_verb(reading, one.utterance, language):
        near = next((at for at in earlier if _is_near(reading, spoken[at].utterance, one.utterance)), None)
        if near is not None:
            yield ProposedLink(kind, near, ANSWERS if kind == "responds_to" else DENIES)


def _before(spoken: Sequence[Spoken], place: int) -> list[int]:
    """The other speakers' candidates before this one, the nearest first."""
    one = spoken[place]
    found = [
        at
        for at in range(max(0, place - _NEAR), place)
        if spoken[at].outer is None and spoken[at].party and spoken[at].party != one.party
    ]
    ended = [at for at in found if spoken[at].utterance.place[1] <= one.utterance.place[0]]
    return sorted(ended, key=lambda at: -spoken[at].utterance.place[1])


def _in_one_sentence(reading: Reading, before: Spoken, one: Spoken) -> bool:
    """“…, which Kyiv considers …”, “…; in Kyiv’s view this is …”: said of what stands before in the sentence."""
    start, end = before.utterance.place[1], one.utterance.place[0]
    told_by = min((place[0] for place in (one.utterance.source, one.utterance.cue) if place), default=end)
    clause = reading.text[start : max(told_by, end)]
    between = reading.text[min(start, one.utterance.anchor) : one.utterance.anchor]
    if "\n" in clause or len(between) > 120:  # noqa: PLR2004  # what is farther away is another clause
        return False
    if _POINTS_BACK.match(between) or _POINTS_BACK.match(reading.text[start:end]):
        return True
    words = reading.text[start : one.utterance.place[1]]
    quotation = re.search(r"[“\"«„]", words)
    told = words[: quotation.start()] if quotation else words
    return words.lstrip()[:1] in (",", ";", "–", "—") and bool(_THIS.search(told))


def _by_verb(reading: Reading, utterance: Utterance, language: str) -> LinkKind | None:
    """What the cue tells; who repeats is taken to repeat what they said themselves, unless they echo somebody."""
    words = [word.low for word in reading.words_in(utterance.cue)] if utterance.cue else []
    kinds = ((told_by(word, verbs_of(language)), word in ECHOING) for word in words)
    return next((kind for kind, echoes in kinds if kind and (kind != "repeats" or echoes)), None)


def _is_near(reading: Reading, before: Utterance, after: Utterance) -> bool:
    between = reading.text[before.place[1] : after.place[0]]
    return len(re.findall(r"\n+", between)) <= _PARAGRAPHS_BACK
