"""`manage.py send_watches`: for cron, or to stay; and what goes wrong with one thing hinders no other."""

import logging
import signal
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError

from quotes.management.commands.send_watches import Command
from quotes.models import Delivery
from quotes.tasks import ask_for_confirmation, deliver
from quotes.watching import digests, running
from tests import factories

pytestmark = pytest.mark.django_db


def run(**options):
    out = StringIO()
    call_command("send_watches", stdout=out, **options)
    return out.getvalue().strip()


@pytest.fixture
def told(watcher, receiver):
    """Something to tell by both ways."""
    factories.speaker()
    watcher.hook(receiver.url)
    watcher.watch("q=security")
    factories.publish()


def test_it_does_what_is_due_and_ends(told, receiver):
    assert run().startswith("Done: ")
    assert (len(receiver.got), len(mail.outbox)) == (1, 1)
    assert run() == "Nothing was due."


def test_it_leaves_signals_as_they_were(told):
    before = signal.getsignal(signal.SIGTERM)
    run()
    assert signal.getsignal(signal.SIGTERM) == before


def test_staying_it_looks_again_until_it_is_asked_to_end(told, receiver, monkeypatch, caplog):
    looks = []

    def work(worker):
        looks.append(worker)
        if len(looks) == 2:
            raise OperationalError("The database went away")
        if len(looks) == 3:
            signal.raise_signal(signal.SIGTERM)
        return before(worker)

    before = running.Worker.work
    monkeypatch.setattr(running.Worker, "work", work)
    # The test's own connection is never old.
    monkeypatch.setattr("quotes.management.commands.send_watches.close_old_connections", lambda: None)
    caplog.set_level(logging.CRITICAL, "quotes.management.commands.send_watches")
    run(stay=True, every=0)
    assert len(looks) == 3
    assert len(receiver.got) == 1


def test_what_cant_be_told_hinders_nothing_else_and_is_said(told, receiver, monkeypatch, caplog):
    monkeypatch.setattr(digests, "letter", lambda *_: 1 / 0)
    caplog.set_level(logging.CRITICAL, "quotes.watching.running")
    with pytest.raises(CommandError, match="could not be told"):
        run()
    assert len(receiver.got) == 1


def test_asked_to_end_it_finishes_what_is_at_hand_alone(told, receiver):
    command = Command()
    worker = running.Worker(stopped=lambda: bool(receiver.got))
    worker.work()
    assert (len(receiver.got), mail.outbox) == (1, [])
    assert not command.forget_every < 60


def test_a_task_for_what_is_gone_does_nothing():
    deliver.enqueue(12345)
    ask_for_confirmation.enqueue(12345)
    assert mail.outbox == []


def test_a_task_and_a_worker_dont_send_the_same(told, receiver):
    running.Worker().work()
    deliver.enqueue(Delivery.objects.get().pk)
    assert len(receiver.got) == 1
