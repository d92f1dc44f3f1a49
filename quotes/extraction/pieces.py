"""A text as the net takes it: words, marks, features and pieces, all with their places in the raw text."""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from quotes.extraction.attributions import Range
from quotes.extraction.features import Features, describe, shown
from quotes.extraction.lines import boilerplate
from quotes.extraction.marks import Marks, read_marks
from quotes.extraction.wordpiece import WordPiece
from quotes.extraction.words import Word, read_words


@dataclass(frozen=True)
class Text:
    """`pieces` holds the vocabulary's numbers, `first` and `last` the first and last piece of each word in it.

    `dropped` are the ranges of the raw text that were passed over: no word is in them.
    """

    text: str
    words: list[Word]
    dropped: tuple[Range, ...]
    marks: Marks
    features: Features
    pieces: np.ndarray
    first: np.ndarray
    last: np.ndarray

    def word_at(self, position: int) -> int:
        """The number of the first word that ends after `position`."""
        return bisect_right(self.words, position, key=lambda word: word.end)

    @property
    def sizes(self) -> list[int]:
        return [int(size) for size in self.last - self.first + 1]

    @property
    def sentences(self) -> list[int]:
        return [word.sentence for word in self.words]


def read_text(text: str, vocabulary: WordPiece) -> Text:
    marks = read_marks(text)
    dropped = boilerplate(text)
    words = read_words(text, dropped)
    by_word = [vocabulary.spell(shown(word, marks)) for word in words]
    last = np.cumsum([len(pieces) for pieces in by_word], dtype=np.int64) - 1
    first = np.concatenate([[0], last[:-1] + 1]) if words else last
    pieces = np.array([piece for pieces in by_word for piece in pieces], np.int64)
    return Text(text, words, dropped, marks, describe(words, marks), pieces, first, last)
