"""Links between statements, and the topics they are filed under. Neither makes a version."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from quotes.models import Act, Link, Statement
from quotes.record.acts import note
from quotes.record.errors import RecordError
from quotes.record.pages import lock_pages, touch


def link(source: Statement, target: Statement, kind: str, *, editor: User) -> Link:
    """Say what `source` does to `target`; saying it again changes nothing. Raises RecordError for a self-link."""
    if source.pk == target.pk:
        raise RecordError(gettext("A statement can't be linked to itself."), "links")
    with transaction.atomic():
        lock_pages([source.pk, target.pk])
        made, is_new = Link.objects.get_or_create(source=source, target=target, kind=kind)
        if is_new:
            _note(Act.Verb.LINK, made, editor)
    return made


def unlink(made: Link, *, editor: User) -> None:
    """Take a link back."""
    with transaction.atomic():
        lock_pages([made.source_id, made.target_id])
        _note(Act.Verb.UNLINK, made, editor)
        made.delete()


def _note(verb: Act.Verb, made: Link, editor: User) -> None:
    touch([made.source_id, made.target_id])
    note(
        verb=verb,
        statement=made.source,
        actor=editor,
        at=timezone.now(),
        detail={"kind": made.kind, "target": made.target.pid},
    )
