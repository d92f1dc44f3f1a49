import datetime as dt

import pytest

from quotes.notation import parse
from quotes.record import AppearanceSpec
from sources.documents import archive
from tests import factories

pytestmark = pytest.mark.django_db

TAKEN = dt.datetime(2022, 12, 5, tzinfo=dt.UTC)
BEFORE, AFTER = "b" * 250, "a" * 250


def found_in(text, printed, **fields):
    """A published statement whose words stand in an archived document's text."""
    document = factories.document(**fields)
    snapshot = archive(document, text, TAKEN)
    start = text.index(printed)
    spec = AppearanceSpec(
        document,
        factories.hops("spoken_to TF1"),
        parse(printed),
        printed,
        snapshot=snapshot,
        start=start,
        end=start + len(printed),
    )
    return factories.publish(printed, appearances=[spec]), document


def test_an_open_document_shows_its_text_with_the_statement_marked(client):
    statement, document = found_in("He said “Peace.” Then he left.", "“Peace.”", licence="https://example.org/cc0")
    page = client.get(document.get_absolute_url())
    assert f'<mark id="{statement.pid}"><a href="/q/{statement.pid}">“Peace.”</a></mark>' in page.text
    assert "Then he left." in page.text


def test_a_visitor_sees_two_hundred_characters_around_a_quotation(client):
    _, document = found_in(f"{BEFORE}“Peace.”{AFTER}", "“Peace.”")
    page = client.get(document.get_absolute_url())
    assert "b" * 200 in page.text
    assert "b" * 201 not in page.text
    assert "a" * 200 in page.text
    assert "a" * 201 not in page.text


def test_an_editor_sees_the_whole_text(client):
    _, document = found_in(f"{BEFORE}“Peace.”{AFTER}", "“Peace.”")
    client.force_login(factories.editor())
    assert BEFORE in client.get(document.get_absolute_url()).text


def test_a_statement_inside_another_is_marked_innermost(client):
    text = "“Putin says NATO is near.” he said."
    outer, document = found_in(text, "“Putin says NATO is near.”", licence="https://example.org/cc0")
    snapshot = document.snapshots.get()
    start = text.index("NATO")
    spec = AppearanceSpec(
        document,
        factories.hops("spoken_to TF1"),
        parse("NATO is near."),
        "NATO is near.",
        snapshot=snapshot,
        start=start,
        end=start + 13,
    )
    inner = factories.publish("NATO is near.", appearances=[spec], by="Vladimir Putin")
    page = client.get(document.get_absolute_url())
    assert f'<mark id="{inner.pid}"><a href="/q/{inner.pid}">NATO is near.</a></mark>' in page.text
    assert f'<mark id="{outer.pid}"><a href="/q/{outer.pid}">“Putin says </a></mark>' in page.text


def test_what_is_unknown_of_a_document_is_said(client):
    _, document = found_in("“Peace.”", "“Peace.”", title="")
    page = client.get(document.get_absolute_url())
    assert "Article whose title is unknown" in page.text
    assert "address unknown" in page.text


def test_a_note_stands_above_the_text(client):
    _, document = found_in("“Peace.”", "“Peace.”", kind="reconstruction", note="This is a reconstruction.")
    assert "This is a reconstruction." in client.get(document.get_absolute_url()).text


def test_a_document_with_drafts_alone_is_not_public(client):
    document = factories.document()
    factories.draft(document=document)
    assert client.get(document.get_absolute_url()).status_code == 404
    client.force_login(factories.editor())
    assert client.get(document.get_absolute_url()).status_code == 200


def test_the_words_of_a_draft_are_not_marked_for_visitors(client):
    text = "“Peace.” and “War.”"
    _, document = found_in(text, "“Peace.”", licence="https://example.org/cc0")
    snapshot = document.snapshots.get()
    spec = AppearanceSpec(document, [], parse("“War.”"), "“War.”", snapshot=snapshot, start=13, end=19)
    hidden = factories.draft("“War.”", appearances=[spec])
    assert hidden.pid not in client.get(document.get_absolute_url()).text


def test_an_address_typed_in_another_way_leads_to_the_canonical_one(client):
    _, document = found_in("“Peace.”", "“Peace.”")
    page = client.get(f"/documents/{document.pid.lower()}/")
    assert page.status_code == 301
    assert page["Location"] == document.get_absolute_url()


def test_an_unknown_document_is_not_found(client):
    assert client.get("/documents/7K2M9QX4TA/").status_code == 404
    assert "mistyped" in client.get("/documents/7K2M9QX4TB/").text


def test_a_document_takes_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    document = factories.document()
    for number in range(12):
        factories.publish(f"“Peace {number}.”", document=document)
    with django_assert_max_num_queries(4):
        client.get(document.get_absolute_url())


def test_markup_in_a_text_is_shown_as_text(client):
    _, document = found_in("<script>x</script> “Peace.”", "“Peace.”", licence="https://example.org/cc0")
    assert "<script>x" not in client.get(document.get_absolute_url()).text
