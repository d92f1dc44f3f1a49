"""Retracting a statement, and restoring it. Its words stay as they were, so neither makes a version."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from quotes.models import Act, Statement
from quotes.record.acts import note
from quotes.record.carriage import derive_carriage
from quotes.record.errors import RecordError
from quotes.record.fingerprinting import refingerprint
from quotes.record.pages import touch, with_linked
from quotes.record.public import checked_reason, lock_public


def retract(statement: Statement, *, editor: User, reason: str) -> Act:
    """Take a statement out of every list; its page stays, with a banner that gives the reason.

    Raises RecordError where it is retracted already, StatementRemoved, ReasonMissing.
    """
    return _turn(statement, Act.Verb.RETRACT, Statement.State.RETRACTED, editor, reason)


def restore(statement: Statement, *, editor: User, reason: str) -> Act:
    """Put a retracted statement back. Raises RecordError where it is not retracted, StatementRemoved, ReasonMissing."""
    return _turn(statement, Act.Verb.RESTORE, Statement.State.PUBLISHED, editor, reason)


def _turn(statement: Statement, verb: Act.Verb, state: Statement.State, editor: User, reason: str) -> Act:
    reason = checked_reason(reason)
    with transaction.atomic():
        current = lock_public(statement)
        if current.state == state:
            raise RecordError(f"This statement is {state.label.lower()} already.")
        current.state = state
        current.save(update_fields=["state"])
        derive_carriage([current])
        refingerprint([current.pk])
        touch(with_linked([current.pk]))
        act = note(verb=verb, statement=current, actor=editor, at=timezone.now(), reason=reason)
    statement.refresh_from_db()
    return act
