"""Problem reports: sent by readers without an account, answered by editors."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from quotes.addresses import address_key
from quotes.models import Act, Report, Statement
from quotes.record.acts import note

WINDOW = dt.timedelta(hours=1)


class TooManyReports(Exception):
    """An address has sent its share for now; `again_at` is when it may send the next."""

    def __init__(self, again_at: dt.datetime) -> None:
        self.again_at = again_at
        super().__init__(gettext("Too many reports came from your network within an hour."))


class AlreadyAnswered(Exception):
    """Somebody else answered the report first; `report` holds their answer."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(gettext("%(name)s answered this report already.") % {"name": report.answered_by})


def send(statement: Statement, message: str, *, address: str, email: str = "") -> Report:
    """Put a reader's report in the editors' queue. Two queries.

    Raises TooManyReports after REPORTS_PER_HOUR from one address; 0 is no limit. Reports sent at the same instant may
    slip past the limit together: it keeps the queue usable, it guards no secret.
    """
    now = timezone.now()
    key = address_key(address)
    if settings.REPORTS_PER_HOUR:
        _refuse_past(settings.REPORTS_PER_HOUR, key, now)
    return Report.objects.create(statement=statement, message=message, email=email, address=key, sent_at=now)


def _refuse_past(limit: int, key: str, now: dt.datetime) -> None:
    """Raise TooManyReports where so many came from an address within the last hour."""
    recent = list(
        Report.objects.filter(address=key, sent_at__gt=now - WINDOW)
        .order_by("-sent_at")
        .values_list("sent_at", flat=True)[:limit]
    )
    if len(recent) >= limit:
        raise TooManyReports(recent[-1] + WINDOW)


def answer(report: Report, text: str, *, editor: User) -> None:
    """Close a report with what was done about it. Raises AlreadyAnswered.

    The audit trail keeps that it was answered, and neither text: a report may hold what its sender wants kept private.
    """
    with transaction.atomic():
        current = Report.objects.select_for_update(of=("self",)).select_related("statement").get(pk=report.pk)
        if current.answered_at:
            raise AlreadyAnswered(current)
        current.answer, current.answered_at, current.answered_by = text, timezone.now(), editor
        current.save(update_fields=["answer", "answered_at", "answered_by"])
        note(
            verb=Act.Verb.ANSWER_REPORT,
            statement=current.statement,
            actor=editor,
            at=current.answered_at,
            detail={"report": current.pk},
        )
