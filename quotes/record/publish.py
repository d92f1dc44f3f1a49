"""Making a draft public: version 1, for ever."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from quotes.models import Act, Revision, Statement
from quotes.record.acts import add_version, note
from quotes.record.bodies import freeze
from quotes.record.carriage import derive_carriage
from quotes.record.draft import lock_draft
from quotes.record.fingerprinting import refingerprint
from quotes.record.pages import lock_pages, touch, with_linked
from sources.slugs import survivor


def publish(statement: Statement, *, editor: User, seen: int | None = None) -> Revision:
    """Publish a draft as version 1, with its label frozen, its carriage derived and its hash taken.

    `seen` is the draft's `touched` as the editor previewed it. Raises DraftChanged, AlreadyPublished.
    """
    with transaction.atomic():
        current = lock_draft(statement, seen=seen)
        pages = with_linked([current.pk])
        lock_pages(pages)
        now = timezone.now()
        current.state = Statement.State.PUBLISHED
        current.recorded_at = now
        # A merge may have come between the form and its draft.
        current.speaker, current.speaks_for = survivor(current.speaker), survivor(current.speaks_for)
        current.label = current.label or current.speaker.label_on(current.said_min, current.said_max)
        current.save(update_fields=["state", "recorded_at", "speaker", "speaks_for", "label"])
        derive_carriage([current])
        refingerprint([current.pk])
        # Its links now show on the pages of the statements at their other end.
        touch(pages)
        revision = add_revision(current, editor=editor, at=now)
        note(verb=Act.Verb.PUBLISH, statement=current, revision=revision, actor=editor, at=now)
    statement.refresh_from_db()
    return revision


def add_revision(statement: Statement, *, editor: User, at: dt.datetime, reason: str = "") -> Revision:
    """The next version of a statement whose row the caller has locked."""
    last = statement.revisions.order_by("-number").first()
    number = last.number + 1 if last else 1
    body, sha256 = freeze(statement, number, at)
    return add_version(
        statement=statement, number=number, body=body, sha256=sha256, recorded_at=at, actor=editor, reason=reason
    )
