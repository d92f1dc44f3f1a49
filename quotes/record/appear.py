"""The same statement found again: one more appearance, no new version."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from quotes.models import Act, Appearance, Statement
from quotes.record.acts import note
from quotes.record.carriage import derive_carriage
from quotes.record.draft import choose_primary, said_columns, write_appearance
from quotes.record.errors import BadDraft, RecordError
from quotes.record.fingerprinting import refingerprint
from quotes.record.pages import lock_pages, touch, with_linked
from quotes.record.specs import AppearanceSpec


def add_appearance(statement: Statement, spec: AppearanceSpec, *, editor: User) -> Appearance:
    """Keep one more printing of a statement's utterance; its carriage and its publication follow.

    Raises BadDraft where the document is older than the statement can be.
    """
    with transaction.atomic():
        current = Statement.objects.select_for_update().get(pk=statement.pk)
        if current.state in (Statement.State.REMOVED, Statement.State.MERGED):
            raise RecordError(
                gettext("This statement was %(state)s: it takes no more appearances.")
                % {"state": current.get_state_display().lower()}
            )
        appearance = write_appearance(current, spec)
        try:
            follow_documents(current)
        except BadDraft as error:
            raise BadDraft(str(error), "document") from error
        if not current.primary_is_chosen and current.state == Statement.State.DRAFT:
            choose_primary(current, None)
        derive_carriage([current])
        refingerprint([current.pk])
        touch([current.pk])
        note(
            verb=Act.Verb.ADD_APPEARANCE,
            statement=current,
            actor=editor,
            at=timezone.now(),
            detail={"appearance": appearance.pk, "document": spec.document.pid},
        )
    statement.refresh_from_db()
    return appearance


def withdraw_appearance(appearance: Appearance, *, editor: User) -> None:
    """Take back an appearance that was added by mistake; carriage and publication follow what is left.

    Raises RecordError for the primary one: versions are made from it.
    """
    with transaction.atomic():
        lock_pages(with_linked([appearance.statement_id]))
        current = Statement.objects.get(pk=appearance.statement_id)
        if current.primary_appearance_id == appearance.pk:
            raise RecordError(gettext("This is the statement’s primary appearance: its versions are made from it."))
        detail = {"appearance": appearance.pk, "document": appearance.document.pid}
        appearance.delete()
        follow_documents(current)
        derive_carriage([current])
        refingerprint([current.pk])
        touch([current.pk])
        note(verb=Act.Verb.WITHDRAW_APPEARANCE, statement=current, actor=editor, at=timezone.now(), detail=detail)


def follow_documents(statement: Statement) -> None:
    """Let the earliest publication, and the last day it can have been said, follow from a locked statement's documents.

    Raises BadDraft where it was said after the earliest of them was published.
    """
    shown = statement.appearances.select_related("document").order_by("document__published_max", "document_id")
    earliest = shown[0].document
    columns = said_columns(statement.said, earliest.published, earliest.published_max)
    columns |= {name: getattr(earliest, name) for name in ("published", "published_min", "published_max")}
    for name, value in columns.items():
        setattr(statement, name, value)
    statement.save(update_fields=list(columns))
