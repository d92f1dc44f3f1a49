"""The one analyser: what a text is found by. Indexes, queries and highlights all use its terms.

A word's term depends on the word alone, never on the language of its text, since a query doesn't know in which language
its answer is written. Case and accents go, as do Arabic and Hebrew points; й, ї and ў are letters and stay. Latin
words lose their English endings, Cyrillic ones their Russian endings; an ending taken off a word of another language is
taken off the query's word too, so that what is written alike is always found.

Scripts that part no words (Chinese, Japanese, Thai, …), and Korean, which joins its particles to them, become pairs of
neighbouring characters. The last character of a run stands alone as well, so that every character begins a term.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice, pairwise
from threading import Lock
from typing import NamedTuple

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.russian_stemmer import RussianStemmer

from quotes.remembering import Remembered

LONGEST = 64
"""Characters of a term that count: an index has no room for more, and no word is longer."""

MOST = 16_000
"""Terms of a text that count. PostgreSQL tells no places apart beyond 16,383."""

_KNOWN = 2**14
"""Words remembered with their terms, in some 6 MB: nearly all that a newspaper uses."""

_LONGEST_PIECE = 32
"""Characters between two spaces that are remembered with their terms; longer ones hardly come again."""


class Token(NamedTuple):
    """A term, and where it stands in the text: from `start` to before `end`, in code points."""

    term: str
    start: int
    end: int


def _ranges(codes: Iterable[int]) -> str:
    """Write characters as ranges for a regular expression; their codes in ascending order."""
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in found)


# Marks stand in the first two planes; variation selectors have some room further up. A soft hyphen and what joins
# letters or keeps them apart stand within a word too, and none of them is seen.
_KINDS = map(unicodedata.category, map(chr, range(0x1FFFF)))
_MARKS = _ranges(code for code, kind in enumerate(_KINDS) if kind[0] == "M") + "\U000e0100-\U000e01ef"
_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Burmese, Khmer
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"  # Korean
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u31ff\uff66-\uff9f"  # Japanese, Bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
)
_APOSTROPHE = "'’‘ʼʻ＇"
# Letters, marks and digits of the scripts that part words; a possessive s and its apostrophe are taken along and left
# out of the group. Letters parted by points are one word: U.N., U.S.
_SPACED = f"[^\\W_{_UNSPACED}{_APOSTROPHE}]"
_INNER = f"{_MARKS}{_UNSEEN}"
_ENDS = f"(?!{_SPACED}|[{_INNER}])"
_LETTER = f"[^\\W\\d_{_UNSPACED}{_APOSTROPHE}]"
_INITIALS = f"{_LETTER}(?=\\.{_LETTER})(?<!{_SPACED}{_LETTER})(?<![{_INNER}]{_LETTER})(?:\\.{_LETTER})++{_ENDS}"
_TOKEN = re.compile(
    f"({_INITIALS}|(?:{_SPACED}++[{_INNER}]*+)++)(?:\\.?[{_APOSTROPHE}][sS]{_ENDS})?"
    f"|((?:(?=[^\\W_])[{_UNSPACED}][{_INNER}]*+)++)"
)
# A character of a script without spaces, with its marks, its voicing and the further letters of its syllable.
_CLUSTER = re.compile(f".[{_INNER}\uff9e\uff9f\u1160-\u11ff\uffc2-\uffdc]*", re.DOTALL)

# Characters that folding leaves as they are.
_HAN = re.compile("[\u4e00-\u9fff]+")

# Marks that one may leave out: accents, Hebrew and Arabic points. The vowels of Indian scripts are such marks as well,
# by their category, and stay.
_POINTS = re.compile(
    "(?<![иу])\u0306|(?<!і)\u0308"  # й and ў, ї
    "|[\u0300-\u0305\u0307\u0309-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    f"\u08ca-\u08ff\U000e0100-\U000e01ef{_UNSEEN}]"
)
_ALIKE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe"}
    | {"ʼ": " ", "ʻ": " "}
    | {"ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ہ": "ه"}
)
_TERM_PARTS = re.compile(f"(?:[^\\W_]|[{_MARKS}])+")
_LATIN = re.compile("[a-z]+")
_CYRILLIC = re.compile("[а-я]+")
_STEMMERS = ((_LATIN, EnglishStemmer()), (_CYRILLIC, RussianStemmer()))
_STEMMING = Lock()  # a stemmer keeps the word it is at in itself


def analyse(text: str) -> list[Token]:
    """Return the terms of a text in their order. Any text is fine: what is no letter, mark or digit gives no term."""
    return list(islice(_tokens(text), MOST))


def terms_of(text: str) -> str:
    """Return the terms of a text in their order, parted by spaces: what an index holds."""
    return " ".join(islice(_terms(text), MOST))


def sought(text: str) -> tuple[str, ...]:
    """Return the terms to look for, next to each other. A run of characters may go on where the text was found.

    So the last of a run counts as the end of its pair alone; one that is all there is stays, and begins terms.
    """
    tokens = analyse(text)
    ends_a_pair = len(tokens) > 1 and tokens[-2].end == tokens[-1].end and tokens[-2].start < tokens[-1].start
    return tuple(token.term for token in (tokens[:-1] if ends_a_pair else tokens))


def folded(text: str) -> str:
    """Return the words of a text without case, accents and points, unstemmed, to compare names."""
    return " ".join(_fold(text))


def is_unspaced(term: str) -> bool:
    """Say whether a term is of a script without spaces, where one character is looked for as the start of a pair."""
    return bool(_UNSPACED_TERM.match(term))


_UNSPACED_TERM = re.compile(f"[{_UNSPACED}]")


def stems_of(prefix: str) -> tuple[str, ...]:
    """Return the terms of words that begin with a folded prefix while their terms don't: negotiati-ons is `negoti`.

    Endings are tried, those of English; what no ending turns up, the prefix itself finds.
    """
    if not _LATIN.fullmatch(prefix):
        return ()
    stems = dict.fromkeys(_stem(prefix + ending) for ending in _ENDINGS)
    return tuple(stem for stem in stems if not stem.startswith(prefix))


_SUFFIXES = (
    "es ed eed edly ies ied ing ingly ly ally ably ibly ational ation ations ator ators alism ality ities ement "
    "ements ments ness nesses fulness ousness iveness ivity bility ology logies ically ances ences ancy ency ers "
    "ors able ible ants ents isms ists ate ates ated ating ative ous ously ives ize izes ized izing ization ise "
    "ised ions al als ial ical ic ics"
)
_ENDINGS = sorted({suffix[start:] for suffix in _SUFFIXES.split() for start in range(len(suffix))} | {""})


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        if found.lastindex == 1:
            start, end = found.span(1)
            for term in _word(text[start : min(end, start + 2 * LONGEST)]):
                yield Token(term, start, end)
        else:
            yield from _pairs(found[2], found.start())


def _terms(text: str) -> Iterator[str]:
    """Return the terms of a text. None goes past a space, so that each piece between two is looked up."""
    return chain.from_iterable(map(_pieces.__getitem__, text.split()))


def _read_piece(piece: str) -> tuple[str, ...]:
    return tuple([token.term for token in _tokens(piece)])


_pieces = Remembered(_read_piece, _KNOWN, _LONGEST_PIECE)


@lru_cache(_KNOWN)
def _word(word: str) -> tuple[str, ...]:
    """Return a word's terms: one, but for what falls apart when folded, like ½."""
    return tuple(sys.intern(_stem(part)) for part in _fold(word.replace(".", "")))


def _pairs(run: str, offset: int) -> Iterator[Token]:
    """Give the pairs of a run that starts at `offset`, and its last character alone."""
    if _HAN.fullmatch(run):
        yield from (Token(run[at : at + 2], offset + at, offset + at + 2) for at in range(len(run) - 1))
        yield Token(run[-1], offset + len(run) - 1, offset + len(run))
        return
    clusters = [(_cluster(found[0]), offset + found.start(), offset + found.end()) for found in _CLUSTER.finditer(run)]
    clusters = [cluster for cluster in clusters if cluster[0]]
    for (first, start, _), (second, _, end) in pairwise(clusters):
        yield Token(first + second, start, end)
    if clusters:
        yield Token(*clusters[-1])


@lru_cache(_KNOWN // 2)
def _cluster(cluster: str) -> str:
    return "".join(_fold(cluster[:LONGEST]))[: LONGEST // 2]


def _fold(text: str) -> list[str]:
    """Return the folded words of a text, each as long as a term may be."""
    bare = _POINTS.sub("", unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()))
    alike = unicodedata.normalize("NFKC", bare).translate(_ALIKE).translate(_DIGITS)
    return [part[:LONGEST] for part in _TERM_PARTS.findall(alike)]


class _Digits(dict[int, str | int]):
    """Maps the decimal digits of every script to 0–9, and every other character to itself."""

    def __missing__(self, code: int) -> str | int:
        digit = unicodedata.decimal(chr(code), None)
        return code if digit is None else str(digit)


_DIGITS = _Digits()


def _stem(word: str) -> str:
    for script, stemmer in _STEMMERS:
        if script.fullmatch(word):
            with _STEMMING:
                stem: str = stemmer.stemWord(word)
            return stem
    return word
