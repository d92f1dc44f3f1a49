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

from quotes.models import Entry, Statement
from quotes.near_wordings import Near, wordings_like
from quotes.patience import TookTooLong, within
from quotes.search.analysis import sought
from quotes.search.demands import Demand, either
from quotes.search.engine import Look, StatementsOf
from quotes.search.expressions import All, Any, Expression, Phrase, Word
from quotes.search.tokens import speaker
from quotes.wording.common_words import COMMON
from quotes.wording.words import Wording

MOST_LIKE = 12
_MOST_READ, _MOST_READ_LOOSELY = 60, 120
"""Entries that have all the words, and those that have a part of them: the likest are compared."""
_LONGEST_PHRASE = 24
"""Terms of one piece that are looked for in a row: the words that are found are compared one by one."""
_MOST_PIECES = 4
_MOST_TELLING, _FEWEST_TELLING, _ENOUGH = 12, 2, 4
"""Telling words that are looked for; with fewer than enough of them all words have to stand in a row."""
_PARTS, _FEWEST_IN_PART, _MOST_IN_PART = 3, 2, 3
"""Three telling words in a row, somewhere, are enough; of few words one may be another in two parts of three."""

Terms = tuple[str, ...]


class OwnWords:
    """Looks among speakers' own statements, for all quotations of one text together as long as a list may take."""

    def __init__(self) -> None:
        self.spent = 0.0

    def like(self, quoted: Wording, by: Collection[int]) -> list[Near]:
        """The wordings of what is found, see `own_like`. Raises TookTooLong once LIST_SECONDS are over."""
        left = settings.LIST_SECONDS - self.spent
        if settings.LIST_SECONDS and left <= 0:
            raise TookTooLong
        began = monotonic()
        try:
            with within(left if settings.LIST_SECONDS else 0):
                return own_like(quoted, by)
        finally:
            self.spent += monotonic() - began


def own_like(quoted: Wording, by: Collection[int]) -> list[Near]:
    """The wordings of the published statements by the speakers with these ids that are most like a quotation.

    Twelve of the latest that have all of its telling words, or its words in a row where few tell, or a part of those;
    by no speakers, of the latest by anybody that have its words in a row. Only a statement's own wording is looked at
    for that, not how others print it. Five queries.
    """
    pieces = _pieces(quoted)
    telling = dict.fromkeys(term for word in quoted.keys if word not in COMMON for term in sought(word))
    terms = tuple(islice(telling, _MOST_TELLING))
    asked = _asked_of(by, pieces, terms) if by else _asked_of_all(pieces, terms)
    looks = [Look(Demand.of(words), most, few=True) for words, most in asked]
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


def _asked_of(by: Collection[int], pieces: Sequence[Terms], terms: Terms) -> Iterator[tuple[Expression, int]]:
    """What the index is asked for, and how much of it: the telling words, or all in a row; a part of the telling."""
    theirs = either(speaker(key) for key in sorted(by))
    if len(terms) >= _ENOUGH:
        yield All((theirs, _all(terms))), _MOST_READ
    elif pieces:
        yield All((theirs, *map(Phrase, pieces))), _MOST_READ
    size = min(max(_FEWEST_IN_PART, -(-len(terms) // _PARTS)), _MOST_IN_PART)
    if len(terms) > size:
        parts = [terms[start : start + size] for start in range(0, len(terms), size)]
        some = Any(tuple(_all(part) for part in parts if len(part) >= _FEWEST_IN_PART))
        yield All((theirs, some)), _MOST_READ_LOOSELY


def _asked_of_all(pieces: Sequence[Terms], terms: Terms) -> Iterator[tuple[Expression, int]]:
    """What the index is asked for of everybody's statements: all words in a row, if they tell anything."""
    if len(terms) >= _FEWEST_TELLING:
        yield All(tuple(map(Phrase, pieces))), _MOST_READ


def _all(terms: Terms) -> Expression:
    return All(tuple(map(Word, terms)))


def _likeness(words: str, pieces: Sequence[Terms], wanted: Counter[str]) -> tuple[int, int]:
    """How many pieces of a quotation stand in the words of an entry, and how many of its terms."""
    whole = sum(f" {' '.join(piece)} " in f" {words} " for piece in pieces)
    return whole, (wanted & Counter(words.split())).total()
