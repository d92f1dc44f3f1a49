"""Words to the pieces of a fixed vocabulary, without case and accents: the encoder's alphabet."""

import re
import unicodedata
from pathlib import Path

UNKNOWN, BEGIN, END, MASK = "[UNK]", "[CLS]", "[SEP]", "[MASK]"
LONGEST = 100
"""Characters: a longer word is not spelt out."""
_IDEOGRAPH = re.compile("([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f_])")


class NoVocabulary(Exception):
    """The file lists no pieces that a text could be written in."""


class WordPiece:
    """A vocabulary of whole words and of pieces that continue one (`##ing`), taken longest first."""

    def __init__(self, pieces: list[str]) -> None:
        self.numbers = {piece: number for number, piece in enumerate(pieces)}
        missing = {UNKNOWN, BEGIN, END, MASK} - self.numbers.keys()
        if missing:
            raise NoVocabulary(f"the vocabulary lacks {', '.join(sorted(missing))}")
        self.unknown, self.begin, self.end, self.mask = (self.numbers[name] for name in (UNKNOWN, BEGIN, END, MASK))
        self._spelt: dict[str, tuple[int, ...]] = {}

    @classmethod
    def read(cls, path: Path) -> "WordPiece":
        """A vocabulary file: one piece a line, numbered from 0."""
        return cls(path.read_text("utf-8").removesuffix("\n").split("\n"))

    def spell(self, word: str) -> tuple[int, ...]:
        """The pieces of one word; never none."""
        if word not in self._spelt:
            if len(self._spelt) > len(self.numbers):
                self._spelt.clear()
            parts = _IDEOGRAPH.sub(r" \1 ", _plain(word)).split()
            self._spelt[word] = tuple(piece for part in parts for piece in self._pieces(part)) or (self.unknown,)
        return self._spelt[word]

    def _pieces(self, part: str) -> list[int]:
        if len(part) > LONGEST:
            return [self.unknown]
        found, start, prefix = [], 0, ""
        while start < len(part):
            for end in range(len(part), start, -1):
                number = self.numbers.get(prefix + part[start:end])
                if number is not None:
                    break
            else:
                return [self.unknown]
            found.append(number)
            start, prefix = end, "##"
        return found


def _plain(word: str) -> str:
    """Small letters without accents."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
