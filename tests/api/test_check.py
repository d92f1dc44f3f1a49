"""Was this said, asked by programs."""

import json

import pytest
from django.core.cache import cache

from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "“We must think about the security structure under which our children will live tomorrow.”"
TURNED = "“We must never think about the security structure,” Macron said."
PLACE = "/api/v1/check"


@pytest.fixture
def statement():
    return factories.publish(WORDS, "spoken_to TF1", "relayed_by TASS")


def get(client, **asked):
    return client.get(PLACE, asked)


def post(client, told, **more):
    body = told if isinstance(told, str | bytes) else json.dumps(told)
    return client.post(PLACE, body, content_type="application/json", **more)


@pytest.mark.parametrize("ask", [get, lambda client, **told: post(client, told)])
def test_a_text_is_judged_by_address_and_posted_alike(client, statement, ask):
    answer = ask(client, text=TURNED, speaker="Olaf Scholz", said="2022-12-03")
    assert answer.status_code == 200
    [one] = answer.json()["quotations"]
    assert (one["verdict"], one["statement"]["id"]) == ("turned", statement.pid)
    assert [part["quoted"] for part in one["differences"] if part["kind"] == "insert"] == ["never "]
    assert one["origins"] == [{"outlet": "TF1", "slug": "tf1", "held": False}]


def test_whoever_is_asked_about_stands_for_whom_the_text_doesnt_name(client, statement):
    [one] = get(client, text=WORDS, speaker="Olaf Scholz").json()["quotations"]
    assert (one["verdict"], one["speaker"]) == ("other_speaker", "Olaf Scholz")


def test_another_day_is_told(client, statement):
    [one] = get(client, text=WORDS, said="2020-05").json()["quotations"]
    assert one["verdict"] == "exact"
    assert "It was said on another day: 3 December 2022." in one["notes"]


@pytest.mark.parametrize(
    "answer", [lambda client: get(client, text=WORDS), lambda client: post(client, {"text": WORDS})]
)
def test_nobody_keeps_what_was_asked(client, statement, answer):
    answered = answer(client)
    assert answered["Cache-Control"] == "private, no-store"
    assert answered["X-Robots-Tag"] == "noindex"
    assert "ETag" not in answered


def test_a_refusal_isnt_kept_either(client, db):
    assert get(client, said="2022")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({}, "text"),
        ({"text": "  "}, "text"),
        ({"text": "a" * 1001}, "text"),
        ({"text": WORDS, "said": "last week"}, "said"),
        ({"text": WORDS, "said": "1" * 51}, "said"),
        ({"text": WORDS, "speaker": "a" * 201}, "speaker"),
        ({"text": WORDS, "date": "2022"}, "date"),
        ({"text": [WORDS, WORDS]}, "text"),
    ],
)
def test_what_cant_be_asked_by_address_is_refused_by_name(client, asked, parameter):
    answer = get(client, **asked)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert parameter in [one["parameter"] for one in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("told", "parameter"),
    [
        ({}, "text"),
        ({"text": None}, "text"),
        ({"text": 5}, "text"),
        ({"text": [WORDS]}, "text"),
        ({"text": "a" * 500_001}, "text"),
        ({"text": WORDS, "said": "soon"}, "said"),
        ({"text": WORDS, "speaker": {}}, "speaker"),
        ({"text": WORDS, "speker": "Macron"}, "speker"),
        ({"text": WORDS, "\ud800": 1}, "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_what_cant_be_asked_by_post_is_refused_by_name(client, told, parameter):
    answer = post(client, told)
    assert answer.status_code == 400
    assert [one["parameter"] for one in answer.json()["errors"]] == [parameter]


@pytest.mark.parametrize("body", [" ", "{", "[]", '"text"', b"\xff\xfe", "[" * 100_000])
def test_a_body_that_is_no_object_is_refused(client, db, body):
    answer = post(client, body)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_a_form_is_no_json(client, db):
    assert client.post(PLACE, {"text": WORDS}).status_code == 415


def test_a_body_larger_than_is_read_is_told_so(client, db):
    answer = post(client, {"text": "a" * 3_000_000})
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


def test_an_address_says_nothing_beside_what_is_posted(client, db):
    answer = client.post(f"{PLACE}?speaker=Macron", json.dumps({"text": WORDS}), content_type="application/json")
    assert [one["parameter"] for one in answer.json()["errors"]] == ["speaker"]


@pytest.mark.parametrize("text", ["\x00", "\ud800", "\U0001f389", "”””“““", "?!"])
def test_a_text_without_a_word_is_told_so(client, db, text):
    told = post(client, {"text": text, "speaker": "\ud800\x00"}).json()
    assert (told["quotations"], told["remarks"]) == ([], ["There is no word in this text."])


def test_fifty_thousand_words_that_quote_nobody_are_told_so(client, db):
    told = post(client, {"text": "The weather was fine in the town. " * 7200}).json()
    assert told["quotations"] == []
    assert "This text quotes nobody" in told["remarks"][0]


def test_a_mark_without_its_other_is_told(client, statement):
    [one] = get(client, text='Macron said: "We must think about the security structure').json()["quotations"]
    assert one["verdict"] == "exact"
    assert "One of its quotation marks is missing: where it ends was guessed." in one["notes"]


def test_every_site_may_post(client, db):
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    answer = client.options(PLACE, headers=asked)
    assert "POST" in answer["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer["Access-Control-Allow-Headers"]
    assert post(client, {"text": WORDS})["Access-Control-Allow-Origin"] == "*"


def test_a_check_counts_as_one_request(client, statement, settings):
    cache.clear()
    settings.API_REQUESTS_PER_MINUTE = 5
    assert get(client, text=WORDS)["RateLimit-Remaining"] == "4"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nothing_else_is_done_here(client, db, method):
    answer = getattr(client, method)(PLACE)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")


def test_what_is_posted_is_not_logged(client, statement, caplog):
    caplog.set_level("DEBUG")
    post(client, {"text": f"Nobody may read this. {TURNED}"})
    assert "Nobody may read this" not in caplog.text
