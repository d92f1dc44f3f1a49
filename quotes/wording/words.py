"""The words of a wording, with the places they stand in: what two wordings are compared by.

A word's key leaves out what printers differ in: case, accents on Latin letters, the kind of an apostrophe, full words
for contractions. Marks, dashes and brackets are no words; that an ellipsis stands before a word is remembered.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from quotes.spans import Span, Spans
from quotes.text import SPACELESS

_MARKS = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)).startswith("M"))
_LETTER = rf"[^\W_{SPACELESS}][{_MARKS}\u00ad\u200c\u200d]*"
_TOKEN = re.compile(
    rf"(?P<gap>…|\.(?: ?\.){{2,}})"
    rf"|(?P<number>\d+(?:[.,]\d+)*(?:{_LETTER})*)"
    rf"|(?P<dotted>(?:[^\W\d_]\.){{2,}})"
    rf"|(?P<word>(?:{_LETTER})+(?:['’ʼ＇](?:{_LETTER})+)*)"
    rf"|(?P<symbol>[{SPACELESS}][{_MARKS}]*)"
    rf"|(?P<unit>[%％$€£])"
    rf"|(?P<bracket>\[(?=[^\[\]]{{0,300}}\])|\])"
)
_STARTS = re.compile(r"[.!?…:;\n“”\"«»„¿¡]")
_TWOFOLD = frozenset(("cent", "cannot"))
"""Of the words of ASCII letters alone these may not stand for themselves; all others are their own keys."""
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "＇": "'", "\u00ad": None, "\u200c": None, "\u200d": None})
_CONTRACTED = {"'ll": "will", "'re": "are", "'ve": "have", "'m": "am"}
_BEFORE_NOT = {"wo": "will", "sha": "shall", "ai": "is", "ca": "can"}
_ELIDED = re.compile(r"(?:l|d|j|m|t|s|c|n|qu|jusqu|lorsqu|puisqu)'(?=.)")
_UNITS = {"%": "percent", "％": "percent"}
_LATIN_MARKS = range(0x300, 0x370)


@dataclass(frozen=True, slots=True)
class Word:
    """A word: `key` is what is compared, `start` and `end` are code points of the wording's text.

    `added` says that whoever prints it added it in brackets; `opens` that a sentence or a quotation begins with it.
    """

    key: str
    start: int
    end: int
    added: bool = False
    opens: bool = False


@dataclass(frozen=True)
class Wording:
    """A text and its words; `gaps` are the places in `words` before which an ellipsis stands."""

    text: str
    words: tuple[Word, ...] = ()
    gaps: frozenset[int] = field(default_factory=frozenset)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What each word is compared by."""
        return tuple(word.key for word in self.words)

    def slice(self, start: int, end: int) -> str:
        """The text from the word at `start` up to the one at `end`, without what stands around them."""
        return self.text[self.words[start].start : self.words[end - 1].end] if start < end else ""


def read_wording(text: str) -> Wording:
    """The words of a text, whatever it is. Takes time in proportion to its length."""
    words: list[Word] = []
    gaps: set[int] = set()
    added = False
    for token in _TOKEN.finditer(text):
        kind, word = str(token.lastgroup), token.group()
        if kind == "word" and word.isascii() and word.isalpha() and (key := word.lower()) not in _TWOFOLD:
            words.append(Word(key, token.start(), token.end(), added, _opens(text, words, token.start())))
        elif kind == "gap":
            gaps.add(len(words))
        elif kind == "bracket":
            added = word == "["
        else:
            _add(words, _read(token, kind, added=added, opens=_opens(text, words, token.start())))
    return Wording(text, tuple(words), frozenset(gaps))


def read_spans(spans: Spans) -> Wording:
    """The words of a wording on record; insertions are added words, an omission is a gap."""
    if len(spans) == 1 and spans[0].mode != "insertion":
        return read_wording(part_of(spans[0]))
    text = ""
    words: list[Word] = []
    gaps: set[int] = set()
    for span in spans:
        part = part_of(span)
        read = read_wording(part)
        gaps |= {len(words) + gap for gap in read.gaps}
        added = span.mode == "insertion"
        opens = not text.strip() or bool(_STARTS.search(text.rstrip()[-2:]))
        for place, word in enumerate(read.words):
            start, end = word.start + len(text), word.end + len(text)
            begins = word.opens if place else opens
            words.append(replace(word, start=start, end=end, added=added or word.added, opens=begins))
        text += part
    return Wording(text, tuple(words), frozenset(gaps))


def modes_between(spans: Spans, start: int, end: int) -> set[str]:
    """The speech modes of what stands between two code points of a wording as `read_spans` reads it."""
    modes: set[str] = set()
    at = 0
    for span in spans:
        length = len(part_of(span))
        if at < end and start < at + length:
            modes.add(span.mode)
        at += length
    return modes


def part_of(span: Span) -> str:
    """A span as the text of a wording has it."""
    return " … " if span.mode == "omission" else span.text


def _opens(text: str, words: list[Word], start: int) -> bool:
    if not words:
        return True
    end = words[-1].end
    # Nearly always a space stands between two words.
    return text[end:start] != " " and bool(_STARTS.search(text, end, start))


def _read(token: re.Match[str], kind: str, *, added: bool, opens: bool) -> Iterator[Word]:
    start, end = token.span()
    key = _key(token.group())
    if kind == "number" and _GROUPED.fullmatch(key):
        key = key.replace(",", "")
    parts = _parts(key) if kind == "word" else [(key.replace(".", "") if kind == "dotted" else _UNITS.get(key, key), 0)]
    for place, (part, length) in enumerate(parts):
        # A key may be longer than what it is the key of (ß), so the last part ends where the word does.
        until = end if place == len(parts) - 1 else min(start + length, end - 1)
        yield Word(part, start, until, added, opens and place == 0)
        start = until


def _parts(key: str) -> list[tuple[str, int]]:
    """The words a contraction stands for, each with how many of its letters are its own."""
    if key == "cannot":
        return [("can", 3), ("not", 3)]
    if key.endswith("n't") and len(key) > len("n't"):
        before = key[:-3]
        return [(_BEFORE_NOT.get(before, before), len(before)), ("not", 3)]
    for ending, full in _CONTRACTED.items():
        if key.endswith(ending) and len(key) > len(ending):
            return [(key[: -len(ending)], len(key) - len(ending)), (full, len(ending))]
    if elided := _ELIDED.match(key):
        first = "ne" if elided.group() == "n'" else elided.group()
        return [(first, elided.end()), (key[elided.end() :], len(key) - elided.end())]
    return [(key, len(key))]


def _add(words: list[Word], more: Iterable[Word]) -> None:
    """Add words; “per cent” is one."""
    for word in more:
        if words and (words[-1].key, word.key) == ("per", "cent"):
            words[-1] = replace(words[-1], key="percent", end=word.end)
        else:
            words.append(word)


@lru_cache(2**13)
def _key(word: str) -> str:
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES)).casefold()
    return unicodedata.normalize("NFC", "".join(_without_accents(parts)))


def _without_accents(parts: str) -> Iterator[str]:
    """The symbols without the accents of Latin letters: elsewhere a mark makes another letter, as in й and が."""
    latin = False
    for symbol in parts:
        if ord(symbol) not in _LATIN_MARKS:
            latin = symbol.isascii()
            yield symbol
        elif not latin:
            yield symbol
