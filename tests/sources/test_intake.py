"""Taking documents in: recognised where they are on record, kept whole where they are not."""

import datetime as dt
import hashlib
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from quotes import record
from quotes.dates import BadDate
from sources.addresses import BadAddress
from sources.documents import add_document, archive
from sources.fetching.errors import PageGone
from sources.intake import (
    WordsRemoved,
    documents_with_text,
    find_document,
    outlet_for_domain,
    read_address,
    take_in,
)
from sources.models import Document, Outlet, Snapshot
from sources.reading import Hints, Kind, read, read_pasted
from tests import factories
from tests.sources import files, web
from tests.sources.files import WORDS

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2022, 12, 4, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)
URL = "https://www.daily.example/article"


def took(text=WORDS, outlet="The Daily", url="", at=NOW, **fields):
    reading = read_pasted(text, Hints(url=url))
    return take_in(reading, factories.outlet(outlet), published="2022-12-04", taken_at=at, **({"url": url} | fields))


def kept_files(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


# Keeping


def test_a_document_is_kept_with_what_was_read_of_it():
    head = '<title>A title</title><meta name=author content="Ann Lee"><html lang=en>'
    reading = read_pasted(files.page(WORDS, head=head), Hints(url=URL))
    document, snapshot, is_new, is_new_text = take_in(
        reading, factories.outlet("The Daily"), published="2022-12-04", taken_at=NOW
    )
    document.refresh_from_db()
    assert (is_new, is_new_text) == (True, True)
    assert (document.title, document.author, document.url) == ("A title", "Ann Lee", URL)
    assert (document.published, document.outlet.name) == ("2022-12-04", "The Daily")
    assert (snapshot.text, snapshot.taken_at, snapshot.media_type) == (WORDS, NOW, Kind.HTML)
    assert snapshot.sha256 == hashlib.sha256(WORDS.encode()).hexdigest()


def test_corrections_go_before_what_was_read():
    taken = took(title="Another", author="", language="fr", kind=Document.Kind.INTERVIEW)
    taken.document.refresh_from_db()
    assert (taken.document.title, taken.document.author, taken.document.language) == ("Another", "", "fr")
    assert taken.document.kind == Document.Kind.INTERVIEW


@pytest.mark.parametrize(
    "data", [files.word(WORDS), files.pdf("Words."), files.web_archive(files.page(WORDS).encode())]
)
def test_the_original_is_kept_beside_the_text_untouched(data):
    reading = read(data)
    snapshot = take_in(reading, factories.outlet(), published="2022", taken_at=NOW).snapshot
    snapshot.refresh_from_db()
    with snapshot.original.open("rb") as original:
        assert original.read() == data
    assert snapshot.original_sha256 == hashlib.sha256(data).hexdigest()
    assert snapshot.original_sha256 in snapshot.original.name


def test_only_its_owner_can_read_an_original_and_no_address_leads_to_it(client, originals, settings):
    snapshot = took().snapshot
    path = Path(snapshot.original.path)
    assert path.is_relative_to(originals)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert settings.MEDIA_URL in ("", "/")
    for address in (f"/{snapshot.original.name}", f"/media/{snapshot.original.name}", snapshot.original.url):
        assert client.get(address).status_code == 404


def test_a_web_archive_says_itself_when_it_was_taken():
    reading = read(files.web_archive(files.page(WORDS).encode(), date="2022-12-05T06:07:08Z"))
    taken = take_in(reading, factories.outlet(), published="2022-12-04", taken_at=LATER)
    assert taken.snapshot.taken_at == dt.datetime(2022, 12, 5, 6, 7, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("published", "fields", "refusal"),
    [
        ("last week", {}, BadDate),
        ("2022", {"url": "ftp://daily.example/"}, BadAddress),
        ("2022", {"nonsense": 1}, TypeError),
    ],
)
def test_what_is_refused_leaves_nothing_behind(published, fields, refusal, originals):
    with pytest.raises(refusal):
        take_in(read_pasted(WORDS), factories.outlet(), published=published, taken_at=NOW, **fields)
    assert not Document.objects.exists()
    assert not kept_files(originals)


def test_an_original_that_can_t_be_filed_leaves_nothing_behind(monkeypatch, originals):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "_save", full)
    with pytest.raises(OSError, match="No space left"):
        took()
    assert not Document.objects.exists()
    assert not Snapshot.objects.exists()


def test_a_row_that_can_t_be_written_takes_its_file_with_it(monkeypatch, originals):
    def broken(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(Snapshot, "save_base", broken)
    reading, outlet = read_pasted(WORDS), factories.outlet()
    monkeypatch.setattr("sources.intake.archive", lambda document, *_: Snapshot(document=document, sha256="x"))
    with pytest.raises(RuntimeError):
        take_in(reading, outlet, published="2022", taken_at=NOW)
    assert not kept_files(originals)
    assert not Document.objects.exists()


# Recognising


@pytest.mark.parametrize(
    "url",
    [
        URL,
        f"{URL}?utm_source=x#top",
        f"{URL}/",
        "http://www.daily.example/article",
        "https://daily.example/article",
        "HTTPS://WWW.DAILY.EXAMPLE:443/article",
    ],
)
def test_a_document_is_recognised_by_its_address(url):
    first = took(url=URL)
    assert find_document(url) == first.document
    again = took(url=url, at=LATER)
    assert (again.document, again.is_new, again.is_new_text) == (first.document, False, False)
    assert again.snapshot.taken_at == NOW


def test_an_address_that_was_recorded_by_hand_is_recognised_as_it_stands():
    document = factories.document(url="https://Daily.Example/Article#part")
    assert find_document("https://Daily.Example/Article#part") == document


def test_a_document_is_recognised_by_its_text():
    first = took()
    again = took()
    assert (again.document, again.is_new) == (first.document, False)
    assert find_document(sha256=first.snapshot.sha256) == first.document
    assert find_document() is None


def test_one_text_at_two_outlets_is_two_documents():
    first, second = took(outlet="The Daily"), took(outlet="The Weekly")
    assert first.document != second.document
    assert set(documents_with_text(first.snapshot.sha256)) == {first.document, second.document}


def test_one_text_at_two_addresses_of_an_outlet_is_one_document():
    first = took(url=URL)
    assert took(url="https://www.daily.example/amp/article").document == first.document


def test_before_an_outlet_is_chosen_a_text_under_another_address_is_not_recognised():
    digest = took(url=URL).snapshot.sha256
    assert find_document("https://weekly.example/article", digest) is None
    assert find_document(sha256=digest) is not None


def test_another_text_at_a_known_address_is_its_newest_snapshot():
    first = took(url=URL)
    again = took("Other words.", url=URL, at=LATER)
    assert (again.document, again.is_new, again.is_new_text) == (first.document, False, True)
    assert first.document.snapshots.first() == again.snapshot


def test_a_known_document_keeps_what_is_recorded_of_it():
    first = took(url=URL, title="Its title")
    again = took("Other words.", url=URL, title="Another")
    assert again.document.title == "Its title"
    assert first.document == again.document


def in_threads(*works):
    """Run these at once, each on a connection of its own; what each returned or raised."""
    results = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(number, work):
        try:
            gate.wait(5)
            results[number] = work()
        except Exception as error:  # noqa: BLE001  # shown by the test
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("outlets", [["The Daily"] * 3, ["The Daily", "The Weekly", "The Monthly"]])
def test_one_address_at_once_from_three_sides_is_one_document(outlets, originals):
    for outlet in outlets:
        factories.outlet(outlet)
    results = in_threads(*[lambda name=name: took(url=URL, outlet=name) for name in outlets])
    assert [result for result in results if isinstance(result, Exception)] == []
    assert Document.objects.count() == 1
    assert Snapshot.objects.count() == 1
    assert sorted(result.is_new for result in results) == [False, False, True]
    assert len(kept_files(originals)) == 1


@pytest.mark.django_db(transaction=True)
def test_one_text_without_an_address_at_once_from_two_sides_is_one_document():
    factories.outlet("The Daily")
    results = in_threads(took, took)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert Document.objects.count() == 1


# Removal


def removed():
    statement = factories.publish("“We must think about security.”")
    appearance = statement.appearances.get()
    reading = read_pasted("He said: “We must think about security.” And left.")
    snapshot = archive(appearance.document, reading.text, NOW)
    Snapshot.objects.filter(pk=snapshot.pk).update(original_sha256=reading.original_sha256)
    record.remove(statement, editor=factories.publisher(), reason_code="court", reason="A court orders it")
    return appearance.document, reading


def test_the_original_goes_with_removed_words(originals, django_capture_on_commit_callbacks):
    statement = factories.publish("“We must think about security.”")
    document = statement.appearances.get().document
    Document.objects.filter(pk=document.pk).update(url=URL)
    took("He said: “We must think about security.” And left.", url=URL)
    assert len(kept_files(originals)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        record.remove(statement, editor=factories.publisher(), reason_code="court", reason="A court orders it")
    assert kept_files(originals) == []
    assert not document.snapshots.get().original


def test_removed_words_don_t_come_back_with_another_text_of_their_document(originals):
    document, _ = removed()
    reading = read_pasted("Changed. He said: “We must think about security.” And left.")
    Document.objects.filter(pk=document.pk).update(url=URL)
    with pytest.raises(WordsRemoved) as refused:
        take_in(reading, document.outlet, published="2022", taken_at=NOW, url=URL)
    assert document.pid in str(refused.value)
    assert kept_files(originals) == []


def test_the_text_they_were_removed_from_is_recognised_and_stays_blank():
    document, reading = removed()
    taken = take_in(reading, document.outlet, published="2022", taken_at=NOW)
    assert taken.document == document
    assert "security" not in taken.snapshot.text
    assert not taken.snapshot.original


# Outlets


def test_an_outlet_is_found_by_the_domain_it_has_or_lies_in():
    bbc = factories.outlet("BBC", domain="bbc.co.uk")
    news = factories.outlet("BBC News", domain="news.bbc.co.uk")
    assert outlet_for_domain("bbc.co.uk") == bbc
    assert outlet_for_domain("WWW.BBC.co.uk") == bbc
    assert outlet_for_domain("sport.bbc.co.uk") == bbc
    assert outlet_for_domain("live.news.bbc.co.uk") == news
    assert outlet_for_domain("notbbc.co.uk") is None
    assert outlet_for_domain("") is None


def test_a_merged_outlet_s_domain_leads_to_its_survivor():
    survivor = factories.outlet("Survivor")
    factories.outlet("Merged", domain="merged.example", merged_into=survivor)
    assert outlet_for_domain("merged.example") == survivor


def test_an_unknown_domain_makes_no_outlet():
    outlet_for_domain("unknown.example")
    assert not Outlet.objects.exists()


# From the web


def test_an_address_is_fetched_and_read():
    with web.serving() as site:
        site.redirects("/old", "/article?utm_source=x")
        site.says("/article", files.page("Уже сказано.").encode("koi8-r"), Content_Type="text/html; charset=koi8-r")
        reading = read_address(site.url("/old"), web.fetcher())
        with pytest.raises(PageGone):
            read_address(site.url("/none"), web.fetcher())
    assert reading.text == "Уже сказано."
    assert reading.url == site.url("/article")


def test_inside_another_transaction_a_known_address_breaks_nothing():
    factories.document("The Weekly", url=URL)
    with transaction.atomic():
        taken = took(url=URL)
        assert not taken.is_new
        assert Document.objects.count() == 1
    with suppress(BadDate), transaction.atomic():
        add_document(factories.outlet(), "never")
    assert Document.objects.count() == 1
