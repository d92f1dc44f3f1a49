"""Likening misspelt words to those of names: trigrams find some that may be meant, the distance tells which."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

SHORTEST = 4
"""Letters that a word needs to be taken for misspelt: shorter ones are all alike."""

_EDGE = " "


def trigrams(word: str) -> set[str]:
    """Return every three neighbouring letters of a folded word, its edges counted as letters."""
    edged = f"{_EDGE}{word}{_EDGE}"
    return {edged[start : start + 3] for start in range(len(edged) - 2)}


def closest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the known words that a folded word is likely meant to be, the likeliest first.

    One letter may be wrong, missing, too many or changed with its neighbour; two in words of seven letters and more.
    """
    allowed = _mistakes_in(word)
    near = ((OSA.distance(word, other, score_cutoff=allowed), other) for other in set(known))
    likely = sorted((distance, other) for distance, other in near if 0 < distance <= allowed)
    return [other for _, other in likely[:most]]


def _mistakes_in(word: str) -> int:
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) < 7 else 2  # noqa: PLR2004  # as the docstring of `closest` says
