"""Speech within speech: in a quotation, the words of somebody else that its speaker tells.

“I am talking about the words of the president that …”: the second speaker's words are an utterance of their own,
indirect, told by the first.
"""

import re
from collections.abc import Iterator

from quotes.extraction.mentions import Mention, read_mention
from quotes.extraction.proposals import Range
from quotes.extraction.reading import Quotation, Reading, inside, overlap, trimmed
from quotes.extraction.utterances import Utterance

_WORDS_OF = re.compile(
    r"\b(?P<cue>words|statements?|claims?|remarks?|assertions?|warnings?|promises?|demands?|assurances?|accusations?)\s+"
    r"(?:of|by|from)\s+(?P<who>[^.,;:!?“”\"]{2,90}?)\s+that\s+(?=[\w‘“«\"])"
)
_POSSESSED = re.compile(
    r"(?P<who>(?:[^\s.,;:!?“”\"]+\s+){0,5}?[A-Z][^\s.,;:!?“”\"]*)['’]s?\s+"
    r"(?P<cue>words|statements?|claims?|remarks?|assertions?|warnings?|promises?|demands?|assurances?|accusations?)\s+"
    r"that\s+(?=[\w‘“«\"])"
)
_SAID = re.compile(
    r"(?P<who>(?:[Tt]he\s+|[A-Z][^\s.,;:!?“”\"]*\s+){1,6}?)(?:(?:has|have|had|also|once|always|already|just|repeatedly)\s+)*"
    r"(?P<cue>said|says|told\s+(?:me|us)|claimed|claims|insists|insisted|warned|promised|argued|argues|thinks|believes)\s+"
    r"that\s+(?=[\w‘“«\"])"
)
_END = re.compile(r"[.!?;](?=\s|$)|[.!?;]?[”\"»]")
_TOLD = 0.55
_FEWEST_WORDS = 3
_NEAR = 40


def nested(reading: Reading, found: list[Utterance]) -> list[Utterance]:
    """What is told within the quotations of `found`, where no utterance tells it already."""
    return [
        utterance
        for teller in found
        if not teller.is_nested
        for quotation in _quotations(reading, teller)
        for utterance in _told(reading, quotation, teller)
        if not any(overlap(other.place, utterance.place) for other in found if other.is_nested)
    ]


def around(found: list[Utterance], place: int) -> int | None:
    """The place in `found` of the utterance within whose words the one at `place` is told."""
    if not found[place].is_nested:
        return None
    for other in range(max(0, place - _NEAR), min(len(found), place + _NEAR)):
        holds = any(inside(found[place].place, part) for part in found[other].content)
        if holds and not found[other].is_nested:
            return other
    return None


def _quotations(reading: Reading, utterance: Utterance) -> list[Quotation]:
    return list(dict.fromkeys(each for part in utterance.content for each in reading.quotations_in(part)))


def _told(reading: Reading, quotation: Quotation, teller: Utterance) -> Iterator[Utterance]:
    taken: list[Range] = []
    for place in quotation.words:
        for pattern in (_WORDS_OF, _POSSESSED, _SAID):
            for match in pattern.finditer(reading.text, *place):
                content = _clause(reading, match.end(), place[1])
                who = trimmed(reading.text, match.span("who"))
                if content and _names(reading, who) and not any(overlap(content, other) for other in taken):
                    taken.append(content)
                    sure = min(_TOLD, teller.confidence)
                    yield Utterance((content,), match.span("cue"), who, sure, sure, is_nested=True, is_found=True)


def _clause(reading: Reading, start: int, limit: int) -> Range | None:
    """From a position to the end of its sentence, its stop left out where the quotation goes on after it."""
    end = _END.search(reading.text, start, limit)
    stop = end.start() + (reading.text[end.start()] in ".!?") if end else limit
    place = trimmed(reading.text, (start, stop))
    return place if len(reading.words_in(place)) >= _FEWEST_WORDS else None


def _names(reading: Reading, who: Range) -> bool:
    """Whether the words name a speaker; “the report said that” and “I said that” tell of nobody else."""
    mention: Mention | None = read_mention(reading.text, who)
    return mention is not None and mention.kind in ("person", "place", "body", "office")
