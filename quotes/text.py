"""Folding text, so that a search finds what its writer would call the same; and what a word is in every script."""

import re
import unicodedata

from quotes.remembering import Remembered

SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Scripts that set no space between words, as the ranges of a regular expression's class: each symbol is a word."""


def fold(text: str) -> str:
    """Text without case, accents and typographic differences, with single spaces: what `q` is compared with."""
    if text.isascii():
        return " ".join(text.casefold().split())
    return " ".join(filter(None, map(_folded.__getitem__, text.split())))


def _fold_piece(piece: str) -> str:
    """What stands between two spaces, which nothing of folding goes past."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", piece).casefold())
    bare = "".join(symbol for symbol in parts if not unicodedata.combining(symbol))
    return re.sub(r"\s+", " ", bare.translate(_ALIKE)).strip()


_LONGEST_PIECE = 32
"""Longer pieces hardly come again, so that only shorter ones are remembered."""
_folded = Remembered(_fold_piece, 2**13, _LONGEST_PIECE)
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"})
