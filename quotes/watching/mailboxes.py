"""Where an account's e-mail goes, and when: confirmed by whoever reads it, at an hour of its own time zone."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.utils import timezone

from quotes.models import Cadence, Mailbox, Notice, Watch

_CONFIRMING, _STOPPING = "quotes.watching.confirm", "quotes.watching.stop"
LASTS = dt.timedelta(days=7)
ASK_AGAIN = dt.timedelta(minutes=2)
MONDAY = 0


class BadToken(ValueError):
    """The address was not made by this site, or is too old."""


def next_daily(mailbox: Mailbox, now: dt.datetime) -> dt.datetime:
    """When the next daily digest is due: at the mailbox's hour, today or tomorrow."""
    local = now.astimezone(ZoneInfo(mailbox.time_zone))
    due = local.replace(hour=mailbox.hour, minute=0, second=0, microsecond=0)
    # A day further on the calendar, not 24 hours: clocks may change in between.
    while due.astimezone(dt.UTC) <= now:
        due += dt.timedelta(days=1)
    return due.astimezone(dt.UTC)


def next_weekly(mailbox: Mailbox, now: dt.datetime) -> dt.datetime:
    """When the next weekly digest is due: at the mailbox's hour of a Monday."""
    due = next_daily(mailbox, now)
    while due.astimezone(ZoneInfo(mailbox.time_zone)).weekday() != MONDAY:
        due = next_daily(mailbox, due)
    return due


def set_mailbox(owner: User, address: str, time_zone: str, hour: int, language: str = "en") -> Mailbox:
    """Keep where, when and in which language an account reads its e-mail. Another address must be confirmed first."""
    mailbox = Mailbox.objects.filter(owner=owner).first() or Mailbox(owner=owner)
    if mailbox.address != address:
        mailbox.address, mailbox.confirmed_at, mailbox.problem = address, None, ""
    mailbox.time_zone, mailbox.hour, mailbox.language = time_zone, hour, language
    now = timezone.now()
    mailbox.daily_at, mailbox.weekly_at = next_daily(mailbox, now), next_weekly(mailbox, now)
    mailbox.save()
    return mailbox


def may_ask(mailbox: Mailbox) -> bool:
    """Whether a confirmation may be asked for again: nobody's mailbox is to be filled with them."""
    return mailbox.asked_at is None or mailbox.asked_at <= timezone.now() - ASK_AGAIN


def confirmation_url(mailbox: Mailbox) -> str:
    """The address that confirms a mailbox's own."""
    token = signing.dumps([mailbox.pk, mailbox.address], salt=_CONFIRMING)
    return f"{settings.SITE_URL}/watches/confirm/{token}/"


def to_confirm(token: str) -> Mailbox:
    """The mailbox that a confirmation is about. Raises BadToken, also where it has another address by now."""
    try:
        key, address = signing.loads(token, salt=_CONFIRMING, max_age=LASTS)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error
    mailbox = Mailbox.objects.filter(pk=key, address=address).first()
    if mailbox is None:
        raise BadToken
    return mailbox


def confirm(mailbox: Mailbox) -> None:
    """Use a mailbox's address from now on."""
    Mailbox.objects.filter(pk=mailbox.pk, address=mailbox.address).update(confirmed_at=timezone.now(), problem="")


def stopping_url(owner_id: int, cadence: str) -> str:
    """The address that ends an account's e-mail of one kind, without signing in."""
    token = signing.Signer(salt=_STOPPING).sign(f"{owner_id}.{cadence}")
    return f"{settings.SITE_URL}/watches/stop/{token}/"


def to_stop(token: str) -> tuple[int, Cadence]:
    """Whose e-mail of which kind an address ends. Raises BadToken."""
    try:
        owner, _, cadence = signing.Signer(salt=_STOPPING).unsign(token).partition(".")
        return int(owner), Cadence(cadence)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error


def stop(owner_id: int, cadence: Cadence) -> int:
    """Send an account no more e-mail of one kind; how many watches sent it. What they tell by webhooks goes on."""
    Notice.objects.filter(watch__owner=owner_id, waits_for=cadence).update(waits_for="")
    return Watch.objects.filter(owner=owner_id, mail=cadence).update(mail="")
