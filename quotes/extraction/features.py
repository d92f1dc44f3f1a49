"""What the net sees of each word beside its letters: how it is written, where it stands, and between which marks."""

from dataclasses import dataclass

import numpy as np

from quotes.extraction.marks import DOUBLE_GLYPHS, SINGLE_GLYPHS, Facing, Marks
from quotes.extraction.words import Word

SHAPES = ("other", "lower", "capital", "upper", "mixed", "digits", "punctuation", "letter")
QUOTES = ("outside", "inside", "nested", "opens", "closes", "stray")
PLACES = ("within", "begins a sentence", "begins a paragraph")
READ_AS = {Facing.OPENS: "“", Facing.CLOSES: "”", Facing.STRAY: '"'}
"""How a mark is shown to the net, whichever glyph it has: by what it does."""


@dataclass(frozen=True)
class Features:
    """One row a word: integers below the lengths of SHAPES, QUOTES and PLACES.

    `run` numbers the outermost quoted run a word stands in from 1, 0 outside all.
    """

    shape: np.ndarray
    quote: np.ndarray
    place: np.ndarray
    run: np.ndarray


def describe(words: list[Word], marks: Marks) -> Features:
    count = len(words)
    shape = np.fromiter((_shape(word.text) for word in words), np.int64, count)
    quote = np.fromiter((_quote(word, marks) for word in words), np.int64, count)
    return Features(shape, quote, _places(words), _runs(words, marks))


def shown(word: Word, marks: Marks) -> str:
    """The word as the net reads it."""
    facing = marks.facing.get(word.start)
    if facing is None or word.text in SINGLE_GLYPHS:
        return "'" if word.text in SINGLE_GLYPHS else word.text
    return READ_AS[facing]


def _shape(text: str) -> int:
    return SHAPES.index(_shape_name(text) if text[0].isalnum() else "punctuation")


def _shape_name(text: str) -> str:
    if text.isdigit():
        return "digits"
    if text.islower():
        return "lower"
    if len(text) == 1:
        return "letter"
    if text.isupper():
        return "upper"
    capital = text[0].isupper() and text[1:].islower()
    return "capital" if capital else "mixed" if text.isalpha() else "other"


def _quote(word: Word, marks: Marks) -> int:
    facing = marks.facing.get(word.start)
    if facing is not None and word.text in DOUBLE_GLYPHS:
        return QUOTES.index(facing.value)
    return marks.depth_at(word.start)


def _places(words: list[Word]) -> np.ndarray:
    places = np.zeros(len(words), np.int64)
    for place, word in enumerate(words):
        before = words[place - 1] if place else None
        if before is None or word.paragraph != before.paragraph:
            places[place] = 2
        elif word.sentence != before.sentence:
            places[place] = 1
    return places


def _runs(words: list[Word], marks: Marks) -> np.ndarray:
    outer = [run for run in marks.runs if run.depth == 1]
    runs = np.zeros(len(words), np.int64)
    number = 0
    for place, word in enumerate(words):
        while number < len(outer) and outer[number].end <= word.start:
            number += 1
        if number < len(outer) and outer[number].start <= word.start:
            runs[place] = number + 1
    return runs
