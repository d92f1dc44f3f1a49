"""Telling an account, by e-mail, that one of its endpoints was paused; and asking whether an address is right."""

import datetime as dt
import logging
import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, override

from quotes.models import Endpoint, Mailbox
from quotes.watching import remarks
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
    if mine and (mailbox is None or _told(endpoint, mailbox)):
        Endpoint.objects.filter(pk=endpoint.pk, warn_at=now + LEASE).update(warn_at=None)
    return mine


def _told(endpoint: Endpoint, mailbox: Mailbox) -> bool:
    context = {"endpoint": endpoint, "url": settings.SITE_URL + endpoint.get_absolute_url()}
    with override(mailbox.language):
        body = render_to_string("watches/mail/paused.txt", context)
        return _sent(gettext("On Record: a webhook of yours was paused"), body, mailbox.address)


def ask(mailbox: Mailbox) -> bool:
    """Ask whether an address is right; False where the e-mail could not be sent."""
    context = {"mailbox": mailbox, "url": confirmation_url(mailbox), "days": LASTS.days}
    with override(mailbox.language):
        body = render_to_string("watches/mail/confirm.txt", context)
        sent = _sent(gettext("On Record: confirm your address"), body, mailbox.address)
    words = "" if sent else remarks.NOT_CONFIRMED
    Mailbox.objects.filter(pk=mailbox.pk).update(asked_at=timezone.now(), problem=words)
    return sent


def _sent(subject: str, body: str, address: str) -> bool:
    try:
        send_mail(subject, body, None, [address])
    except (smtplib.SMTPException, OSError) as error:
        log.warning("an e-mail could not be sent: %s", " ".join(str(error).split()))
        return False
    return True
