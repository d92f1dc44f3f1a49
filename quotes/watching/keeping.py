"""Watches: begun, changed, paused and ended by their owner."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from quotes.models import Endpoint, Notice, Statement, Watch

MOST = 200
"""Watches that an account can have."""


class TooManyWatches(Exception):
    """The account has as many watches as it can."""

    def __init__(self) -> None:
        super().__init__(f"You have {MOST} watches, which is the most. Delete one that you no longer need.")


def watched(owner: User, *, query: str = "", statement: Statement | None = None) -> Watch | None:
    """The account's watch of a list or a statement. One query."""
    return Watch.objects.filter(owner=owner, query=query, statement=statement).first()


def watch(
    owner: User,
    *,
    query: str = "",
    statement: Statement | None = None,
    name: str = "",
    mail: str = "",
    endpoint: Endpoint | None = None,
) -> Watch:
    """Begin to watch: what happens from now on is told. Raises TooManyWatches. The same watch twice is one."""
    if Watch.objects.filter(owner=owner).count() >= MOST:
        raise TooManyWatches
    try:
        with transaction.atomic():
            return Watch.objects.create(
                owner=owner,
                query=query,
                statement=statement,
                name=name,
                mail=mail,
                endpoint=endpoint,
                created_at=timezone.now(),
            )
    except IntegrityError:
        there = watched(owner, query=query, statement=statement)
        if there is None:
            raise
        return there


def change(watch: Watch, *, mail: str, endpoint: Endpoint | None) -> None:
    """Let a watch tell in another way; what waits to be told goes the new way too."""
    with transaction.atomic():
        watch.mail, watch.endpoint = mail, endpoint
        watch.save(update_fields=["mail", "endpoint"])
        Notice.objects.filter(watch=watch).exclude(waits_for="").update(waits_for=mail)


def pause(watch: Watch) -> None:
    """Tell nothing of what happens from now on, until it is resumed."""
    Watch.objects.filter(pk=watch.pk, paused_at=None).update(paused_at=timezone.now())


def resume(watch: Watch) -> None:
    """Tell again of what happens from now on."""
    Watch.objects.filter(pk=watch.pk).update(paused_at=None)


def noticed(watch: Watch, before: int | None, size: int) -> QuerySet[Notice]:
    """What a watch noticed, the last first, from a place on. One query."""
    rows = Notice.objects.filter(watch=watch).select_related("act__statement__speaker", "digest")
    rows = rows.defer("act__statement__folded").order_by("-pk")
    return (rows.filter(pk__lt=before) if before else rows)[: size + 1]
