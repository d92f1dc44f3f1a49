"""What can't be read is refused by name; what can, but names nothing, isn't found."""

import pytest

from quotes import record
from tests import factories

pytestmark = pytest.mark.django_db

CASES = [
    ("statements?speaker=nobody", "speaker", 404),
    ("statements?speaker=No%20slug!", "speaker", 400),
    ("statements?outlet=%00", "outlet", 400),
    ("statements?mode=shouted", "mode", 400),
    ("statements?language=!", "language", 400),
    ("statements?year=20222", "year", 400),
    ("statements?year=0000", "year", 400),
    ("statements?said_after=soon", "said_after", 400),
    ("statements?said_after=2022-02-30", "said_after", 400),
    ("statements?said_after=2023&said_before=2022", "said_before", 400),
    ("statements?said_after=2022&said_after=2023", "said_after", 400),
    ("statements?after=nowhere", "after", 400),
    ("statements?after=2022-13-01.5", "after", 400),
    ("statements?before=2022-12-03.9999999999999999999", "before", 400),
    ("statements?after=2022-12-03&before=2022-12-01", "after", 400),
    ("statements?after=2022-12-03%00", "after", 400),
    ("statements?size=0", "size", 400),
    ("statements?size=101", "size", 400),
    ("statements?size=-1", "size", 400),
    ("statements?size=99999999999999999999", "size", 400),
    ("statements?size=%D9%A5", "size", 400),
    ("statements?fields=words,secret", "fields", 400),
    ("statements?fields=%00", "fields", 400),
    ("statements?expand=words", "expand", 400),
    ("statements?speker=emmanuel-macron", "speker", 400),
    ("statements?%00=1", "\N{REPLACEMENT CHARACTER}", 400),
    ("statements?" + "&".join(f"speaker=s{number}" for number in range(51)), "speaker", 400),
    ("statements/short", "id", 400),
    ("statements/7K2M9QX4T%00", "id", 400),
    ("statements/{pid}?expand=links", "expand", 400),
    ("statements/{pid}?fields=nothing", "fields", 400),
    ("facets?size=5", "size", 400),
    ("facets?topic=nothing", "topic", 404),
    ("speakers/%00", "slug", 400),
    ("speakers?after=nobody", "after", 404),
    ("speakers?after=%00", "after", 400),
    ("speakers?q=" + "x" * 201, "q", 400),
    ("speakers?letter=ab", "letter", 400),
    ("topics?letter=a", "letter", 400),
    ("speakers?q=mac&letter=m", "letter", 400),
    ("outlets/a%20b", "slug", 400),
    ("documents/xx", "id", 400),
    ("documents?outlet=nobody", "outlet", 404),
    ("documents?url=%00", "url", 400),
    ("documents?after=7K2M9QX4TA", "after", 404),
    ("documents?after=%00", "after", 400),
    ("links?statement=xx", "statement", 400),
    ("links?statement=0000000000", "statement", 404),
    ("links?kind=likes", "kind", 400),
    ("links?after=x", "after", 400),
    ("links?after=1&before=2", "before", 400),
    ("links?after=999999999999999999", "after", 404),
    ("statements?speaker=", "speaker", 400),
    ("statements?speaker=%20", "speaker", 400),
    ("statements?said_before=", "said_before", 400),
    ("statements?year=%202022", "year", 400),
    ("statements?size=", "size", 400),
    ("statements?fields=", "fields", 400),
    ("statements?q=" + "x" * 1001, "q", 400),
    ("statements?" + "&".join(["mode=direct"] * 51), "mode", 400),
    ("facets?q=" + "x" * 1001, "q", 400),
    ("statements/a.b.c", "id", 400),
    ("statements/a.b/revisions", "id", 400),
    ("documents?url=" + "x" * 2001, "url", 400),
    ("documents?outlet=", "outlet", 400),
    ("links?statement=", "statement", 400),
    ("outlets?letter=%0A", "letter", 400),
    ("corrections?until=", "until", 400),
    ("corrections?since=2022-02-30", "since", 400),
]


@pytest.mark.parametrize(("place", "parameter", "status"), CASES)
def test_a_problem_names_its_parameter(client, place, parameter, status):
    statement = factories.publish()
    answer = client.get(f"/api/v1/{place.format(pid=statement.pid)}")
    assert answer.status_code == status, answer.text
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert parameter in [one["parameter"] for one in told["errors"]]
    assert {one["code"] for one in told["errors"]} == {"malformed" if status == 400 else "unknown"}
    assert parameter in told["detail"]
    assert "\x00" not in answer.text


@pytest.mark.parametrize(
    "place",
    [
        "nothing",
        "docs/x",
        "statements/7K2M9QX4TA",
        "statements/7K2M9QX4TB",
        "statements/7K2M9QX4TA/revisions/1",
        "documents/7K2M9QX4TA",
        "speakers/nobody",
        "topics/none",
        "outlets/none",
    ],
)
def test_what_isnt_there_is_a_problem_without_parameter(client, db, place):
    answer = client.get(f"/api/v1/{place}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert "errors" not in answer.json()


def test_a_mistyped_id_is_told_so(client):
    assert "typing errors" in client.get("/api/v1/statements/7K2M9QX4TB").json()["detail"]


def test_several_mistakes_are_told_at_once(client):
    told = client.get("/api/v1/statements?speaker=nobody&year=x&mode=y").json()
    assert {one["parameter"]: one["code"] for one in told["errors"]} == {
        "speaker": "unknown",
        "year": "malformed",
        "mode": "malformed",
    }
    assert told["status"] == 400


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_here(client, method):
    for place in ("statements.json", "search", "statements/7K2M9QX4TA", "corrections", "nothing"):
        answer = getattr(client, method)(f"/api/v1/{place}")
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD, OPTIONS"
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("place", "allowed"),
    [
        ("statements", "GET, HEAD, OPTIONS, POST"),
        ("statements.json", "GET, HEAD, OPTIONS"),
        ("statements/7K2M9QX4TA/publish", "OPTIONS, POST"),
        ("documents", "GET, HEAD, OPTIONS, POST"),
        ("links", "GET, HEAD, OPTIONS"),
    ],
)
def test_an_address_tells_what_it_takes(client, place, allowed):
    assert client.options(f"/api/v1/{place}")["Allow"] == allowed
    assert client.delete(f"/api/v1/{place}")["Allow"] == allowed


def test_a_former_slug_filters_as_todays(client):
    statement = factories.publish()
    record.rename(statement.speaker, editor=factories.publisher(), slug="president-macron")
    assert client.get("/api/v1/statements?speaker=emmanuel-macron").json()["total"] == 1
    moved = client.get("/api/v1/speakers/emmanuel-macron")
    assert (moved.status_code, moved["Location"]) == (301, "/api/v1/speakers/president-macron")
    assert client.get("/api/v1/speakers/emmanuel-macron/")["Location"] == "/api/v1/speakers/president-macron/"


def test_more_parameters_than_can_be_read_are_a_problem_too(client, db):
    answer = client.get("/api/v1/statements?" + "&".join(f"q{number}=1" for number in range(1200)))
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
