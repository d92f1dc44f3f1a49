"""Retracting a statement, and restoring it. Its words stay as they were, so neither makes a version."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from quotes.models import Act, Statement
from quotes.record.acts import note, note_many
from quotes.record.carriage import derive_carriage
from quotes.record.errors import RecordError
from quotes.record.fingerprinting import refingerprint
from quotes.record.pages import lock_pages, touch, with_linked
from quotes.record.public import checked_reason, lock_public


def retract(statement: Statement, *, editor: User, reason: str) -> Act:
    """Take a statement out of every list; its page stays, with a banner that gives the reason.

    Raises RecordError where it is retracted already, StatementRemoved, ReasonMissing.
    """
    return _turn(statement, Act.Verb.RETRACT, Statement.State.RETRACTED, editor, reason)


def retract_many(keys: Collection[int], *, editor: User, reason: str) -> list[int]:
    """Retract those of some statements that are published; their keys. Raises ReasonMissing.

    Belongs to a few hundred at a time: about twenty queries, and their pages are locked meanwhile.
    """
    reason, now = checked_reason(reason), timezone.now()
    with transaction.atomic():
        lock_pages(with_linked(keys))
        found = list(Statement.objects.published().filter(pk__in=keys).order_by("pk"))
        retracted = [one.pk for one in found]
        Statement.objects.filter(pk__in=retracted).update(state=Statement.State.RETRACTED)
        derive_carriage(found)
        refingerprint(retracted)
        touch(with_linked(retracted))
        verb = Act.Verb.RETRACT
        note_many(Act(verb=verb, statement=one, actor=editor, at=now, reason=reason) for one in found)
    return retracted


def restore(statement: Statement, *, editor: User, reason: str) -> Act:
    """Put a retracted statement back. Raises RecordError where it is not retracted, StatementRemoved, ReasonMissing."""
    return _turn(statement, Act.Verb.RESTORE, Statement.State.PUBLISHED, editor, reason)


def _turn(statement: Statement, verb: Act.Verb, state: Statement.State, editor: User, reason: str) -> Act:
    reason = checked_reason(reason)
    with transaction.atomic():
        current = lock_public(statement)
        if current.state == state:
            raise RecordError(gettext("This statement is %(state)s already.") % {"state": state.label.lower()})
        current.state = state
        current.save(update_fields=["state"])
        derive_carriage([current])
        refingerprint([current.pk])
        touch(with_linked([current.pk]))
        act = note(verb=verb, statement=current, actor=editor, at=timezone.now(), reason=reason)
    statement.refresh_from_db()
    return act
