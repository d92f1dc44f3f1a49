"""An account's endpoints: made, tried out, given another secret, told once more."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from quotes.models import Delivery, Endpoint
from quotes.watching.signing import new_salt, secret_of
from sources.fetching.posting import Poster

MOST = 20
"""Endpoints that an account can have."""
BOTH_SIGN = dt.timedelta(hours=24)


class CannotAdd(Exception):
    """There is an endpoint at this address, or there are too many."""


def add_endpoint(owner: User, url: str, poster: Poster) -> tuple[Endpoint, str]:
    """A new endpoint and its secret. Raises CannotAdd, and CannotPost for an address that may not be sent to."""
    url = poster.checked(url)
    if Endpoint.objects.filter(owner=owner).count() >= MOST:
        told = gettext("You have %(most)s webhooks, which is the most. Delete one that is no longer needed.")
        raise CannotAdd(told % {"most": MOST})
    salt = new_salt()
    try:
        with transaction.atomic():
            made = Endpoint.objects.create(owner=owner, url=url, salt=salt, created_at=timezone.now())
    except IntegrityError as error:
        raise CannotAdd(gettext("You have a webhook with this address already.")) from error
    return made, secret_of(salt)


def rotate(endpoint: Endpoint) -> str:
    """Give an endpoint another secret; for a day both sign. Two at a time are enough: a third ends the first."""
    salt = new_salt()
    Endpoint.objects.filter(pk=endpoint.pk).update(
        salt=salt, old_salt=endpoint.salt, old_until=timezone.now() + BOTH_SIGN
    )
    return secret_of(salt)


def try_out(endpoint: Endpoint) -> Delivery:
    """Let an endpoint be sent a test."""
    now = timezone.now()
    return Delivery.objects.create(endpoint=endpoint, made_at=now, due_at=None if endpoint.paused_at else now)


def tell_again(delivery: Delivery) -> None:
    """Let an endpoint be told of something once more, under the same id, with as many tries as the first time."""
    now = timezone.now()
    done = Delivery.objects.filter(pk=delivery.pk).exclude(state__in=["waiting", "dropped"])
    done.update(state=Delivery.State.WAITING, tries=0, due_at=None if delivery.endpoint.paused_at else now)
