import pytest

from quotes import record
from quotes.models import Speaker, Statement, Topic
from sources.models import Document, Outlet
from tests import factories
from tests.desk import ESCAPED, NASTY, NEW, at, known, typed

pytestmark = pytest.mark.django_db


def nothing_made():
    return not (Statement.objects.exists() or Document.objects.exists() or Topic.objects.exists())


NEW_EVERYTHING = {
    "speaker__name": "Jane Roe",
    "speaker__kind": "person",
    "speaker__family": "Roe",
    "document__outlet__name": "The New Gazette",
    "document__outlet__kind": "newspaper",
    "topics": "Rivers",
    "add_topics": "on",
}


@pytest.mark.parametrize(
    ("changes", "anchor", "message"),
    [
        ({"words": ""}, "id_words", "There are no words."),
        ({"words": "“Never closed"}, "id_words", "never closed, at character 1"),
        ({"words": "a" * 100_000}, "id_words", "100,000 characters long; the limit is 20,000"),
        ({"words": "“a\x00b”"}, "id_words", "Null characters are not allowed"),
        ({"language": "english language"}, "id_language", "is no language tag"),
        ({"said": "03/12/2022"}, "id_said", "is not a date the record can keep"),
        ({"said": "2022-12-05"}, "id_said", "was published 4 December 2022 already"),
        ({"said": ""}, "id_said", "This field is required"),
        ({"said_basis": "guessed"}, "id_said_basis", "not one of the available choices"),
        ({"speaker__name": ""}, "id_speaker-name", "This field is required"),
        ({"speaker__name": "John Doe", "speaker__kind": ""}, "id_speaker-kind", "not on record yet: what is it?"),
        ({"speaker__family": ""}, "id_speaker-family", "lists sort this person by"),
        ({"principal__name": "Nobody"}, "id_principal-kind", "not on record yet: what is it?"),
        ({"document__published": ""}, "id_document-published", "When was it published?"),
        ({"document__published": "2022-12-04/.."}, "id_document-published", "needs a last day"),
        ({"document__url": "javascript:alert(1)"}, "id_document-url", "Write a whole address"),
        ({"document__url": "ftp://x.example/a"}, "id_document-url", "Write a whole address"),
        ({"document__existing": "0000000000"}, "id_document-existing", "No document on record has this id"),
        ({"document__existing": "http://[broken"}, "id_document-existing", "No document on record has this id"),
        ({"document__outlet__name": ""}, "id_document-outlet-name", "Who published it?"),
        ({"document__outlet__kind": ""}, "id_document-outlet-kind", "not on record yet: what is it?"),
        ({"document__unknown_outlet": "on"}, "id_document-unknown_outlet", "leave one of the two"),
        ({"stop2__name": "TF1", "stop2__kind": "broadcaster"}, "id_stop2-role", "How did the words pass here?"),
        ({"stop1__role": "spoken_to"}, "id_stop1-name", "Who was it?"),
        ({"stop1__role": "spoken_to", "stop1__name": "TF1"}, "id_stop1-kind", "what is it?"),
        (
            {"stop1__role": "relayed_by", "stop1__name": "a\x00b", "stop2__role": "relayed_by", "stop2__name": "X"},
            "id_stop1-name",
            "Null characters are not allowed",
        ),
        ({"speaker__name": "a\x00b", "principal__name": "X"}, "id_speaker-name", "Null characters are not allowed"),
        ({"stop1__role": "told_by", "stop1__name": "X", "stop1__kind": "agency"}, "id_stop1-kind", "by a speaker"),
        (
            {"stop1__role": "spoken_to", "stop1__name": "X", "stop1__kind": "agency", "stop1__date": "then"},
            "id_stop1-date",
            "is not a date",
        ),
        ({"add_topics": ""}, "id_topics", "Not on record yet: “Rivers”"),
        ({"topics": "x" * 151}, "id_topics", "at most 150 characters"),
        ({"link1__kind": "denies", "link1__target": "0000000000"}, "id_link1-target", "No published statement"),
        ({"link1__target": "0000000000"}, "id_link1-kind", "What does this statement do"),
        ({"printed": "x" * 20_001}, "id_printed", "at most 20000 characters"),
    ],
)
def test_a_wrong_field_is_refused_in_place_and_all_that_was_typed_stays(client, editor, changes, anchor, message):
    data = typed(**{**NEW_EVERYTHING, "said_reasoning": "Kept reasoning", "document__title": "Kept title", **changes})
    page = client.post(NEW, data)
    assert page.status_code == 200
    assert message in page.text
    assert f'<a href="#{anchor}">' in page.text
    assert f'id="{anchor}_error"' in page.text
    assert "Kept reasoning" in page.text
    assert "Kept title" in page.text
    assert nothing_made()
    assert not Speaker.objects.exists()
    assert not Outlet.objects.exists()


def test_a_missing_form_is_no_server_error(client, editor):
    assert client.post(NEW, {}).status_code == 200
    assert client.post(NEW, {"stop1-role": "x", "link1-kind": "y", "speaker-choice": "9" * 40}).status_code == 200


def test_a_document_is_known_or_new_and_not_both(client, editor):
    known()
    document = factories.document(url="https://lemonde.example/a")
    page = client.post(NEW, typed(document__existing=document.pid, document__title="Another"))
    assert "not both" in page.text
    page = client.post(NEW, typed(document__url=document.url))
    assert f"as document {document.pid}" in page.text


def test_namesakes_are_told_apart_and_one_is_chosen(client, editor):
    known()
    one = factories.speaker("John Smith", slug="john-smith")
    one.roles.create(label="Mayor of Springfield", held="2020/..")
    other = Speaker.objects.create(name="John Smith", kind="organisation", slug="john-smith-2")
    page = client.post(NEW, typed(speaker__name="john smith"))
    assert "which one is meant?" in page.text
    assert "Mayor of Springfield, john-smith" in page.text
    assert "Organisation, john-smith-2" in page.text
    client.post(NEW, typed(speaker__name="john smith", speaker__choice=other.pk))
    statement = Statement.objects.get()
    assert statement.speaker == other
    assert "checked" in client.get(at(statement)).text


def test_a_further_namesake_is_new_when_the_editor_says_so(client, editor):
    known()
    data = typed(speaker__kind="person", speaker__family="Macron")
    assert "which one is meant?" in client.post(NEW, data).text
    client.post(NEW, {**data, "speaker-choice": "new"})
    assert Speaker.objects.filter(name="Emmanuel Macron").count() == 2


def test_a_speaker_is_found_by_alias_former_slug_and_after_a_merge(client, publisher):
    known()
    kremlin = factories.speaker("Government of Russia", kind="government")
    kremlin.aliases.create(name="Kremlin", language="en")
    twin = factories.speaker("Russian Government", kind="government")
    record.merge(twin, kremlin, editor=publisher, reason="The same")
    record.rename(kremlin, editor=publisher, slug="russia")
    for name in ("kremlin", "government-of-russia", "Russian Government"):
        client.post(NEW, typed(speaker__name=name))
    assert set(Statement.objects.values_list("speaker", flat=True)) == {kremlin.pk}
    assert Statement.objects.count() == 3


def test_markup_sql_other_directions_and_emoji_are_text_everywhere(client, publisher):
    response = client.post(
        NEW,
        typed(
            words=f"“{NASTY}”",
            speaker__name=NASTY,
            speaker__kind="person",
            speaker__family=NASTY[:100],
            said_phrase=NASTY,
            said_reasoning=NASTY,
            translator=NASTY,
            document__title=NASTY,
            document__author=NASTY,
            document__outlet__name=NASTY,
            document__outlet__kind="website",
            printed=f"“{NASTY}”",
            topics=NASTY.replace(",", ""),
            add_topics="on",
        ),
    )
    draft = Statement.objects.get()
    assert draft.text == NASTY
    assert draft.is_translation
    for address in (response.headers["Location"], at(draft), "/desk/", at(draft, "discard/")):
        page = client.get(address).text
        assert ESCAPED in page
        assert "<script>alert(1)" not in page
    record.publish(draft, editor=publisher)
    assert "<script>alert(1)" not in client.get(f"/q/{draft.pid}").text
