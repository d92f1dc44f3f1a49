import datetime as dt
import hashlib
import json

import pytest
import rfc8785
from django.utils import timezone

from quotes import record
from quotes.filters import StatementFilter, carried_by
from quotes.models import Act, Revision, Role, Statement
from sources.documents import archive
from tests import factories

pytestmark = pytest.mark.django_db


def body(statement):
    return json.loads(factories.revision(statement).body)


def president(name="Emmanuel Macron", first="2017-05-14", label="President of France"):
    return Role.objects.create(
        speaker=factories.speaker(name), label=label, held=f"{first}/..", held_min=dt.date.fromisoformat(first)
    )


def test_publishing_makes_version_one_with_its_hash():
    statement = factories.publish("“We must think.”")
    revision = statement.revisions.get()
    assert revision.number == 1
    assert revision.sha256 == hashlib.sha256(revision.body.encode()).hexdigest()
    assert json.loads(revision.body)["spans"] == [{"mode": "direct", "text": "We must think."}]


@pytest.mark.parametrize("words", ["“We must think.”", "“שלום 🎈 \\\\ \\[x\\] \\“”", "He said “A\n\nB” [of] […] [(c)]"])
def test_the_body_is_canonical_json(words):
    stored = factories.revision(factories.publish(words)).body
    assert rfc8785.dumps(json.loads(stored)).decode() == stored


def test_the_body_says_its_schema():
    assert body(factories.publish())["schema"] == 1


def test_the_salt_has_128_bits():
    assert len(bytes.fromhex(body(factories.publish())["salt"])) == 16


def test_the_same_words_twice_have_different_salts_and_hashes():
    first, second = factories.publish("“Yes.”"), factories.publish("“Yes.”")
    assert body(first)["salt"] != body(second)["salt"]
    assert factories.revision(first).sha256 != factories.revision(second).sha256


def test_the_body_freezes_who_said_what_and_when():
    president()
    statement = factories.publish("“We must think.”", said="2022-12-03?", said_basis="resolved", said_phrase="Saturday")
    frozen = body(statement)
    assert (frozen["id"], frozen["version"], frozen["mode"], frozen["language"]) == (statement.pid, 1, "direct", "en")
    assert (frozen["speaker"]["name"], frozen["speaker"]["slug"]) == ("Emmanuel Macron", "emmanuel-macron")
    assert frozen["label"] == "President of France"
    assert frozen["said"] == {
        "edtf": "2022-12-03?",
        "first": "2022-12-03",
        "last": "2022-12-03",
        "basis": "resolved",
        "phrase": "Saturday",
        "reasoning": "",
    }


def test_the_body_freezes_the_chain_of_the_primary_appearance_in_order():
    statement = factories.publish("“Words.”", "told_by Vladimir Putin", "spoken_to TF1", "relayed_by TASS")
    hops = body(statement)["source"]["hops"]
    assert [hop["role"] for hop in hops] == ["told_by", "spoken_to", "relayed_by"]
    assert [(hop.get("outlet") or hop.get("speaker"))["name"] for hop in hops] == ["Vladimir Putin", "TF1", "TASS"]


def test_the_body_freezes_where_the_words_stand():
    document = factories.document()
    snapshot = archive(document, "He said: We must think. So.", timezone.now())
    found = factories.appearance(
        "We must think.", "spoken_to TF1", document=document, snapshot=snapshot, start=9, end=23
    )
    source = body(factories.publish(appearances=[found]))["source"]
    assert (source["start"], source["end"], source["printed"]) == (9, 23, "We must think.")
    assert source["snapshot"]["sha256"] == snapshot.sha256


def test_the_body_holds_nothing_of_the_text_around_the_words():
    document = factories.document()
    snapshot = archive(document, "Somebody else: No. We must think.", timezone.now())
    words = "We must think."
    found = factories.appearance(words, document=document, snapshot=snapshot, start=19, end=33)
    assert "Somebody else" not in factories.revision(factories.publish(appearances=[found])).body


def test_a_translation_is_frozen_with_its_translator():
    statement = factories.publish(is_translation=True, translated_from="fr", translator="the newspaper")
    assert body(statement)["translation"] == {"from": "fr", "translator": "the newspaper"}


def test_publishing_freezes_the_role_on_the_day():
    president()
    assert factories.publish(said="2022-12-03").label == "President of France"


def test_publishing_freezes_the_role_held_through_an_imprecise_date():
    president()
    assert factories.publish(said="2021-12?").label == "President of France"


def test_an_imprecise_date_that_reaches_before_the_role_gets_no_label():
    president(first="2022-12-02")
    assert factories.publish(said="2022-12").label == ""


def test_of_overlapping_roles_the_latest_is_frozen():
    president()
    president(first="2022-01-01", label="President of the Council of the EU")
    assert factories.publish().label == "President of the Council of the EU"


def test_a_typed_label_wins():
    president()
    assert factories.publish(label="Candidate").label == "Candidate"


def test_a_role_edited_later_leaves_the_frozen_label():
    role = president()
    statement = factories.publish()
    Role.objects.filter(pk=role.pk).update(label="Sovereign")
    statement.refresh_from_db()
    assert (statement.label, body(statement)["label"]) == ("President of France", "President of France")


def test_a_published_statement_is_carried_by_each_outlet_in_its_role():
    statement = factories.publish("“Words.”", "spoken_to TF1", "relayed_by TASS", "relayed_by AFP", "published_by LCI")
    carried = {(carriage.outlet.name, carriage.role) for carriage in statement.carriages.all()}
    assert carried == {
        ("TF1", "spoken_to"),
        ("TASS", "relayed_by"),
        ("AFP", "relayed_by"),
        ("LCI", "published_by"),
    }


def test_a_statement_relayed_by_two_agencies_in_two_appearances_is_found_under_both():
    found = factories.appearance("Words.", "spoken_to TF1", "relayed_by AFP")
    attested = factories.appearance("", "spoken_to TF1", "relayed_by TASS", attested=True)
    statement = factories.publish(appearances=[found, attested])
    for agency in ("AFP", "TASS"):
        assert list(StatementFilter(within=carried_by([factories.outlet(agency)], "relayed_by")).qs) == [statement]


def test_an_outlet_in_two_appearances_carries_a_statement_once():
    twice = [factories.appearance("Words.", "spoken_to TF1") for _ in range(2)]
    assert factories.publish(appearances=twice).carriages.count() == 1


def test_a_speaker_who_told_it_is_no_carriage():
    statement = factories.publish("“Words.”", "told_by Vladimir Putin", "spoken_to TF1")
    assert [carriage.role for carriage in statement.carriages.all()] == ["spoken_to"]


def test_carriage_has_the_statements_last_day():
    statement = factories.publish(said="2022-12")
    assert {carriage.said_max for carriage in statement.carriages.all()} == {statement.said_max}


def test_a_draft_is_not_carried():
    assert not factories.draft().carriages.exists()


def test_publishing_twice_is_refused():
    statement = factories.publish()
    with pytest.raises(record.AlreadyPublished):
        record.publish(statement, editor=factories.publisher())
    assert statement.revisions.count() == 1


def test_publishing_a_draft_that_another_editor_changed_since_is_refused():
    statement = factories.draft()
    seen = statement.touched
    record.redraft(statement, factories.spec("“Other words.”"), seen=seen)
    with pytest.raises(record.DraftChanged) as refused:
        record.publish(statement, editor=factories.publisher(), seen=seen)
    assert refused.value.current.text == "Other words."
    assert not Revision.objects.exists()


def test_publishing_is_in_the_audit_trail_without_the_words():
    editor = factories.publisher()
    statement = factories.publish("“Secret words.”", editor=editor)
    act = Act.objects.get()
    assert (act.verb, act.statement, act.revision, act.actor) == (
        Act.Verb.PUBLISH,
        statement,
        factories.revision(statement),
        editor,
    )
    assert "Secret" not in json.dumps(act.detail) + act.reason


def test_publishing_says_when_it_was_recorded():
    statement = factories.publish()
    revision = factories.revision(statement)
    assert statement.recorded_at == revision.recorded_at
    assert body(statement)["recorded"] == revision.recorded_at.date().isoformat()


def test_publishing_changes_the_page():
    statement = factories.draft()
    seen = statement.touched
    record.publish(statement, editor=factories.publisher())
    assert statement.touched > seen


@pytest.mark.parametrize("appearances", [1, 20])
def test_publishing_takes_as_many_queries_however_often_a_statement_was_found(
    appearances, django_assert_max_num_queries
):
    found = [factories.appearance("Words.", "spoken_to TF1", f"relayed_by A{n}") for n in range(appearances)]
    statement, editor = factories.draft(appearances=found), factories.publisher()
    with django_assert_max_num_queries(46):
        record.publish(statement, editor=editor)


def test_a_draft_by_a_speaker_merged_away_is_published_under_the_one_who_stays():
    loser, survivor = factories.speaker("E. Macron"), factories.speaker("Emmanuel Macron")
    record.merge(loser, survivor, editor=factories.publisher(), reason="One man")
    statement = factories.draft()
    Statement.objects.filter(pk=statement.pk).update(speaker=loser)
    record.publish(statement, editor=factories.publisher())
    assert statement.speaker == survivor
    assert body(statement)["speaker"]["slug"] == survivor.slug
