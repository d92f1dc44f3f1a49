"""Fingerprints of a wording: 64-bit numbers, some of which it shares with every wording that is much like it.

Telling words are taken in pairs (side by side, or with one between them) and in threes, each in alphabetical order and
cut to its first letters, so that a word put in, left out, bent or moved by one place breaks some and never all. The
record keeps all pairs side by side, so that two telling words in a row are found, and of the others the smallest among
every few neighbours (winnowing: Schleimer, Wilkerson and Aiken, 2003); a question asks for all of its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

from quotes.text import SPACELESS
from quotes.wording.common_words import COMMON
from quotes.wording.words import Wording

_LETTERS = 6
_WINDOWS = {"pair": 1, "apart": 3, "three": 2}
"""Of so many neighbours of a kind one is kept. Chosen by recall on a generated set, see docs/checking.md."""
_FEW = 3
"""A wording with fewer telling words is also kept whole, common words included."""
_LONGEST_WHOLE = 40
_MOST_KEPT = 2_000
MOST_ASKED = 120
"""Fingerprints of one question: bounds what is read for it."""
_SPACELESS = re.compile(f"[{SPACELESS}]")


def kept(wordings: Iterable[Wording]) -> set[int]:
    """What the record keeps of a statement, of all its wordings together."""
    found: dict[int, None] = {}
    for wording in wordings:
        units = telling(wording)
        found |= dict.fromkeys(_whole(wording, units))
        for kind, row in _rows(units).items():
            found |= dict.fromkeys(_winnowed(row, _WINDOWS[kind]))
    return set(list(found)[:_MOST_KEPT])


def asked(wording: Wording) -> list[int]:
    """What a quotation is looked up by; nothing where all its words are common and they are many."""
    units = telling(wording)
    shingles = [shingle for row in _rows(units).values() for shingle in row]
    every = len(shingles) / MOST_ASKED
    if every > 1:
        shingles = [shingles[int(at * every)] for at in range(MOST_ASKED)]
    return list(dict.fromkeys([*_whole(wording, units), *shingles]))


def telling(wording: Wording) -> list[str]:
    """The words that tell one sentence from another, cut; of scripts without spaces, symbols two by two."""
    return list(_telling(wording))


def _telling(wording: Wording) -> Iterator[str]:
    words = wording.words
    for at, word in enumerate(words):
        if _SPACELESS.match(word.key):
            if at + 1 < len(words) and words[at + 1].start == word.end and _SPACELESS.match(words[at + 1].key):
                yield word.key + words[at + 1].key
        elif word.key not in COMMON:
            yield word.key.removesuffix("'s")[:_LETTERS]


def _rows(units: Sequence[str]) -> dict[str, list[int]]:
    """The shingles of each kind, in the order of the words."""
    return {
        "pair": [_number(*sorted(units[at : at + 2])) for at in range(len(units) - 1)],
        "apart": [_number(*sorted(units[at : at + 3 : 2])) for at in range(len(units) - 2)],
        "three": [_number(*sorted(units[at : at + 3])) for at in range(len(units) - 2)],
    }


def _winnowed(row: Sequence[int], window: int) -> Iterator[int]:
    """The smallest of every `window` neighbours; of a short row everything."""
    if window == 1 or len(row) <= window:
        yield from row
        return
    for at in range(len(row) - window + 1):
        yield min(row[at : at + window])


def _whole(wording: Wording, units: Sequence[str]) -> list[int]:
    """A wording with too few telling words for shingles, as one."""
    if not wording.words or len(wording.words) > _LONGEST_WHOLE or len(units) >= _FEW:
        return []
    return [_number("", *wording.keys)]


@lru_cache(2**14)
def _number(*words: str) -> int:
    """A signed 64-bit number, the same on every machine and for ever."""
    return int.from_bytes(blake2b("\x1f".join(words).encode(), digest_size=8).digest(), "big", signed=True)
