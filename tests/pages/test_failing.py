import sqlite3

import psycopg
import pytest
from django.db import DataError, InternalError, OperationalError, ProgrammingError
from django.test import Client

from quotes.views import failing

AWAY = psycopg.OperationalError("connection refused")


def raised(kind, cause):
    error = kind(str(cause))
    error.__cause__ = cause
    return error


def of_sqlite(tmp_path, *, writable):
    """What SQLite really says: of a file that may only be read, else of a table that is missing."""
    path = tmp_path / "file.sqlite3"
    sqlite3.connect(path).executescript("CREATE TABLE t (n)").connection.close()
    with pytest.raises(sqlite3.OperationalError) as caught:
        sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute("SELECT * FROM x" if writable else "DELETE FROM t")
    return caught.value


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.fixture
def broken(monkeypatch):
    """Let signing in meet an error."""

    def broken(error):
        def fail(*_args, **_kwargs):
            raise error

        monkeypatch.setattr("django.contrib.auth.forms.AuthenticationForm.clean", fail)

    return broken


@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        (OperationalError, AWAY),
        (OperationalError, psycopg.errors.AdminShutdown("terminating connection")),
        (OperationalError, psycopg.errors.DiskFull("could not extend file")),
        (OperationalError, psycopg.errors.TooManyConnections("too many clients")),
        (InternalError, psycopg.errors.ReadOnlySqlTransaction("in a read-only transaction")),
    ],
)
def test_a_database_that_is_away_full_or_read_only_will_pass(kind, cause):
    assert failing.will_pass(raised(kind, cause))


def test_a_file_that_may_only_be_read_will_pass(tmp_path):
    assert failing.will_pass(raised(OperationalError, of_sqlite(tmp_path, writable=False)))


def test_a_missing_table_is_a_fault_of_ours_on_both_databases(tmp_path):
    assert not failing.will_pass(raised(OperationalError, of_sqlite(tmp_path, writable=True)))
    assert not failing.will_pass(raised(ProgrammingError, psycopg.errors.UndefinedTable("no such table")))


@pytest.mark.parametrize("error", [ValueError("x"), None, raised(DataError, psycopg.errors.CharacterNotInRepertoire())])
def test_other_errors_are_faults_of_ours(error):
    assert not failing.will_pass(error)


@pytest.mark.django_db
def test_what_was_sent_while_the_database_is_away_is_answered_503_and_when_to_try_again(visitor, broken):
    broken(raised(OperationalError, AWAY))
    page = visitor.post("/signin/", {"username": "x", "password": "y"})
    assert page.status_code == 503
    assert int(page["Retry-After"]) > 0
    assert page["Cache-Control"] == "no-store"
    # A form with a password in it comes back nowhere.
    assert "what you typed is still in the form" in page.text
    assert "<textarea" not in page.text
    assert "<input" not in page.text


@pytest.mark.django_db
def test_a_fault_of_ours_stays_a_500(visitor, broken):
    broken(ValueError("ours"))
    page = visitor.post("/signin/", {"username": "x", "password": "y"})
    assert page.status_code == 500
    assert "Something broke on our side" in page.text


@pytest.mark.django_db
def test_a_program_is_told_as_programs_are(visitor, monkeypatch):
    def fail(*_args, **_kwargs):
        raise raised(OperationalError, AWAY)

    monkeypatch.setattr("quotes.api.views.start.Index.answer", fail)
    answer = visitor.get("/api/v1/")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert int(answer["Retry-After"]) > 0
    assert "refused" not in answer.text
