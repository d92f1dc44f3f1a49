"""Copies that don't say so: an editor marks one, and it has the origin of what it was copied from."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from quotes.models import Act, Appearance, Statement
from quotes.record.acts import note
from quotes.record.carriage import derive_carriage
from quotes.record.errors import RecordError
from quotes.record.pages import touch
from quotes.record.public import checked_reason, lock_public


def mark_copy(appearance: Appearance, source: Appearance, *, editor: User, reason: str) -> None:
    """Say that one appearance was copied from another of the same statement; its origins follow.

    Raises RecordError for an appearance of another statement, for a circle and for one that is marked so already,
    ReasonMissing, StatementRemoved.
    """
    reason = checked_reason(reason)
    with transaction.atomic():
        statement = lock_public(appearance.statement)
        shown = {one.pk: one for one in statement.appearances.select_related("document")}
        _check(appearance, source, shown)
        copy = shown[appearance.pk]
        copy.copy_of = shown[source.pk]
        copy.save(update_fields=["copy_of"])
        _follow(statement)
        _note(Act.Verb.MARK_COPY, copy, shown[source.pk], editor, reason)
    appearance.refresh_from_db()


def unmark_copy(appearance: Appearance, *, editor: User, reason: str) -> None:
    """Take that back. Raises RecordError for an appearance that isn't marked as a copy, ReasonMissing."""
    reason = checked_reason(reason)
    with transaction.atomic():
        statement = lock_public(appearance.statement)
        copy = statement.appearances.select_related("document", "copy_of__document").get(pk=appearance.pk)
        source = copy.copy_of
        if source is None:
            raise RecordError(gettext("It isn’t marked as a copy."))
        copy.copy_of = None
        copy.save(update_fields=["copy_of"])
        _follow(statement)
        _note(Act.Verb.UNMARK_COPY, copy, source, editor, reason)
    appearance.refresh_from_db()


def _check(appearance: Appearance, source: Appearance, shown: dict[int, Appearance]) -> None:
    if appearance.pk not in shown or source.pk not in shown:
        raise RecordError(gettext("A copy and what it was copied from are printings of one statement."), "source")
    if shown[appearance.pk].copy_of_id == source.pk:
        raise RecordError(gettext("It is marked as a copy of this already."), "source")
    above: Appearance | None = shown[source.pk]
    while above is not None:
        if above.pk == appearance.pk:
            raise RecordError(gettext("A printing can’t be copied from its own copy."), "source")
        above = shown.get(above.copy_of_id or 0)


def _follow(statement: Statement) -> None:
    derive_carriage([statement])
    touch([statement.pk])


def _note(verb: Act.Verb, copy: Appearance, source: Appearance, editor: User, reason: str) -> None:
    note(
        verb=verb,
        statement_id=copy.statement_id,
        actor=editor,
        at=timezone.now(),
        reason=reason,
        detail={"appearance": copy.pk, "document": copy.document.pid, "source": source.document.pid},
    )
