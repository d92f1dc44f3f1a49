import json

import pytest
from django.conf import settings

from quotes import record
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db


def feed(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    return json.loads(answer.content)


def titles(whole):
    return [item["title"] for item in whole["items"]]


def corrected(statement, words="“We must think of peace.”"):
    changes = record.Changes(spans=parse(words))
    record.correct(statement, changes, editor=factories.publisher(), reason="A word was misheard")


def test_what_is_new_on_record_comes_first_in_the_site_s_feed(client):
    factories.publish("“Recorded first.”", said="2022-12-03")
    factories.publish("“Recorded last.”", said="2021-12-03")
    whole = feed(client, "/feed.json")
    assert titles(whole) == ["Emmanuel Macron: “Recorded last.”", "Emmanuel Macron: “Recorded first.”"]
    assert whole["version"] == "https://jsonfeed.org/version/1.1"
    assert whole["home_page_url"] == f"{settings.SITE_URL}/"


def test_a_list_s_feed_has_the_list_s_filters_and_order(client):
    factories.publish("“To TASS.”", "spoken_to TASS")
    factories.publish("“Relayed.”", "spoken_to TF1", "relayed_by TASS", said="2021-12-03")
    factories.publish("“Later.”", "spoken_to TF1", "relayed_by TASS", said="2022-12-01")
    factories.publish("“Nyet.”", "relayed_by TASS", by="Vladimir Putin")
    whole = feed(client, "/statements/feed.json?speaker=emmanuel-macron&relay=tass")
    assert titles(whole) == ["Emmanuel Macron: “Later.”", "Emmanuel Macron: “Relayed.”"]
    assert whole["title"] == "On Record: Statements by Emmanuel Macron, relayed by TASS"
    assert whole["home_page_url"] == f"{settings.SITE_URL}/statements/?speaker=emmanuel-macron&relay=tass"
    assert whole["feed_url"] == f"{settings.SITE_URL}/statements/feed.json?speaker=emmanuel-macron&relay=tass"


def test_an_entry_holds_words_attribution_and_permalink(client):
    statement = factories.publish(
        "“<b>Guarantees</b> & peace.”",
        "spoken_to TF1",
        "relayed_by TASS",
        label="President of France",
        topics=[factories.topic()],
    )
    (item,) = feed(client, "/feed.json")["items"]
    assert item["url"] == f"{settings.SITE_URL}/q/{statement.pid}"
    assert item["authors"] == [{"name": "Emmanuel Macron"}]
    assert (item["language"], item["tags"]) == ("en", ["Security guarantees"])
    told = " ".join(item["content_html"].split())
    for part in ("“&lt;b&gt;Guarantees&lt;/b&gt; &amp; peace.”", "President of France", "to TF1", "relayed by TASS"):
        assert part in told
    assert "<b>" not in told


def test_a_correction_renews_the_entry_and_keeps_its_id(client):
    statement = factories.publish("“We must think.”")
    (before,) = feed(client, "/feed.json")["items"]
    corrected(statement)
    (after,) = feed(client, "/feed.json")["items"]
    assert after["id"] == before["id"]
    assert after["date_published"] == before["date_published"]
    assert after["date_modified"] > before["date_modified"]
    assert "of peace" in after["title"]


@pytest.mark.parametrize("act", ["retract", "remove"])
def test_what_no_longer_stands_is_in_no_feed(client, act):
    statement = factories.publish("“Never said.”")
    why = {"reason": "It was staged"} | ({"reason_code": "law"} if act == "remove" else {})
    getattr(record, act)(statement, editor=factories.publisher(), **why)
    factories.draft("“A draft.”")
    for address in ("/feed.json", "/statements/feed.json"):
        assert feed(client, address)["items"] == []


def test_a_long_list_s_feed_goes_on_where_it_stopped(client, monkeypatch):
    monkeypatch.setattr("quotes.feeds.SIZE", 2)
    for day in (1, 2, 3):
        factories.publish(f"“Day {day}.”", said=f"2022-12-0{day}")
    first = feed(client, "/statements/feed.json?speaker=emmanuel-macron")
    onward = first["next_url"].removeprefix(settings.SITE_URL)
    assert "speaker=emmanuel-macron" in onward
    assert titles(feed(client, onward)) == ["Emmanuel Macron: “Day 1.”"]
    assert "next_url" not in feed(client, onward)


@pytest.mark.parametrize(
    ("query", "told"),
    [("speaker=nobody", "No speaker goes by this name."), ("said_after=x", "This is no date"), ("after=x", "no place")],
)
def test_a_feed_with_filters_that_can_t_be_read_says_which(client, query, told):
    for form in ("atom", "json"):
        answer = client.get(f"/statements/feed.{form}?{query}")
        assert answer.status_code == 400
        assert answer["Content-Type"].startswith("text/plain")
        assert told in answer.text


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/statements/?speaker=emmanuel-macron&after=2023-01-01", "?speaker=emmanuel-macron"),
        ("/speakers/emmanuel-macron/?relay=tass", "?speaker=emmanuel-macron&amp;relay=tass"),
        ("/outlets/tf1/", "?outlet=tf1"),
        ("/outlets/tass/?tab=relayed", "?relay=tass"),
        ("/topics/security-guarantees/", "?topic=security-guarantees"),
        ("/statements/", '"'),
    ],
)
def test_every_list_names_its_feeds(client, address, query):
    factories.publish("“Guarantees.”", "spoken_to TF1", "relayed_by TASS", topics=[factories.topic()])
    page = client.get(address)
    for form, kind in (("atom", "application/atom+xml"), ("json", "application/feed+json")):
        assert f'href="/statements/feed.{form}{query}' in page.text
        assert f'type="{kind}"' in page.text


def test_no_feed_is_named_where_it_would_hold_more_than_the_list(client):
    factories.publish()
    factories.publish("“Nyet.”", by="Vladimir Putin")
    page = client.get("/speakers/emmanuel-macron/?speaker=vladimir-putin")
    assert "/statements/feed." not in page.text


@pytest.mark.parametrize("address", ["/feed.atom", "/statements/feed.atom", "/statements/feed.json", "/feed.json"])
def test_a_copy_that_is_still_good_is_not_sent_again(client, address):
    statement = factories.publish()
    answer = client.get(address)
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    corrected(statement)
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_a_feed_takes_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    for number in range(30):
        factories.publish(f"“Peace {number}.”", "spoken_to TF1", f"relayed_by Agency {number}")
    for address in ("/feed.atom", "/statements/feed.json?speaker=emmanuel-macron&outlet=tf1"):
        with django_assert_max_num_queries(5):
            client.get(address)


def test_corrections_come_as_json_too(client):
    statement = factories.publish()
    corrected(statement)
    (item,) = feed(client, "/corrections/feed.json")["items"]
    assert item["title"] == f"Correction: {statement.pid}, Emmanuel Macron"
    assert "A word was misheard" in item["content_html"]
