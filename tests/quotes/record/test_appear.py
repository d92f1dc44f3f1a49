import datetime as dt

import pytest

from quotes import record
from quotes.models import Act
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.publisher()


def found(*chain, published="2022-12-10"):
    return factories.appearance(
        "We must think about security.", *chain, document=factories.document(published=published)
    )


def test_a_further_appearance_makes_no_new_version(editor):
    statement = factories.publish()
    before = factories.revision(statement).body
    record.add_appearance(statement, found("spoken_to TF1"), editor=editor)
    assert [revision.body for revision in statement.revisions.all()] == [before]


def test_a_further_appearance_is_carriage(editor):
    statement = factories.publish("“Words.”", "spoken_to TF1")
    record.add_appearance(statement, found("spoken_to TF1", "relayed_by TASS"), editor=editor)
    assert {(c.outlet.name, c.role) for c in statement.carriages.all()} == {
        ("TF1", "spoken_to"),
        ("TASS", "relayed_by"),
    }


def test_a_drafts_further_appearance_is_no_carriage_yet(editor):
    statement = factories.draft()
    record.add_appearance(statement, found("relayed_by TASS"), editor=editor)
    assert not statement.carriages.exists()


def test_a_later_appearance_leaves_the_publication(editor):
    statement = factories.publish()
    record.add_appearance(statement, found(), editor=editor)
    assert statement.published == "2022-12-04"


def test_an_earlier_appearance_moves_the_publication_and_the_last_day(editor):
    statement = factories.publish(said="2022-12")
    record.add_appearance(statement, found("spoken_to TF1", published="2022-12-02"), editor=editor)
    assert (statement.published, statement.said, statement.said_max) == ("2022-12-02", "2022-12", dt.date(2022, 12, 2))
    assert {carriage.said_max for carriage in statement.carriages.all()} == {dt.date(2022, 12, 2)}


def test_a_document_older_than_the_statement_is_refused(editor):
    statement = factories.publish(said="2022-12-03")
    with pytest.raises(record.BadDraft) as refused:
        record.add_appearance(statement, found(published="2022-12-02"), editor=editor)
    assert refused.value.field == "document"
    assert statement.appearances.count() == 1


def test_the_primary_appearance_of_a_published_statement_stays(editor):
    statement = factories.publish(said="2022-12")
    primary = statement.primary_appearance
    record.add_appearance(statement, found(published="2022-12-02"), editor=editor)
    assert statement.primary_appearance == primary


def test_the_primary_appearance_of_a_draft_follows_the_earliest(editor):
    statement = factories.draft(said="2022-12")
    earlier = record.add_appearance(statement, found(published="2022-12-02"), editor=editor)
    assert statement.primary_appearance == earlier


def test_a_further_appearance_changes_the_page_and_is_in_the_audit_trail(editor):
    statement = factories.publish()
    seen = statement.touched
    kept = record.add_appearance(statement, found(), editor=editor)
    act = Act.objects.get(verb=Act.Verb.ADD_APPEARANCE)
    assert statement.touched == seen + 1
    assert (act.statement, act.actor, act.detail["appearance"]) == (statement, editor, kept.pk)


def test_an_appearance_that_was_added_by_mistake_is_withdrawn(editor):
    statement = factories.publish("“Words.”", "spoken_to TF1")
    appearance = record.add_appearance(statement, found("spoken_to TF1", "relayed_by TASS"), editor=editor)
    touched = statement.touched
    record.withdraw_appearance(appearance, editor=editor)
    statement.refresh_from_db()
    assert statement.appearances.count() == 1
    assert {(c.outlet.name, c.role) for c in statement.carriages.all()} == {("TF1", "spoken_to")}
    assert statement.touched > touched


def test_withdrawing_an_earlier_appearance_moves_the_publication_back(editor):
    statement = factories.publish(said="2022-12")
    earlier = record.add_appearance(statement, found("spoken_to TF1", published="2022-12-02"), editor=editor)
    record.withdraw_appearance(earlier, editor=editor)
    statement.refresh_from_db()
    assert (statement.published, statement.said_max) == ("2022-12-04", dt.date(2022, 12, 4))


def test_withdrawing_leaves_an_act_that_says_who_did_it(editor):
    statement = factories.publish()
    appearance = record.add_appearance(statement, found(), editor=editor)
    document = appearance.document
    record.withdraw_appearance(appearance, editor=editor)
    act = statement.acts.get(verb=Act.Verb.WITHDRAW_APPEARANCE)
    assert (act.actor, act.detail["document"]) == (editor, document.pid)


def test_the_primary_appearance_is_not_withdrawn(editor):
    statement = factories.publish()
    with pytest.raises(record.RecordError, match="primary appearance"):
        record.withdraw_appearance(statement.primary_appearance, editor=editor)
    assert statement.appearances.count() == 1
