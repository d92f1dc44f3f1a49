"""What was kept of a document, to the character: its archived text, and all of it as a web archive."""

import hashlib
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests import factories
from tests.pages.test_documents import found_in

pytestmark = pytest.mark.django_db

TEXT = "He said “Peace.”\nThen he left; “à bientôt”."
OPEN = "https://example.org/cc0"


def quoted(licence=""):
    """A document with a quotation of it, and where its archived text is."""
    statement, document = found_in(TEXT, "“Peace.”", licence=licence)
    snapshot = document.snapshots.get()
    return statement, document, f"/documents/{document.pid}/{snapshot.sha256}.txt"


def test_whoever_may_read_it_verifies_a_quotation_against_the_archived_text(client):
    statement, document, address = quoted(OPEN)
    assert f'href="{address}"' in client.get(document.get_absolute_url()).text
    sent = client.get(address)
    assert hashlib.sha256(sent.content).hexdigest() in address
    found = statement.appearances.get()
    assert sent.content.decode()[found.start : found.end] == "“Peace.”"
    assert sent.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_the_whole_text_of_a_publisher_is_for_editors_alone(client):
    _, document, address = quoted()
    assert client.get(address).status_code == 404
    assert address not in client.get(document.get_absolute_url()).text
    client.force_login(factories.editor())
    sent = client.get(address)
    assert sent.content.decode() == TEXT
    assert "private" in sent.headers["Cache-Control"]
    assert address in client.get(document.get_absolute_url()).text


def test_an_open_text_that_nothing_was_published_from_is_not_shown(client):
    snapshot = factories.snapshot(TEXT, document=factories.document(licence=OPEN))
    assert client.get(f"/documents/{snapshot.document.pid}/{snapshot.sha256}.txt").status_code == 404


def test_a_text_is_found_by_its_own_document_and_hash_alone(client, editor):
    _, _, address = quoted()
    _, other, _ = quoted()
    for wrong in (f"/documents/{other.pid}/{'0' * 64}.txt", f"/documents/nonsense/{'0' * 64}.txt", address.upper()):
        assert client.get(wrong).status_code == 404


def test_editors_download_all_that_was_kept_as_a_web_archive(client, editor):
    _, document, _ = quoted()
    page = client.get(document.get_absolute_url()).text
    assert f'href="/documents/{document.pid}/snapshots.warc.gz"' in page
    sent = client.get(f"/documents/{document.pid}/snapshots.warc.gz")
    assert f'filename="{document.pid}.warc.gz"' in sent.headers["Content-Disposition"]
    records = ArchiveIterator(BytesIO(sent.getvalue()))
    texts = [one.raw_stream.read().decode() for one in records if one.rec_type == "conversion"]
    assert texts == [TEXT]


def test_the_web_archive_is_not_for_visitors(client):
    _, document, _ = quoted(OPEN)
    address = f"/documents/{document.pid}/snapshots.warc.gz"
    assert client.get(address).headers["Location"] == f"/signin/?next={address}"
    client.force_login(factories.user())
    assert client.get(address).status_code == 403
