"""An account that watches, and doing what is due with the clock where a test wants it."""

import datetime as dt

from django.db.models import F
from django.utils import timezone

from quotes.models import Delivery, Digest, Endpoint, Happening, Mailbox
from quotes.watching import keeping, mailboxes
from quotes.watching.running import Worker
from quotes.watching.signing import new_salt


class Watcher:
    """An account with a confirmed mailbox."""

    def __init__(self, owner, address="ann@paper.example"):
        self.owner = owner
        self.mailbox = mailboxes.set_mailbox(owner, address, "UTC", 7)
        mailboxes.confirm(self.mailbox)

    def watch(self, query="", mail="at_once", **options):
        name = options.pop("name", "") or query
        return keeping.watch(self.owner, query=query, name=name, mail=mail, **options)

    def endpoint(self, url):
        return Endpoint.objects.create(owner=self.owner, url=url, salt=new_salt(), created_at=timezone.now())

    def hook(self, url, query="speaker=emmanuel-macron", **options):
        """A watch that tells an endpoint alone."""
        return self.watch(query, mail="", endpoint=self.endpoint(url), **options)


def work():
    """Do all that is due."""
    worker = Worker()
    done = worker.work()
    assert not worker.failed
    return done


def later(**time):
    """Let time pass, for all that waits: what lies ahead comes nearer, what was made grows older."""
    span = dt.timedelta(**time)
    Happening.objects.update(due_at=F("due_at") - span)
    Delivery.objects.update(due_at=F("due_at") - span, made_at=F("made_at") - span)
    Digest.objects.update(due_at=F("due_at") - span, made_at=F("made_at") - span)
    Mailbox.objects.update(daily_at=F("daily_at") - span, weekly_at=F("weekly_at") - span)
    Endpoint.objects.update(warn_at=F("warn_at") - span, failing_since=F("failing_since") - span)
