"""Sending what waits for endpoints, and what follows from how they answer.

A delivery is done in the transaction that follows the answer. A worker that dies before it leaves the delivery due
again when its lease is over, under the same id: receivers see an event at least once, and know it again by its id.
"""

import datetime as dt
import json

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from quotes.models import Delivery, Endpoint
from quotes.watching import backing_off
from quotes.watching.events import event
from quotes.watching.signing import secret_of, signature
from quotes.watching.taking import take
from sources.fetching.posting import Answer, CannotPost, Poster

_AT_ONCE = 10
_GONE = 410
_SAID = 300
_ACCOUNT_CLOSED = dt.timedelta(hours=6)


def deliver_due(poster: Poster) -> int:
    """Send some of what is due, the longest due first; how many were tried. What fails makes the rest of it wait."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING).order_by("due_at", "pk")
    resting: dict[int, dt.datetime] = {}
    taken = take(waiting, _AT_ONCE)
    for delivery in taken:
        if until := resting.get(delivery.endpoint_id):
            _waiting(delivery.pk).filter(due_at__isnull=False).update(due_at=until)
        elif until := deliver(delivery.pk, poster):
            resting[delivery.endpoint_id] = until
    return len(taken)


def deliver_now(delivery: Delivery, poster: Poster) -> None:
    """Try one delivery without waiting for its turn, unless a worker is at it."""
    for one in take(Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING), 1):
        deliver(one.pk, poster)


def deliver(key: int, poster: Poster) -> dt.datetime | None:
    """Try one delivery that is this worker's; where its endpoint didn't answer well, until when it is left alone."""
    rows = Delivery.objects.select_related("endpoint__owner", "act__statement", "act__revision")
    delivery = rows.defer("act__revision__body").filter(pk=key, state=Delivery.State.WAITING).first()
    if delivery is None:
        return None
    if delivery.endpoint.paused_at or not delivery.endpoint.owner.is_active:
        _waiting(key).update(due_at=None if delivery.endpoint.paused_at else timezone.now() + _ACCOUNT_CLOSED)
        return None
    told = event(delivery)
    if told is None:
        _waiting(key).update(state=Delivery.State.DROPPED, due_at=None)
        return None
    _waiting(key).update(tries=F("tries") + 1, tried_at=timezone.now())
    try:
        answer = poster.post(delivery.endpoint.url, *_request(delivery, json.dumps(told, ensure_ascii=False).encode()))
    except CannotPost as error:
        return _failed(delivery, None, str(error))
    return _answered(delivery, answer)


def _waiting(key: int) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=key, state=Delivery.State.WAITING)


def _request(delivery: Delivery, body: bytes) -> tuple[bytes, list[tuple[str, str]]]:
    """The body and its signed headers. While a secret is being replaced both sign."""
    now, endpoint, name = timezone.now(), delivery.endpoint, str(delivery.uid)
    stamp = int(now.timestamp())
    salts = [endpoint.salt]
    if endpoint.old_salt and endpoint.old_until and endpoint.old_until > now:
        salts.append(endpoint.old_salt)
    signed = " ".join(signature(secret_of(salt), name, stamp, body) for salt in salts)
    return body, [
        ("Content-Type", "application/json"),
        ("webhook-id", name),
        ("webhook-timestamp", str(stamp)),
        ("webhook-signature", signed),
    ]


def _answered(delivery: Delivery, answer: Answer) -> dt.datetime | None:
    if 200 <= answer.status < 300:  # noqa: PLR2004  # HTTP's class of success
        with transaction.atomic():
            # Endpoints before their deliveries, as everywhere: so two workers don't wait for each other in a circle.
            failing = Q(failures__gt=0) | Q(failing_since__isnull=False)
            Endpoint.objects.filter(failing, pk=delivery.endpoint_id).update(failures=0, failing_since=None)
            _waiting(delivery.pk).update(state=Delivery.State.SENT, due_at=None, status=answer.status, outcome="")
        return None
    is_redirect = 300 <= answer.status < 400  # noqa: PLR2004
    said = " ".join(answer.body.decode("utf-8", "replace").replace("\x00", "").split())
    words = "It redirects, which is not followed: give the address that it leads to." if is_redirect else said
    wait = backing_off.asked_for(answer.headers.get("retry-after", ""), timezone.now())
    return _failed(delivery, answer.status, words, wait)


def _failed(delivery: Delivery, status: int | None, outcome: str, asked: dt.timedelta = dt.timedelta()) -> dt.datetime:
    """Note what went wrong, let all that waits for the endpoint wait on, and pause one that is gone or long dead."""
    now = timezone.now()
    with transaction.atomic():
        endpoint = Endpoint.objects.select_for_update().filter(pk=delivery.endpoint_id).first()
        if endpoint is None:
            return now
        endpoint.failures += 1
        endpoint.failing_since = endpoint.failing_since or now
        endpoint.save(update_fields=["failures", "failing_since"])
        rested = now + max(asked, backing_off.rest_for(endpoint.failures))
        again = backing_off.again_in(delivery.tries + 1)
        _waiting(delivery.pk).update(
            status=status,
            outcome=outcome[:_SAID],
            state=Delivery.State.WAITING if again else Delivery.State.GIVEN_UP,
            due_at=max(rested, now + again) if again else None,
        )
        waiting = endpoint.deliveries.filter(state=Delivery.State.WAITING).exclude(pk=delivery.pk)
        waiting.filter(due_at__lt=rested).update(due_at=rested)
        if reason := _dead(endpoint, status, now):
            pause(endpoint, reason)
        return rested


def _dead(endpoint: Endpoint, status: int | None, now: dt.datetime) -> str:
    if status == _GONE:
        return "It answered 410 Gone."
    since = endpoint.failing_since or now
    if endpoint.failures >= backing_off.FAILURES and since <= now - backing_off.DAYS:
        return f"It failed {endpoint.failures} times in a row, the first time on {since:%-d %B %Y}."
    return ""


def pause(endpoint: Endpoint, reason: str = "") -> None:
    """Send nothing to an endpoint until its owner resumes it; what comes meanwhile waits.

    With a reason, which isn't theirs, they are written to.
    """
    now = timezone.now()
    with transaction.atomic():
        Endpoint.objects.filter(pk=endpoint.pk, paused_at=None).update(
            paused_at=now, pause_reason=reason, warn_at=now if reason else None
        )
        endpoint.deliveries.filter(state=Delivery.State.WAITING).update(due_at=None)


def resume(endpoint: Endpoint) -> None:
    """Send to a paused endpoint again, what waits first."""
    with transaction.atomic():
        Endpoint.objects.filter(pk=endpoint.pk).update(
            paused_at=None, pause_reason="", warn_at=None, failures=0, failing_since=None
        )
        endpoint.deliveries.filter(state=Delivery.State.WAITING).update(due_at=timezone.now())
