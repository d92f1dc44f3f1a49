"""The whole way of a document, with a worker in a process of its own and the shipped extractor, on either database."""

import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from quotes import intake
from quotes.models import Candidate, Reading
from sources.models import Arrival, Document
from tests import factories
from tests.environment import clean_environment
from tests.quotes.extracting.children import children_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

TEXT = "“The harbour will be open again by the spring,” said Marta Oliveira.\n\nThe harbour is forty metres deep."
MARKDOWN = "---\ntitle: The harbour\ndate: 2022-12-04\nlanguage: en\n---\n\n{}\n"


@pytest.fixture
def place(settings, tmp_path):
    """A folder for what is kept and for the extractor, which is ended with the test; work waits in the database."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.MEDIA_ROOT = tmp_path / "media"
    yield tmp_path
    for pid in children_in(tmp_path):
        os.kill(pid, signal.SIGKILL)


def database_url():
    """The address of the test's own database, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def worker(place):
    """Start a worker that does all that waits, and ends."""
    settings = {"DATABASE_URL": database_url(), "VAR_DIR": str(place), "TASK_WORKER": "true", "DATABASE_POOL": "false"}
    command = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload"]
    return subprocess.Popen(command, env=clean_environment(**settings), stderr=subprocess.PIPE, text=True)


def work(place, workers=1):
    """Let workers do all that waits."""
    started = [worker(place) for _ in range(workers)]
    for one in started:
        said = one.communicate(timeout=120)[1]
        assert one.returncode == 0, said


def particulars(**changes):
    return {
        "act": "take-in",
        "document-outlet-name": "Le Monde",
        "document-kind": "article",
        "document-published": "2022-12-04",
        "document-language": "en",
        **changes,
    }


def test_what_was_pasted_has_suggestions_once_a_worker_was_there(client, groups, place):
    factories.outlet("Le Monde", kind="newspaper")
    client.force_login(factories.editor())
    client.post("/intake/", {"way": "paste", "pasted": TEXT})
    page = client.post(f"/intake/arrivals/{Arrival.objects.get().pk}/", particulars()).headers["Location"]
    assert (Reading.objects.get().state, Candidate.objects.count()) == ("waiting", 0)
    work(place)
    assert (Reading.objects.get().state, Reading.objects.get().problem) == ("done", "")
    found = Candidate.objects.get()
    assert (found.entry["speaker"]["name"], found.entry["words"]["said"]) == ("Marta Oliveira", "/2022-12-04")
    assert "Suggestion 1 of 1" in client.get(page).text


def test_a_large_file_is_read_and_then_taken_in_by_the_worker(client, groups, place):
    long = "\n\n".join([TEXT, *(f"The harbour has basin number {number} of many." for number in range(6_000))])
    (place / "long.md").write_text(MARKDOWN.format(long), encoding="utf-8")
    client.force_login(factories.editor())
    with (place / "long.md").open("rb") as file:
        client.post("/intake/", {"way": "upload", "file": file})
    arrived = Arrival.objects.get()
    assert arrived.state == "fetching"
    work(place)
    arrived.refresh_from_db()
    assert (arrived.state, arrived.particulars["title"]) == ("ready", "The harbour")
    client.post(f"/intake/arrivals/{arrived.pk}/", particulars(**{"document-outlet-kind": "newspaper"}))
    work(place)
    assert Reading.objects.get().problem.startswith("This text is longer than 200,000 characters")


def test_two_workers_at_once_read_each_text_once(place):
    editor = factories.editor()
    for number in range(3):
        where = factories.snapshot(f"{TEXT} And {number}.")
        intake.begin(where.document, where, editor=editor)
    work(place, workers=2)
    assert {reading.state for reading in Reading.objects.all()} == {"done"}
    assert Candidate.objects.count() == Document.objects.count() == 3
