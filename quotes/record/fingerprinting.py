"""Fingerprints, derived from the wordings of published statements in the transaction that changes them."""

from collections.abc import Iterable

from quotes.models import Fingerprint, Statement
from quotes.models.fingerprints import known_wordings
from quotes.wording.fingerprints import kept_of


def refingerprint(batch: Iterable[int]) -> int:
    """Make the fingerprints of the statements with these ids say what their wordings say; how many there are.

    Only published statements have any. Four queries, and one for every few hundred fingerprints; a batch of a
    thousand statements needs some megabytes.
    """
    keys = list(batch)
    Fingerprint.objects.filter(statement__in=keys).delete()
    published = Statement.objects.published().filter(pk__in=keys).with_wordings()
    rows = [
        Fingerprint(hash=number, statement_id=statement.pk)
        for statement in published
        for number in sorted(fingerprints_of(statement))
    ]
    Fingerprint.objects.bulk_create(rows, batch_size=5000)
    return len(rows)


def fingerprints_of(statement: Statement) -> set[int]:
    """What a statement is looked up by, of all its wordings. No query on statements read `with_wordings`."""
    return kept_of(known.spans for known in known_wordings(statement))
