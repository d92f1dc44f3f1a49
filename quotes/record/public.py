"""What every act on a published statement asks first: that it is public, that there is a reason, that it is locked."""

from collections.abc import Iterable

from django.utils.translation import gettext

from quotes.models import Statement
from quotes.record.errors import ReasonMissing, RecordError, StatementRemoved
from quotes.record.pages import lock_pages, with_linked


def lock_public(statement: Statement, also: Iterable[int] = ()) -> Statement:
    """The statement as it stands, locked till the end of the transaction, so that acts on it come one after another.

    Locked with it are the statements whose pages show it, and those whose ids are in `also`. Raises StatementRemoved
    on a tombstone, RecordError for a draft and for a statement merged away. Four queries.
    """
    lock_pages(with_linked([statement.pk]) | set(also))
    current = Statement.objects.get(pk=statement.pk)
    if current.state == Statement.State.REMOVED:
        raise StatementRemoved(gettext("This statement was removed for good: nothing can be done with it any more."))
    if not current.is_public:
        state = current.get_state_display().lower()
        told = gettext("This statement is %(state)s: only a published one can be changed in public.")
        raise RecordError(told % {"state": state})
    return current


def checked_reason(reason: str) -> str:
    """The reason without space around it. Raises ReasonMissing for an empty one: no act on the record is silent."""
    if not reason.strip():
        raise ReasonMissing(gettext("Say why: the reason is public."), "reason")
    return reason.strip()
