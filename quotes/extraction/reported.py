"""Clear indirect speech in sentences that no attribution touches: “she promised to …”, “Russia’s condition is that …”.

Only what can hardly be read otherwise: a named speaker, directly followed by a verb whose words are somebody's.
"""

import re
from collections.abc import Iterator

from quotes.extraction.overlooked import speaker_in, subject_before
from quotes.extraction.proposals import Range
from quotes.extraction.reading import Reading, trimmed
from quotes.extraction.utterances import Utterance

_SURE = 0.4
_FEWEST_WORDS = 4
_FAR = 300
_VERB = re.compile(
    r"\b(?:(?P<that>said|says|stated|announced|warned|insisted|declared|stressed|claimed|argued|added|explained|noted|"
    r"confirmed|denied|demanded|promised|believes|thinks|considers)\b[^.;:“”\"«»„]{0,90}?\s+that\s+"
    r"|(?P<told>told|tells)\s+[^.;:,“”\"«»„]{2,50}?\s+that\s+"
    r"|(?P<bare>said|says)\s+(?=(?:he|she|it|they|there)\s)"
    r"|(?P<to>promised|vowed|pledged|offered|threatened|refused|agreed|urged|called on|requires?|demands?|required|"
    r"demanded)\s+(?=to\b|that\b|[A-Z])"
    r"|(?P<noun>expressed|voiced|declared|announced|reiterated|stressed)\s+(?=(?:his|her|its|their)\s))"
)
_ASIDE = re.compile(
    r",[”\"»]?\s+(?:(?:[\w’'.-]+\s+){1,8}?(?:reported|reports|said|says|added|wrote)(?=[\s.,;]*$)"
    r"|according to\s|adding\s|saying\s)"
)
_CONDITION = re.compile(
    r"(?P<who>[^\s“”\"«»„;:,.][^“”\"«»„;:,.\n]{0,60}?)['’]s?\s+(?P<cue>condition|demand|position|requirement|view|message|"
    r"stance|argument|answer)\b[^,;:.“”\"]{0,60}?\s(?:is|was)\s+that\s+"
)


def reported(reading: Reading, found: list[Utterance]) -> list[Utterance]:
    """Utterances in the sentences that none of `found` touches."""
    taken = [part for utterance in found for part in (utterance.place, utterance.cue, utterance.source) if part]
    return [utterance for part in _free(reading, taken) for utterance in _told(reading, part)]


def _free(reading: Reading, taken: list[Range]) -> Iterator[Range]:
    """The reporter's sentences as far as nothing in them is taken; a heading or a question has no full stop."""
    coming = sorted(taken, reverse=True)
    here: list[Range] = []
    for sentence in reading.sentences:
        # Sentences come in order: what ends before one is of no matter to those after it.
        here = [part for part in here if part[1] > sentence[0]]
        while coming and coming[-1][0] < sentence[1]:
            here.append(coming.pop())
        if reading.text[slice(*sentence)].rstrip("”\"»“’' ").endswith((".", ";")):
            first = min((start for start, end in here if end > sentence[0]), default=sentence[1])
            if first > sentence[0]:
                yield sentence[0], first


def _told(reading: Reading, sentence: Range) -> Iterator[Utterance]:
    if found := _CONDITION.match(reading.text, *sentence):
        who = speaker_in(reading, found.span("who"))
        content = _content(reading, (sentence[0], sentence[1]))
        if who and content:
            yield Utterance((content,), found.span("cue"), who, _SURE, _SURE, is_found=True)
            return
    for verb in _VERB.finditer(reading.text, *sentence):
        if reading.quotation_at(verb.start()):
            continue
        who = subject_before(reading, max(sentence[0], verb.start() - _FAR), verb.start())
        content = _content(reading, (verb.end(), sentence[1]))
        group = next(name for name in ("that", "told", "bare", "to", "noun") if verb[name])
        if who and content:
            yield Utterance((content,), verb.span(group), who, _SURE, _SURE, is_found=True)
            return


def _content(reading: Reading, place: Range) -> Range | None:
    """What is told, up to a relative clause of somebody else's view or the end of the sentence."""
    relative = re.search(
        r",\s+which\s+\w+\s+(?:considers?|called|calls|described|describes|sees|regards?)\b",
        reading.text[slice(*place)],
    )
    end = place[0] + relative.start() if relative else place[1]
    if aside := _ASIDE.search(reading.text, place[0], end):
        end = aside.start()
    place = trimmed(reading.text, (place[0], end), " \t\r\n\u00a0;,")
    return place if len(reading.words_in(place)) >= _FEWEST_WORDS else None
