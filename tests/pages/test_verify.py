import datetime as dt

import pytest

from quotes.notation import parse
from quotes.record import AppearanceSpec
from sources.documents import archive
from sources.models import Recheck
from tests import factories

pytestmark = pytest.mark.django_db

TAKEN, LATER = dt.datetime(2022, 12, 5, tzinfo=dt.UTC), dt.datetime(2023, 1, 5, tzinfo=dt.UTC)
TEXT = "He said “Peace.” Then he left."


@pytest.fixture
def quoted():
    """A statement, the document it was found in, and the archived text."""
    document = factories.document(url="https://lemonde.example/a")
    snapshot = archive(document, TEXT, TAKEN)
    spec = AppearanceSpec(
        document, factories.hops("spoken_to TF1"), parse("“Peace.”"), "“Peace.”", snapshot=snapshot, start=8, end=16
    )
    return factories.publish("“Peace.”", appearances=[spec]), document, snapshot


def looked(document, snapshot, result, place=""):
    """A later look at the document."""
    passages = [{"snapshot": snapshot.pk, "start": 8, "end": 16, "place": place, "now": None}] if place else []
    return Recheck.objects.create(document=document, at=LATER, result=result, compared=snapshot, passages=passages)


def flat(page):
    return " ".join(page.text.split())


def test_a_visitor_reads_where_each_quotation_stands_and_the_hash_of_the_text(client, quoted):
    statement, document, snapshot = quoted
    page = flat(client.get(document.get_absolute_url()))
    assert "8–16" in page
    assert snapshot.sha256 in page
    assert "How to check" in page
    assert f'href="#{statement.pid}"' in page


@pytest.mark.parametrize(
    ("result", "place", "page_words", "quotation_words"),
    [
        ("unchanged", "there", "unchanged on 5 January 2023", "the words are still there"),
        ("changed", "there", "changed since it was archived on 5 January 2023", "the words are still there"),
        ("changed", "moved", "changed since", "still there, elsewhere on the page"),
        ("changed", "ambiguous", "changed since", "can’t be told from others"),
        ("changed", "gone", "changed since", "the words are no longer there"),
        ("gone", "", "gone from its address on 5 January 2023", ""),
        ("unreachable", "", "out of reach on 5 January 2023", ""),
    ],
)
def test_what_a_later_look_saw_is_told(client, quoted, result, place, page_words, quotation_words):
    _, document, snapshot = quoted
    looked(document, snapshot, result, place)
    page = flat(client.get(document.get_absolute_url()))
    assert page_words in page
    assert quotation_words in page


def test_the_latest_look_counts(client, quoted):
    _, document, snapshot = quoted
    looked(document, snapshot, "gone")
    Recheck.objects.create(document=document, at=LATER + dt.timedelta(1), result="unchanged", compared=snapshot)
    page = flat(client.get(document.get_absolute_url()))
    assert "unchanged on 6 January 2023" in page
    assert "gone from its address" not in page


def test_the_text_that_was_quoted_is_shown_not_a_later_one(client, quoted):
    _, document, _ = quoted
    archive(document, "He said nothing.", LATER)
    page = flat(client.get(document.get_absolute_url()))
    assert "“Peace.”" in page.replace("</a></mark>", "")
    assert "He said nothing." not in page


def test_the_permalink_tells_the_place_the_hash_and_the_state(client, quoted):
    statement, document, snapshot = quoted
    address = statement.get_absolute_url()
    page = flat(client.get(address))
    assert "characters 8–16 of the archived text" in page
    assert snapshot.sha256 in page
    assert f'href="{document.get_absolute_url()}#verify"' in page
    snapshot.checked_at, snapshot.check_result = LATER, "unchanged"
    snapshot.save()
    assert "unchanged on 5 January 2023" in flat(client.get(address))


def test_a_document_without_positions_has_nothing_to_verify(client):
    document = factories.document()
    factories.publish(document=document)
    assert "How to check" not in client.get(document.get_absolute_url()).text


def test_checking_takes_no_more_queries_for_many_quotations(client, quoted, django_assert_max_num_queries):
    _, document, snapshot = quoted
    for number in range(8):
        spec = AppearanceSpec(document, [], parse("“Peace.”"), "“Peace.”", snapshot=snapshot, start=8, end=16)
        factories.publish("“Peace.”", appearances=[spec], by=f"Speaker {number}")
    looked(document, snapshot, "changed", "moved")
    with django_assert_max_num_queries(5):
        client.get(document.get_absolute_url())
