"""Which of some entries answer a search best: pure, so that both databases give the same order.

A term counts by how often it stands in the words, less and less for each further time and in a long text; the speaker's
own words count more than the reporter's, a phrase more than its words, a rare term more than one that all have.
"""

import math
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quotes.search.expressions import All, Any, Attribute, Expression, Phrase, Prefix, Word

DIRECT, REPORTED, NAMED = 1.0, 0.4, 0.5
"""What a term counts in direct speech, in the reporter's words, and in the speaker's name."""

_PHRASE = 2.0
_SATURATION, _LENGTH = 1.2, 0.75
_USUAL_LENGTH = 30
_RUN = re.compile("([0-9]+)([dr])")

Term = Word | Prefix | Phrase | Attribute


class Candidate(NamedTuple):
    """An entry as the index keeps it, see quotes.models.search."""

    place: int
    words: str
    voices: str
    terms: str


def ranked(expression: Expression, candidates: Iterable[Candidate]) -> list[int]:
    """Return the places of candidates, the best first; of equals, the latest."""
    wanted = list(dict.fromkeys(_terms(expression)))
    measured = [(candidate, _weights(candidate, wanted)) for candidate in candidates]
    rarity = [_rarity(len(measured), sum(bool(weights[at]) for _, weights in measured)) for at in range(len(wanted))]

    scored = (
        (round(sum(factor * weight for factor, weight in zip(rarity, weights, strict=True)), 6), candidate.place)
        for candidate, weights in measured
    )
    return [place for _, place in sorted(scored, reverse=True)]


def _terms(expression: Expression) -> Iterator[Term]:
    """Return what is looked for; not what is refused."""
    match expression:
        case All(parts) | Any(parts):
            for part in parts:
                yield from _terms(part)
        case Word() | Prefix() | Phrase() | Attribute():
            yield expression


def _rarity(all_of_them: int, with_it: int) -> float:
    return math.log(1 + (all_of_them + 1) / (with_it + 0.5))


def _weights(candidate: Candidate, wanted: Iterable[Term]) -> list[float]:
    words, tokens = candidate.words.split(), candidate.terms.split()
    values: list[float] = []
    for run, voice in _RUN.findall(candidate.voices):
        values += [DIRECT if voice == "d" else REPORTED] * int(run)
    stretch = _SATURATION * (1 - _LENGTH + _LENGTH * len(words) / _USUAL_LENGTH)
    return [_saturated(_weight(term, words, values, tokens), stretch) for term in wanted]


def _saturated(weight: float, stretch: float) -> float:
    return weight * (_SATURATION + 1) / (weight + stretch)


def _weight(term: Term, words: list[str], values: list[float], tokens: list[str]) -> float:
    match term:
        case Attribute(token):
            return NAMED if token in tokens else 0.0
        case Word(wanted) if wanted not in words:
            return 0.0
        case Word(wanted):
            return sum(value for word, value in zip(words, values, strict=False) if word == wanted)
        case Prefix(beginning):
            return sum(value for word, value in zip(words, values, strict=False) if word.startswith(beginning))
        case Phrase(terms):
            size, row = len(terms), list(terms)
            if row[0] not in words:
                return 0.0
            starts = (at for at in range(len(words) - size + 1) if words[at : at + size] == row)
            return sum(_PHRASE * sum(values[at : at + size]) / size for at in starts)
