"""Finding the statements whose words are near those of a quotation, among ten million, in bounded work."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connections
from django.db.models import Q

from quotes.models import Fingerprint, Statement
from quotes.models.fingerprints import KnownWording, known_wordings
from quotes.wording.common_words import COMMON
from quotes.wording.fingerprints import MOST_READ, asked
from quotes.wording.words import Wording, read_spans

MOST_STATEMENTS = 24
_MOST_OWN = MOST_STATEMENTS // 2
"""Of those looked at word by word that may be there because of their speaker: the likeliest are looked at, too."""
_MOST_ASKED_BY_WHOM = 500
"""Likely statements that are asked by whom they are."""
_LEAST_WEIGHT = 0.04
"""Of the likeliest one's weight: others share some words of everyday use with the quotation."""
_LEAST_SHARED = 0.25
"""Of a quotation's telling words; with fewer in common a wording isn't looked at word by word."""
_TABLE = Fingerprint._meta.db_table
_LOOK = f"""SELECT * FROM (SELECT hash, statement_id FROM {_TABLE} WHERE hash = %s
    ORDER BY statement_id DESC LIMIT {MOST_READ}) AS look"""  # noqa: S608 - no part of it is anybody's input
# PostgreSQL plans a hundred looks one by one, which takes longer than they do; SQLite can't be asked for them at once.
_LOOKS = f"""SELECT look.hash, look.statement_id FROM UNNEST(%s::bigint[]) AS asked (hash) CROSS JOIN LATERAL (
    SELECT hash, statement_id FROM {_TABLE} WHERE {_TABLE}.hash = asked.hash
    ORDER BY statement_id DESC LIMIT {MOST_READ}) AS look"""  # noqa: S608 - as above


@dataclass(frozen=True)
class Near:
    """A wording on record that a quotation may be from."""

    statement: Statement
    known: KnownWording
    words: Wording


class Neighbours(NamedTuple):
    """What is near a quotation; of its `rare` fingerprints all statements that have them were looked at."""

    near: list[Near]
    rare: frozenset[int]


def statements_near(quoted: Wording, by: Collection[int] = ()) -> list[int]:
    """The ids of the statements that share the rarest fingerprints with a quotation, the likeliest first.

    Where more do than are looked at, up to half are those `by` some speakers, given by their ids. One query, which
    reads at most 64 rows of an index for each of at most 121 fingerprints; one more where there are speakers.
    """
    return _statements_near(quoted, by)[0]


def _statements_near(quoted: Wording, by: Collection[int]) -> tuple[list[int], frozenset[int]]:
    """The same, and the rare fingerprints."""
    numbers = asked(quoted)
    if not numbers:
        return [], frozenset()
    rows = _looked_up(numbers)
    had_by = Counter(number for number, _ in rows)
    rare = frozenset(number for number in numbers if had_by[number] < MOST_READ)
    weights: Counter[int] = Counter()
    for number, statement in rows:
        weights[statement] += 1 / had_by[number]  # type: ignore[assignment]  # weights are fractions
    best = max(weights.values(), default=0)
    found = sorted(weights, key=lambda key: (-weights[key], -key))
    likely = [key for key in found if weights[key] >= _LEAST_WEIGHT * best]
    return _chosen(likely, found, by), rare


def _chosen(likely: list[int], found: list[int], by: Collection[int]) -> list[int]:
    """The likeliest statements, and among them some by the speakers whom the quotation may be of, likely or not."""
    first = likely[: MOST_STATEMENTS - _MOST_OWN]
    rest = found[len(first) : _MOST_ASKED_BY_WHOM]
    theirs = Q(speaker__in=by) | Q(speaks_for__in=by)
    is_asked = by and len(found) > MOST_STATEMENTS
    own = set(Statement.objects.filter(theirs, pk__among=rest).values_list("pk", flat=True)) if is_asked else set()
    return list(dict.fromkeys([*first, *[key for key in rest if key in own][:_MOST_OWN], *likely]))[:MOST_STATEMENTS]


def _looked_up(numbers: list[int]) -> list[tuple[int, int]]:
    """The newest statements that have each fingerprint, with it. One query."""
    connection = connections[Fingerprint.objects.db]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_LOOKS, [numbers])
        else:
            cursor.execute(" UNION ALL ".join([_LOOK] * len(numbers)), numbers)
        found: list[tuple[int, int]] = cursor.fetchall()
    return found


def near(quoted: Wording, by: Collection[int] = ()) -> list[Near]:
    """The wordings on record that a quotation may be from: the statements' own, as printed, and of earlier versions.

    At most 24 statements, published ones alone; of too many, some `by` the speakers with these ids. Four queries, five
    where there are speakers.
    """
    return neighbours(quoted, by).near


def neighbours(quoted: Wording, by: Collection[int] = ()) -> Neighbours:
    """The same, with what is known of the quotation's fingerprints."""
    keys, rare = _statements_near(quoted, by)
    if not keys:
        return Neighbours([], rare)
    found = Statement.objects.published().select_related("speaker").with_wordings().in_bulk(keys)
    return Neighbours(list(wordings_like(quoted, (found[key] for key in keys if key in found))), rare)


def wordings_like(quoted: Wording, statements: Iterable[Statement]) -> Iterator[Near]:
    """The wordings of statements, read `with_wordings`, that have enough telling words of a quotation. No query."""
    telling = Counter(key for key in quoted.keys if key not in COMMON) or Counter(quoted.keys)
    for statement in statements:
        yield from _wordings(statement, telling)


def _wordings(statement: Statement, telling: Counter[str]) -> Iterator[Near]:
    for known in known_wordings(statement):
        words = read_spans(known.spans)
        if _shared(words.keys, telling) >= _LEAST_SHARED:
            yield Near(statement, known, words)


def _shared(keys: Sequence[str], telling: Counter[str]) -> float:
    """The share of a quotation's telling words that stand in a wording, wherever."""
    return (telling & Counter(keys)).total() / telling.total()
