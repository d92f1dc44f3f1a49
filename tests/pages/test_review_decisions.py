"""A suggestion is accepted, saved, rejected or taken back; of two reviewers none overwrites the other."""

import pytest

from quotes import reviewing
from quotes.models import Statement
from tests import factories
from tests.review import FIRST, accepted, at, refreshed, sent, three

pytestmark = pytest.mark.django_db


def test_accepting_makes_a_draft_where_the_words_stand(client, editor):
    document, (one, *_) = three()
    page = accepted(client, document, one)
    statement = refreshed(one).statement
    found = statement.appearances.get()
    assert (statement.state, statement.text) == ("draft", "We must think about security,")
    assert (found.snapshot, found.start, found.end) == (one.snapshot, one.start, one.end)
    assert found.printed == FIRST
    assert "Accepted: it is a draft now." in page.text
    assert "1 of 3 decided" in page.text


def test_after_a_decision_the_next_of_the_queue_is_shown(client, editor):
    document, (one, two, third) = three()
    response = client.post(at(document), sent(two, reject="trivial"))
    assert response.headers["Location"] == f"{at(document, one)}#candidate"
    response = client.post(at(document), sent(third, reject="trivial"))
    assert response.headers["Location"] == f"{at(document, one)}#candidate"
    response = client.post(at(document), sent(one, reject="trivial"))
    assert response.headers["Location"] == at(document)
    page = client.get(at(document)).text
    assert "All is decided" in page
    assert "not published yet" not in page


def test_corrections_are_accepted_with_it(client, editor):
    document, (one, *_) = three()
    changes = {"said": "2022-12", "speaker__name": "Vladimir Putin", "words": "“We must think of security.”"}
    accepted(client, document, one, **changes, topics="Peace", add_topics="on")
    statement = refreshed(one).statement
    assert (statement.said, str(statement.speaker)) == ("2022-12", "Vladimir Putin")
    assert [topic.name for topic in statement.topics.all()] == ["Peace"]
    assert one.entry["words"]["said"] == "2022-12"


def test_a_new_speaker_is_made_in_place(client, editor):
    document, (one, *_) = three()
    page = client.post(at(document), sent(one, act="accept", speaker__name="Jane Roe"))
    assert "“Jane Roe” is not on record yet: what is it?" in page.text
    accepted(client, document, one, speaker__name="Jane Roe", speaker__kind="person", speaker__family="Roe")
    assert str(refreshed(one).statement.speaker) == "Jane Roe"


@pytest.mark.parametrize(
    ("changes", "anchor", "message"),
    [
        ({"words": ""}, "id_words", "There are no words."),
        ({"said": "03/12/2022"}, "id_said", "is not a date"),
        ({"said": "2022-12-05"}, "id_said", "was published 4 December 2022 already"),
        ({"speaker__name": ""}, "id_speaker-name", "This field is required"),
        ({"stop1__role": "spoken_to", "stop1__name": "Nobody"}, "id_stop1-kind", "what is it?"),
    ],
)
def test_a_wrong_field_is_refused_in_place_and_nothing_typed_is_lost(client, editor, changes, anchor, message):
    document, (one, *_) = three()
    page = client.post(at(document), sent(one, act="accept", said_reasoning="Kept reasoning", **changes)).text
    assert message in page
    assert f'<a href="#{anchor}">' in page
    assert "Kept reasoning" in page
    assert refreshed(one).state == "open"
    assert not Statement.objects.exists()


def test_what_is_saved_is_there_on_coming_back_complete_or_not(client, editor):
    document, (one, *_) = three()
    client.post(at(document), sent(one, act="save", said="", speaker__name="Jane", stop1__role="spoken_to"))
    assert refreshed(one).entry["speaker"] == {"name": "Jane"}
    page = client.get(at(document, one)).text
    assert 'value="Jane"' in page
    assert '<option value="spoken_to" selected>' in page


def test_saving_what_stands_is_no_change(client, editor):
    document, (one, *_) = three()
    client.post(at(document), sent(one, act="save"))
    assert refreshed(one).touched == 0


def test_rejecting_keeps_the_reason(client, editor):
    document, (one, *_) = three()
    client.post(at(document), sent(one, reject="scare_quotes", reject__remark="Not his words"))
    assert (refreshed(one).rejected_for, one.remark, one.decided_by) == ("scare_quotes", "Not his words", editor)
    page = client.get(at(document, one)).text
    assert "Marks that quote nobody" in page
    assert "“Not his words”" in page


def test_another_reason_must_be_said(client, editor):
    document, (one, *_) = three()
    page = client.post(at(document), sent(one, reject="other")).text
    assert "Which reason is it?" in page
    assert client.post(at(document), sent(one, reject="because")).status_code == 200
    assert refreshed(one).state == "open"


def test_the_latest_decision_is_taken_back(client, editor):
    document, (one, *_) = three()
    accepted(client, document, one)
    page = client.post(at(document), {"act": "undo"}, follow=True)
    assert page.redirect_chain == [(f"{at(document, one)}#candidate", 302)]
    assert refreshed(one).state == "open"
    assert not Statement.objects.exists()
    assert "nothing of yours to take back" in client.post(at(document), {"act": "undo"}, follow=True).text


def test_taking_back_keeps_what_was_typed_about_another_one(client, editor):
    document, (one, two, _) = three()
    reviewing.reject(two, "trivial", seen=0, reviewer=editor)
    client.post(at(document), sent(one, act="undo", said="2022-11"))
    assert refreshed(two).state == "open"
    assert refreshed(one).entry["words"]["said"] == "2022-11"


def test_what_cant_be_taken_back_keeps_what_was_typed(client, editor):
    document, (one, *_) = three()
    page = client.post(at(document), sent(one, act="undo", said="2022-11"))
    assert "nothing of yours to take back" in page.text
    assert 'value="2022-11"' in page.text


# Two reviewers


def test_a_stale_form_shows_what_the_other_did_and_keeps_what_was_typed(client, editor):
    document, (one, *_) = three()
    stale = sent(one, act="save", said="2022-11")
    other = factories.editor()
    reviewing.save_entry(one, {"words": one.entry["words"] | {"said": "2022-10"}}, seen=0, reviewer=other)
    page = client.post(at(document), stale)
    assert page.status_code == 409
    assert "<li>2022-10</li>" in page.text
    assert 'value="2022-11"' in page.text
    again = client.post(at(document), stale | {"seen": refreshed(one).touched})
    assert again.status_code == 302
    assert refreshed(one).entry["words"]["said"] == "2022-11"


def test_what_the_other_decided_is_not_decided_again(client, editor):
    document, (one, *_) = three()
    other = factories.editor()
    reviewing.reject(one, "trivial", seen=0, reviewer=other)
    page = client.post(at(document), sent(one, act="accept", seen=0, said_reasoning="Kept reasoning"))
    assert page.status_code == 409
    assert f"by {other}" in page.text
    assert "Kept reasoning" in page.text
    assert 'value="accept"' not in page.text


def test_what_the_other_split_keeps_what_was_typed(client, editor):
    document, (one, *_) = three()
    reviewing.split(one, one.start + 9, seen=0, reviewer=factories.editor())
    page = client.post(at(document), sent(one, act="accept", seen=0, said_reasoning="Kept reasoning"))
    assert page.status_code == 409
    assert "Kept reasoning" in page.text


def test_what_the_other_did_to_the_next_one_is_shown_before_merging(client, editor):
    document, (one, two, _) = three()
    as_seen = {"merge__with": two.pk, "merge__seen": two.touched}
    other = factories.editor()
    changed = two.entry | {"words": two.entry["words"] | {"said": "2022-10"}}
    reviewing.save_entry(two, changed, seen=0, reviewer=other)
    page = client.post(at(document), sent(one, act="merge", **as_seen))
    assert page.status_code == 409
    assert "<li>2022-10</li>" in page.text
    reviewing.reject(two, "trivial", seen=1, reviewer=other)
    page = client.post(at(document), sent(one, act="merge", **as_seen))
    assert "Another suggestion follows in the text now" in page.text
    assert refreshed(one).state == "open"
