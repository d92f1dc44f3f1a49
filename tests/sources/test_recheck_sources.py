"""`manage.py recheck_sources`: for cron, bounded, polite, and able to go on where it was stopped."""

import datetime as dt
import signal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from quotes.management.commands.recheck_sources import Command
from sources.fetching.politeness import Politeness
from sources.intake import read_address, take_in
from sources.models import Recheck
from tests import factories
from tests.sources import files, web
from tests.sources.files import WORDS

pytestmark = pytest.mark.django_db

MONTH = dt.timedelta(days=30)


class Pauses:
    """A clock that stands still but for the sleep it is asked for, which takes no time."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def politeness(self, delay):
        return Politeness(delay, clock=lambda: self.now, sleep=self.sleep)

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def pauses(monkeypatch):
    made = Pauses()
    monkeypatch.setattr(Command, "make_politeness", staticmethod(made.politeness))
    monkeypatch.setattr(Command, "make_fetcher", staticmethod(web.fetcher))
    return made


@pytest.fixture
def site(pauses):
    with web.serving() as made:
        yield made


def took(site, path, host="daily.example"):
    site.says(path, files.page(WORDS, path))
    reading = read_address(site.url(path, host), web.fetcher())
    at = timezone.now() - MONTH
    return take_in(reading, factories.outlet("The Daily"), published="2022-12-04", taken_at=at).document


def run(*arguments, **options):
    out = StringIO()
    call_command("recheck_sources", *arguments, stdout=out, **options)
    return out.getvalue()


def test_what_is_due_is_looked_at_and_what_changed_is_told(site):
    same, gone, changed = (took(site, path) for path in ("/same", "/gone", "/changed"))
    site.says("/gone", "", 404)
    site.says("/changed", files.page("Other words altogether."))
    told = run().splitlines()
    assert told[-1] == "Looked at 3 documents: 1 unchanged, 1 changed, 1 gone."
    assert told[0].startswith(f"{gone.pid} gone: {gone.url} (There is no such page")
    assert told[1] == f"{changed.pid} changed: {changed.url} (no words quoted from it)"
    assert not any(same.pid in line for line in told)


def test_another_run_goes_on_with_those_that_wait(site):
    documents = [took(site, f"/{number}") for number in range(5)]
    assert "Looked at 2 documents" in run(limit=2)
    assert "Looked at 3 documents" in run()
    assert run() == "No document is due.\n"
    assert {made.document for made in Recheck.objects.all()} == set(documents)


def test_a_document_can_be_named(site):
    first, second = took(site, "/first"), took(site, "/second")
    run(first.pid, first.pid.lower())
    run(first.pid)
    assert (first.rechecks.count(), second.rechecks.count()) == (2, 0)


@pytest.mark.parametrize("named", ["nonsense", "0000000000", "unknown"])
def test_a_name_that_is_no_document_s_is_refused(site, named):
    pid = factories.document().pid if named == "unknown" else named
    with pytest.raises(CommandError):
        run(pid)


def test_a_host_is_given_a_rest_between_two_requests(site, pauses):
    for path in ("/a", "/b", "/c"):
        took(site, path)
    run(delay=3)
    assert pauses.slept == [3, 3]


def test_two_hosts_wait_for_nothing(site, pauses):
    took(site, "/a")
    took(site, "/b", "weekly.example")
    run(delay=3)
    assert pauses.slept == []


@pytest.mark.parametrize(("asked", "given"), [(11, 11), (100_000, 60)])
def test_a_site_may_ask_for_longer_rests_within_reason(site, pauses, asked, given):
    site.says("/robots.txt", f"User-agent: *\nCrawl-delay: {asked}\n")
    for path in ("/a", "/b"):
        took(site, path)
    run(delay=3)
    assert pauses.slept == [given]


def test_a_run_that_is_told_to_stop_finishes_the_document_at_hand(site, pauses, monkeypatch):
    for path in ("/a", "/b", "/c"):
        took(site, path)
    monkeypatch.setattr(pauses, "sleep", lambda _: signal.raise_signal(signal.SIGTERM))
    before = signal.getsignal(signal.SIGTERM)
    assert "Looked at 2 documents" in run()
    assert signal.getsignal(signal.SIGTERM) == before
    assert "Looked at 1 document:" in run()


def test_a_document_that_another_run_has_looked_at_meanwhile_is_left_alone(site, pauses, monkeypatch):
    first, second = took(site, "/a"), took(site, "/b")

    def other_run(_):
        Recheck.objects.create(document=second, at=timezone.now(), result="unchanged")

    monkeypatch.setattr(pauses, "sleep", other_run)
    assert "Looked at 1 document:" in run()
    assert (first.rechecks.count(), second.rechecks.count()) == (1, 1)
