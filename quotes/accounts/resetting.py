"""A forgotten password: a link by e-mail, which works once, for an hour, and only to a confirmed address."""

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext

from quotes.accounts.events import Kind, note
from quotes.addresses import address_key
from quotes.models import Mailbox

_BETWEEN = 5 * 60
"""Seconds between two letters to one account: nobody's mailbox is to be filled with them."""
tokens = PasswordResetTokenGenerator()


def send_link(name: str) -> bool:
    """Write to whoever has the account of this name or address, if it has one that was confirmed; whether it did."""
    mailbox = _mailbox(name.strip())
    if mailbox is None or not settings.SENDS_MAIL:
        return False
    try:
        if not cache.add(f"reset-{address_key(f'account {mailbox.owner_id}')}", 1, _BETWEEN):
            return False
    except OSError:
        return False
    account = mailbox.owner
    where = reverse("password_reset_confirm", args=[_number(account), tokens.make_token(account)])
    told = {"account": account, "link": f"{settings.SITE_URL}{where}"}
    text = render_to_string("accounts/mail/reset.txt", told)
    EmailMessage(gettext("On Record: a new password"), text, to=[mailbox.address]).send()
    note(Kind.RESET_ASKED, account)
    return True


def _mailbox(name: str) -> Mailbox | None:
    """The confirmed mailbox of an account that has a password of its own. Two queries at most."""
    usable = Mailbox.objects.select_related("owner").filter(
        confirmed_at__isnull=False, owner__is_active=True, owner__last_login__isnull=False
    )
    by_name = usable.filter(owner__username=User.normalize_username(name)).first()
    return by_name or usable.filter(address__iexact=name).order_by("pk").first()


def _number(account: User) -> str:
    return urlsafe_base64_encode(force_bytes(account.pk))
