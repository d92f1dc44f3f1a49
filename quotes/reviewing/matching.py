"""Whether a suggestion's words are on record already, exactly or nearly."""

import datetime as dt
from dataclasses import dataclass

from django.db.models.functions import Left
from django.utils.translation import gettext
from rapidfuzz import fuzz

from quotes.dates import BadDate, read
from quotes.models import Candidate, Statement
from quotes.models.statements import OPENING
from quotes.notation import BadNotation, parse
from quotes.reviewing.wordings import worded
from quotes.spans import plain
from quotes.text import fold

EXACT = 100
NEAR = 85
"""From 0 to 100: how alike two wordings are that may be the same utterance."""
_MOST = 5
_MOST_COMPARED = 400
_DAYS = 3
_NEARLY = 99
_PASSAGE = 40
"""Characters: a shorter wording stands inside others by chance."""


@dataclass(frozen=True)
class Match:
    """A statement on record with a suggestion's words, or nearly; `score` is from 0 to 100, `apart` tells it apart."""

    statement: Statement
    exact: bool
    score: float
    apart: str


def on_record(candidate: Candidate) -> list[Match]:
    """The published statements that may be a suggestion's, the likeliest first, at most five.

    Compared are those that begin with the same words, up to 400 of the same speaker's, and up to 400 that were said
    within three days of it. At most six queries, each by an index.
    """
    words = fold(_words(candidate))
    if not words:
        return []
    speaker = _speaker(candidate)
    scores = {}
    for pk, (folded, by) in _comparable(candidate, words).items():
        # One who tells another's words says more than these: that is no printing of them.
        score = likeness(words, folded, passages=speaker in (None, by))
        if score >= NEAR:
            scores[pk] = score
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))[:_MOST]
    found = Statement.objects.published().for_cards().in_bulk(best)
    return [Match(found[pk], scores[pk] == EXACT, scores[pk], _apart(found[pk])) for pk in best if pk in found]


def likeness(one: str, other: str, *, passages: bool = True) -> float:
    """How alike two folded wordings are, from 0 to 100; with `passages`, one within the other is nearly it."""
    if one == other:
        return EXACT
    alike = float(fuzz.ratio(one, other, score_cutoff=NEAR))
    if passages and min(len(one), len(other)) >= _PASSAGE:
        alike = max(alike, fuzz.partial_ratio(one, other, score_cutoff=NEAR))
    return min(alike, _NEARLY)


def _speaker(candidate: Candidate) -> int | None:
    """The speaker on record whom the entry names."""
    choice = str(candidate.entry.get("speaker", {}).get("choice", ""))
    return int(choice) if choice.isdecimal() else None


def _words(candidate: Candidate) -> str:
    """The words as the reviewer has them, else as they stand in the text."""
    typed = candidate.entry.get("words", {}).get("words", "")
    try:
        return plain(parse(typed))
    except BadNotation:
        return plain(worded(candidate, candidate.spoken_ranges).spans)


def _comparable(candidate: Candidate, words: str) -> dict[int, tuple[str, int]]:
    """The folded words and the speakers of statements that are worth comparing, by id. Three queries at most."""
    published = Statement.objects.published()
    wanted = [published.alias(opening=Left("folded", OPENING)).filter(opening=words[:OPENING])]
    if speaker := _speaker(candidate):
        wanted.append(published.filter(speaker=speaker).latest_first())
    if said := _said(candidate):
        first, last = said[0] - dt.timedelta(_DAYS), said[1] + dt.timedelta(_DAYS)
        wanted.append(published.filter(said_max__gte=first, said_max__lte=last).latest_first())
    found: dict[int, tuple[str, int]] = {}
    for rows in wanted:
        values = rows.values_list("pk", "folded", "speaker_id")[:_MOST_COMPARED]
        found.update({pk: (folded, by) for pk, folded, by in values})
    return found


def _said(candidate: Candidate) -> tuple[dt.date, dt.date] | None:
    try:
        when = read(candidate.entry.get("words", {}).get("said", ""))
    except BadDate:
        return None
    return (when.first or when.last, when.last) if when.last else None


def _apart(statement: Statement) -> str:
    """Who, when and where: what tells statements of the same words apart. No query on those read for cards."""
    carriers = dict.fromkeys(outlet.name for outlets in statement.carried.values() for outlet in outlets)
    said = gettext("said %(date)s") % {"date": statement.said_words}
    return gettext(", ").join([str(statement.speaker), said, *carriers])
