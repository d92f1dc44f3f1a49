"""Statements that may be one utterance recorded twice: for a person to decide, who then merges them."""

import datetime as dt

from quotes.models import Statement
from quotes.near_wordings import near
from quotes.wording.comparing import Verdict, compare
from quotes.wording.words import read_spans

MOST = 5
_AROUND = dt.timedelta(days=3)
"""Printings give the day of an interview, of its broadcast, or of what they print of it."""


def same_utterance(statement: Statement) -> list[Statement]:
    """At most five published statements of the same speaker, near in words, that can have been said on the same day.

    The likeliest first. Five queries.
    """
    own = read_spans(statement.wording)
    found: dict[int, tuple[float, Statement]] = {}
    for one in near(own):
        other = one.statement
        if other.pk == statement.pk or other.speaker_id != statement.speaker_id or not _can_agree(statement, other):
            continue
        shorter, longer = sorted((own, one.words), key=lambda words: len(words.words))
        compared = compare(longer, shorter)
        if compared.verdict != Verdict.NOT_FOUND and compared.likeness > found.get(other.pk, (0.0, other))[0]:
            found[other.pk] = (compared.likeness, other)
    ordered = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].pk))
    return [other for _, other in ordered[:MOST]]


def _can_agree(one: Statement, other: Statement) -> bool:
    """Whether the days on which two statements can have been said lie within a few days of each other."""
    return _starts(one, other.said_max) and _starts(other, one.said_max)


def _starts(statement: Statement, last: dt.date) -> bool:
    return statement.said_min is None or statement.said_min <= last or statement.said_min - last <= _AROUND
