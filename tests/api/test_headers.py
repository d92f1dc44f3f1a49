"""Copies, limits, other origins."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache

from quotes import limits, record
from quotes.models import Speaker
from tests import factories

pytestmark = pytest.mark.django_db

PLACES = ["statements", "statements.csv", "statements.bib", "statements/{pid}", "statements/{pid}.ris"]
PLACES += ["speakers", "speakers/emmanuel-macron", "outlets", "documents", "links", "corrections", "facets"]
PLACES += ["statements/{pid}/revisions", "statements/{pid}/revisions/1", "search?q=security"]


@pytest.fixture(autouse=True)
def _fresh_minute():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def statement():
    return factories.publish()


def at(place, statement):
    return f"/api/v1/{place.format(pid=statement.pid)}"


@pytest.mark.parametrize("place", PLACES)
def test_a_copy_that_is_still_good_costs_two_queries(client, statement, place, django_assert_max_num_queries):
    first = client.get(at(place, statement))
    assert first.status_code == 200
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    with django_assert_max_num_queries(2):
        again = client.get(at(place, statement), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]


@pytest.mark.parametrize("place", [*PLACES, "topics", "topics/security-guarantees", "", "schema"])
def test_any_answer_can_be_asked_for_again(client, place):
    statement = factories.publish(topics=[factories.topic()])
    first = client.get(at(place, statement))
    assert client.get(at(place, statement), headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("place", [one for one in PLACES if not one.startswith("statements/{pid}/revisions/1")])
def test_an_act_renews_every_copy(client, statement, place):
    first = client.get(at(place, statement))
    change = record.Changes(language="fr")
    record.correct(statement, change, editor=factories.publisher(), reason="It was French")
    again = client.get(at(place, statement), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


@pytest.mark.parametrize("place", ["statements", "statements/{pid}", "speakers"])
def test_housekeeping_renews_copies_too(client, statement, place):
    first = client.get(at(place, statement))
    Speaker.objects.update(wikidata="Q3052772")
    LogEntry.objects.create(
        user=factories.publisher(),
        content_type=ContentType.objects.get_for_model(Speaker),
        object_id=statement.speaker_id,
        object_repr="Macron",
        action_flag=CHANGE,
    )
    again = client.get(at(place, statement), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "Q3052772" in again.text


def test_a_copy_is_good_for_its_own_question_alone(client, statement):
    first = client.get("/api/v1/statements")
    for other in ("/api/v1/statements?size=5", "/api/v1/statements.csv", "/api/v1/search?q=security"):
        assert client.get(other, headers={"If-None-Match": first["ETag"]}).status_code == 200
    named = {"If-None-Match": first["ETag"], "Accept": "text/csv"}
    assert client.get("/api/v1/statements", headers=named).status_code == 200


def test_a_removed_statement_is_no_copy_any_more(client, statement):
    first = client.get(at("statements/{pid}", statement))
    record.remove(statement, editor=factories.publisher(), reason_code="law", reason="A law")
    for place in ("statements/{pid}", "statements/{pid}/revisions/1"):
        again = client.get(at(place, statement), headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 410


@pytest.mark.parametrize("place", [*PLACES, "nothing", "statements?x=1", "statements/{pid}x"])
def test_head_says_what_get_says(client, statement, place):
    got, asked = client.get(at(place, statement)), client.head(at(place, statement))
    assert asked.status_code == got.status_code
    assert asked.content == b""
    for name in ("Content-Type", "ETag"):
        assert asked.get(name) == got.get(name)


@pytest.mark.parametrize("place", [*PLACES, "nothing", "statements?x=1", "schema", "docs/"])
def test_every_origin_may_read(client, statement, place):
    answer = client.get(at(place, statement), headers={"Origin": "https://elsewhere.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize(
    "address", ["/api/v1/statements", "/feed.atom", "/q/{pid}.bib", "/q/{pid}/v1.json", "/q/{pid}/timemap", "/oembed"]
)
def test_a_browser_that_asks_first_is_let_read(client, statement, address):
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    answer = client.options(address.format(pid=statement.pid), headers=asked)
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("address", ["/desk/", "/signin/", "/statements/", "/"])
def test_pages_are_not_shared(client, statement, address):
    assert "Access-Control-Allow-Origin" not in client.get(address)
    assert client.options(address).get("Access-Control-Allow-Origin") is None


def test_an_answer_says_how_much_may_still_be_asked(client, statement, settings):
    settings.API_REQUESTS_PER_MINUTE = 5
    answer = client.get("/api/v1/statements")
    assert (answer["RateLimit-Limit"], answer["RateLimit-Remaining"]) == ("5", "4")
    assert 1 <= int(answer["RateLimit-Reset"]) <= 60
    assert client.get("/api/v1/statements?x=1")["RateLimit-Remaining"] == "3"


def test_who_asks_too_much_is_told_when_to_come_back(client, statement, settings, monkeypatch):
    settings.API_REQUESTS_PER_MINUTE = 2
    monkeypatch.setattr(limits.time, "time", lambda: 120.0)
    for _ in range(2):
        assert client.get("/api/v1/statements").status_code == 200
    refused = client.get("/api/v1/statements")
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Retry-After"] == refused["RateLimit-Reset"] == "60"
    assert refused["RateLimit-Remaining"] == "0"
    assert client.get("/api/v1/statements", REMOTE_ADDR="10.0.0.9").status_code == 200
    monkeypatch.setattr(limits.time, "time", lambda: 181.0)
    assert client.get("/api/v1/statements").status_code == 200


def test_one_ipv6_network_has_one_share(client, statement, settings):
    settings.API_REQUESTS_PER_MINUTE = 1
    assert client.get("/api/v1/statements", REMOTE_ADDR="2001:db8:1:2::1").status_code == 200
    assert client.get("/api/v1/statements", REMOTE_ADDR="2001:db8:1:2:ffff::2").status_code == 429
    assert client.get("/api/v1/statements", REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


def test_a_limit_of_none_is_no_limit(client, statement, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    answer = client.get("/api/v1/statements")
    assert answer.status_code == 200
    assert "RateLimit-Limit" not in answer


def test_while_the_shared_cache_is_away_everybody_is_answered(client, statement, monkeypatch):
    def away(*_key):
        raise ConnectionError

    monkeypatch.setattr(limits.cache, "add", away)
    assert client.get("/api/v1/statements").status_code == 200


def test_the_same_is_answered_to_everybody(client, statement):
    before = client.get(at("statements/{pid}", statement))
    client.force_login(factories.publisher())
    after = client.get(at("statements/{pid}", statement))
    assert after.content == before.content
    assert "Cookie" not in after.get("Vary", "")
    assert not after.cookies
