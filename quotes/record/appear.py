"""The same statement found again: one more appearance, no new version."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from quotes.models import Act, Appearance, Statement
from quotes.record.carriage import derive_carriage
from quotes.record.draft import choose_primary, write_appearance
from quotes.record.errors import BadDraft, RecordError
from quotes.record.specs import AppearanceSpec


def add_appearance(statement: Statement, spec: AppearanceSpec, *, editor: User) -> Appearance:
    """Keep one more printing of a statement's utterance; its carriage and its publication follow.

    Raises BadDraft where the document is older than the statement can be.
    """
    with transaction.atomic():
        current = Statement.objects.select_for_update().get(pk=statement.pk)
        if current.state in (Statement.State.REMOVED, Statement.State.MERGED):
            raise RecordError(
                f"This statement was {current.get_state_display().lower()}: it takes no more appearances."
            )
        _follow_publication(current, spec)
        appearance = write_appearance(current, spec)
        if not current.primary_is_chosen and current.state == Statement.State.DRAFT:
            choose_primary(current, None)
        derive_carriage([current])
        Act.objects.create(
            verb=Act.Verb.ADD_APPEARANCE,
            statement=current,
            actor=editor,
            at=timezone.now(),
            detail={"appearance": appearance.pk, "document": spec.document.pid},
        )
    statement.refresh_from_db()
    return appearance


def _follow_publication(statement: Statement, spec: AppearanceSpec) -> None:
    """Bump the page, and move the earliest publication and the last day it can have been said where they change."""
    statement.touched += 1
    document = spec.document
    if document.published_max < statement.published_max:
        if statement.said_min and statement.said_min > document.published_max:
            raise BadDraft(
                f"Said {statement.said_words}, but this document was published {document.published_words} already.",
                "document",
            )
        statement.published, statement.published_min = document.published, document.published_min
        statement.published_max = document.published_max
        statement.said_max = min(statement.said_max, document.published_max)
    statement.save(update_fields=["touched", "published", "published_min", "published_max", "said_max"])
