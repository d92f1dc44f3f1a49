"""An import whose process is killed outright goes on where it was: nothing is lost, and nothing is there twice."""

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Count

from quotes.models import Act, Appearance, Import, Imported, Revision, Speaker, Statement
from quotes.record.reindex import lacking
from sources.models import Document
from tests import factories
from tests.environment import clean_environment
from tests.quotes.importing import csv_file, row

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROWS = 5_000


def database_url():
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@pytest.fixture
def editor(groups):
    made = factories.publisher()
    User.objects.filter(pk=made.pk).update(username="importer")
    return made


@pytest.fixture
def start(tmp_path, editor):
    """Start the command in a process of its own."""
    settings = {"DATABASE_URL": database_url(), "VAR_DIR": str(tmp_path), "DATABASE_POOL": "false"}
    (tmp_path / "rows.csv").write_bytes(
        csv_file(
            *(
                row(number, speaker=f"Speaker {number % 50}", link=f"https://lemonde.fr/{number % 900}")
                for number in range(ROWS)
            )
        )
    )
    command = [sys.executable, "manage.py", "import_statements", str(tmp_path / "rows.csv"), "--editor", "importer"]

    def started(*options):
        return subprocess.Popen(
            [*command, *options],
            env=clean_environment(**settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return started


def wait_for(process, rows):
    """Look till an import has come beyond so many rows."""
    while not Import.objects.filter(state=Import.State.RUNNING, cursor__gt=rows).exists():
        if process.poll() is not None:
            pytest.fail(f"It ended too soon: {process.communicate()[0]}")


def test_a_killed_import_goes_on_and_does_nothing_twice(start):
    done = 0
    for _ in range(2):
        process = start("--publish")
        wait_for(process, done)
        process.kill()
        process.communicate()
        done = Import.objects.get().cursor
        assert 0 < done < ROWS
        assert Imported.objects.count() == Statement.objects.count() == Revision.objects.count() == done
    process = start("--publish")
    said = process.communicate(timeout=300)[0]
    assert process.returncode == 0, said
    assert f"Going on with import {Import.objects.get().pk}, at row {done:,} of {ROWS:,}." in said
    of = Import.objects.get()
    assert (of.state, of.counts, of.cursor) == ("done", {"new": ROWS}, ROWS)
    assert Statement.objects.published().count() == Appearance.objects.count() == Act.objects.count() == ROWS
    assert not Statement.objects.values("folded").annotate(n=Count("pk")).filter(n__gt=1).exists()
    assert (Speaker.objects.count(), Document.objects.count()) == (50, 900)
    assert lacking() == 0


def test_an_import_that_is_asked_to_end_says_how_to_go_on(start):
    process = start()
    wait_for(process, 0)
    process.terminate()
    said = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert "Stopped: run it again to go on." in said
    assert Statement.objects.count() == Import.objects.get().cursor
