"""Signposting's own client finds its way over HTTP: from a page's Link header to everything that the header names."""

import pytest
import signposting

from quotes import record
from quotes.citing.annotation import PROFILE
from quotes.citing.formats import FORMATS
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(groups, live_server, settings):
    settings.SITE_URL, settings.RECORD_LICENCE = live_server.url, "https://licence.example/by"
    return live_server.url


@pytest.fixture
def statement(site):
    """A statement of two versions."""
    made, by = factories.publish(), factories.publisher()
    record.correct(made, record.Changes(spans=parse("“Peace, then.”")), editor=by, reason="Misheard")
    return made


def targets(signposts):
    return {str(one.target) for one in signposts}


def signposts(found):
    """Every signpost of the page itself, as (relation, address, media type)."""
    return {(one.rel, one.target, one.type) for one in found.signposts if one.context == found.context}


def described(found):
    """Everything that describes a page, as (address, media type, profiles)."""
    return {(str(one.target), str(one.type), *one.profiles) for one in found.describedBy}


def exports(address):
    expected = {(f"{address}{one.suffix}", one.bare_media_type) for one in FORMATS if PROFILE not in one.media_type}
    return expected | {(f"{address}.anno.jsonld", "application/ld+json", PROFILE)}


@pytest.mark.parametrize(("place", "cited"), [("", "/v2"), ("/v2", "/v2"), ("/v1", "/v1")])
def test_a_page_says_how_to_cite_it_what_it_is_and_what_describes_it(site, statement, place, cited):
    address = f"{site}/q/{statement.pid}"
    found = signposting.find_signposting_http(address + place)
    assert found.citeAs.target == address + cited
    assert targets(found.types) == {"https://schema.org/Quotation", "https://schema.org/AboutPage"}
    assert targets(found.authors) == {f"{site}/speakers/emmanuel-macron/"}
    assert found.license.target == "https://licence.example/by"
    assert described(found) == exports(address + place)
    kinds = {(str(one.target), str(one.type)) for one in found.linksets}
    assert kinds == {
        (f"{address}/linkset", "application/linkset"),
        (f"{address}/linkset.json", "application/linkset+json"),
    }


@pytest.mark.parametrize("media_type", ["application/linkset", "application/linkset+json"])
def test_each_linkset_holds_every_signpost_of_the_page(site, statement, media_type):
    page = signposting.find_signposting_http(f"{site}/q/{statement.pid}")
    (found,) = [one for one in page.linksets if one.type == media_type]
    linkset = signposting.find_signposting_linkset(found.target, found.type)
    assert signposts(linkset.for_context(page.context)) == signposts(page)


def test_what_describes_a_page_leads_back_to_it(site, statement):
    page = signposting.find_signposting_http(f"{site}/q/{statement.pid}/v1")
    for one in page.describedBy:
        export = signposting.find_signposting_http(one.target)
        assert targets(export.describes) == {page.context}
        assert export.citeAs.target == page.citeAs.target
