"""Finding what was said among the statements of who said it, where very many people have said much the same.

Fingerprints find the newest statements that have them. What a hundred speakers said word for word is found as the words
of the newest of them, and whoever said it earlier would be told to have never said it. So the search's index is asked,
which knows by whom a statement is, and where nobody is named, which statements have these very words.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, pairwise
from time import monotonic

from django.conf import settings
from django.db.models import Max

from quotes.models import Entry, Statement, TokenCount
from quotes.near_wordings import Near, wordings_like
from quotes.patience import TookTooLong, within
from quotes.search.analysis import sought
from quotes.search.demands import Demand, either
from quotes.search.engine import Look, StatementsOf
from quotes.search.expressions import All, Any, Expression, Phrase, Word
from quotes.search.tokens import speaker
from quotes.wording.common_words import COMMON
from quotes.wording.fingerprints import runs
from quotes.wording.words import Wording

MOST_LIKE = 12
_MOST_READ = 120
"""Entries that are read: the likest are compared."""
_LONGEST_PHRASE = 24
"""Terms of one piece that are looked for in a row: the words that are found are compared one by one."""
_MOST_PIECES, _MOST_ROWS = 4, 3
_MUCH = (1_000, 20_000, 200_000)
"""Statements of a speaker from which on one more telling word is asked for: of fewer too many have them all."""
_MOST_TELLING, _FEWEST_TELLING, _ENOUGH = 12, 2, 4
"""Telling words that are looked for; with fewer than enough of them all words have to stand in their order."""

Terms = tuple[str, ...]


class OwnWords:
    """Looks among speakers' own statements, for all quotations of one text together as long as a list may take."""

    def __init__(self) -> None:
        self.spent = 0.0

    def like(self, quoted: Wording, by: Collection[int], rare: Collection[int] = ()) -> list[Near]:
        """The wordings of what is found, see `own_like`. Raises TookTooLong once LIST_SECONDS are over."""
        left = settings.LIST_SECONDS - self.spent
        if settings.LIST_SECONDS and left <= 0:
            raise TookTooLong
        began = monotonic()
        try:
            with within(left if settings.LIST_SECONDS else 0):
                return own_like(quoted, by, rare)
        finally:
            self.spent += monotonic() - began


def own_like(quoted: Wording, by: Collection[int], rare: Collection[int] = ()) -> list[Near]:
    """The wordings of the published statements by the speakers with these ids that are most like a quotation.

    Twelve of the latest that have all telling words, or those of one of its rows, or all words in their order where few
    tell; by no speakers, of the latest by anybody that have its words in their order. What has one of the `rare`
    fingerprints was found by it, so that a row ends at such a pair. Only a statement's own wording is looked at for
    that, not how others print it. Six queries.
    """
    pieces = _pieces(quoted)
    rows = [_telling(quoted.keys[start:end]) for start, end in runs(quoted, rare)]
    telling = _telling(quoted.keys)
    # In one row, or too few for any.
    is_whole = len(telling) < _FEWEST_TELLING or any(len(terms) == len(telling) for terms in rows)
    if by:
        looks = list(_by_some(by, pieces, rows, telling, is_whole=is_whole))
    else:
        looks = list(_by_anybody(pieces, telling, is_whole=is_whole))
    if not looks:
        return []
    # Sorted here: asked for their order, SQLite would rather read all entries in it.
    read = dict(Entry.objects.filter(statement__in=StatementsOf(looks)).values_list("statement_id", "words"))
    wanted = Counter(term for piece in pieces for term in piece)
    best = sorted(read, key=lambda key: (_likeness(read[key], pieces, wanted), key), reverse=True)[:MOST_LIKE]
    found = Statement.objects.published().select_related("speaker").with_wordings().in_bulk(best)
    return list(wordings_like(quoted, (found[key] for key in best if key in found)))


def _pieces(quoted: Wording) -> list[Terms]:
    """The terms of a quotation, as the index has them, between one ellipsis and the next."""
    edges = sorted({0, *quoted.gaps, len(quoted.words)})
    pieces = [sought(quoted.slice(start, end))[:_LONGEST_PHRASE] for start, end in pairwise(edges)]
    return [piece for piece in pieces if piece][:_MOST_PIECES]


def _by_some(
    by: Collection[int], pieces: Sequence[Terms], rows: Sequence[Terms], telling: Terms, *, is_whole: bool
) -> Iterator[Look]:
    """What the index is asked for of some speakers' statements: the longest rows, or all words in their order."""
    theirs = either(speaker(key) for key in sorted(by))
    if is_whole and len(telling) < _ENOUGH:
        if pieces:
            yield Look(Demand.of(All((theirs, _in_order(pieces)))), _MOST_READ, few=True)
        return
    fewest = 0
    if rows and not is_whole:
        yield Look(Demand.of(All((theirs, _all(telling)))), _MOST_READ, few=True)
        fewest = _fewest_of(by)
    longest = [terms for terms in sorted(rows, key=len, reverse=True)[:_MOST_ROWS] if len(terms) >= fewest]
    if longest:
        yield Look(Demand.of(All((theirs, Any(tuple(map(_all, longest)))))), _MOST_READ, few=True)


def _by_anybody(pieces: Sequence[Terms], telling: Terms, *, is_whole: bool) -> Iterator[Look]:
    """What it is asked for of everybody's: all words in their order, if enough of them tell anything."""
    if is_whole and len(telling) >= _ENOUGH:
        yield Look(Demand.of(_all(telling)), _MOST_READ, few=True, also=_in_order(pieces))


def _fewest_of(by: Collection[int]) -> int:
    """How many telling words hardly stand together in some speakers' statements: more where they said much. A query."""
    counts = TokenCount.objects.filter(month=0, token__in=map(speaker, by))
    said: int = counts.aggregate(most=Max("n"))["most"] or 0
    return _FEWEST_TELLING + sum(said >= size for size in _MUCH)


def _in_order(pieces: Sequence[Terms]) -> Expression:
    return All(tuple(map(Phrase, pieces)))


def _all(terms: Terms) -> Expression:
    return All(tuple(map(Word, terms)))


def _telling(keys: Sequence[str]) -> Terms:
    """The terms of the first telling ones of some words."""
    telling = dict.fromkeys(term for word in keys if word not in COMMON for term in sought(word))
    return tuple(islice(telling, _MOST_TELLING))


def _likeness(words: str, pieces: Sequence[Terms], wanted: Counter[str]) -> tuple[int, int]:
    """How many pieces of a quotation stand in the words of an entry, and how many of its terms."""
    whole = sum(f" {' '.join(piece)} " in f" {words} " for piece in pieces)
    return whole, (wanted & Counter(words.split())).total()
