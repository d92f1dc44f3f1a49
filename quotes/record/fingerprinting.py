"""Fingerprints, derived from the wordings of published statements in the transaction that changes them."""

import json
from collections.abc import Iterable

from django.db import connections, router
from django.db.models import Prefetch, QuerySet

from quotes.models import Appearance, Fingerprint, Revision, Statement
from quotes.models.fingerprints import known_wordings
from quotes.record.rows import insert_values
from quotes.wording.fingerprints import MOST_READ, kept_of

_OLDEST_READ = """
SELECT asked.value, (
    SELECT statement_id FROM quotes_fingerprint WHERE hash = asked.value
    ORDER BY statement_id DESC LIMIT 1 OFFSET %s
) FROM {asked}
"""
_ASKED = {
    "postgresql": "(SELECT CAST(jsonb_array_elements_text(%s::jsonb) AS bigint) AS value) AS asked",
    "sqlite": "json_each(%s) AS asked",
}


def refingerprint(batch: Iterable[int], *, sparing: bool = False) -> int:
    """Make the fingerprints of the statements with these ids say what their wordings say; how many there are.

    Only published statements have any. With `sparing`, what enough newer statements have isn't kept. Four queries, or
    five, and one for every few hundred fingerprints; a batch of a thousand statements needs some megabytes.
    """
    keys = list(batch)
    made = {statement.pk: sorted(fingerprints_of(statement)) for statement in _read(keys)}
    oldest = _oldest_read({number for numbers in made.values() for number in numbers}, of=MOST_READ) if sparing else {}
    Fingerprint.objects.filter(statement__in=keys).delete()
    rows = [
        (number, key)
        for key, numbers in made.items()
        for number in numbers
        # By its first one a statement shows that it has been read.
        if key >= oldest.get(number, 0) or number == numbers[0]
    ]
    insert_values(Fingerprint, ("hash", "statement_id"), rows)
    return len(rows)


def wrong_fingerprints(keys: list[int]) -> list[int]:
    """Which of some statements have other fingerprints than their wordings have, or lack some. Five queries or so.

    Those that many have need not be kept of all of them; once some were retracted, fewer than are read may be left.
    """
    made = {statement.pk: fingerprints_of(statement) for statement in _read(keys)}
    kept: dict[int, set[int]] = {key: set() for key in keys}
    for number, key in Fingerprint.objects.filter(statement__in=keys).values_list("hash", "statement_id"):
        kept[key].add(number)
    lacking = {key: made.get(key, set()) - kept[key] for key in keys}
    common = _oldest_read(set().union(*lacking.values()), of=MOST_READ // 2)
    return [
        key
        for key in keys
        if kept[key] - made.get(key, set())
        or lacking[key] - common.keys()
        or (lacking[key] and min(made[key]) in lacking[key])
    ]


def _read(keys: list[int]) -> QuerySet[Statement]:
    """The published of some statements, of which all wordings and nothing else is read. Three queries."""
    revisions = Revision.objects.only("statement", "number", "body")
    appearances = Appearance.objects.only("statement", "spans")
    published = Statement.objects.published().filter(pk__in=keys).only("spans")
    return published.prefetch_related(
        Prefetch("revisions", revisions, to_attr="known_versions"),
        Prefetch("appearances", appearances, to_attr="known_printings"),
    )


def fingerprints_of(statement: Statement) -> set[int]:
    """What a statement is looked up by, of all its wordings. No query on statements read `with_wordings`."""
    return kept_of(known.spans for known in known_wordings(statement))


def _oldest_read(numbers: set[int], of: int) -> dict[int, int]:
    """The oldest statement that is read of each fingerprint that as many have as are read, or more. One query.

    Read are the `of` newest.
    """
    if not numbers:
        return {}
    connection = connections[router.db_for_write(Fingerprint)]
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST_READ.format(asked=_ASKED[connection.vendor]), [of - 1, json.dumps(sorted(numbers))])
        return {number: oldest for number, oldest in cursor.fetchall() if oldest is not None}
