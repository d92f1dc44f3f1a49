import html
import json
import re

import pytest
from django.conf import settings

from quotes.citing.formats import FORMATS
from tests import factories

pytestmark = pytest.mark.django_db


def metadata(page):
    """The meta elements of a page's head, by name."""
    return {
        name: html.unescape(content) for name, content in re.findall(r'<meta name="([^"]+)" content="([^"]*)">', page)
    }


def read_by_zotero(client, statement):
    return metadata(client.get(statement.get_absolute_url()).text)


def test_zotero_reads_a_web_page_by_the_speaker_at_the_version(client):
    article = factories.document(title="Macron: “security”", outlet_name="Le Monde")
    statement = factories.publish("“Peace.”", "spoken_to TF1", "relayed_by TASS", document=article)
    read = read_by_zotero(client, statement)
    assert {name: read[name] for name in read if name.startswith(("z:", "DC.", "citation_"))} == {
        "z:itemType": "webpage",
        "DC.title": "“Peace.” (statement to TF1, relayed by TASS)",
        "DC.creator": "Macron, Emmanuel",
        "citation_date": "2022-12-03",
        "citation_public_url": settings.SITE_URL + statement.version_url(1),
        "DC.language": "en",
        "DC.description": "Quoted by Le Monde in “Macron: ‘security’”, 4 December 2022.",
    }


def test_an_imprecise_date_is_told_in_words(client):
    assert read_by_zotero(client, factories.publish(said="2021-12?"))["citation_date"] == "December 2021 (uncertain)"


def test_an_unnamed_source_is_no_creator(client):
    article = factories.document()
    source = factories.speaker("a French official", kind="unnamed", slug=None, document=article)
    read = read_by_zotero(client, factories.publish(by=source, document=article))
    assert "DC.creator" not in read
    assert "a French official" in read["DC.title"]


def test_search_engines_find_the_quotation_whatever_it_says(client):
    statement = factories.publish("“</script><script>alert(1)</script> & <!-- ‘peace’”")
    page = client.get(statement.get_absolute_url()).text
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    assert json.loads(found[0])["text"] == "“</script><script>alert(1)</script> & <!-- ‘peace’”"
    assert json.loads(found[0]) == json.loads(client.get(f"{statement.version_url(1)}.jsonld").content)


def test_every_version_names_the_permalink_as_canonical(client):
    statement = factories.publish()
    for address in (statement.get_absolute_url(), statement.version_url(1)):
        page = client.get(address).text
        assert f'<link rel="canonical" href="{settings.SITE_URL}{statement.get_absolute_url()}">' in page
        assert "noindex" not in page
        for one in FORMATS:
            assert f'href="{settings.SITE_URL}{address}{one.suffix}"' in page


@pytest.mark.parametrize("name", ["og:title", "og:type", "og:url", "og:description"])
def test_sites_that_show_a_card_find_one_of_each(client, name):
    page = client.get(factories.publish().get_absolute_url()).text
    assert page.count(f'property="{name}"') == 1


def test_the_words_can_be_shown_at_the_source(client):
    article = factories.document(url="https://lemonde.example/security")
    page = client.get(factories.publish("“We must think.”", document=article).get_absolute_url()).text
    assert page.count("show the words at the source") == 1
    assert "https://lemonde.example/security#:~:text=" in page


def test_a_source_without_an_address_has_no_such_link(client):
    assert "show the words" not in client.get(factories.publish().get_absolute_url()).text


def test_a_preview_of_a_draft_tells_programs_nothing(client):
    draft = factories.draft()
    client.force_login(factories.publisher())
    page = client.get(f"/desk/statements/{draft.pid}/preview/").text
    assert "citation_public_url" not in page
    assert "ld+json" not in page
