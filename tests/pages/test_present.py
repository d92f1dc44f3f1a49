"""What the addresses without a version tell of today, and those with one never do."""

import datetime as dt
import hashlib
import html
import json
import re

import pytest
from django.conf import settings
from django.utils import timezone

from quotes import record
from quotes.citing.formats import BY_SUFFIX, FORMATS
from quotes.marking import CONTEXT
from quotes.notation import parse
from sources.documents import archive
from tests import factories

pytestmark = pytest.mark.django_db

TELLING = [one.suffix for one in FORMATS if not one.is_frozen]
TEXT = "Before. " * 40 + "He said: We must think. So he did. " + "After. " * 40
SECRET = "Nobody may know of this."


@pytest.fixture
def statement():
    """A statement of two versions, retracted since."""
    made = factories.publish("“We must think.”", appearances=[found("We must think.", TEXT)])
    by = factories.publisher()
    changes = record.Changes(spans=parse("“We must think of security.”"))
    record.correct(made, changes, editor=by, reason="A word was missing")
    record.retract(made, editor=by, reason="The office denies it")
    return made


@pytest.fixture
def turn_to(monkeypatch):
    """Let visitors come on another day."""

    def turn(day):
        monkeypatch.setattr("quotes.views.permalink.localdate", lambda: day)
        monkeypatch.setattr("quotes.page_cache.localdate", lambda: day)

    return turn


def found(words, text):
    document = factories.document()
    snapshot = archive(document, text, timezone.now())
    start = text.index(words)
    return factories.appearance(
        words, "spoken_to TF1", document=document, snapshot=snapshot, start=start, end=start + len(words)
    )


def citation(page, key):
    """The citation in a style, as the page offers it."""
    return html.unescape(re.search(rf'id="cite-{key}"[^>]*data-text="([^"]*)"', page)[1])


@pytest.mark.parametrize("suffix", TELLING)
def test_a_file_of_the_latest_version_tells_what_became_of_it(client, statement, suffix):
    told = client.get(statement.get_absolute_url() + suffix).text
    for part in ("etracted", "The office denies it", "A word was missing"):
        assert part in told


@pytest.mark.parametrize("suffix", BY_SUFFIX)
def test_a_file_of_a_version_tells_nothing_of_it(client, suffix):
    made, by = factories.publish("“We must think.”", appearances=[found("We must think.", TEXT)]), factories.publisher()
    first = client.get(made.version_url(1) + suffix)
    record.correct(made, record.Changes(said="2022-12"), editor=by, reason="Only the month is known")
    record.retract(made, editor=by, reason="The office denies it")
    again = client.get(made.version_url(1) + suffix)
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]


def test_the_stored_record_is_the_same_at_either_address(client, statement):
    latest, version = (client.get(f"{one}.json") for one in (statement.get_absolute_url(), statement.version_url(2)))
    assert latest.content == version.content
    assert hashlib.sha256(latest.content).hexdigest() == factories.revision(statement, 2).sha256
    history = settings.SITE_URL + statement.get_absolute_url() + "/history"
    assert f'<{history}>; rel="version-history"' in latest["Link"]


def test_what_was_restored_is_no_longer_told_to_be_retracted(client, statement):
    record.restore(statement, editor=factories.publisher(), reason="The office confirms it")
    told = client.get(f"{statement.get_absolute_url()}.jsonld").json()
    assert "creativeWorkStatus" not in told
    assert [one["text"] for one in told["correction"]] == ["A word was missing"]


def test_corrections_lead_to_the_versions_compared(client, statement):
    (correction, _) = client.get(f"{statement.get_absolute_url()}.jsonld").json()["correction"]
    page = client.get(correction["url"].removeprefix(settings.SITE_URL))
    assert page.context["history"].chosen == (1, 2)


@pytest.mark.parametrize(
    ("suffix", "told"),
    [(".bib", "urldate = {2027-03-01}"), (".ris", "Y2  - 2027/03/01/"), (".wiki.txt", "|access-date=1 March 2027")],
)
def test_the_day_of_reading_is_the_visitors(client, statement, turn_to, suffix, told):
    turn_to(dt.date(2027, 3, 1))
    assert told in client.get(statement.get_absolute_url() + suffix).text


def test_the_page_cites_what_is_true_today_whatever_version_it_shows(client, statement, turn_to):
    turn_to(dt.date(2027, 3, 1))
    for address in (statement.get_absolute_url(), statement.version_url(1)):
        page = client.get(address).text
        assert "[retracted]" in citation(page, "apa")
        assert "urldate = {2027-03-01}" in html.unescape(page)
        assert re.search(r'<meta name="DC.title" content="“We must think[^"]* \[retracted\]">', page)
        assert '"creativeWorkStatus": "Retracted"' in page


def test_the_downloads_of_a_page_are_its_own(client, statement):
    for address in (statement.get_absolute_url(), statement.version_url(1)):
        page = client.get(address).text
        assert f'href="{address}.bib"' in page
        assert f'href="{address}.harvard.txt"' in page


def test_the_text_around_the_words_is_told_as_far_as_visitors_may_see_it(client, statement):
    record.restore(statement, editor=factories.publisher(), reason="The office confirms it")
    first = client.get(f"{statement.version_url(2)}.anno.jsonld").json()["target"][0]["selector"][0]
    latest = client.get(f"{statement.get_absolute_url()}.anno.jsonld").json()["target"][0]["selector"][0]
    assert "prefix" not in first
    assert latest["exact"] == "We must think."
    assert TEXT.count(latest["prefix"] + latest["exact"] + latest["suffix"]) == 1
    assert all(0 < len(latest[side]) <= CONTEXT for side in ("prefix", "suffix"))


def test_the_link_to_the_source_holds_the_words_around(client):
    article = factories.document(url="https://lemonde.example/security")
    snapshot = archive(article, "Then he said: We must think. So he did.", timezone.now())
    words = factories.appearance("We must think.", document=article, snapshot=snapshot, start=14, end=28)
    page = client.get(factories.publish("“We must think.”", appearances=[words]).get_absolute_url()).text
    assert ":~:text=he%20said%3A-,We%20must%20think.,-So%20he" in page


def test_what_was_removed_beside_it_stands_around_no_longer(client):
    document = factories.document()
    snapshot = archive(document, f"{SECRET} We must think.", timezone.now())
    at = len(SECRET) + 1
    kept = factories.appearance("We must think.", document=document, snapshot=snapshot, start=at, end=at + 14)
    gone = factories.appearance(SECRET, document=document, snapshot=snapshot, start=0, end=len(SECRET))
    statement = factories.publish("“We must think.”", appearances=[kept])
    secret = factories.publish(f"“{SECRET}”", appearances=[gone])
    address = f"{statement.get_absolute_url()}.anno.jsonld"
    before = client.get(address)
    assert SECRET in before.text
    record.remove(secret, editor=factories.publisher(), reason_code="law", reason="An order")
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert SECRET not in after.text
    assert "█" not in after.text


def test_an_appearance_that_took_the_first_ones_place_lends_it_no_context(client):
    statement = factories.publish("“We must think.”", appearances=[found("We must think.", TEXT)])
    other = found("We must think.", "Elsewhere: We must think. Yes.")
    row = record.add_appearance(statement, other, editor=factories.editor())
    type(statement).objects.filter(pk=statement.pk).update(primary_appearance=row)
    told = client.get(f"{statement.get_absolute_url()}.anno.jsonld").json()["target"][0]["selector"][0]
    assert "prefix" not in told


@pytest.mark.parametrize("address", ["", "/v1", ".bib", ".jsonld"])
def test_a_copy_that_tells_the_day_is_good_for_that_day(client, statement, turn_to, address):
    address = statement.get_absolute_url() + address
    turn_to(dt.date(2027, 3, 1))
    tag = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=tag).status_code == 304
    turn_to(dt.date(2027, 3, 2))
    assert client.get(address, headers=tag).status_code == 200


@pytest.mark.parametrize("address", ["/v1.bib", ".json", "/v1.json"])
def test_a_copy_that_tells_no_day_is_good_for_ever(client, statement, turn_to, address):
    address = statement.get_absolute_url() + address
    tag = {"If-None-Match": client.get(address)["ETag"]}
    turn_to(dt.date(2027, 3, 2))
    record.restore(statement, editor=factories.publisher(), reason="The office confirms it")
    assert client.get(address, headers=tag).status_code == 304


@pytest.mark.parametrize("suffix", [".bib", ".jsonld", ".anno.jsonld", ".apa.txt"])
def test_the_present_costs_few_queries(client, statement, django_assert_max_num_queries, suffix):
    address = statement.get_absolute_url()
    with django_assert_max_num_queries(4):
        tag = client.get(address + suffix)["ETag"]
    with django_assert_max_num_queries(2):
        assert client.get(address + suffix, headers={"If-None-Match": tag}).status_code == 304
    for page in (address, statement.version_url(1)):
        with django_assert_max_num_queries(10):
            tag = client.get(page)["ETag"]
        with django_assert_max_num_queries(2):
            assert client.get(page, headers={"If-None-Match": tag}).status_code == 304


def test_an_accepted_format_tells_the_present_like_its_address(client, statement):
    address = statement.get_absolute_url()
    accepted = client.get(address, headers={"Accept": "application/ld+json"})
    assert json.loads(accepted.content) == client.get(f"{address}.jsonld").json()
    assert accepted.json()["creativeWorkStatus"] == "Retracted"
