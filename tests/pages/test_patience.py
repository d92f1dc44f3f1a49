import re

import pytest
from django.db import DatabaseError, connection

from quotes.filters import StatementFilter
from quotes.patience import RETRY_AFTER, TookTooLong, within
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

SLOW = {
    "sqlite": "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}


def dawdle(*_):
    """A query without an end."""
    with connection.cursor() as cursor:
        cursor.execute(SLOW[connection.vendor])


def test_a_list_that_takes_too_long_is_answered_503_and_counted(client, settings, monkeypatch, caplog):
    settings.LIST_SECONDS = 0.05
    monkeypatch.setattr(StatementFilter, "demand", dawdle)
    for _ in range(2):
        page = client.get("/statements/", {"q": "anything"})
        assert page.status_code == 503
        assert page.headers["Retry-After"] == str(RETRY_AFTER)
        assert page.headers["Cache-Control"] == "no-store"
        assert "This takes too long just now" in page.text
    # The process may have turned others away before.
    first, second = re.findall(r"/statements/ took longer than LIST_SECONDS, the (\d+)\. time", caplog.text)
    assert int(second) == int(first) + 1
    monkeypatch.undo()
    assert client.get("/statements/").status_code == 200


def test_the_api_tells_a_program_to_come_back_later(client, settings, monkeypatch):
    settings.LIST_SECONDS = 0.05
    monkeypatch.setattr(StatementFilter, "demand", dawdle)
    answer = client.get("/api/v1/statements", {"q": "anything"})
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"] == str(RETRY_AFTER)


def test_what_comes_after_is_left_alone(client):
    factories.publish("“One.”")
    with pytest.raises(TookTooLong), within(0.05):
        dawdle()
    assert "“One.”" in client.get("/statements/").text


def test_without_a_bound_and_within_it_nothing_is_interrupted():
    for seconds in (0, 60):
        with within(seconds):
            assert not StatementFilter({}).qs.exists()


def test_another_fault_of_the_database_stays_what_it_is():
    with pytest.raises(DatabaseError), within(60), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
