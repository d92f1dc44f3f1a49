"""Quotations that no attribution claimed: who may have said them, by the next best reading and by what stands near."""

from collections.abc import Iterator
from dataclasses import replace

from quotes.extraction.marks import QuotedRun
from quotes.extraction.pieces import Text
from quotes.extraction.tagging import Found, WordSpan, covers, overlaps

FEWEST_WORDS = 5
"""A shorter quotation may be a title, a nickname or a doubtful word."""
CLOSE = 2
"""Words between an interrupted quotation and its speaker."""
_GOES_ON = ",;—–-"
NEAR = 1
"""Paragraphs from a claimed quotation within which the same voice may go on."""


def claimed(reading: Text, kept: list[Found], doubtful: list[Found]) -> list[Found]:
    """`kept`, and for each long quotation that nothing in it covers the likeliest that covers it.

    What stands right before its speaker is part of an interrupted one (`“We wait,” she said, “and hope.”`); else it is
    the best of the `doubtful` whose content it is, else whoever was quoted just before it.
    """
    found = [interrupted(reading, each, kept) for each in kept]
    for words in unclaimed(reading, found):
        best = max(
            (each for each in doubtful if any(covers(content, words) for content in each.content)),
            key=lambda each: each.accepted,
            default=None,
        )
        best = best or going_on(reading, found, words)
        if best is not None and best not in found:
            found.append(best)
    return found


def unclaimed(reading: Text, kept: list[Found]) -> Iterator[WordSpan]:
    """The words of each quotation of some length that shares none with a kept attribution."""
    for run in reading.marks.runs:
        words = words_of(reading, run)
        long = sum(word.text.isalnum() for word in reading.words[slice(*words)]) >= FEWEST_WORDS
        if run.depth == 1 and long and not any(overlaps(part, words) for each in kept for part in each.parts):
            yield words


def interrupted(reading: Text, found: Found, kept: list[Found]) -> Found:
    """The attribution with the quotation right before its source or cue, if that is nobody's and it goes on behind."""
    begin = min(start for start, _ in found.parts)
    voice = min((start for start, _ in (*found.source, *([found.cue] if found.cue else []))), default=begin)
    if begin < voice or not _is_quoted(reading, found):
        return found
    for run in reading.marks.runs_over(*_before(reading, voice)):
        words = words_of(reading, run)
        nobodys = not any(overlaps(part, words) for each in kept for part in each.parts)
        comma = reading.text[run.inner_end - 1] in _GOES_ON
        if run.depth == 1 and words[0] < words[1] <= voice <= words[1] + CLOSE and nobodys and comma:
            return replace(found, content=(words, *found.content))
    return found


def _before(reading: Text, word: int) -> tuple[int, int]:
    """The few characters before a word."""
    return reading.words[max(word - CLOSE, 0)].start, reading.words[word].start


def words_of(reading: Text, run: QuotedRun) -> WordSpan:
    """First word within the run and the one after its last."""
    start = reading.word_at(run.inner_start)
    return start, reading.word_at(run.inner_end)


def going_on(reading: Text, kept: list[Found], words: WordSpan) -> Found | None:
    """The attribution that ends right before, in this paragraph or the one before, if it too was quoted."""
    paragraph = reading.words[words[0]].paragraph
    before = [each for each in kept if each.end <= words[0] and each.source]
    if not before:
        return None
    latest = max(before, key=lambda each: each.end)
    if paragraph - reading.words[latest.end - 1].paragraph > NEAR or not _is_quoted(reading, latest):
        return None
    return replace(latest, cue=None, content=(words,), accepted=latest.accepted / 4, content_likely=0.5)


def _is_quoted(reading: Text, found: Found) -> bool:
    return any(reading.features.run[start:end].any() for start, end in found.content)
