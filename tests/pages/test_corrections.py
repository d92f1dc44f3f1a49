import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from quotes import record
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def corrected():
    statement = factories.publish()
    record.correct(
        statement,
        record.Changes(spans=parse("“We must think about our security.”")),
        editor=factories.publisher(),
        reason="A word & a mark <were> missing",
    )
    return statement


def test_the_ledger_links_the_statement_and_gives_the_reason(client, corrected):
    page = client.get("/corrections/")
    assert page.status_code == 200
    assert f'href="/q/{corrected.pid}/history' in page.text
    assert "A word &amp; a mark &lt;were&gt; missing" in page.text
    assert "the words" in page.text


def test_the_ledger_names_no_editor(client, corrected):
    assert corrected.revisions.last().actor.username not in client.get("/corrections/").text


def test_an_empty_ledger_says_so(client, db):
    assert "Nothing has been corrected here" in client.get("/corrections/").text


def test_the_ledger_takes_at_most_eight_queries(client, django_assert_max_num_queries):
    by = factories.publisher()
    for number in range(40):
        statement = factories.publish(f"“Words number {number}.”", by=f"Speaker {number}", editor=by)
        record.retract(statement, editor=by, reason="Doubtful")
    onward = client.get("/corrections/?speaker=&kind=retract").context["ledger"].older
    with django_assert_max_num_queries(8):
        page = client.get(f"/corrections/{onward}&speaker=speaker-1")
    assert page.status_code == 200


def test_filters_that_cant_be_read_are_told_beside_their_field(client, corrected):
    page = client.get("/corrections/?since=soon&kind=x&speaker=nobody")
    assert page.status_code == 400
    for text in ("This is no date", "There is no such kind", "No speaker goes by this name"):
        assert text in page.text
    assert 'value="soon"' in page.text


def test_a_place_that_isnt_one_leads_back(client, corrected):
    page = client.get("/corrections/?after=nowhere&kind=correct")
    assert page.status_code == 400
    assert "?kind=correct" in page.text


def test_the_words_of_a_removed_statement_are_nowhere(client, corrected):
    record.remove(corrected, editor=factories.publisher(), reason_code="law", reason="The law asks for it")
    for address in ("/corrections/", "/corrections/feed.atom", f"/q/{corrected.pid}/history"):
        text = client.get(address).text
        for told in ("security", "Macron", "A word"):
            assert told not in text


def test_the_feed_has_tag_uris_and_dates(client, corrected):
    answer = client.get("/corrections/feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = ET.fromstring(answer.content)  # noqa: S314  # our own feed
    (entry,) = root.findall(f"{ATOM}entry")
    act = corrected.acts.get(verb="correct")
    host = urlsplit(settings.SITE_URL).hostname
    assert entry.findtext(f"{ATOM}id") == f"tag:{host},{act.at:%Y-%m-%d}:corrections/{act.pk}"
    assert entry.findtext(f"{ATOM}updated").startswith(f"{act.at:%Y-%m-%dT%H:%M}")
    assert entry.find(f"{ATOM}link").get("href") == f"{settings.SITE_URL}/q/{corrected.pid}"
    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert "A word &amp; a mark &lt;were&gt; missing" in summary.text


def test_the_feed_takes_the_filters_of_the_page(client, corrected):
    assert b"<entry>" not in client.get("/corrections/feed.atom?kind=remove").content
    assert client.get("/corrections/feed.atom?kind=x").status_code == 400


def test_the_about_page_and_the_footer_lead_to_the_ledger(client, db):
    assert client.get("/about/").text.count('href="/corrections/"') == 2


@pytest.mark.parametrize("address", ["/corrections/", "/corrections/feed.atom"])
def test_the_ledger_is_read_only(client, db, address):
    assert client.post(address).status_code == 405
