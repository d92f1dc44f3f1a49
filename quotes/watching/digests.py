"""E-mail: one message for all that an account's watches of one kind have to tell.

A digest is made, with what it tells, in one transaction: from then on it is being sent. It is written from the record
as it stands, each time that it is tried, and done in the transaction that follows the mail server's OK. A worker that
dies between the two leaves it to be sent again, under the same Message-ID.
"""

import datetime as dt
import logging
import smtplib

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from quotes.models import Cadence, Digest, Mailbox, Notice
from quotes.watching import remarks
from quotes.watching.letters import letter
from quotes.watching.mailboxes import next_daily, next_weekly
from quotes.watching.taking import take

log = logging.getLogger(__name__)

APART = dt.timedelta(minutes=1)
"""Between two messages of what is told at once: what comes together is told together."""
MOST_TRIES = 12
_AT_ONCE = 100
_SMTP_REFUSES = 500
_FIRST_WAIT, _LONGEST_WAIT = dt.timedelta(minutes=2), dt.timedelta(hours=6)


def make_due() -> int:
    """Make the digests that are due, of a hundred mailboxes at a time; how many mailboxes were looked at."""
    now = timezone.now()
    at_once = _waiting_at_once(now)
    daily = _confirmed().filter(daily_at__lte=now).order_by("daily_at", "pk")
    weekly = _confirmed().filter(weekly_at__lte=now).order_by("weekly_at", "pk")
    due = [(mailbox, Cadence.AT_ONCE) for mailbox in at_once]
    due += [(mailbox, Cadence.DAILY) for mailbox in daily.values_list("pk", flat=True)[:_AT_ONCE]]
    due += [(mailbox, Cadence.WEEKLY) for mailbox in weekly.values_list("pk", flat=True)[:_AT_ONCE]]
    for mailbox, cadence in due:
        _make(mailbox, cadence, now)
    return len(due)


def _confirmed() -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(confirmed_at__isnull=False, owner__is_active=True)


def _waiting_at_once(now: dt.datetime) -> list[int]:
    waiting = Notice.objects.filter(waits_for=Cadence.AT_ONCE, watch__owner__mailbox__confirmed_at__isnull=False)
    recent = Digest.objects.filter(owner=OuterRef("watch__owner"), cadence=Cadence.AT_ONCE, made_at__gt=now - APART)
    waiting = waiting.filter(~Exists(recent), watch__owner__is_active=True).order_by()
    return list(waiting.values_list("watch__owner__mailbox", flat=True).distinct()[:_AT_ONCE])


def _make(key: int, cadence: Cadence, now: dt.datetime) -> None:
    """Decide to send what waits, unless another worker did; nothing where nothing does. About seven queries."""
    with transaction.atomic():
        mailbox = Mailbox.objects.select_for_update().get(pk=key)
        if not _turn(mailbox, cadence, now):
            return
        waiting = Notice.objects.filter(watch__owner=mailbox.owner_id, waits_for=cadence)
        # What another message told already, because another watch found it too, is told.
        told = Notice.objects.filter(watch__owner=mailbox.owner_id, act=OuterRef("act"), digest__isnull=False)
        waiting.filter(Exists(told)).update(waits_for="")
        if waiting.exists():
            made = Digest.objects.create(owner_id=mailbox.owner_id, cadence=cadence, made_at=now, due_at=now)
            waiting.update(waits_for="", digest=made)


def _turn(mailbox: Mailbox, cadence: Cadence, now: dt.datetime) -> bool:
    """Whether it is this mailbox's turn; its next one is kept."""
    if cadence == Cadence.AT_ONCE:
        made = Digest.objects.filter(owner=mailbox.owner_id, cadence=cadence, made_at__gt=now - APART)
        return not made.exists()
    name, following = ("daily_at", next_daily) if cadence == Cadence.DAILY else ("weekly_at", next_weekly)
    due = getattr(mailbox, name)
    if due is None or due > now:
        return False
    setattr(mailbox, name, following(mailbox, now))
    mailbox.save(update_fields=[name])
    return True


def send_due() -> int:
    """Send some of the digests that are due; how many were tried. Where no server answers, the rest waits."""
    waiting = Digest.objects.filter(state=Digest.State.WAITING).order_by("due_at", "pk")
    taken = take(waiting, 10)
    for number, digest in enumerate(taken):
        if not _send(digest.pk):
            rest = [one.pk for one in taken[number + 1 :]]
            Digest.objects.filter(pk__in=rest).update(due_at=timezone.now() + _FIRST_WAIT)
            break
    return len(taken)


def _send(key: int) -> bool:
    """Try one digest that is this worker's; False where no mail server could be reached."""
    rows = Digest.objects.filter(pk=key, state=Digest.State.WAITING)
    digest = rows.select_related("owner").first()
    if digest is None:
        return True
    mailbox = Mailbox.objects.filter(owner=digest.owner_id, confirmed_at__isnull=False).first()
    message = letter(digest, mailbox) if mailbox and digest.owner.is_active else None
    if mailbox is None or message is None:
        _done(digest, Digest.State.EMPTY if mailbox else Digest.State.GIVEN_UP)
        return True
    rows.update(tries=F("tries") + 1)
    return _sent(digest, mailbox, message)


def _sent(digest: Digest, mailbox: Mailbox, message: EmailMultiAlternatives) -> bool:
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(digest, mailbox, error)
    except (smtplib.SMTPException, OSError) as error:
        _later(digest, mailbox, error)
        # An answer to this message says nothing of the next.
        return isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused)
    _done(digest, Digest.State.SENT)
    Mailbox.objects.filter(pk=mailbox.pk).exclude(problem="").update(problem="")
    return True


def _refused(digest: Digest, mailbox: Mailbox, error: smtplib.SMTPRecipientsRefused) -> bool:
    """Give up what the server says will never arrive; try again what may."""
    code, said = next(iter(error.recipients.values()), (_SMTP_REFUSES, b""))
    if code < _SMTP_REFUSES:
        _later(digest, mailbox, error)
        return True
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    told = remarks.REFUSED % {"address": mailbox.address, "words": words}
    _done(digest, Digest.State.GIVEN_UP)
    Mailbox.objects.filter(pk=mailbox.pk).update(problem=told[:300])
    return True


def _later(digest: Digest, mailbox: Mailbox, error: Exception) -> None:
    log.warning("digest %s could not be sent: %s", digest.uid, " ".join(str(error).split()))
    if digest.tries + 1 >= MOST_TRIES:
        _done(digest, Digest.State.GIVEN_UP)
        Mailbox.objects.filter(pk=mailbox.pk).update(problem=remarks.NOT_TAKEN)
    else:
        wait = min(_FIRST_WAIT * 2**digest.tries, _LONGEST_WAIT)
        Digest.objects.filter(pk=digest.pk).update(due_at=timezone.now() + wait)


def _done(digest: Digest, state: str) -> None:
    waiting = Digest.objects.filter(pk=digest.pk, state=Digest.State.WAITING)
    waiting.update(state=state, done_at=timezone.now(), due_at=None)
