"""What is derived from statements, held against them: carriage, the index with its counts and names, fingerprints.

All of it is written in the transaction that changes a statement: it agrees at every moment, whatever ended a process.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from django.db import DatabaseError, connection

from quotes.dumping.write import one_moment
from quotes.models import Statement, TokenCount
from quotes.record.carriage import wrong_carriage
from quotes.record.fingerprinting import wrong_fingerprints
from quotes.record.index import heard_beside, parties, wrong_counts, wrong_entries
from quotes.record.names import unknown_names

BATCH = 500
Say = Callable[[str, int], None]
_DAMAGED = "The index of words is damaged: run `manage.py reindex --from-the-start`, or restore a backup."


def disagreements(say: Say = lambda _name, _rows: None) -> Iterator[str]:
    """What disagrees, each as a sentence; nothing where all follows from the statements.

    It reads one moment while others write, a batch at a time; the counts alone are held in memory whole. `say` is told
    what is read, and how far.
    """
    with one_moment():
        yield from _statements(say)
        yield from _counts(say)
        yield from _names()
    yield from _words()


def _statements(say: Say) -> Iterator[str]:
    last = done = 0
    while batch := list(Statement.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last, done = batch[-1].pk, done + len(batch)
        pids = {one.pk: one.pid for one in batch}
        for one in batch:
            if one.primary_appearance_id is None:
                yield f"{one.pid} stands in no document."
        for what, wrong in (
            ("The carriage of {} isn’t what its roads say.", wrong_carriage(batch)),
            ("{} isn’t in the index as it should be.", wrong_entries(list(pids))),
            ("The fingerprints of {} aren’t those of its words.", wrong_fingerprints(list(pids))),
        ):
            yield from (what.format(pids[key]) for key in wrong)
        say("statements", done)


def _counts(say: Say) -> Iterator[str]:
    for (token, month), (n, found) in wrong_counts(lambda done: say("entries", done)).items():
        yield f"{token} of {month or 'all months'} is counted {n} times, and {found} entries have it."


def _names() -> Iterator[str]:
    """Whoever stands in the index, or was heard beside, against what names begin with."""
    tokens: Iterable[str] = TokenCount.objects.filter(month=0, n__gt=0).values_list("token", flat=True)
    for model, keys in parties(chain(tokens, heard_beside(Statement.objects.published().values_list("pk", flat=True)))):
        for key in unknown_names(model, keys):
            yield f"The {model._meta.verbose_name} {key} isn’t found by its name."


def _words() -> Iterator[str]:
    """SQLite's index of words, against the entries; PostgreSQL derives its own itself. Nobody writes meanwhile."""
    if connection.vendor != "sqlite":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO quotes_entry_index (quotes_entry_index, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        yield _DAMAGED
