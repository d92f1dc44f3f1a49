from xml.etree import ElementTree as ET

import pytest
from django.conf import settings

from quotes import record
from tests import factories

pytestmark = pytest.mark.django_db

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml"
    return [found.text for found in ET.fromstring(answer.content).iter(f"{SITEMAP}loc")]  # noqa: S314  # our own


def sitemap(client):
    """Every address that the files of the index hold."""
    files = locations(client, "/sitemap.xml")
    return [address for file in files for address in locations(client, file.removeprefix(settings.SITE_URL))]


def test_the_sitemap_holds_every_published_statement_once_without_versions(client):
    one, two = factories.publish("“One.”"), factories.publish("“Two.”")
    record.correct(one, record.Changes(language="fr"), editor=factories.publisher(), reason="It is French")
    factories.draft("“A draft.”")
    assert sitemap(client) == [f"{settings.SITE_URL}/q/{one.pid}", f"{settings.SITE_URL}/q/{two.pid}"]


def test_what_was_taken_off_the_record_is_in_no_sitemap(client):
    kept, retracted, removed, merged = (factories.publish(f"“{word}.”") for word in ("A", "B", "C", "D"))
    by = factories.publisher()
    record.retract(retracted, editor=by, reason="Staged")
    record.remove(removed, editor=by, reason_code="law", reason="An order")
    record.merge(merged, kept, editor=by, reason="The same words")
    assert sitemap(client) == [f"{settings.SITE_URL}/q/{kept.pid}"]


def test_a_large_record_is_parted_into_files_by_id(client, monkeypatch):
    monkeypatch.setattr("quotes.views.discovery.FILE_SIZE", 2)
    pids = [factories.publish(f"“{number}.”").pid for number in range(5)]
    assert len(locations(client, "/sitemap.xml")) >= 3
    assert sitemap(client) == [f"{settings.SITE_URL}/q/{pid}" for pid in pids]


def test_an_empty_record_has_an_empty_sitemap(client):
    assert sitemap(client) == []


@pytest.mark.parametrize("number", ["0", "7", "x", "999999999"])
def test_a_file_that_isn_t_in_the_index_isn_t_there(client, number):
    factories.publish()
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_a_sitemap_takes_two_queries(client, django_assert_max_num_queries):
    factories.publish()
    for address in ("/sitemap.xml", "/sitemap-1.xml"):
        with django_assert_max_num_queries(2):
            client.get(address)


def test_crawlers_are_told_of_the_sitemap_and_kept_from_the_desk(client):
    told = client.get("/robots.txt")
    assert told["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in told.text
    assert "Disallow: /desk/\n" in told.text
    assert "Disallow: /q" not in told.text


def test_a_browser_finds_how_to_search(client):
    assert 'rel="search"' in client.get("/").text
    described = client.get("/opensearch.xml")
    assert described["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    urls = ET.fromstring(described.content).iter(f"{OPENSEARCH}Url")  # noqa: S314  # our own
    assert f"{settings.SITE_URL}/statements/?q={{searchTerms}}" in [url.get("template") for url in urls]
