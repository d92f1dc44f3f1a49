"""Fingerprints of a wording: 64-bit numbers, some of which it shares with every wording that is much like it.

Telling words are taken in pairs (side by side, or with one between them) and in threes, each in alphabetical order and
cut to its first letters, so that a word put in, left out, bent or moved by one place breaks some and never all. The
record keeps all pairs side by side, so that two telling words in a row are found, and of the others the smallest among
every few neighbours (winnowing: Schleimer, Wilkerson and Aiken, 2003); a question asks for all of its own.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import chain, pairwise

from quotes.remembering import Remembered
from quotes.spans import Spans
from quotes.text import SPACELESS
from quotes.wording.common_words import COMMON
from quotes.wording.words import Wording, part_of, read_spans, read_wording

_LETTERS = 6
_WINDOWS = {"pair": 1, "apart": 3, "three": 2}
"""Of so many neighbours of a kind one is kept. Chosen by recall on a generated set, see docs/checking.md."""
_FEW = 3
"""A wording with fewer telling words is also kept whole, common words included."""
_LONGEST_WHOLE = 40
_MOST_KEPT = 2_000
MOST_READ = 64
"""Statements read of one fingerprint, the newest: one that more have tells little. Older ones need not be kept."""
MOST_ASKED = 120
"""Fingerprints of one question: bounds what is read for it."""
_SPACELESS = re.compile(f"[{SPACELESS}]")
# Characters that are their own keys, and marks that are no words.
_HAN_RUN = re.compile("[\u4e00-\u9fff]+")
_HAN = re.compile("[\u4e00-\u9fff，。：；、！？（）《》「」“”]+")
_LONGEST_PIECE = 32
"""Longer pieces between two spaces hardly come again."""
_HALF_A_WORD = "cent"
"""“Per cent” is one word, although a space parts it."""


Numbers = Remembered[tuple[str, ...], int]
"""The numbers of two or three words in any order."""


def kept(wordings: Iterable[Wording]) -> set[int]:
    """What the record keeps of a statement, of all its wordings together."""
    found: dict[int, None] = {}
    for wording in wordings:
        units = telling(wording)
        found |= dict.fromkeys([*_whole(wording, units), *_chosen(units, _numbers)])
    return set(list(found)[:_MOST_KEPT])


def kept_of(wordings: Iterable[Spans], numbers: Numbers | None = None) -> set[int]:
    """The same of wordings on record, without reading again what was read before: five times as fast."""
    found: dict[int, None] = {}
    for spans in wordings:
        units = _units_of(spans)
        if units is None or len(units) < _FEW:
            wording = read_spans(spans)
            units = telling(wording)
            found |= dict.fromkeys(_whole(wording, units))
        found |= dict.fromkeys(_chosen(units, _numbers if numbers is None else numbers))
    return set(found) if len(found) <= _MOST_KEPT else set(list(found)[:_MOST_KEPT])


def asked(wording: Wording) -> list[int]:
    """What a quotation is looked up by; nothing where all its words are common and they are many."""
    units = telling(wording)
    shingles = [shingle for row in _rows(units, _numbers).values() for shingle in row]
    every = len(shingles) / MOST_ASKED
    if every > 1:
        shingles = [shingles[int(at * every)] for at in range(MOST_ASKED)]
    return list(dict.fromkeys([*_whole(wording, units), *shingles]))


def telling(wording: Wording) -> list[str]:
    """The words that tell one sentence from another, cut; of scripts without spaces, symbols two by two."""
    return [unit for _, unit in _telling(wording)]


def runs(wording: Wording, rare: Collection[int]) -> list[tuple[int, int]]:
    """The rows of words, from one place to before another, of which no two telling ones side by side are rare.

    `rare` are the numbers of pairs that are. Rows with two telling words at least.
    """
    places = list(_telling(wording))
    found: list[tuple[int, int]] = []
    for (at, unit), (following, other) in pairwise(places):
        if _numbers[unit, other] in rare:
            continue
        end = following + (2 if _SPACELESS.match(other) else 1)
        found[-1:] = [(found[-1][0], end)] if found and at < found[-1][1] else [*found[-1:], (at, end)]
    return found


def _telling(wording: Wording) -> Iterator[tuple[int, str]]:
    """The telling words with their places."""
    words = wording.words
    for at, word in enumerate(words):
        if _SPACELESS.match(word.key):
            if at + 1 < len(words) and words[at + 1].start == word.end and _SPACELESS.match(words[at + 1].key):
                yield at, word.key + words[at + 1].key
        elif word.key not in COMMON:
            yield at, word.key.removesuffix("'s")[:_LETTERS]


def _units_of(spans: Spans) -> list[str] | None:
    """What `telling` tells of spans, each piece between two spaces looked up; None where spaces don't part it."""
    units: list[str] = []
    before = " "
    for span in spans:
        part = part_of(span)
        if not before[-1:].isspace() and _SPACELESS.match(part):
            return None
        units += chain.from_iterable(map(_units.__getitem__, part.split()))
        before = part
    return None if _HALF_A_WORD in units else units


def _read_units(piece: str) -> tuple[str, ...]:
    if _HAN.fullmatch(piece):
        return tuple(one + other for run in _HAN_RUN.findall(piece) for one, other in pairwise(run))
    return tuple(telling(read_wording(piece)))


_units = Remembered(_read_units, 2**14, _LONGEST_PIECE)


def _rows(units: Sequence[str], numbers: Numbers) -> dict[str, list[int]]:
    """The shingles of each kind, in the order of the words."""
    number = numbers.__getitem__
    return {
        "pair": list(map(number, pairwise(units))),
        "apart": list(map(number, zip(units, units[2:], strict=False))),
        "three": list(map(number, zip(units, units[1:], units[2:], strict=False))),
    }


def _chosen(units: Sequence[str], numbers: Numbers) -> Iterable[int]:
    """Of the shingles of each kind those that are kept."""
    return chain.from_iterable(_winnowed(row, _WINDOWS[kind]) for kind, row in _rows(units, numbers).items())


def _winnowed(row: Sequence[int], window: int) -> Iterable[int]:
    """The smallest of every `window` neighbours; of a short row everything."""
    if len(row) > window:
        for _ in range(window - 1):
            row = [one if one < other else other for one, other in pairwise(row)]  # noqa: FURB136 - min() takes twice as long
    return row


def _whole(wording: Wording, units: Sequence[str]) -> list[int]:
    """A wording with too few telling words for shingles, as one."""
    if not wording.words or len(wording.words) > _LONGEST_WHOLE or len(units) >= _FEW:
        return []
    return [_number(("", *wording.keys))]


def numbering(remembered: int) -> Numbers:
    """What gives words their number, and remembers so many."""
    return Remembered(lambda words: _number(sorted(words)), remembered, longest=3)


def _number(words: Iterable[str]) -> int:
    """The number of some words: a signed one of 64 bits, the same on every machine and for ever."""
    return int.from_bytes(blake2b("\x1f".join(words).encode(), digest_size=8).digest(), "big", signed=True)


_numbers = numbering(2**14)
