"""An article read once: its paragraphs, its sentences, its words, and what of it stands in quotation marks.

Every position is one of the raw text, in Unicode code points. A sentence here is a reporter's: a full stop within
quotation marks ends none, so that “He said, “We came. We saw.”” is one.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from quotes.extraction.lexicon import SAYING
from quotes.extraction.lines import boilerplate
from quotes.extraction.marks import Facing, QuotedRun, read_marks
from quotes.extraction.proposals import Range

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?", re.UNICODE)
_STOP = re.compile(r"[.!?…]+[)\]'’]*(?=\s)|;(?=\s)")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_SHORT = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Rev|Jr|Sr|No|vs|etc|U\.S|U\.K|U\.N|D\.C|a\.m|"
    r"p\.m|e\.g|i\.e|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Co|Corp|Inc|Ltd)\.$"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_ENDS_A_SENTENCE = ".!?…"
_LOOK_AHEAD = 60
_LONGEST = 3000
_FAR = 600
_FEW_WORDS = 6


@dataclass(frozen=True)
class Quotation:
    """A quoted run as repaired: `start` and `end` hold its marks, `words` the quoted characters without stray marks.

    `printed_end` is where the source's own first closing mark ends, which differs from `end` where it is misplaced.
    `goes_on` tells that the next paragraph opens with the rest of it.
    """

    start: int
    end: int
    words: tuple[Range, ...]
    printed_end: int
    goes_on: bool = False

    @property
    def is_repaired(self) -> bool:
        """Whether the closing mark stands elsewhere than the source printed it."""
        return self.printed_end != self.end or len(self.words) > 1


@dataclass(frozen=True)
class Word:
    """A word of the text, and where it stands."""

    text: str
    start: int
    end: int

    @cached_property
    def low(self) -> str:
        """The word in lower case without a closing stop or possessive."""
        return bare(self.text.casefold().rstrip("."))

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()


@dataclass(frozen=True)
class Reading:
    """A text with what stands in quotation marks, and the lines that are advertisement or boilerplate (`noise`).

    `inner` are the quotations within quotations.
    """

    text: str
    quotations: tuple[Quotation, ...] = ()
    noise: tuple[Range, ...] = ()
    inner: tuple[Quotation, ...] = ()

    @cached_property
    def within(self) -> "Reading":
        """The text as it reads to somebody inside a quotation: quoted is what stands in its inner marks."""
        return Reading(self.text, self.inner, self.noise)

    @cached_property
    def paragraphs(self) -> list[Range]:
        """The lines that hold anything; noise is left out and parts what stands on its two sides."""
        noise = sorted(self.noise)
        starts = [start for start, _ in noise]
        lines = (line.span() for line in _LINE.finditer(self.text))
        parts = (part for line in lines for part in without(line, _touching(line, noise, starts)))
        return [part for part in parts if not self.text[slice(*part)].isspace()]

    @cached_property
    def sentences(self) -> list[Range]:
        """The reporter's sentences, in order; together they cover the paragraphs."""
        return [sentence for paragraph in self.paragraphs for sentence in self._sentences_of(paragraph)]

    def _sentences_of(self, paragraph: Range) -> Iterator[Range]:
        start, last = paragraph
        for end in self._ends(paragraph):
            if end > start:
                yield from self._short((start, end))
                start = end
        yield from self._short((start, last))

    def _short(self, sentence: Range) -> Iterator[Range]:
        """A sentence, in parts where it is longer than any that is written."""
        start, last = sentence
        while start < last:
            end = last if last - start <= _LONGEST else start + _LONGEST
            quotation = self.quotation_at(end) if end < last else None
            end = min(last, quotation.end) if quotation else end
            part = trimmed(self.text, (start, end))
            if part[0] < part[1]:
                yield part
            start = end

    def _ends(self, paragraph: Range) -> list[int]:
        ends = [
            stop.end()
            for stop in _STOP.finditer(self.text, *paragraph)
            if not self.quotation_at(stop.start()) and not _SHORT.search(self.text[max(0, stop.end() - 8) : stop.end()])
        ]
        ends += [quotation.end for quotation in self._within(paragraph) if self._ends_with(quotation)]
        return sorted(ends)

    def _ends_with(self, quotation: Quotation) -> bool:
        """Whether a reporter's sentence ends where a quotation does."""
        said = self.text[quotation.start : quotation.end].rstrip("”\"»“'’ \u00a0")
        after = self.text[quotation.end : quotation.end + _LOOK_AHEAD]
        if not said.endswith(tuple(_ENDS_A_SENTENCE)) or not re.match(r"\s+[“\"«„]?[A-Z]", after):
            return False
        following = re.split(r"[.,;:“\"\n]", after.strip())[0].split()[:_FEW_WORDS]
        return not any(word.casefold() in SAYING for word in following) or said.endswith(".")

    @cached_property
    def words(self) -> list[Word]:
        """Every word of the text."""
        return [Word(found.group(), *found.span()) for found in _WORD.finditer(self.text)]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    def words_in(self, place: Range) -> list[Word]:
        """The words that begin in a place."""
        first = bisect_right(self._word_starts, place[0] - 1)
        return self.words[first : bisect_right(self._word_starts, place[1] - 1)]

    @cached_property
    def _starts(self) -> list[int]:
        return [quotation.start for quotation in self.quotations]

    def quotation_at(self, position: int) -> Quotation | None:
        """The quotation whose marks and words hold a position."""
        place = bisect_right(self._starts, position) - 1
        found = self.quotations[place] if place >= 0 else None
        return found if found and found.start <= position < found.end else None

    def _within(self, place: Range) -> tuple[Quotation, ...]:
        return self.quotations[bisect_left(self._starts, place[0]) : bisect_left(self._starts, place[1])]

    def after(self, quotation: Quotation) -> Quotation | None:
        """The next quotation; None after the last."""
        place = bisect_right(self._starts, quotation.start)
        return self.quotations[place] if place < len(self.quotations) else None

    def paragraph_number(self, position: int) -> int:
        """Which paragraph a position stands in or after, counted from 1; 0 before the first."""
        return bisect_right(self._paragraph_starts, position)

    def quotations_in(self, place: Range) -> list[Quotation]:
        """The quotations of which any character stands in a place."""
        first = max(0, bisect_right(self._starts, place[0]) - 1)
        near = self.quotations[first : bisect_left(self._starts, place[1])]
        return [quotation for quotation in near if overlap((quotation.start, quotation.end), place)]

    def sentence_at(self, position: int) -> Range:
        """The reporter's sentence that holds a position; an empty one between sentences."""
        return _holding(self.sentences, self._sentence_starts, position)

    def paragraph_at(self, position: int) -> Range:
        """The paragraph that holds a position; an empty one between paragraphs."""
        return _holding(self.paragraphs, self._paragraph_starts, position)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence[0] for sentence in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph[0] for paragraph in self.paragraphs]

    def sentences_before(self, position: int, count: int) -> list[Range]:
        """Up to `count` sentences before the one that holds a position, the nearest first."""
        place = bisect_right(self._sentence_starts, position) - 1
        return self.sentences[max(0, place - count) : max(0, place)][::-1]

    def reported(self, place: Range, *, but: Iterable[Range] = ()) -> list[Range]:
        """The reporter's own words in a place: what stands in no quotation, and in none of the ranges `but`."""
        taken = [(quotation.start, quotation.end) for quotation in self.quotations_in(place)]
        return list(without(place, [*taken, *but]))

    def beside(self, place: Range, *, but: Iterable[Range] = ()) -> list[Range]:
        """The reporter's own words around a place in its sentence, as far as a sentence is read at once."""
        sentence = self.sentence_at(place[0])
        near = max(sentence[0], place[0] - _FAR), min(sentence[1], max(place) + _FAR)
        return self.reported(near, but=but)

    def slice(self, place: Range | None) -> str:
        """The raw characters of a place."""
        return self.text[place[0] : place[1]] if place else ""


def read_article(text: str) -> Reading:
    """Read a raw text: its repaired quotations and what of it is noise."""
    marks = read_marks(text)
    noise = tuple(boilerplate(text))
    strays = sorted(position for position, facing in marks.facing.items() if facing is Facing.STRAY)

    def at_depth(depth: int) -> tuple[Quotation, ...]:
        runs = (run for run in marks.runs if run.depth == depth and run.inner_start < run.inner_end)
        ordered = sorted(runs, key=lambda run: run.start)
        return tuple(made for run in ordered if (made := _quotation(text, run, strays, noise)))

    return Reading(text, at_depth(1), noise, at_depth(2))


def _quotation(text: str, run: QuotedRun, strays: list[int], noise: tuple[Range, ...]) -> Quotation | None:
    """A run without the stray marks in it, nor the stop that one of them was set after by mistake, nor noise."""
    words: list[Range] = []
    at, printed_end = run.inner_start, run.end
    for stray in strays[bisect_left(strays, run.inner_start) : bisect_left(strays, run.inner_end)]:
        goes_on = re.match(r"\s+[^\W\d_A-Z]", text[stray + 1 : stray + 4])
        words.append((at, stray - (text[stray - 1] == "." and goes_on is not None)))
        printed_end = stray + 1 if printed_end == run.end else printed_end
        at = stray + 1
    words = [part for place in [*words, (at, run.inner_end)] for part in without(place, noise) if part[0] < part[1]]
    if not words:
        return None
    return Quotation(run.start, run.end, tuple(words), printed_end, run.continues)


def _touching(line: Range, noise: list[Range], starts: list[int]) -> list[Range]:
    """The noise that a line may hold; noise is in order and nothing of it overlaps."""
    first = max(0, bisect_right(starts, line[0]) - 1)
    return noise[first : bisect_left(starts, line[1])]


def _holding(ranges: list[Range], starts: list[int], position: int) -> Range:
    place = bisect_right(starts, position) - 1
    if place >= 0 and position <= ranges[place][1]:
        return ranges[place]
    return position, position


def bare(word: str) -> str:
    """A word without the apostrophe of a possessive."""
    return _POSSESSIVE.sub("", word)


def overlap(one: Range, other: Range) -> int:
    """How many characters two ranges share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def inside(inner: Range, outer: Range) -> bool:
    """Whether one range lies within another."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def hull(ranges: Iterable[Range]) -> Range | None:
    """The range from the first character to the last; None of none."""
    ranges = list(ranges)
    return (min(start for start, _ in ranges), max(end for _, end in ranges)) if ranges else None


def without(place: Range, taken: Iterable[Range]) -> Iterator[Range]:
    """What is left of a range after others are taken out."""
    at = place[0]
    for start, end in sorted(taken):
        if start >= place[1]:
            break
        if start > at:
            yield at, start
        at = max(at, end)
    if at < place[1]:
        yield at, place[1]


def united(ranges: Iterable[Range]) -> list[Range]:
    """The same characters in as few ranges as possible, in order."""
    result: list[Range] = []
    for start, end in sorted(ranges):
        if result and start <= result[-1][1]:
            result[-1] = result[-1][0], max(end, result[-1][1])
        elif start < end:
            result.append((start, end))
    return result


def trimmed(text: str, place: Range, edge: str = " \t\r\n\u00a0\u202f") -> Range:
    """A range without the edge characters at its ends; an empty one where nothing else is in it."""
    start, end = place
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return start, end
