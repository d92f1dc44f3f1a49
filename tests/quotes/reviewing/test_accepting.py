import pytest

from quotes import record, reviewing
from quotes.drafting import NewSpeaker
from quotes.models import Candidate, Hop, Link
from quotes.notation import parse
from quotes.spans import render
from tests import factories
from tests.quotes.reviewing.desk import accept, typed

pytestmark = pytest.mark.django_db

FAULTY = "“We must talk once the parties return.” to the table,” he said. Kyiv agreed to it."


@pytest.fixture
def reviewer():
    return factories.editor()


def chain_of(appearance):
    return [f"{hop.role} {hop.carrier}" for hop in appearance.hops.all()]


def test_an_accepted_suggestion_is_a_draft(reviewer):
    candidate = factories.candidate("“We must think about security.”")
    statement = accept(candidate, reviewer)
    assert (statement.state, statement.words) == ("draft", "“We must think about security.”")
    assert statement.recorded_by == reviewer


def test_it_tells_who_accepted_it_and_what_it_became(reviewer):
    candidate = factories.candidate()
    statement = accept(candidate, reviewer)
    assert (candidate.state, candidate.statement, candidate.decided_by) == ("accepted", statement, reviewer)


def test_its_words_have_their_place_in_the_archived_text(reviewer):
    where = factories.snapshot("Macron said: “We must think.” Then he left.")
    statement = accept(factories.candidate("“We must think.”", where), reviewer)
    found = statement.appearances.get()
    assert (found.snapshot, found.start, found.end) == (where, 13, 29)
    assert (found.printed, found.prefix, found.suffix) == ("“We must think.”", "Macron said: ", " Then he left.")


def test_straight_marks_stay_as_they_are_printed(reviewer):
    where = factories.snapshot('Macron said: "We must think."')
    statement = accept(factories.candidate('"We must think."', where), reviewer)
    assert statement.words == "“We must think.”"
    assert statement.appearances.get().printed == '"We must think."'


def test_the_appearance_keeps_a_misplaced_mark_where_the_statement_does_not(reviewer):
    where = factories.snapshot(FAULTY)
    candidate = factories.candidate("We must talk", where)
    reviewing.set_ranges(candidate, [(0, FAULTY.index(" he said"))], seen=0, reviewer=reviewer)
    statement = accept(candidate, reviewer)
    found = statement.appearances.get()
    assert statement.words == "“We must talk once the parties return to the table,”"
    assert found.printed == "“We must talk once the parties return.” to the table,”"
    assert found.wording not in ((), statement.wording)


def test_words_that_a_reviewer_corrected_are_the_statements(reviewer):
    candidate = factories.candidate("“We must think about security.”")
    statement = accept(candidate, reviewer, spans=parse("“We must think about [our] security.”"))
    assert statement.words == "“We must think about [our] security.”"
    assert statement.appearances.get().printed == "“We must think about security.”"


def test_a_misplaced_mark_stays_where_the_record_adds_a_missing_word(reviewer):
    where = factories.snapshot(FAULTY)
    candidate = factories.candidate("We must talk", where)
    reviewing.set_ranges(candidate, [(0, FAULTY.index(" he said"))], seen=0, reviewer=reviewer)
    whole = "“We must talk once [all] the parties return to the table,”"
    statement = accept(candidate, reviewer, spans=parse(whole))
    assert statement.words == whole
    assert render(statement.appearances.get().wording) == "“We must talk once the parties return.” to the table,”"


def test_the_document_is_the_suggestions_own_whatever_was_typed(reviewer):
    candidate = factories.candidate()
    other = factories.document("Reuters")
    finding = typed(candidate).finding
    statement = accept(candidate, reviewer, finding=type(finding)(document=other))
    assert statement.appearances.get().document == candidate.document


def test_the_chain_ends_at_the_documents_outlet(reviewer):
    factories.outlet("TF1")
    candidate = factories.candidate(chain=[{"role": "spoken_to", "name": "TF1", "date": ""}])
    statement = accept(candidate, reviewer)
    assert chain_of(statement.appearances.get()) == ["spoken_to TF1", "published_by Le Monde"]


def test_a_chain_that_the_document_attests_is_an_appearance_of_its_own(reviewer):
    factories.outlet("TF1")
    chain = [{"role": "spoken_to", "name": "TF1"}, {"role": "relayed_by", "name": "TASS", "kind": "agency"}]
    statement = accept(factories.candidate(attested=[chain]), reviewer)
    found, attested = statement.appearances.all()
    assert (found.attested, attested.attested) == (False, True)
    assert chain_of(attested) == ["spoken_to TF1", "relayed_by TASS"]
    assert statement.primary_appearance == found


def test_a_chain_that_the_reviewer_left_out_is_not_attested(reviewer):
    chain = [{"role": "relayed_by", "name": "TASS", "kind": "agency"}]
    statement = accept(factories.candidate(attested=[chain]), reviewer, {"attested": []})
    assert statement.appearances.count() == 1


def test_a_stop_that_nobody_knows_is_refused_and_nothing_is_kept(reviewer):
    candidate = factories.candidate(attested=[[{"role": "relayed_by", "name": "Nobody’s Agency"}]])
    with pytest.raises(reviewing.ReviewError, match="nobody of this name") as refused:
        accept(candidate, reviewer)
    candidate.refresh_from_db()
    assert (refused.value.field, candidate.state, Hop.objects.count()) == ("hops", "open", 0)


def test_what_the_form_shows_is_kept_with_the_decision(reviewer):
    candidate = factories.candidate()
    accept(candidate, reviewer, {"words": {"words": "“Other.”"}})
    assert candidate.entry["words"] == {"words": "“Other.”"}
    assert candidate.entry["speaker"]["name"] == "Emmanuel Macron"


def test_the_proposal_stays(reviewer):
    candidate = factories.candidate(proposal={"cue": "said"})
    accept(candidate, reviewer, {"words": {"words": "“Other.”"}})
    assert candidate.proposal == {"cue": "said"}


def test_what_the_record_refuses_leaves_the_suggestion_open(reviewer):
    candidate = factories.candidate()
    with pytest.raises(record.BadDraft):
        accept(candidate, reviewer, said="2023-01-01")
    candidate.refresh_from_db()
    assert (candidate.state, candidate.touched) == ("open", 0)


def test_a_suggestion_that_somebody_decided_is_not_accepted_again(reviewer):
    candidate = factories.candidate()
    other = factories.editor()
    reviewing.reject(Candidate.objects.get(), "trivial", seen=0, reviewer=other)
    with pytest.raises(reviewing.CandidateChanged, match=f"{other} has decided") as refused:
        reviewing.accept(candidate, typed(candidate), {}, seen=0, reviewer=reviewer)
    assert refused.value.current.rejected_for == "trivial"


def test_a_decided_suggestion_is_not_decided_again_by_who_saw_that(reviewer):
    candidate = factories.candidate()
    accept(candidate, reviewer)
    with pytest.raises(reviewing.ReviewError, match="Take that back first"):
        accept(candidate, reviewer)


def test_a_suggestion_that_is_gone_says_so(reviewer):
    candidate = factories.candidate()
    Candidate.objects.all().delete()
    with pytest.raises(reviewing.ReviewError, match="is gone"):
        reviewing.reject(candidate, "trivial", seen=0, reviewer=reviewer)


def two(text="Macron said: “First.” Putin said: “Second.”"):
    where = factories.snapshot(text)
    first = factories.candidate("“First.”", where)
    second = factories.candidate(
        "“Second.”", where, by=factories.speaker("Vladimir Putin"), between=[{"kind": "denies", "candidate": first.pk}]
    )
    return first, second


def links():
    return [(link.source, link.kind, link.target) for link in Link.objects.all()]


def test_a_link_is_made_as_soon_as_both_ends_are_accepted(reviewer):
    first, second = two()
    denial = accept(second, reviewer)
    assert not links()
    denied = accept(first, reviewer)
    assert links() == [(denial, "denies", denied)]


def test_a_link_is_made_whichever_end_comes_first(reviewer):
    first, second = two()
    denied, denial = accept(first, reviewer), accept(second, reviewer)
    assert links() == [(denial, "denies", denied)]


def test_a_link_to_a_rejected_suggestion_is_not_made(reviewer):
    first, second = two()
    reviewing.reject(first, "trivial", seen=0, reviewer=reviewer)
    accept(second, reviewer)
    assert not links()


def test_a_link_that_the_reviewer_left_out_is_not_made(reviewer):
    first, second = two()
    accept(first, reviewer)
    accept(second, reviewer, {"between": []})
    assert not links()


def test_a_link_follows_its_end_into_a_merger(reviewer):
    where = factories.snapshot("Macron said: “First.” And “more.” Putin said: “Second.”")
    first, more = factories.candidate("“First.”", where), factories.candidate("“more.”", where)
    answer = factories.candidate("“Second.”", where, between=[{"kind": "responds_to", "candidate": more.pk}])
    merged = reviewing.merge(first, more, seen=0, reviewer=reviewer)
    whole, answered = accept(merged, reviewer), accept(answer, reviewer)
    assert links() == [(answered, "responds_to", whole)]


def test_a_joined_suggestion_links_its_statement(reviewer):
    first, second = two()
    known = factories.publish("“First.”")
    reviewing.join(first, known, seen=0, reviewer=reviewer)
    denial = accept(second, reviewer)
    assert links() == [(denial, "denies", known)]


NEW = {"name": "Olaf Scholz", "kind": "person", "given": "Olaf", "particle": "", "family": "Scholz"}


def described(words, where, **parts):
    """A suggestion whose entry describes somebody who is not on record yet."""
    candidate = factories.candidate(words, where)
    Candidate.objects.filter(pk=candidate.pk).update(entry=candidate.entry | parts)
    candidate.refresh_from_db()
    return candidate


def test_a_speaker_is_described_once_for_all_suggestions_of_a_document(reviewer):
    where = factories.snapshot("Scholz said: “First.” And: “Second.” To him: “Third.”")
    told = {"role": "told_by", "name": "Olaf Scholz", "kind": "person", "date": ""}
    first = factories.candidate("“First.”", where)
    second = described("“Second.”", where, speaker=NEW)
    third = described("“Third.”", where, chain=[told], attested=[[told]])
    statement = accept(first, reviewer, speaker=NewSpeaker("person", "Olaf Scholz", "Olaf", "", "Scholz"))
    second.refresh_from_db()
    third.refresh_from_db()
    key = str(statement.speaker.pk)
    assert (second.entry["speaker"], second.touched) == ({"name": "Olaf Scholz", "choice": key}, 0)
    stop = {"role": "told_by", "name": "Olaf Scholz", "date": "", "choice": key}
    assert (third.entry["chain"], third.entry["attested"]) == ([stop], [[stop]])


def test_an_outlet_of_that_name_is_no_speaker_and_an_unnamed_source_nobody_else(reviewer):
    where = factories.snapshot("They said: “First.” And: “Second.” And: “Third.”")
    first = factories.candidate("“First.”", where)
    outlet = described("“Second.”", where, chain=[{"role": "relayed_by", "name": "Officials", "kind": "agency"}])
    unnamed = described("“Third.”", where, speaker={"name": "Officials", "kind": "unnamed"})
    accept(first, reviewer, speaker=NewSpeaker("unnamed", "Officials"))
    before = outlet.entry, unnamed.entry
    outlet.refresh_from_db()
    unnamed.refresh_from_db()
    assert (outlet.entry, unnamed.entry) == before


def test_other_documents_are_left_alone(reviewer):
    elsewhere = described("“First.”", factories.snapshot("“First.”"), speaker=NEW)
    accept(factories.candidate(), reviewer, speaker=NewSpeaker("person", "Olaf Scholz", "Olaf", "", "Scholz"))
    elsewhere.refresh_from_db()
    assert elsewhere.entry["speaker"] == NEW
