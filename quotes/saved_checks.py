"""Keeping what a check found, for those who ask for it: the quotations alone, at a link, for ninety days."""

import datetime as dt

from django.utils import timezone

from quotes.checking import Check, as_data
from quotes.models import SavedCheck

KEPT_FOR = dt.timedelta(days=90)


def save(found: Check) -> SavedCheck:
    """Keep the quotations of a check with their verdicts, and nothing else of its text. One query."""
    quotations = [{**one, "range": None} for one in as_data(found)["quotations"]]
    return SavedCheck.objects.create(
        made_at=found.at, expires_at=found.at + KEPT_FOR, record_changed_at=found.as_of, quotations=quotations
    )


def saved(key: str) -> SavedCheck | None:
    """The check with this key, unless its time is over. One query."""
    return SavedCheck.objects.filter(key=key, expires_at__gt=timezone.now()).first()


def forget_expired() -> int:
    """Delete the checks whose time is over; how many there were. One query."""
    return SavedCheck.objects.filter(expires_at__lte=timezone.now()).delete()[0]
