"""Telling an account, by e-mail, that one of its endpoints was paused; and asking whether an address is right."""

import datetime as dt
import logging
import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone

from quotes.models import Endpoint, Mailbox
from quotes.watching.mailboxes import LASTS, confirmation_url
from quotes.watching.taking import LEASE

log = logging.getLogger(__name__)

_AT_ONCE = 20


def warn() -> int:
    """Write to the owners of endpoints that were paused for a reason; how many were written to.

    Whom no e-mail reaches sees it where the watches are. A worker that dies in between warns again.
    """
    now = timezone.now()
    due = Endpoint.objects.filter(warn_at__lte=now, paused_at__isnull=False).order_by("warn_at", "pk")
    return sum(_warn(endpoint, now) for endpoint in due[:_AT_ONCE])


def _warn(endpoint: Endpoint, now: dt.datetime) -> int:
    """Write to one owner; what fails is tried again when the lease is over."""
    mine = Endpoint.objects.filter(pk=endpoint.pk, warn_at=endpoint.warn_at).update(warn_at=now + LEASE)
    mailbox = Mailbox.objects.filter(owner=endpoint.owner_id, confirmed_at__isnull=False).first()
    context = {"endpoint": endpoint, "url": settings.SITE_URL + endpoint.get_absolute_url()}
    body = render_to_string("watches/mail/paused.txt", context)
    if mine and (mailbox is None or _sent("A webhook of yours was paused", body, mailbox.address)):
        Endpoint.objects.filter(pk=endpoint.pk, warn_at=now + LEASE).update(warn_at=None)
    return mine


def ask(mailbox: Mailbox) -> bool:
    """Ask whether an address is right; False where the e-mail could not be sent."""
    context = {"mailbox": mailbox, "url": confirmation_url(mailbox), "days": LASTS.days}
    sent = _sent("Confirm your address", render_to_string("watches/mail/confirm.txt", context), mailbox.address)
    words = "" if sent else "The e-mail that asks you to confirm the address could not be sent."
    Mailbox.objects.filter(pk=mailbox.pk).update(asked_at=timezone.now(), problem=words)
    return sent


def _sent(subject: str, body: str, address: str) -> bool:
    try:
        send_mail(f"On Record: {subject}", body, None, [address])
    except (smtplib.SMTPException, OSError) as error:
        log.warning("an e-mail could not be sent: %s", " ".join(str(error).split()))
        return False
    return True
