import datetime as dt
import hashlib

import pytest
from django.core.exceptions import ValidationError

from quotes.dates import BadDate
from sources.documents import add_document, archive, set_published
from sources.models import Snapshot
from tests import factories

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2022, 12, 4, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        ("2022-12-04", dt.date(2022, 12, 4), dt.date(2022, 12, 4)),
        ("2022-12", dt.date(2022, 12, 1), dt.date(2022, 12, 31)),
        ("2022-12?", dt.date(2022, 12, 1), dt.date(2022, 12, 31)),
        ("/2022-12-04", None, dt.date(2022, 12, 4)),
    ],
)
def test_a_publication_date_keeps_its_text_and_its_interval(published, first, last):
    document = add_document(factories.outlet(), published)
    document.refresh_from_db()
    assert (document.published, document.published_min, document.published_max) == (published, first, last)


def test_a_publication_date_without_a_last_day_is_refused():
    with pytest.raises(ValidationError) as refused:
        add_document(factories.outlet(), "2022-12-04/..")
    assert "published" in refused.value.message_dict


def test_a_publication_date_that_is_none_is_refused():
    with pytest.raises(BadDate):
        add_document(factories.outlet(), "last week")


def test_a_changed_date_changes_its_interval():
    document = factories.document()
    set_published(document, "2021")
    assert (document.published_min, document.published_max) == (dt.date(2021, 1, 1), dt.date(2021, 12, 31))


def test_a_document_whose_title_is_unknown_says_so():
    assert str(add_document(factories.outlet(), "2022", kind="interview")) == "Interview whose title is unknown"


def test_a_document_has_a_public_id():
    document = factories.document()
    assert document.get_absolute_url() == f"/documents/{document.pid}/"
    assert len(document.pid) == 10


def test_a_document_is_open_where_its_licence_says_so():
    assert factories.document(licence="https://creativecommons.org/licenses/by/4.0/").is_open
    assert not factories.document().is_open


def test_an_archived_text_is_kept_exactly_with_its_hash():
    text = "“We must” \r\n  🎈 שלום\t…"
    snapshot = archive(factories.document(), text, NOW)
    snapshot.refresh_from_db()
    assert snapshot.text == text
    assert snapshot.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_the_same_text_again_is_the_same_snapshot():
    document = factories.document()
    first = archive(document, "The text.", NOW)
    assert archive(document, "The text.", LATER) == first
    assert Snapshot.objects.get().taken_at == NOW


def test_another_text_is_another_snapshot_and_the_newest_comes_first():
    document = factories.document()
    archive(document, "The text.", NOW)
    changed = archive(document, "The text, changed.", LATER)
    assert document.snapshots.count() == 2
    assert document.snapshots.first() == changed


def test_one_text_in_two_documents_is_two_snapshots():
    for document in (factories.document(), factories.document()):
        archive(document, "The wire’s text.", NOW)
    assert Snapshot.objects.count() == 2
