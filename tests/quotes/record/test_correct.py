import json

import pytest

from quotes import record
from quotes.models import Act, Statement
from quotes.notation import parse
from quotes.record import Changes
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.publisher()


@pytest.fixture
def statement(editor):
    return factories.publish("“once the parties return”", editor=editor)


def correct(statement, reason="The sentence was cut", **changes):
    return record.correct(statement, Changes(**changes), editor=factories.publisher(), reason=reason)


def body(revision):
    return json.loads(revision.body)


def test_a_correction_is_the_next_version(statement):
    revision = correct(statement, spans=parse("“once the parties return to the table”"))
    assert revision.number == 2
    assert statement.words == "“once the parties return to the table”"
    assert body(revision)["spans"][0]["text"] == "once the parties return to the table"


def test_the_first_version_keeps_its_bytes(statement):
    before = factories.revision(statement).body
    correct(statement, spans=parse("“other words”"))
    assert factories.revision(statement).body == before


def test_a_correction_is_in_the_ledger_with_its_reason_and_what_changed(statement):
    revision = correct(statement, language="fr", reason="  It was French.  ")
    act = statement.acts.get(verb=Act.Verb.CORRECT)
    assert (act.reason, act.revision, act.detail) == ("It was French.", revision, {"changed": ["language"]})


def test_the_ledger_never_holds_the_words(statement):
    correct(statement, spans=parse("“words that only the versions hold”"))
    assert "only the versions hold" not in json.dumps([act.detail for act in Act.objects.all()])


def test_a_correction_that_changes_nothing_is_refused(statement):
    with pytest.raises(record.NothingChanged):
        correct(statement, spans=parse("“once the parties return”"), language="en")
    assert statement.revisions.count() == 1


def test_words_that_differ_in_normalisation_alone_change_nothing(editor):
    statement = factories.publish("“café”", editor=editor)
    with pytest.raises(record.NothingChanged):
        correct(statement, spans=parse("“cafe\u0301”"))


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_correction_without_a_reason_is_refused(statement, reason):
    with pytest.raises(record.ReasonMissing) as refusal:
        correct(statement, language="fr", reason=reason)
    assert refusal.value.field == "reason"


def test_another_date_brings_the_role_of_that_date(editor):
    macron = factories.speaker()
    macron.roles.create(label="Minister", held="2014-08-26/2016-08-30", held_min="2014-08-26", held_max="2016-08-30")
    statement = factories.publish(by=macron, editor=editor)
    revision = correct(statement, said="2015-05-05")
    assert body(revision)["label"] == "Minister"
    assert body(revision)["said"]["edtf"] == "2015-05-05"


def test_naming_the_same_date_again_leaves_the_label_alone(editor):
    statement = factories.publish(label="Candidate", editor=editor)
    revision = correct(statement, said="2022-12-03", language="fr")
    assert body(revision)["label"] == "Candidate"


def test_a_label_that_is_named_wins_over_the_role(statement):
    revision = correct(statement, said="2015-05-05", label="Candidate")
    assert body(revision)["label"] == "Candidate"


def test_a_date_after_the_publication_is_refused(statement):
    with pytest.raises(record.BadDraft) as refusal:
        correct(statement, said="2023-01-01")
    assert refusal.value.field == "said"
    assert statement.revisions.count() == 1


def test_the_speaker_can_be_corrected(statement):
    revision = correct(statement, speaker=factories.speaker("Vladimir Putin"))
    assert body(revision)["speaker"]["name"] == "Vladimir Putin"


def test_a_principal_can_be_taken_away(editor):
    kremlin = factories.speaker("The Kremlin", kind="government")
    statement = factories.publish(speaks_for=kremlin, editor=editor)
    assert body(correct(statement, speaks_for=None))["speaks_for"] is None


def test_another_chain_is_a_version_and_changes_who_carried_it(statement):
    revision = correct(statement, hops=factories.hops("spoken_to BBC", "relayed_by Reuters"))
    assert [hop["outlet"]["name"] for hop in body(revision)["source"]["hops"]] == ["BBC", "Reuters"]
    assert {outlet.name for carried in statement.carried.values() for outlet in carried} == {"BBC", "Reuters"}


def test_the_same_chain_changes_nothing(statement):
    with pytest.raises(record.NothingChanged):
        correct(statement, hops=factories.hops("spoken_to TF1"))


def test_a_retracted_statement_can_be_corrected_and_stays_retracted(statement, editor):
    record.retract(statement, editor=editor, reason="Doubts")
    correct(statement, language="fr")
    assert statement.state == Statement.State.RETRACTED


def test_a_draft_is_edited_not_corrected():
    with pytest.raises(record.RecordError):
        correct(factories.draft(), language="fr")


def test_a_removed_statement_can_not_be_corrected(statement, editor):
    record.remove(statement, editor=editor, reason_code="law", reason="An order")
    with pytest.raises(record.StatementRemoved):
        correct(statement, language="fr")


def test_a_correction_changes_the_page(statement):
    before = statement.touched
    correct(statement, language="fr")
    assert statement.touched > before


def test_corrections_of_an_outdated_copy_build_on_what_stands(statement):
    copy = Statement.objects.get(pk=statement.pk)
    correct(statement, language="fr")
    revision = correct(copy, label="President")
    assert (revision.number, body(revision)["language"], body(revision)["label"]) == (3, "fr", "President")
