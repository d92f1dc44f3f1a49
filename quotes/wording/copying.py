"""How much of one text stands in another: what suggests that one was copied, whoever says so or doesn't."""

from collections.abc import Iterable, Sequence

from quotes.wording.words import read_wording

Range = tuple[int, int]
_IN_A_ROW = 4
"""Words that stand in the same order in both by more than chance."""
FEWEST = 12
"""Runs of the shorter text; of fewer nothing can be told."""
MOST_CHARACTERS = 100_000
"""Of a text that are looked at."""


def own_words(text: str, quoted: Iterable[Range]) -> list[str]:
    """The words of a text outside what it quotes: two reporters who heard the same have that in common anyway."""
    kept, at = [], 0
    for start, end in sorted(quoted):
        kept.append(text[at : max(at, start)])
        at = max(at, end)
    return list(read_wording(" ".join([*kept, text[at:]])[:MOST_CHARACTERS]).keys)


def shared(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the shorter text's runs of four words that stand in the longer; 0 where it is too short to tell."""
    shorter, longer = sorted((_runs(one), _runs(other)), key=len)
    return len(shorter & longer) / len(shorter) if len(shorter) >= FEWEST else 0.0


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + _IN_A_ROW]) for at in range(len(words) - _IN_A_ROW + 1)}
