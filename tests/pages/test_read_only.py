"""A database that takes no changes, because it is full or may only be read.

Pages are read as before, nothing that was written is lost, and nobody is told a lie.
"""

import html
import re
from contextlib import contextmanager, suppress

import pytest
from django.db import OperationalError, connection
from django.test import Client

from quotes.models import Report, Statement, Token
from quotes.tokens import issue
from tests import factories
from tests.desk import known, typed
from tests.pages.addresses import a_record

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "“We must think about security — and ‘peace’ <together>.”\r\nHe said so twice."


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def read_only():
    """Let the database refuse every change, as when its file or its server is set so."""
    on, off = ("PRAGMA query_only=1", "PRAGMA query_only=0")
    if connection.vendor == "postgresql":
        on, off = "SET default_transaction_read_only = on", "SET default_transaction_read_only = off"
    run(on)
    try:
        yield
    finally:
        run(off)


@contextmanager
def full():
    """Let the file grow no further, and leave nothing free in it."""
    run("CREATE TABLE filling (filled BLOB)")
    run(f"PRAGMA max_page_count={run('PRAGMA page_count')[0][0]}")
    for size in (100_000, 3000, 500, 50):
        with suppress(OperationalError):
            for _ in range(100_000):
                run(f"INSERT INTO filling VALUES (zeroblob({size}))")  # noqa: S608 - a number of this test's own
    try:
        yield
    finally:
        run("PRAGMA max_page_count=1073741823")
        run("DROP TABLE filling")


@pytest.fixture
def record(groups):
    return a_record()


@pytest.fixture
def strict():
    """A client that is told what visitors are, with the tokens of forms."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def field(name, text):
    """What a page would send of a field."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)
    area = re.search(rf'<textarea [^>]*name="{name}"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
    return html.unescape(found[1] if found else area[1])


def status(answer):
    """The status of an answer that is read to its end."""
    answer.getvalue()
    return answer.status_code


def test_every_page_is_read_as_before(record):
    before = {name: status(Client().get(at)) for name, at in record.addresses.items()}
    with read_only():
        reader = Client(raise_request_exception=False)
        for name, address in record.addresses.items():
            assert status(reader.get(address)) == before[name], name


def test_a_report_comes_back_and_can_be_sent_from_there(strict, record):
    address = record.addresses["report"]
    token = field("csrfmiddlewaretoken", strict.get(address).text)
    with read_only():
        page = strict.post(address, {"message": LONG, "email": "a@b.example", "csrfmiddlewaretoken": token})
    assert page.status_code == 503
    assert int(page["Retry-After"]) > 0
    assert page["Cache-Control"] == "no-store"
    assert page["Content-Security-Policy"]
    assert "<together>" not in page.text
    sent = {name: field(name, page.text) for name in ("message", "email", "csrfmiddlewaretoken")}
    assert sent["message"] == LONG
    assert strict.post(field_of_form(page.text), sent).status_code == 200
    assert Report.objects.get().email == "a@b.example"


def field_of_form(text):
    return html.unescape(re.search(r'action="([^"]*)"', text)[1])


def test_a_statement_comes_back_with_every_field(record, client):
    known()
    client.force_login(factories.publisher())
    client.raise_request_exception = False
    asked = typed(words=LONG)
    before = Statement.objects.count()
    with read_only():
        page = client.post("/desk/statements/new/", asked)
    assert page.status_code == 503
    assert {name: field(name, page.text) for name in asked} == asked
    assert Statement.objects.count() == before


def test_a_text_is_still_checked_and_who_would_sign_in_is_told(record, client):
    client.raise_request_exception = False
    account = factories.editor()
    with read_only():
        assert client.post("/check/", {"text": "“We must think of security.”"}).status_code == 200
        page = client.post("/signin/", {"username": account.username, "password": "a long enough secret"})
    assert page.status_code == 503
    assert "a long enough secret" not in page.text


def test_a_program_is_told_in_its_own_form(record, client):
    client.raise_request_exception = False
    account = factories.publisher()
    client.force_login(account)
    account.refresh_from_db()
    client.logout()
    _, text = issue(account, "A desk", [Token.Scope.RECORD], expires_at=None)
    headers = {"Authorization": f"Bearer {text}"}
    with read_only():
        answer = client.post("/api/v1/statements", {"words": LONG}, content_type="application/json", headers=headers)
    assert answer.status_code == 503, answer.text
    assert answer["Content-Type"] == "application/problem+json"
    assert int(answer["Retry-After"]) > 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL says so by an error of its own: test_failing.py")
def test_a_full_disk_is_told_likewise_and_reading_goes_on(record, client):
    client.raise_request_exception = False
    # More than fits into what the table's own pages have left.
    message = "—" * 3900
    with full():
        page = client.post(record.addresses["report"], {"message": message})
        assert page.status_code == 503
        assert field("message", page.text) == message
        for name in ("home", "statements", "statement", "speaker", "api_statements", "newest_feed"):
            assert client.get(record.addresses[name]).status_code == 200, name
    assert not Report.objects.exists()
    assert client.post(record.addresses["report"], {"message": LONG}).status_code == 200
