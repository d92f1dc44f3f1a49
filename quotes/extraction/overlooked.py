"""Clear quotations that no attribution names: with a verb of saying and a speaker beside them, or going on from before.

Words in marks alone are no statement: titles, nicknames and scare quotes have marks too.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from quotes.extraction.lexicon import SAYING, VIEWING
from quotes.extraction.mentions import Mention, read_mention
from quotes.extraction.modes import word_count
from quotes.extraction.proposals import Range
from quotes.extraction.reading import Quotation, Reading, overlap, trimmed, united, without
from quotes.extraction.utterances import Utterance

_VERBS = "|".join(["went on", "goes on", *sorted(SAYING | VIEWING, key=len, reverse=True)])
_VERB = re.compile(rf"(?<!\bof )(?<!\bthe )(?<!\ba )\b(?P<cue>{_VERBS})\b")
_AFTER_SUBJECT = re.compile(
    rf"[\s,]*(?P<who>(?:[^\s,“”\"«»„.]+\.?\s+){{1,8}}?)(?:also\s+|then\s+|later\s+)?(?P<cue>{_VERBS})\b"
)
_AFTER_VERB = re.compile(
    rf"[\s,]*(?P<cue>{_VERBS})\s+(?P<who>[^“”\"«»„;:\n]{{2,90}}?)(?=[,;:.]?\s*(?:$|[“\"«„;:\n]|[,.]\s))"
)
_ACCORDING = re.compile(r"\b(?P<cue>[Aa]ccording to)\s+(?P<who>[^“”\"«»„;:,.\n]{2,90})")
_IN_VIEW = re.compile(
    r"\b[Ii]n\s+(?P<who>[^“”\"«»„;:,.\n]{2,60}?)['’]s?\s+"
    r"(?P<cue>view|words|opinion|eyes|estimation|judgement|judgment)\b"
)
_POINT = re.compile(
    r"(?<!\w)(?P<who>[^\s“”\"«»„;:,.][^“”\"«»„;:,.\n]{1,60}?)['’]s?\s+(?:\w+\s+)?(?P<cue>points?|demands?|message|"
    r"reply|answer|response|words|statement|argument|condition|position|comment)\s+(?:was|is|were|are)\b"
)
_QUOTED_AS = re.compile(
    r"\bquot(?:ed|es|ing)\s+(?P<who>[^“”\"«»„;:,\n]{2,80}?)\s+as\s+(?P<cue>saying|telling|stating)\b"
)
_COLON = re.compile(r"(?P<who>[^\s“”\"«»„;:,.][^“”\"«»„;:,.\n]{1,60})(?P<cue>:)\s*$")
_BEFORE_VERB = re.compile(
    r"(?:\s+|\b(?:has|have|had|is|was|also|then|later|again|once|earlier|further|who|now|just|often|\w+ly))+$"
)
_CLAUSE = re.compile(r"(?:[,;:—–]\s+|\b(?:that|which|what|and|but|when|while|as|where|because|if)\s+)", re.IGNORECASE)
_COUNTING = re.compile(
    r"[\s,;]*(?:and|or|but)?[\s,]*(?:the\s+)?(?:(?:first|second|third|fourth|fifth|last)(?:ly)?|finally|then|also)?"
    r"[\s,:]*",
    re.IGNORECASE,
)
_SPEAKS = ("person", "pronoun", "office", "body", "place", "described", "several")
_FEWEST_WORDS = 4
_SHORT_WORDS = 3
_INTERRUPTION, _INTERRUPTION_WORDS = 200, 9
_FAR = 400
_BESIDE, _CONTINUED = 0.55, 0.4
_LONGEST_TITLE = 12


@dataclass(frozen=True)
class Telling:
    """The words that tell whose a quotation is."""

    source: Range
    cue: Range


def joined_interruptions(reading: Reading, found: list[Utterance]) -> list[Utterance]:
    """Each utterance with what goes on after its own “he said”, where nothing else tells whose that is."""
    result: list[Utterance] = []
    for utterance in found:
        if result and _goes_on(reading, result[-1], utterance):
            whole = united([*result[-1].content, *utterance.content])
            result[-1] = replace(result[-1], content=tuple(whole))
        else:
            result.append(utterance)
    return result


def _goes_on(reading: Reading, before: Utterance, utterance: Utterance) -> bool:
    """Whether an utterance is the rest of the one before, which only its own cue interrupts."""
    if before.is_nested or utterance.is_nested or (utterance.cue and utterance.cue != before.cue):
        return False
    if utterance.source and utterance.source != before.source:
        return False
    start, end = before.place[1], utterance.place[0]
    if not 0 <= end - start <= _INTERRUPTION or reading.paragraph_at(start) != reading.paragraph_at(end):
        return False
    quoted = reading.quotation_at(before.place[1] - 1) and reading.quotation_at(end)
    told_by = [each for each in (before.cue, before.source) if each and start <= each[0] < end]
    other = " ".join(reading.text[slice(*part)] for part in without((start, end), told_by))
    if _COUNTING.fullmatch(other):
        return bool(quoted)
    return bool(quoted and told_by) and word_count(other) <= _INTERRUPTION_WORDS


def overlooked(reading: Reading, found: list[Utterance]) -> list[Utterance]:
    """Utterances of the quotations that none of `found` holds."""
    claimed = united(part for utterance in found if not utterance.is_nested for part in utterance.content)
    ends = sorted(utterance.place[1] for utterance in found if not utterance.is_nested)
    made: list[Utterance] = []
    for quotation in reading.quotations:
        last = max(_last_before(ends, quotation.start), made[-1].place[1] if made else -1)
        whole = (quotation.start, quotation.end)
        if not _is_claimed(whole, claimed) and (one := _utterance(reading, quotation, last)):
            made.append(one)
    return made


def with_speakers_beside(reading: Reading, found: list[Utterance]) -> list[Utterance]:
    """Each utterance; a quotation without a source with the speaker who clearly stands beside it."""
    return [_with_speaker_beside(reading, utterance) for utterance in found]


def _with_speaker_beside(reading: Reading, utterance: Utterance) -> Utterance:
    quotation = reading.quotation_at(utterance.place[0])
    if utterance.source or utterance.is_nested or utterance.continues or quotation is None:
        return utterance
    told = telling(reading, quotation)
    if told is None:
        return utterance
    return replace(utterance, source=told.source, cue=utterance.cue or told.cue, source_confidence=_BESIDE)


def _last_before(ends: list[int], position: int) -> int:
    """The last of `ends` that is not after a position; -1 where all are."""
    place = bisect_right(ends, position)
    return ends[place - 1] if place else -1


def _is_claimed(whole: Range, claimed: list[Range]) -> bool:
    place = bisect_right(claimed, whole)
    return any(overlap(whole, part) for part in claimed[max(0, place - 1) : place + 1])


def _utterance(reading: Reading, quotation: Quotation, last: int) -> Utterance | None:
    """A quotation's utterance; `last` is where the one before it ends, -1 without one."""
    said = reading.text[quotation.words[0][0] : quotation.words[-1][1]]
    if _is_title(said):
        return None
    content = ((quotation.start, quotation.end),)
    if (is_sentence(said) or word_count(said) >= _FEWEST_WORDS) and (told := telling(reading, quotation)):
        return Utterance(content, told.cue, told.source, _BESIDE, _BESIDE, is_found=True)
    if word_count(said) < _FEWEST_WORDS or last < 0:
        return None
    if any(rule(reading, quotation, last) for rule in (_is_counted_on, _is_interrupted, _stands_alone)):
        return Utterance(content, confidence=_CONTINUED, continues=True, is_found=True)
    return None


def is_sentence(said: str) -> bool:
    """Whether quoted words are a sentence, however short: “We stand united.”."""
    return word_count(said) > 1 and said[:1].isupper() and said.rstrip().endswith((".", "!", "?", ","))


def _is_title(said: str) -> bool:
    """Whether words are capitalised as a book's or a film's title is: all but the short ones."""
    words = re.findall(r"\w[\w'’-]*", said)
    long = [word for word in words if len(word) > _SHORT_WORDS]
    return len(words) <= _LONGEST_TITLE and len(long) > 1 and sum(word[0].isupper() for word in long) == len(long)


def _is_counted_on(reading: Reading, quotation: Quotation, last: int) -> bool:
    """Whether a quotation is the next point of an utterance's: “…, and second, “…”."""
    return quotation.start - last <= _INTERRUPTION and bool(_COUNTING.fullmatch(reading.text, last, quotation.start))


def _is_interrupted(reading: Reading, quotation: Quotation, last: int) -> bool:
    """Whether only a verb of saying and its speaker part a quotation from what the same sentence quoted before."""
    if quotation.start - last > _INTERRUPTION or reading.sentence_at(last - 1) != reading.sentence_at(quotation.start):
        return False
    return _VERB.search(reading.text, last, quotation.start) is not None


def _stands_alone(reading: Reading, quotation: Quotation, last: int) -> bool:
    """Whether a quotation is a sentence by itself, in the paragraph of another utterance or the next one."""
    sentence = reading.sentence_at(quotation.start)
    if any(reading.words_in(part) for part in reading.reported(sentence)):
        return False
    return reading.paragraph_number(quotation.start) - reading.paragraph_number(last - 1) <= 1


def telling(reading: Reading, quotation: Quotation) -> Telling | None:
    """The nearest speaker with a verb: after the quotation if it ends with a comma, else before it, else after."""
    after, before = list(_after(reading, quotation)), list(_before(reading, quotation))
    said = reading.text[quotation.words[-1][0] : quotation.words[-1][1]].rstrip()
    order = [*after, *before] if said.endswith((",", "?", "!")) else [*before, *after]
    return order[0] if order else None


def _after(reading: Reading, quotation: Quotation) -> Iterator[Telling]:
    following = reading.after(quotation)
    limit = max(reading.sentence_at(quotation.start)[1], quotation.end)
    limit = min(limit, following.start) if following else limit
    if (found := _QUOTED_AS.search(reading.text, quotation.end, limit)) and (told := _told(reading, found)):
        yield told
    for pattern in (_AFTER_VERB, _AFTER_SUBJECT):
        if (found := pattern.match(reading.text, quotation.end, limit)) and (told := _told(reading, found)):
            yield told
    if (found := _ACCORDING.search(reading.text, quotation.end, limit)) and (told := _told(reading, found)):
        yield told


def _before(reading: Reading, quotation: Quotation) -> Iterator[Telling]:
    start = _segment_start(reading, quotation)
    for pattern in (_QUOTED_AS, _POINT):
        if (found := pattern.search(reading.text, start, quotation.start)) and (told := _told(reading, found)):
            yield told
    for verb in reversed(list(_VERB.finditer(reading.text, start, quotation.start))):
        if not reading.quotation_at(verb.start()) and (source := subject_before(reading, start, verb.start())):
            yield Telling(source, verb.span("cue"))
    for pattern in (_ACCORDING, _IN_VIEW):
        if (found := pattern.search(reading.text, start, quotation.start)) and (told := _told(reading, found)):
            yield told
    if (found := _COLON.match(reading.text, start, quotation.start)) and (told := _told(reading, found)):
        yield told


def _segment_start(reading: Reading, quotation: Quotation) -> int:
    """Where the reporter's words before a quotation begin: after the last quotation that is no mere name."""
    start = max(reading.sentence_at(quotation.start)[0], quotation.start - _FAR)
    for other in reading.quotations_in((start, quotation.start)):
        if other.end <= quotation.start and word_count(reading.text[other.start : other.end]) > _SHORT_WORDS:
            start = max(start, other.end)
    return min(start, quotation.start)


def _told(reading: Reading, found: re.Match[str]) -> Telling | None:
    source = speaker_in(reading, trimmed(reading.text, found.span("who")))
    return Telling(source, found.span("cue")) if source else None


def subject_before(reading: Reading, start: int, verb: int) -> Range | None:
    """Who stands before a verb: the end of its clause, or what an apposition between commas parts from it."""
    ending = _BEFORE_VERB.search(reading.text, start, verb)
    end = ending.start() if ending else verb
    clauses = [found.end() for found in _CLAUSE.finditer(reading.text, start, end)]
    if reading.text[start:end].rstrip().endswith(","):
        clauses = clauses[:-2] if len(clauses) > 1 else []
        end = reading.text.rindex(",", start, end)
    last = clauses[-1] if clauses else start
    joint = (clauses[-2] if len(clauses) > 1 else start, end)
    if clauses and reading.text[:last].endswith("and ") and (both := read_mention(reading.text, joint)):
        return both.range if both.kind == "several" else speaker_in(reading, trimmed(reading.text, (last, end)))
    return speaker_in(reading, trimmed(reading.text, (last, end)))


def speaker_in(reading: Reading, place: Range) -> Range | None:
    """The part of a place that names a speaker; None where nothing in it does."""
    mention = read_mention(reading.text, place) if place[0] < place[1] else None
    if mention is None or mention.kind not in _SPEAKS or mention.noun in ("relative", "writer"):
        return None
    return _tight(reading, mention)


def _tight(reading: Reading, mention: Mention) -> Range:
    """A person's name with the office before it, without what else stands in front."""
    if mention.kind != "person" or "," in mention.text:
        return mention.range
    start = reading.text.find(mention.name, *mention.range)
    if mention.label_range:
        start = min(start, mention.label_range[0])
    return (start, mention.range[1]) if start >= 0 else mention.range
