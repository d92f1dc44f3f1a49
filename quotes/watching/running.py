"""All that is due: acts to tell, digests to make and send, requests to deliver, owners to warn, old rows to forget."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from quotes.models import Delivery, Digest, Notice
from quotes.watching import digests
from quotes.watching.delivering import deliver_due
from quotes.watching.routing import route
from quotes.watching.warning import warn
from sources.fetching.posting import Poster

log = logging.getLogger(__name__)

REMEMBERED = dt.timedelta(days=400)
"""So long a watch knows what it was told of, so that it can be told that it was removed."""
LOGGED = dt.timedelta(days=30)
LOG = 1_000
"""Done deliveries that are kept for an endpoint, for so long."""
_FORGOTTEN_AT_ONCE = 1_000


@dataclass
class Worker:
    """Does what is due, until nothing is or it is asked to stop. It may be killed at any time."""

    poster: Poster = field(default_factory=Poster)
    stopped: Callable[[], bool] = lambda: False
    failed: bool = False

    def work(self) -> int:
        """Do all that is due now; how much it was."""
        steps: list[Callable[[], int]] = [route, lambda: deliver_due(self.poster)]
        if settings.SENDS_MAIL:
            steps += [digests.make_due, digests.send_due, warn]
        return sum(self._drain(step) for step in steps)

    def _drain(self, step: Callable[[], int]) -> int:
        """Do one kind of work. What can't be done is told in the log, hinders nothing else, and is tried again."""
        done = 0
        try:
            while not self.stopped() and (some := step()):
                done += some
        except Exception:
            log.exception("something could not be told; it is tried again")
            self.failed = True
        return done


def forget() -> int:
    """Forget what is too old to be told of, a thousand rows of each kind at a time; how many rows."""
    now = timezone.now()
    late = Delivery.objects.filter(state=Delivery.State.WAITING, made_at__lt=now - LOGGED)
    late.update(state=Delivery.State.GIVEN_UP, due_at=None, outcome="It waited for thirty days.")
    done = Delivery.objects.exclude(state=Delivery.State.WAITING)
    number = Window(RowNumber(), partition_by=F("endpoint"), order_by=F("id").desc())
    beyond = done.annotate(number=number).filter(number__gt=LOG)
    rows = [
        done.filter(made_at__lt=now - LOGGED),
        beyond,
        Notice.objects.filter(waits_for="", at__lt=now - REMEMBERED),
        Digest.objects.exclude(state=Digest.State.WAITING).filter(made_at__lt=now - REMEMBERED),
    ]
    return sum(_delete(some) for some in rows)


def _delete(rows: QuerySet[Any]) -> int:
    keys = list(rows.order_by().values_list("pk", flat=True)[:_FORGOTTEN_AT_ONCE])
    return rows.model._default_manager.filter(pk__in=keys).delete()[0] if keys else 0
