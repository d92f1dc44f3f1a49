"""A document's snapshots as a web archive that other programs read."""

import datetime as dt
import json
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from quotes import record
from sources.intake import take_in
from sources.models import Document, Recheck
from sources.reading import Hints, read, read_pasted
from sources.web_archives import file_name, stream
from tests import factories
from tests.sources import files
from tests.sources.files import WORDS

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2022, 12, 4, 12, tzinfo=dt.UTC)
URL = "https://daily.example/article"


def took(text=WORDS, days=0, **fields):
    reading = read_pasted(text, Hints(url=URL))
    at = NOW + dt.timedelta(days=days)
    return take_in(reading, factories.outlet("The Daily"), published="2022-12-04", taken_at=at, **fields).document


def exported(document):
    """The records of its archive as (kind, headers, body)."""
    data = b"".join(stream(document))
    return [
        (found.rec_type, dict(found.rec_headers.headers), found.raw_stream.read())
        for found in ArchiveIterator(BytesIO(data))
    ]


def test_each_text_stands_beside_its_original_the_oldest_first():
    page = files.page(WORDS)
    took(page)
    document = took("Changed words.", days=1)
    told = [(kind, body) for kind, _, body in exported(document) if kind in ("resource", "conversion")]
    assert told == [
        *[("resource", page.encode()), ("conversion", WORDS.encode())],
        *[("resource", b"Changed words."), ("conversion", b"Changed words.")],
    ]


def test_every_record_tells_where_and_when():
    document = took(files.page(WORDS))
    kinds = {}
    for kind, headers, _ in exported(document):
        kinds.setdefault(kind, headers)
    assert kinds["resource"]["WARC-Target-URI"] == URL
    assert kinds["resource"]["Content-Type"] == "text/html"
    assert kinds["resource"]["WARC-Date"] == "2022-12-04T12:00:00Z"
    assert kinds["conversion"]["WARC-Refers-To"] == kinds["resource"]["WARC-Record-ID"]


def test_the_archive_tells_hashes_and_the_looks_at_the_page(settings):
    document = took(title="A title")
    Recheck.objects.create(document=document, at=NOW, result="gone", status=404)
    about, of_text = (json.loads(body) for kind, _, body in exported(document) if kind == "metadata")
    assert about["document"] == f"{settings.SITE_URL}{document.get_absolute_url()}"
    assert (about["title"], about["outlet"], about["published"]) == ("A title", "The Daily", "2022-12-04")
    assert [(one["result"], one["status"]) for one in about["rechecks"]] == [("gone", 404)]
    assert of_text["sha256"] == document.snapshots.get().sha256
    assert file_name(document) == f"{document.pid}.warc.gz"


def test_the_archive_is_sound(tmp_path, capsys):
    path = tmp_path / "document.warc.gz"
    path.write_bytes(b"".join(stream(took(files.page(WORDS)))))

    class Asked:
        inputs = [str(path)]
        verbose = False

    checker = Checker(Asked)
    checker.process_all()
    assert checker.exit_value == 0


def test_what_was_exported_can_be_taken_in():
    data = b"".join(stream(took(files.page(WORDS))))
    reading = read(data)
    assert (reading.text, reading.url, reading.taken_at) == (WORDS, URL, NOW)


def test_a_document_without_an_address_goes_by_its_permalink(settings):
    reading = read_pasted(WORDS)
    document = take_in(reading, factories.outlet(), published="2022", taken_at=NOW).document
    [headers] = [headers for kind, headers, _ in exported(document) if kind == "resource"]
    assert headers["WARC-Target-URI"] == f"{settings.SITE_URL}{document.get_absolute_url()}"


def test_removed_words_are_in_no_record():
    statement = factories.publish("“We must think about security.”")
    document = statement.appearances.get().document
    Document.objects.filter(pk=document.pk).update(url=URL, title="He said: “We must think about security.”")
    took(files.page("He said: “We must think about security.” And left."))
    record.remove(statement, editor=factories.publisher(), reason_code="court", reason="A court orders it")
    found = exported(Document.objects.get(pk=document.pk))
    assert "resource" not in [kind for kind, _, _ in found]
    assert not any(b"security" in body for _, _, body in found)
    _, of_text = (json.loads(body) for kind, _, body in found if kind == "metadata")
    assert of_text["redacted_at"]


def test_an_archive_is_written_piece_by_piece():
    took()
    document = took("Changed words.", days=1)
    assert len(list(stream(document))) == 3
