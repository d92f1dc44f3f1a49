"""One statement, its versions, and what becomes of them."""

import datetime as dt
import hashlib
import json

import pytest
from django.conf import settings

from quotes import record
from quotes.notation import parse
from sources.documents import archive
from tests import factories

pytestmark = pytest.mark.django_db

SECOND = "“We must think about our security.”"


@pytest.fixture
def editor():
    return factories.publisher()


@pytest.fixture
def statement(editor):
    return factories.publish(editor=editor)


@pytest.fixture
def corrected(statement, editor):
    record.correct(statement, record.Changes(spans=parse(SECOND)), editor=editor, reason="A word was missing")
    return statement


def at(statement, place=""):
    return f"/api/v1/statements/{statement.pid}{place}"


def test_it_holds_everything_without_asking(client, corrected, editor):
    other = factories.publish("“Not so.”", by="Vladimir Putin", editor=editor)
    record.link(corrected, other, "responds_to", editor=editor)
    told = client.get(at(corrected)).json()
    assert told["state"] == "published"
    assert told["words"] == SECOND
    assert told["version"]["number"] == 2
    assert [one["number"] for one in told["revisions"]] == [1, 2]
    assert [one["relation"] for one in told["links"]] == ["responds to"]
    assert told["appearances"][0]["primary"] is True


def test_a_correction_is_told_with_its_day_and_its_reason(client, corrected):
    [told] = client.get(at(corrected)).json()["corrections"]
    assert told["version"] == 2
    assert told["reason"] == "A word was missing"
    assert told["on"] == dt.datetime.now(tz=dt.UTC).date().isoformat()
    assert told["url"] == f"{settings.SITE_URL}/q/{corrected.pid}/history?from=1&to=2"
    assert told["reason"] in client.get(corrected.get_absolute_url()).text


def test_a_retracted_statement_answers_with_its_reason(client, statement, editor):
    record.retract(statement, editor=editor, reason="The recording was staged")
    answer = client.get(at(statement))
    assert answer.status_code == 200
    told = answer.json()
    assert told["state"] == "retracted"
    assert told["retraction"]["reason"] == "The recording was staged"
    assert told["modified"] == told["retraction"]["on"]
    assert [one["slug"] for one in told["carriage"]["spoken_to"]] == ["tf1"]
    assert "The recording was staged" in client.get(at(statement, ".csv")).text
    assert "[retracted]" in client.get(at(statement, ".ris")).text
    assert '"creativeWorkStatus": "Retracted"' in client.get(at(statement, ".jsonld")).text


def test_a_removed_statement_is_gone_with_what_its_tombstone_tells(client, statement, editor):
    instead = factories.publish("“Instead.”", by="Vladimir Putin", editor=editor)
    record.remove(statement, editor=editor, reason_code="court", reason="A ruling of 5 May", replacement=instead)
    for place in ("", "/", ".csv", ".bib", ".jsonld", ".ris", "/revisions", "/revisions/1"):
        answer = client.get(at(statement, place))
        assert answer.status_code == 410, place
        assert answer["Content-Type"] == "application/problem+json"
        told = answer.json()
        assert told["id"] == statement.pid
        assert told["removed"]["for"] == "ordered by a court"
        assert told["removed"]["reason"] == "A ruling of 5 May"
        assert told["removed"]["replacement"] == instead.pid
        for word in ("security", "Macron", "TF1", "Le Monde"):
            assert word not in answer.text


def test_of_a_removal_no_trace_is_left_in_the_lists(client, statement, editor):
    record.retract(statement, editor=editor, reason="He didn’t say we must think about security")
    record.remove(statement, editor=editor, reason_code="law", reason="A law")
    for place in ("statements", "corrections", "corrections.csv", "links", "documents", "speakers", "search?q=think"):
        assert "must think" not in client.get(f"/api/v1/{place}").text


def test_a_merged_statement_leads_to_the_one_that_stays(client, statement, editor):
    stays = factories.publish("“The same.”", editor=editor)
    record.merge(statement, stays, editor=editor, reason="They are one")
    for place in ("", ".csv", "?fields=id"):
        answer = client.get(at(statement, place))
        assert answer.status_code == 301
        assert answer["Location"] == at(stays, place)
    assert client.get(at(statement, "/revisions/1")).status_code == 200


def test_an_id_typed_otherwise_leads_to_the_one_as_written(client, statement):
    answer = client.get(f"/api/v1/statements/{statement.pid.lower()}.bib")
    assert answer.status_code == 301
    assert answer["Location"] == at(statement, ".bib")


def test_a_draft_is_nothing(client, editor):
    made = factories.draft(editor=editor)
    assert client.get(at(made)).status_code == 404
    assert client.get(at(made, "/revisions")).status_code == 404


def test_a_version_can_be_hashed_by_whoever_reads_it(client, corrected):
    for number in (1, 2):
        told = client.get(at(corrected, f"/revisions/{number}")).json()
        assert hashlib.sha256(told["body"].encode()).hexdigest() == told["sha256"]
        assert told["record"] == json.loads(told["body"])
        frozen = client.get(told["record_url"].removeprefix(settings.SITE_URL))
        assert frozen.content.decode() == told["body"]


def test_the_versions_are_listed_the_last_first(client, corrected):
    told = client.get(at(corrected, "/revisions")).json()
    assert [(one["number"], one["reason"]) for one in told["results"]] == [(2, "A word was missing"), (1, None)]
    assert told["total"] == 2


@pytest.mark.parametrize("number", ["3", "0", "000000000"])
def test_a_version_that_isnt_there_is_404(client, corrected, number):
    answer = client.get(at(corrected, f"/revisions/{number}"))
    assert answer.status_code == 404
    assert "no such version" in answer.json()["detail"]


def test_of_the_text_around_no_more_than_200_characters_are_told(client, editor):
    words = "“We must think.”"
    text = f"{'before ' * 100}{words}{' after' * 100}"
    article = factories.document()
    start = text.index(words)
    place = {"snapshot": archive(article, text, factories.TAKEN_AT), "start": start, "end": start + len(words)}
    found = record.AppearanceSpec(article, factories.hops("spoken_to TF1"), parse(words), words, **place)
    statement = factories.publish(words, appearances=[found], editor=editor)
    [told] = client.get(at(statement)).json()["appearances"]
    assert 0 < len(told["prefix"]) <= 200
    assert 0 < len(told["suffix"]) <= 200
    assert told["position"]["start"] == start
    document = client.get(f"/api/v1/documents/{article.pid}")
    assert document.text.count("before ") < 60


def test_a_statement_costs_at_most_thirteen_queries(client, corrected, editor, django_assert_max_num_queries):
    for number in range(5):
        other = factories.publish(f"“Other {number}.”", by=f"Speaker {number}", editor=editor)
        record.link(other, corrected, "denies", editor=editor)
    # Two of them are what a revalidation costs.
    with django_assert_max_num_queries(13):
        assert client.get(at(corrected)).status_code == 200


def test_no_account_is_named(client, corrected, editor):
    for place in ("", "/revisions", "/revisions/2"):
        assert editor.username not in client.get(at(corrected, place)).text


def test_speakers_are_found_by_what_a_word_of_a_name_begins_with(client):
    factories.publish()
    found = client.get("/api/v1/speakers?q=macr").json()["results"]
    assert [one["slug"] for one in found] == ["emmanuel-macron"]
    assert client.get("/api/v1/speakers?q=acron").json()["results"] == []
