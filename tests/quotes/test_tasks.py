"""Work that no request waits for, as a worker does it."""

import logging

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from quotes import intake
from quotes.extracting.client import Extracted
from quotes.intake import running
from quotes.models import Reading
from quotes.tasks import read_arrival, read_document
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def worker(settings, monkeypatch):
    """Work waits in the database, and an extractor finds nothing in anything."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(running, "extract", lambda *_: Extracted([], "f" * 64))


def work(monkeypatch):
    """Let a worker do all that waits, and leave this process's signals and logs as they are."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.configure_signals", lambda _: None)
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Command.configure_logging", lambda *_: None)
    call_command("db_worker", batch=True, startup_delay=False, reload=False)


def test_a_reading_waits_for_the_worker(monkeypatch):
    where = factories.snapshot()
    reading = intake.begin(where.document, where, editor=factories.user())
    assert reading.state == "waiting"
    work(monkeypatch)
    reading.refresh_from_db()
    assert (reading.state, reading.extractor) == ("done", "f" * 64)


def test_a_reading_that_fails_is_no_failure_of_the_worker(monkeypatch, caplog):
    monkeypatch.setattr(running, "extract", lambda *_: 1 / 0)
    caplog.set_level(logging.CRITICAL)
    where = factories.snapshot()
    reading = intake.begin(where.document, where, editor=None)
    work(monkeypatch)
    reading.refresh_from_db()
    assert reading.state == "failed"
    assert [task.status for task in DBTaskResult.objects.all()] == ["SUCCESSFUL"]


def test_what_is_gone_when_the_worker_comes_is_nobodys_problem(monkeypatch):
    read_document.enqueue(12345)
    read_arrival.enqueue(12345)
    work(monkeypatch)
    assert {task.status for task in DBTaskResult.objects.all()} == {"SUCCESSFUL"}
    assert not Reading.objects.exists()
