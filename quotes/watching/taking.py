"""Taking rows to work on, so that two workers don't do the same, and what a dead one left is taken up again."""

import datetime as dt
from typing import TypeVar

from django.db import models, transaction
from django.utils import timezone

LEASE = dt.timedelta(minutes=5)
"""So long a row is its worker's: more than sending one thing can take."""

Row = TypeVar("Row", bound=models.Model)


def take(rows: models.QuerySet[Row], most: int) -> list[Row]:
    """Take the first rows that are due, in the order of `rows`, by putting off when they are due next.

    One query where nothing is due, three where something is. Whoever finishes a row says so; if nobody does, it is due
    again when the lease is over.
    """
    due = rows.filter(due_at__lte=timezone.now())
    if not due.exists():
        return []
    with transaction.atomic():
        taken = list(due.select_for_update(skip_locked=True, of=("self",))[:most])
        rows.model._default_manager.filter(pk__in=[row.pk for row in taken]).update(due_at=timezone.now() + LEASE)
    return taken
