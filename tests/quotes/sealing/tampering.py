"""A record with something of everything, and a hand at the database underneath that no trigger stops."""

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from quotes import record
from quotes.models import Statement
from quotes.notation import parse
from quotes.sealing.sequence import checkpoint
from tests import factories
from tests.emptying import drop_triggers


@dataclass(frozen=True)
class Everything:
    """A statement that was corrected, one that was retracted, one merged into it, one that was removed."""

    corrected: Statement
    retracted: Statement
    merged: Statement
    removed: Statement
    notes: list[str]


def everything():
    """A record of it all, with three checkpoints."""
    by = factories.publisher()
    why = {"editor": by, "reason": "As printed there"}
    words = "“We must think about the security of all of us.”", "“Peace comes first.”", "“Peace is first.”", "“No.”"
    removed, corrected, merged, retracted = (factories.publish(one, editor=by) for one in words)
    notes = [checkpoint().note]
    record.correct(corrected, record.Changes(spans=parse("“Peace came first.”")), **why)
    record.retract(retracted, **why)
    notes.append(checkpoint().note)
    record.merge(merged, corrected, **why)
    other = factories.publish("“Yes.”", editor=by)
    record.undo_merge(record.merge(other, corrected, **why), editor=by)
    record.retract(removed, editor=by, reason="Nobody heard: we must think about the security of all of us")
    record.restore(removed, editor=by, reason="Somebody did")
    record.remove(removed, editor=by, reason_code="law", reason="An order")
    notes.append(checkpoint().note)
    for one in (corrected, retracted, merged, removed):
        one.refresh_from_db()
    return Everything(corrected, retracted, merged, removed, notes)


def underneath(*orders):
    """Run SQL past every trigger and foreign key."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            drop_triggers(cursor)
        for order in orders:
            cursor.execute(order)


@contextmanager
def taken_back():
    """All that is done is undone, before anybody looks whether the database agrees with itself."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
