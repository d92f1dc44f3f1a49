"""Finding words wherever they stand, whatever their case, marks and spaces, and blanking them at equal length."""

import unicodedata
from collections.abc import Iterable, Iterator

BLANK = "█"
_TELLING = 12
"""A run of words this long tells what was said wherever it stands; a shorter one may be anybody's."""
_PART, _DENSE_PART = 48, 16
"""Of a longer run, so many letters in a row tell it too: a headline may quote half a sentence. Where one letter is a
word, as in Chinese, fewer do. Fewer than these could be no more than a treaty's full name."""
_DENSE = range(0x2E80, 0xA000)

Stretch = tuple[int, int]


class Traces:
    """Words that must stand nowhere any more."""

    def __init__(self, runs: Iterable[str]) -> None:
        telling = {"".join(_letters(run)[0]) for run in runs if len(run.strip()) >= _TELLING}
        self._runs = sorted(telling - {""}, key=len, reverse=True)
        self._parts: dict[int, set[str]] = {_PART: set(), _DENSE_PART: set()}
        for run in self._runs:
            size = _part_of(run)
            self._parts[size] |= {run[start : start + size] for start in range(len(run) - size + 1)}

    def stand_in(self, text: str) -> bool:
        """Whether any of the words stand in the text."""
        return next(self._found(text), None) is not None

    def blanked(self, text: str) -> str:
        """The text with the words blanked at equal length."""
        symbols = list(text)
        for start, end in self._found(text):
            symbols[start:end] = BLANK * (end - start)
        return "".join(symbols)

    def _found(self, text: str) -> Iterator[Stretch]:
        """Where the words stand, in code points of the text."""
        letters, places = _letters(text)
        joined = "".join(letters)
        for start, end in [*self._wholes(joined, text, places), *self._pieces(joined)]:
            yield places[start], _past(text, places[end - 1])

    def _wholes(self, joined: str, text: str, places: list[int]) -> Iterator[Stretch]:
        """Whole runs, where words begin and end with them."""
        for run in self._runs:
            start = joined.find(run)
            while start >= 0:
                end = start + len(run)
                if _is_edge(text, places[start] - 1, run[0]) and _is_edge(text, places[end - 1] + 1, run[-1]):
                    yield start, end
                start = joined.find(run, start + 1)

    def _pieces(self, joined: str) -> Iterator[Stretch]:
        """Parts of runs; where they overlap, they add up to all that is the same."""
        for size, parts in self._parts.items():
            if parts:
                hits = (at for at in range(len(joined) - size + 1) if joined[at : at + size] in parts)
                yield from ((at, at + size) for at in hits)


def _letters(text: str) -> tuple[list[str], list[int]]:
    """Letters and digits without case and accents, and where in the text each stands."""
    letters: list[str] = []
    places: list[int] = []
    for place, symbol in enumerate(text):
        for letter in unicodedata.normalize("NFKD", symbol.casefold()):
            if letter.isalnum():
                letters.append(letter)
                places.append(place)
    return letters, places


def _part_of(run: str) -> int:
    dense = sum(ord(letter) in _DENSE for letter in run)
    return _DENSE_PART if dense * 2 > len(run) else _PART


def _past(text: str, place: int) -> int:
    """The end of the letter at `place`, with the accents and vowel signs that follow it."""
    place += 1
    while place < len(text) and unicodedata.category(text[place]).startswith("M"):
        place += 1
    return place


def _is_edge(text: str, place: int, letter: str) -> bool:
    """Whether a word may end at `letter`, with what stands at `place` beside it."""
    outside = not 0 <= place < len(text)
    return outside or ord(letter) in _DENSE or not text[place].isalnum()
