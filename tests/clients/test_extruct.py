"""extruct, which reads what pages say of themselves, finds what reference managers and cards are made of."""

import extruct
import pytest
from django.conf import settings

from tests import factories

pytestmark = pytest.mark.django_db

DC = "http://purl.org/dc/elements/1.1/"


def dublin_core(page):
    """The elements of a page as (element, content); those that extruct can't place would be missing."""
    (found,) = extruct.extract(page.text, syntaxes=["dublincore"])["dublincore"]
    return [(one["URI"].removeprefix(DC), one["content"]) for one in found["elements"]]


def open_graph(page):
    """The properties of a page; a repeated one fails."""
    (found,) = extruct.extract(page.text, syntaxes=["opengraph"])["opengraph"]
    assert found["namespace"] == {"og": "http://ogp.me/ns#"}
    names = [name for name, _ in found["properties"]]
    assert len(names) == len(set(names))
    return dict(found["properties"])


@pytest.fixture
def statement():
    article = factories.document(title="Macron: “security” & more")
    chain = ("spoken_to TF1", "relayed_by TASS")
    return factories.publish("“Peace <now> & then.”", *chain, document=article)


@pytest.mark.parametrize("suffix", ["", "/v1"])
def test_dublin_core_is_what_zotero_saves(client, statement, suffix):
    assert dublin_core(client.get(statement.get_absolute_url() + suffix)) == [
        ("title", "“Peace <now> & then.” (statement to TF1, relayed by TASS)"),
        ("creator", "Macron, Emmanuel"),
        ("language", "en"),
        ("description", "Quoted by Le Monde in “Macron: ‘security’ & more”, 4 December 2022."),
    ]


@pytest.mark.parametrize("suffix", ["", "/v1"])
def test_open_graph_makes_a_card_with_a_picture(client, statement, suffix):
    address = settings.SITE_URL + statement.get_absolute_url()
    card = open_graph(client.get(statement.get_absolute_url() + suffix))
    assert card["og:title"] == "Emmanuel Macron: “Peace <now> & then.”"
    assert card["og:type"] == "article"
    assert card["og:url"] == address + suffix
    assert card["og:description"] == "Quoted by Le Monde in “Macron: ‘security’ & more”, 4 December 2022."
    assert card["og:image"] == f"{address}/v1.png"
    picture = client.get(card["og:image"].removeprefix(settings.SITE_URL))
    assert picture["Content-Type"] == card["og:image:type"]


def test_no_other_syntax_contradicts_the_page(client, statement):
    page = client.get(statement.version_url(1)).text
    found = extruct.extract(page, base_url=settings.SITE_URL, syntaxes=["microdata", "microformat"])
    assert found == {"microdata": [], "microformat": []}
