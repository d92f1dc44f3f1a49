"""Whatever stands in an address, every page answers: no fault, and nothing that was typed becomes markup."""

from urllib.parse import quote, urlencode

import lxml.html
import pytest

from quotes.filters import StatementFilter
from tests import factories
from tests.hostile import ALL, BYTES, UNESCAPED, share
from tests.pages.addresses import a_record

pytestmark = pytest.mark.django_db

FINE = {200, 204, 301, 302, 304, 400, 401, 403, 404, 405, 406, 410, 413, 414, 501}
# What pages read beside their filters and their forms' fields.
OTHERS = {"q", "after", "before", "letter", "tab", "next", "url", "format", "from", "to", "text", "template", "size"}
OTHERS |= {"maxwidth", "maxheight", "survivor", "kind", "at", "page", "sort", "copy", "source"}
FILTERED = {"statements", "statements_feed", "statements_download", "api_statements", "api_facets", "search_new"}
FILTERED |= {"watch_new", "api_search", "speaker", "outlet", "topic"}


def names_for(name, page):
    """The parameters that an address has: those of its filters, and of the forms on its page."""
    found = set(StatementFilter.base_filters) if name in FILTERED else set()
    if page.get("Content-Type", "").startswith("text/html") and page.content.strip():
        forms = lxml.html.fromstring(page.content).forms
        found |= {field for form in forms if form.method == "GET" for field in form.fields if field}
    return sorted(found)


def complaints(client, address, queried):
    """What is wrong with what an address answers to a query: a fault, or something of it as markup."""
    path = address.partition("?")[0]
    where = f"{path}?{queried[:300]}"
    try:
        answer = client.get(f"{path}?{queried}")
        content = answer.getvalue()
    except Exception as error:  # noqa: BLE001  # told with all the others
        return [f"{where}: {error!r:.300}"]
    found = [] if answer.status_code in FINE else [f"{where}: {answer.status_code}"]
    if answer.get("Content-Type", "").startswith("text/html"):
        page = content.decode()
        found += [f"{where} puts out {raw}" for raw in UNESCAPED if raw in page]
    headers = "".join(answer.headers.values())
    return [*found, *([f"{where} breaks a header"] if "\n" in headers or "\r" in headers else [])]


def walk(client, chosen):
    """All that is wrong with what addresses answer to what is `chosen` of their parameters."""
    found = []
    for name, address in a_record().addresses.items():
        page = client.get(address)
        page.getvalue()
        for queried in chosen(name, names_for(name, page)):
            found += complaints(client, address, queried)
    return found


def all_at_once(turns):
    """Each parameter, and those of others, with a string of its own, all in one address; so many times with others."""

    def chosen(name, parameters):
        named = {one: share(f"{name} {one}", turns) for one in [*parameters, *sorted(OTHERS)]}
        for turn in range(turns):
            yield urlencode([(one, texts[turn][:700]) for one, texts in named.items()])[:7_000]

    return chosen


def one_by_one(name, parameters):
    for one in parameters:
        yield from (urlencode([(one, text)])[:7_900] for text in share(f"{name} {one}", 3))
        yield f"{one}={quote(BYTES[len(one) % len(BYTES)])}"
        yield f"{one}=a&{one}=b&{one}[]=c&{one}"


def test_every_page_answers_whatever_its_address_asks(client, settings):
    settings.API_REQUESTS_PER_MINUTE = settings.CHECKS_PER_HOUR = 0
    client.force_login(factories.publisher())
    assert walk(client, all_at_once(1)) == []


@pytest.mark.slow
def test_every_page_answers_visitors_whatever_its_address_asks(client, settings):
    settings.API_REQUESTS_PER_MINUTE = settings.CHECKS_PER_HOUR = 0
    assert walk(client, all_at_once(6)) == []


@pytest.mark.slow
def test_every_page_answers_whatever_one_parameter_is(client, settings):
    settings.API_REQUESTS_PER_MINUTE = settings.CHECKS_PER_HOUR = 0
    client.force_login(factories.publisher())
    assert walk(client, one_by_one) == []


@pytest.mark.slow
@pytest.mark.parametrize("parameter", ["q", "speaker", "said_after", "after", "year"])
def test_every_string_is_asked_for_in_lists(client, settings, parameter):
    settings.API_REQUESTS_PER_MINUTE = 0
    factories.publish()
    for text in ALL:
        for path in ("/statements/", "/statements/feed.atom", "/statements.csv", "/api/v1/statements"):
            assert complaints(client, path, urlencode({parameter: text})[:7_900]) == []


@pytest.mark.slow
def test_every_string_is_looked_for_as_a_place(client):
    factories.publish()
    for text in [*map(quote, ALL), *(quote(raw) for raw in BYTES)]:
        for path in (
            "/q/{}",
            "/q/{}/v1",
            "/speakers/{}/",
            "/documents/{}/",
            "/api/v1/statements/{}",
            "/check/saved/{}/",
        ):
            answer = client.get(path.format(text[:2_000].replace("/", "%2F")))
            answer.getvalue()
            assert answer.status_code in FINE, path.format(text[:100])
