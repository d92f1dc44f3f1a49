"""What an index holds of one statement: pure, so that whoever writes statements in bulk can write their entries."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from quotes.search import tokens
from quotes.search.analysis import MOST, analyse, terms_of
from quotes.spans import Span, Spans

Days = tuple[dt.date | None, dt.date]
"""The first and the last day that something can be from; None where it can be any before."""


class Facts(NamedTuple):
    """What a published statement is found by. `topics` holds the ids of its topics and of all above them."""

    key: int
    spans: Spans
    mode: str
    language: str
    speaker: int
    carried: Iterable[tuple[int, str]]
    topics: Iterable[int]
    said: Days
    published: Days
    label: str = ""
    origins: int = 0


class Columns(NamedTuple):
    """The columns of an entry, see quotes.models.search."""

    place: int
    words: str
    voices: str
    terms: str
    dates: str


def columns_of(facts: Facts) -> Columns:
    """Return what an index holds of a statement."""
    words, voices = spoken(facts.spans)
    return Columns(
        place=tokens.place_of(facts.said[1], facts.key),
        words=words,
        voices=voices,
        terms=" ".join(dict.fromkeys(_terms(facts))),
        dates=" ".join((*_date_tokens(facts.said, facts.published), *_label_tokens(facts.label))),
    )


def spoken(spans: Spans) -> tuple[str, str]:
    """Return the analysed words of a wording, and whose they are: `4d2r` for four direct words and two others."""
    texts = [span.text or " " for span in spans]
    if all(one[-1].isspace() or other[0].isspace() for one, other in pairwise(texts)):
        parts = [terms_of(text).split() for text in texts]
        if sum(map(len, parts)) < MOST:
            owned = [(_voice(span), len(part)) for span, part in zip(spans, parts, strict=True) if part]
            runs = [(voice, sum(n for _, n in run)) for voice, run in groupby(owned, key=itemgetter(0))]
            return " ".join([term for part in parts for term in part]), "".join(f"{n}{voice}" for voice, n in runs)
    ends = list(accumulate(map(len, texts)))
    found, voices, at = [], [], 0
    for token in analyse("".join(texts)):
        while token.start >= ends[at]:
            at += 1
        found.append(token.term)
        voices.append(_voice(spans[at]))
    return " ".join(found), "".join(f"{len(list(run))}{voice}" for voice, run in groupby(voices))


@lru_cache(2**12)
def _date_tokens(said: Days, published: Days) -> tuple[str, ...]:
    """Return the tokens of days; much of what is said is said and published on the same ones."""
    return (*tokens.said_tokens(*said), *tokens.published_tokens(said[1], *published))


@lru_cache(2**12)
def _year_tokens(said: Days) -> tuple[str, ...]:
    return (tokens.month(said[1]), *tokens.year_tokens(*said))


@lru_cache(2**12)
def _label_tokens(label: str) -> tuple[str, ...]:
    """Return the tokens of a label's words; there are few labels."""
    return tuple(map(tokens.label, dict.fromkeys(terms_of(label).split())))


def _voice(span: Span) -> str:
    return "d" if span.mode == "direct" else "r"


def months_of(place: int, terms: str) -> Iterable[tuple[str, int]]:
    """Return what an entry counts for: each of its tokens in all (month 0) and in its month."""
    month = month_of(place)
    for token in terms.split():
        yield token, 0
        yield token, month


def month_of(place: int) -> int:
    """Return the month of a place, as 202212."""
    day = tokens.day_of(place)
    return day.year * 100 + day.month


def _terms(facts: Facts) -> Iterable[str]:
    month, *years = _year_tokens(facts.said)
    yield from (tokens.EVERY, month, tokens.speaker(facts.speaker))
    yield from (tokens.mode(facts.mode), tokens.language(facts.language))
    for outlet, role in facts.carried:
        yield from (tokens.outlet(outlet), tokens.outlet(outlet, role))
    yield tokens.origins(facts.origins)
    yield from map(tokens.topic, facts.topics)
    yield from years
