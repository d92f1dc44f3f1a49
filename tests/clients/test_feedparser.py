"""feedparser reads every feed without a complaint."""

import datetime as dt
import re
from html import unescape
from urllib.parse import urlsplit

import feedparser
import pytest
from django.conf import settings

from quotes import record
from quotes.models import Act
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db

FEED = "/corrections/feed.atom"
REASON = "A word & a mark <b>were</b> missing, “said” he; 好"
# RFC 4151: an authority, a day on which it held the name, and anything that a URI may hold.
TAG = re.compile(r"tag:(?P<authority>[a-z0-9.-]+),(?P<day>\d{4}(-\d\d(-\d\d)?)?):[\w.~!$&'()*+,;=:@/?%-]+", re.ASCII)


def read(client, address=FEED):
    answer = client.get(address)
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    assert (feed.version, feed.encoding) == ("atom10", "utf-8")
    return feed


def links(of):
    return {link.rel: link.href for link in of.links}


@pytest.fixture
def by():
    return factories.publisher()


@pytest.fixture
def corrected(by):
    statement = factories.publish()
    changes = record.Changes(spans=parse("“We must think about our security.”"))
    record.correct(statement, changes, editor=by, reason=REASON)
    return statement


def test_an_entry_tells_what_was_done_to_which_statement_when_and_why(client, corrected):
    (entry,) = read(client).entries
    act = Act.objects.get(statement=corrected, verb="correct")
    assert entry.title == f"Correction: {corrected.pid}, Emmanuel Macron"
    assert links(entry) == {"alternate": f"{settings.SITE_URL}/q/{corrected.pid}"}
    assert entry.summary_detail.type == "text/html"
    assert unescape(entry.summary) == f"Version 2 changes the words · {REASON}"
    assert dt.datetime(*entry.updated_parsed[:6], tzinfo=dt.UTC) == act.at.replace(microsecond=0)


def test_every_act_has_a_tag_uri_of_its_own_that_later_acts_leave_alone(client, corrected, by):
    lost, removed = factories.publish("“A copy.”"), factories.publish("“Not to be kept.”")
    record.merge(lost, corrected, editor=by, reason="The same words")
    record.remove(removed, editor=by, reason_code="law", reason="The law asks for it")
    ids = [entry.id for entry in read(client).entries]
    record.retract(corrected, editor=by, reason="Doubtful")
    record.restore(corrected, editor=by, reason="Not so doubtful")
    later = read(client).entries
    assert [entry.id for entry in later[2:]] == ids
    assert len({entry.id for entry in later}) == len(later) == 5
    for entry in later:
        tag = TAG.fullmatch(entry.id)
        assert tag, entry.id
        assert tag["authority"] == urlsplit(settings.SITE_URL).hostname
        assert tag["day"] == entry.updated[:10]


def test_the_feed_says_where_it_and_its_page_are_and_when_it_last_changed(client, corrected):
    read_feed = read(client)
    assert links(read_feed.feed) == {
        "alternate": f"{settings.SITE_URL}/corrections/",
        "self": f"{settings.SITE_URL}/corrections/feed.atom",
    }
    assert read_feed.feed.title == "On Record: corrections"
    assert read_feed.feed.author == "The editors of On Record"
    assert read_feed.feed.updated == read_feed.entries[0].updated


def test_a_filtered_feed_is_another_feed(client, corrected):
    address = f"{FEED}?kind=correct&speaker=emmanuel-macron"
    filtered = read(client, address)
    assert len(filtered.entries) == 1
    assert links(filtered.feed)["self"] == f"{settings.SITE_URL}{address}"
    assert filtered.feed.id != read(client).feed.id


def test_a_feed_without_entries_is_still_a_feed(client):
    empty = read(client)
    assert empty.entries == []
    assert empty.feed.updated_parsed


@pytest.mark.parametrize("address", ["/feed.atom", "/statements/feed.atom?speaker=emmanuel-macron"])
def test_a_feed_of_statements_holds_words_and_who_said_them(client, address):
    statement = factories.publish("“<b>Guarantees</b> & peace.”", "spoken_to TF1", topics=[factories.topic()])
    feed = read(client, address)
    (entry,) = feed.entries
    assert TAG.fullmatch(entry.id)
    assert entry.id.endswith(f":q/{statement.pid}")
    assert entry.title == "Emmanuel Macron: “<b>Guarantees</b> & peace.”"
    assert links(entry)["alternate"] == f"{settings.SITE_URL}/q/{statement.pid}"
    assert (entry.author, [tag.term for tag in entry.tags]) == ("Emmanuel Macron", ["Security guarantees"])
    assert "“&lt;b&gt;Guarantees&lt;/b&gt; &amp; peace.”" in entry.summary
    assert links(feed.feed)["self"] == f"{settings.SITE_URL}{address}"


def test_a_long_feed_leads_to_its_next_part(client, monkeypatch):
    monkeypatch.setattr("quotes.feeds.SIZE", 1)
    for day in (1, 2):
        factories.publish(f"“Day {day}.”", said=f"2022-12-0{day}")
    first = read(client, "/statements/feed.atom")
    onward = links(first.feed)["next"].removeprefix(settings.SITE_URL)
    assert [entry.title for entry in read(client, onward).entries] == ["Emmanuel Macron: “Day 1.”"]
