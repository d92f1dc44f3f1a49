"""Words of a text with their places in it: what every later step counts in."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"\w+|[^\w\s]")
_LINE = re.compile(r"[\n\r\u2028\u2029]")
_ENDS_SENTENCE = re.compile(r"[.!?…]+$")
_TITLES = ("mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "lt", "col", "sgt", "capt", "adm", "rev", "hon")
_MONTHS = ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec")
_OTHERS = ("st", "jr", "sr", "inc", "corp", "ltd", "co", "vs", "no", "etc", "dept")
_ABBREVIATIONS = frozenset((*_TITLES, *_MONTHS, *_OTHERS, *"abcdefghjklmnopqrstuvwxyz"))
"""What a stop follows without ending a sentence; single letters are initials, but for `I`."""
_CLOSERS = set("\"'”’»)]“")


@dataclass(frozen=True)
class Word:
    """A run of letters and digits, or one other character; `sentence` and `paragraph` count from 0."""

    text: str
    start: int
    end: int
    sentence: int
    paragraph: int


def read_words(text: str, skip: tuple[tuple[int, int], ...] = ()) -> list[Word]:
    """The words of `text` in order, but for those in the ranges of `skip`, which are in order too."""
    words: list[Word] = []
    sentence = paragraph = 0
    previous_end = 0
    skipped = iter([*skip, (len(text) + 1, len(text) + 1)])
    begin, end = next(skipped)
    for match in _WORD.finditer(text):
        while match.start() >= end:
            begin, end = next(skipped)
        if match.start() >= begin:
            continue
        gap = text[previous_end : match.start()]
        if words and _LINE.search(gap):
            paragraph += 1
            sentence += 1
        elif words and gap and _sentence_ended(words, match.group()):
            sentence += 1
        words.append(Word(match.group(), match.start(), match.end(), sentence, paragraph))
        previous_end = match.end()
    return words


def _sentence_ended(words: list[Word], following: str) -> bool:
    """Whether a sentence ended before `following`, which is set off by white space."""
    place = len(words) - 1
    while place > 0 and words[place].text in _CLOSERS:
        place -= 1
    mark = words[place].text
    if mark not in ".!?…" or following.islower():
        return False
    before = words[place - 1].text.lower() if place else ""
    return mark != "." or place != len(words) - 1 or before not in _ABBREVIATIONS
