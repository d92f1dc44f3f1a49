"""After a removal every address of the statement says that it is gone, and no page says the words."""

import datetime as dt

import pytest

from quotes import record
from quotes.citing.formats import FORMATS
from quotes.notation import parse
from quotes.record import AppearanceSpec, Changes
from sources.documents import archive
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "the wording that a court forbids to repeat"
EARLIER = "the wording as it was misheard at first"
TRACES = ("wording that", "wording as", "court forbids", "misheard")
TEXT = f"Before it. He said “{WORDS}” and left. “Other words stay here,” said she."
PLACES = [
    "history",
    "timemap",
    "linkset",
    "linkset.json",
    "embed",
    "embed?v=1",
    "v1.png",
    "v2.png",
    "history?from=1&to=2",
]


@pytest.fixture
def editor():
    return factories.administrator()


@pytest.fixture
def article():
    return factories.document(note=f"He says “{WORDS}”.", url="https://example.org/a", licence="https://example.org/l")


@pytest.fixture
def neighbour(article, editor):
    """Another statement of the same document, with what stands around it."""
    return stand(article, "“Other words stay here,”", editor)


@pytest.fixture
def gone(article, neighbour, editor):
    """A statement that was corrected, merged into, linked and reported, and then removed."""
    topic = factories.topic()
    statement = stand(article, f"“{WORDS}”", editor, spans=parse(f"“{EARLIER}”"), topics=[topic])
    record.correct(statement, Changes(spans=parse(f"“{WORDS}”")), editor=editor, reason=f"Not “{EARLIER}”")
    statement.double = factories.publish(f"“{WORDS}”", "relayed_by TASS", editor=editor)
    record.merge(statement.double, statement, editor=editor, reason=f"Both hold “{WORDS}”")
    record.link(neighbour, statement, "denies", editor=editor)
    statement.reports.create(message=f"Did he say {WORDS}?", address="x", sent_at=statement.recorded_at)
    record.remove(statement, editor=editor, reason_code="court", reason="A ruling of 5 May")
    return statement


def stand(document, words, editor, **fields):
    snapshot = archive(document, TEXT, dt.datetime(2022, 12, 5, tzinfo=dt.UTC))
    start = TEXT.index(words)
    place = {"snapshot": snapshot, "start": start, "end": start + len(words)}
    found = AppearanceSpec(document, factories.hops("spoken_to TF1"), parse(words), words, **place)
    return factories.publish(words, appearances=[found], editor=editor, **fields)


def addresses(statement):
    """Every address of a statement and its two versions."""
    base = statement.get_absolute_url()
    own = ["", *(one.suffix for one in FORMATS)]
    versions = [f"/v{number}{suffix}" for number in (1, 2) for suffix in own]
    return [base + end for end in [*own, *versions]] + [f"{base}/{place}" for place in PLACES]


def silent(answer):
    told = str(answer.headers) + answer.content.decode(errors="replace")
    return not any(trace in told for trace in TRACES)


def test_every_address_of_it_says_that_it_is_gone_and_no_word_more(client, gone):
    for address in addresses(gone):
        answer = client.get(address)
        assert answer.status_code == 410, address
        assert silent(answer), address


@pytest.mark.parametrize(
    "accept", ["application/ld+json", "application/x-bibtex", "text/plain", "text/html", "image/png"]
)
def test_no_accept_header_brings_it_back(client, gone, accept):
    for address in (gone.get_absolute_url(), gone.version_url(1)):
        answer = client.get(address, headers={"Accept": accept})
        assert answer.status_code == 410
        assert silent(answer)


def test_nor_does_a_date(client, gone):
    answer = client.get(gone.get_absolute_url(), headers={"Accept-Datetime": "Sat, 03 Dec 2022 20:00:00 GMT"})
    assert answer.status_code == 410


def test_the_addresses_of_what_was_merged_into_it_are_gone_too(client, gone):
    double = gone.double
    for place in ("/v1", "/v1.bib", "/v1.json", "/v1.png", "/history", "/timemap", "/linkset"):
        answer = client.get(double.get_absolute_url() + place)
        assert answer.status_code == 410, place
        assert silent(answer)
    for place in ("", ".bib", "/embed"):
        answer = client.get(double.get_absolute_url() + place, follow=True)
        assert answer.status_code == 410, place
        assert silent(answer)


def test_other_sites_are_told_that_it_is_gone(client, gone, settings):
    answer = client.get("/oembed", {"url": f"{settings.SITE_URL}{gone.get_absolute_url()}"})
    assert answer.status_code == 410
    assert silent(answer)


def test_no_other_page_says_the_words(client, gone, neighbour, article):
    document = article.get_absolute_url()
    pages = [
        *("/", "/statements/", "/speakers/", "/outlets/", "/topics/", "/about/", document),
        *(
            "/speakers/emmanuel-macron/",
            "/outlets/tf1/",
        ),
        *("/topics/security-guarantees/", "/corrections/", "/corrections/feed.atom", "/corrections/?kind=merge"),
        *("/statements/?speaker=emmanuel-macron", f"{neighbour.get_absolute_url()}/history"),
        *(neighbour.get_absolute_url() + end for end in ("", "/v1", "/v1.json", ".bib", ".jsonld", ".anno.jsonld")),
    ]
    for page in pages:
        answer = client.get(page, follow=True)
        assert answer.status_code == 200, page
        assert silent(answer), page
        assert gone.pid not in answer.text or page.startswith("/corrections/"), page


def test_no_search_finds_it(client, gone):
    for asked in ("court", "court forbids", "misheard", "forb*"):
        assert not client.get("/statements/", {"q": asked}).context["listing"].statements


def test_the_editors_own_pages_dont_say_them_either(client, gone, editor):
    client.force_login(editor)
    report = gone.reports.get()
    places = [f"/desk/statements/{gone.pid}/removed/", "/desk/", "/desk/reports/", f"/desk/reports/{report.pk}/"]
    for page in places:
        answer = client.get(page, follow=True)
        assert answer.status_code == 200, page
        assert silent(answer), page
