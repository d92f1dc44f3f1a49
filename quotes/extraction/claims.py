"""What a text claims that somebody said, by rule alone: its quotations, or what it reports where it quotes nothing.

No model is asked: this is for the second in which somebody waits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from quotes.extraction.lexicon import SAYING
from quotes.extraction.mentions import read_mention
from quotes.extraction.modes import word_count
from quotes.extraction.overlooked import speaker_in, subject_before, telling
from quotes.extraction.proposals import Range
from quotes.extraction.reading import Quotation, Reading, read_article, trimmed
from quotes.extraction.reported import reported

FEWEST_WORDS = 3
"""A shorter quotation in a longer text is a title, a nickname or a word held at arm's length."""
LONGEST_PASSAGE = 150
"""Words of a text without quotation marks that is taken for a quotation itself."""
_VERBS = "|".join(sorted(SAYING, key=len, reverse=True))
_VERB = re.compile(rf"\b(?:{_VERBS})\b")
_SAID = re.compile(
    rf"\s*(?P<who>[^\s:;“”\"«»„](?:[^:;“”\"«»„\n]{{0,90}}?))\s+(?:(?:has|have|had|also|again|once|then|later)\s+)*"
    rf"(?:{_VERBS})\b(?:[^.;:“”\"«»„]{{0,60}}?\s+that\b|:|\s*,)?\s*(?P<claim>\S.*)",
    re.DOTALL,
)
_ACCORDING = re.compile(r"\s*[Aa]ccording to\s+(?P<who>[^:;,“”\"«»„\n]{2,90}),\s+(?P<claim>\S.*)", re.DOTALL)
_COLON = re.compile(r"\s*(?P<who>[^:;,.“”\"«»„\n]{2,90}):\s+(?P<claim>\S.*)", re.DOTALL)
_WHO = '[^:;,“”"«»„\\n]{2,90}?'
_SAYS_SO = re.compile(
    rf"\s*(?P<claim>\S.*\S),\s+(?:(?:{_VERBS})\s+(?P<who>{_WHO})|(?P<subject>{_WHO})\s+(?:{_VERBS})"
    rf"|according to\s+(?P<source>{_WHO}))[.!?\s]*",
    re.DOTALL,
)
_INTRODUCED = re.compile(r"\s*,?\s*that\b\s*", re.IGNORECASE)
_IN_VIEW = re.compile(r"^(?:in|on)\s+", re.IGNORECASE)
_FAR = 2
_PRONOUN = re.compile(r"(?:he|she|they|it|we|i|who|this|that)", re.IGNORECASE)


@dataclass(frozen=True)
class Claim:
    """Words somebody is said to have said: code points `start` to `end` of the text.

    `is_quoted` says that they stand in quotation marks. `speaker` is who is named, as the text has it, empty where
    nobody is; `is_sure` that the name stands beside the words and isn't taken from the sentence before. `lacks_mark`
    says that its marks don't pair up, so that where it ends was guessed.
    """

    text: str
    start: int
    end: int
    is_quoted: bool
    speaker: str = ""
    is_sure: bool = False
    lacks_mark: bool = False


@dataclass(frozen=True)
class Claims:
    """What a text claims, in its order; `short` quotations of one or two words were passed over."""

    found: tuple[Claim, ...] = ()
    short: int = 0


def read_claims(text: str) -> Claims:
    """All claims of a text; none where a long text neither quotes nor reports. In proportion to its length."""
    reading = read_article(text)
    if not reading.quotations:
        return Claims(tuple(_unquoted(reading)))
    found = list(_quoted(reading))
    long = [claim for claim in found if word_count(claim.text) >= FEWEST_WORDS]
    return Claims(tuple(long or found), len(found) - len(long or found))


def _quoted(reading: Reading) -> Iterator[Claim]:
    """The quotations; what goes on in the next paragraph is one with its beginning."""
    before: Claim | None = None
    parts: list[Quotation] = []
    for quotation in reading.quotations:
        parts.append(quotation)
        if not quotation.goes_on or quotation == reading.quotations[-1]:
            before = replace(_claim(reading, parts, before), lacks_mark=_lacks_mark(parts))
            yield before
            parts = []


def _lacks_mark(parts: list[Quotation]) -> bool:
    first, last = parts[0], parts[-1]
    return first.words[0][0] == first.start or last.words[-1][1] == last.end


def _claim(reading: Reading, parts: list[Quotation], before: Claim | None) -> Claim:
    text = " ".join("".join(reading.slice(place) for place in part.words) for part in parts)
    start, end = parts[0].words[0][0], parts[-1].words[-1][1]
    told = next(filter(None, (telling(reading, part) for part in (parts[0], parts[-1]))), None)
    speaker = _IN_VIEW.sub("", reading.slice(told.source)) if told else ""
    if speaker and not _PRONOUN.fullmatch(speaker):
        return Claim(text, start, end, True, speaker, True)
    if before and reading.paragraph_number(start) - reading.paragraph_number(before.end) <= _FAR:
        # “We must,” Macron said, “think about it”: the name stands beside both.
        interrupted = not speaker and reading.sentence_at(before.start) == reading.sentence_at(start)
        return Claim(text, start, end, True, before.speaker, before.is_sure and interrupted)
    return Claim(text, start, end, True, _named_before(reading, start) if speaker else "")


def _named_before(reading: Reading, position: int) -> str:
    """Who spoke last in the reporter's own words: whom “he said” means."""
    for sentence in (reading.sentence_at(position), *reading.sentences_before(position, _FAR)):
        for verb in _VERB.finditer(reading.text, sentence[0], min(sentence[1], position)):
            source = subject_before(reading, sentence[0], verb.start())
            if source and not _PRONOUN.fullmatch(reading.slice(source)):
                return reading.slice(source)
    return ""


def _unquoted(reading: Reading) -> Iterator[Claim]:
    whole = trimmed(reading.text, (0, len(reading.text)))
    words = word_count(reading.slice(whole))
    if words <= LONGEST_PASSAGE:
        yield from [_passage(reading, whole)] if words else []
        return
    for utterance in reported(reading, []):
        source = reading.slice(utterance.source)
        yield Claim(reading.slice(utterance.place), *utterance.place, False, source, bool(source))


def _passage(reading: Reading, whole: Range) -> Claim:
    """A text without quotation marks: what stands after “Macron said”, or all of it."""
    for pattern in (_ACCORDING, _SAID, _COLON, _SAYS_SO):
        found = pattern.fullmatch(reading.text, *whole)
        group = next((name for name in ("who", "subject", "source") if found and found.groupdict().get(name)), "who")
        who = _speaker(reading, found.span(group)) if found else None
        if found and who:
            start, end = found.span("claim")
            if introduced := _INTRODUCED.match(reading.text, start, end):
                start = introduced.end()
            if word_count(reading.text[start:end]):
                return Claim(reading.text[start:end], start, end, False, who, not _PRONOUN.fullmatch(who))
    return Claim(reading.slice(whole), *whole, False)


def _speaker(reading: Reading, place: Range) -> str | None:
    """Who a place names, where it names a speaker and says nothing else."""
    mention = read_mention(reading.text, place)
    source = speaker_in(reading, place)
    if mention is None or source is None or mention.kind in ("unclear", "several"):
        return None
    whole = trimmed(reading.text, place)
    return reading.slice(source) if mention.range[0] <= whole[0] and mention.range[1] >= whole[1] - 2 else None
