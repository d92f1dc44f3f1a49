"""Attributions made whole: one utterance for each act of saying, with all of its words and none of another's.

The tagger's edges are taken as hints. Quoted words come whole, up to where the repaired marks end them; what interrupts
a quotation parts nothing; words told within a quotation are an utterance of their own, inside the one around it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from quotes.extraction.attributions import Attribution
from quotes.extraction.lexicon import SAYING, VIEWING
from quotes.extraction.modes import word_count
from quotes.extraction.proposals import Range
from quotes.extraction.reading import Quotation, Reading, hull, inside, overlap, trimmed, united, without

FRAGMENT_WORDS = 8
SCARE_WORDS = 3
_BETWEEN = 160
_NEAR = 40
_EDGE = ' \t\r\n\u00a0,;:–—-“”"«»„'
_STANDS_IN = re.compile(r"which|that|this|it|who|whom|so", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:—–]\s|\b(?:but|and|while|whereas|although|though|because)\s|\s-\s")


@dataclass(frozen=True)
class Utterance:
    """Who said what by which words, in ranges of the raw text.

    `is_nested` marks what is told within another's quoted words. `continues` tells that who spoke before goes on.
    `is_found` marks those that no attribution named and the text alone shows. `point` counts those of an enumeration.
    """

    content: tuple[Range, ...]
    cue: Range | None = None
    source: Range | None = None
    confidence: float = 1.0
    source_confidence: float = 0.0
    is_nested: bool = False
    continues: bool = False
    is_found: bool = False
    point: int = 0

    @cached_property
    def place(self) -> Range:
        """From the first character of its words to the last."""
        return hull(self.content) or (0, 0)

    @property
    def anchor(self) -> int:
        """Where it is said to be said: its cue, else its source, else its words."""
        return (self.cue or self.source or self.place)[0]


def utterances(reading: Reading, attributions: Iterable[Attribution]) -> list[Utterance]:
    """The utterances that attributions name, in the order of their words; scare quotes and noise are none."""
    found = [made for attribution in attributions if (made := _utterance(reading, attribution))]
    found.sort(key=lambda utterance: (utterance.place[0], -utterance.place[1]))
    found = [whole for utterance in found if (whole := _whole(reading, utterance)).content]
    return [utterance for utterance in _distinct(found) if not _is_scare(reading, utterance)]


def _utterance(reading: Reading, attribution: Attribution) -> Utterance | None:
    """An attribution within the text and without its noise; None where no words are left."""
    content = _telling(reading, _usable(reading, attribution.content))
    if not content:
        return None
    source, cue = (hull(_usable(reading, ranges)) for ranges in (attribution.source, attribution.cue))
    if source and "\n" in reading.text[slice(*source)]:
        source = _usable(reading, attribution.source)[0]
    sure = min(1.0, max(0.0, attribution.confidence))
    return Utterance(content, cue, source, sure, min(1.0, max(0.0, attribution.source_confidence)))


def _telling(reading: Reading, content: tuple[Range, ...]) -> tuple[Range, ...]:
    """The parts that say something: “statements, which Kyiv considers “…”” aren’t quoted from their “which” on."""
    parts = tuple(place for place in content if not _STANDS_IN.fullmatch(reading.slice(place)))
    return parts or content


def _usable(reading: Reading, ranges: Iterable[Range]) -> tuple[Range, ...]:
    size = len(reading.text)
    clipped = [(max(0, start), min(size, end)) for start, end in ranges]
    kept = [part for place in united(clipped) for part in without(place, reading.noise)]
    return tuple(place for part in kept if (place := trimmed(reading.text, part))[0] < place[1])


def _told_inside(reading: Reading, utterance: Utterance) -> bool:
    """Whether both its words and what tells whose they are stand within one quotation."""
    quotation = reading.quotation_at(utterance.place[0])
    if quotation is None or _is_transcript(reading, utterance):
        return False
    whole = (quotation.start, quotation.end)
    told_by = [place for place in (utterance.cue, utterance.source) if place]
    return bool(told_by) and inside(utterance.place, whole) and all(inside(place, whole) for place in told_by)


def _is_transcript(reading: Reading, utterance: Utterance) -> bool:
    """Whether a colon tells whose the words are, as in “SMITH: We are leaving.”."""
    return reading.slice(utterance.cue).strip() == ":"


def _whole(reading: Reading, utterance: Utterance) -> Utterance:
    """The utterance with each quotation it touches taken whole, through all of its paragraphs."""
    if _told_inside(reading, utterance):
        return replace(utterance, is_nested=True)
    content = list(utterance.content)
    for part in utterance.content:
        for quotation in reading.quotations_in(part):
            if not _only_touches(reading, part, quotation):
                content += [(each.start, each.end) for each in _with_paragraphs(reading, quotation)]
    told_by = [place for place in (utterance.cue, utterance.source) if place]
    aside = told_by if _is_transcript(reading, utterance) else _outside_quotations(reading, told_by)
    parts = [part for place in united(content) for part in without(place, aside)]
    return replace(utterance, content=tuple(part for part in parts if re.search(r"\w", reading.text[slice(*part)])))


def _only_touches(reading: Reading, part: Range, quotation: Quotation) -> bool:
    """Whether a part and a quotation share nothing but marks and white space."""
    shared = reading.text[max(part[0], quotation.start) : min(part[1], quotation.end)]
    return not re.search(r"\w", shared)


def _with_paragraphs(reading: Reading, quotation: Quotation) -> Iterator[Quotation]:
    """A quotation and, where the next paragraph opens with the rest of it, that too."""
    each: Quotation | None = quotation
    while each:
        yield each
        each = reading.after(each) if each.goes_on else None


def _outside_quotations(reading: Reading, places: list[Range]) -> list[Range]:
    return [part for place in places for part in reading.reported(place)]


def _distinct(found: list[Utterance]) -> list[Utterance]:
    """Each act of saying once: those of one cue are joined, of those with the same words the surer is kept."""
    result: list[Utterance] = []
    for utterance in found:
        near = range(max(0, len(result) - _NEAR), len(result))
        twin = next((at for at in near if _are_one(result[at], utterance)), None)
        if twin is None:
            result.append(utterance)
        else:
            result[twin] = _merged(result[twin], utterance)
    return result


def _are_one(one: Utterance, other: Utterance) -> bool:
    if one.is_nested != other.is_nested:
        return False
    if one.cue and one.cue == other.cue and (one.source == other.source or not one.source or not other.source):
        return True
    shared = sum(overlap(part, place) for part in one.content for place in other.content)
    length = min(sum(end - start for start, end in each.content) for each in (one, other))
    return shared * 2 > length


def _merged(one: Utterance, other: Utterance) -> Utterance:
    sure, less = (one, other) if one.confidence >= other.confidence else (other, one)
    if any(overlap(part, place) for part in one.content for place in other.content):
        return replace(sure, source=sure.source or less.source, cue=sure.cue or less.cue)
    return replace(sure, content=tuple(united([*one.content, *other.content])), source=sure.source or less.source)


def _is_scare(reading: Reading, utterance: Utterance) -> bool:
    """Whether it is a word or three in marks that no verb of saying or viewing governs."""
    if len(utterance.content) > 1:
        return False
    start, end = utterance.content[0]
    quotation = reading.quotation_at(start)
    if not quotation or end > quotation.end or word_count(reading.text[start:end]) > SCARE_WORDS:
        return False
    return not governs(reading, utterance)


def governs(reading: Reading, utterance: Utterance) -> bool:
    """Whether a speaker and a verb of saying or viewing stand in the sentence of an utterance's words."""
    sentence = reading.sentence_at(utterance.place[0])
    if not utterance.cue or not inside(utterance.cue, sentence):
        return False
    cue = {word.low for word in reading.words_in(utterance.cue)}
    return bool(utterance.source and cue & (SAYING | VIEWING)) or "according" in cue


def in_context(reading: Reading, utterance: Utterance) -> Utterance:
    """A quoted fragment with the reporter's words that it needs to say anything.

    “… which Kyiv considers “interfering with its sovereignty”” comes with its clause; after a verb of saying, with the
    words between the verb and the marks.
    """
    if len(utterance.content) != 1 or utterance.is_nested or utterance.point or not utterance.cue:
        return utterance
    quotation = reading.quotation_at(utterance.content[0][0])
    if quotation is None or not _is_fragment(reading, quotation, utterance.content[0]):
        return utterance
    if utterance.cue[1] > quotation.start:
        return utterance
    start = _context_start(reading, utterance, quotation)
    place = trimmed(reading.text, (start, quotation.end), " \t\r\n\u00a0,;:–—-")
    return replace(utterance, content=(place,)) if reading.paragraph_at(start)[0] <= start else utterance


def _is_fragment(reading: Reading, quotation: Quotation, content: Range) -> bool:
    said = reading.text[quotation.words[0][0] : quotation.words[-1][1]]
    if not inside(content, (quotation.start, quotation.end)):
        return False
    return word_count(said) <= FRAGMENT_WORDS and said[:1].islower()


def _context_start(reading: Reading, utterance: Utterance, quotation: Quotation) -> int:
    cue = utterance.cue or utterance.place
    views = {word.low for word in reading.words_in(cue)} & (VIEWING | {"view", "opinion", "eyes", "words"})
    if not views:
        after = max(place[1] for place in (cue, utterance.source or cue) if place[1] <= quotation.start)
        between = reading.text[after : quotation.start]
        if joint := list(re.finditer(r"\bthat\s", between)):
            return after + joint[-1].end()
        return quotation.start if re.search(r"[“”\"«»„,]", between) or len(between) > _BETWEEN else after
    sentence = reading.sentence_at(quotation.start)
    before = min(cue[0], utterance.source[0] if utterance.source else cue[0])
    clauses = [found.end() for found in _CLAUSE.finditer(reading.text, sentence[0], before)]
    clauses += [other.end for other in reading.quotations_in((sentence[0], before)) if other.end <= before]
    return max([sentence[0], *clauses])
