import datetime as dt
from dataclasses import replace
from importlib import import_module

import pytest
from django.utils import timezone

from quotes import record
from quotes.models import Appearance, Hop, Statement
from quotes.notation import parse
from sources.documents import archive
from tests import factories

pytestmark = pytest.mark.django_db

DRAFTING = import_module("quotes.record.draft")


def refusal(**fields):
    with pytest.raises(record.BadDraft) as refused:
        factories.draft(**fields)
    return refused.value


def test_a_draft_keeps_its_words_and_their_mode():
    statement = factories.draft("He said “we must”")
    assert (statement.words, statement.mode, statement.text) == ("He said “we must”", "mixed", "He said we must")


def test_a_draft_keeps_what_search_compares():
    assert factories.draft("“À l’Élysée”").folded == "a l'elysee"


def test_a_draft_has_no_revision():
    assert not factories.draft().revisions.exists()


def test_a_draft_has_its_permalink_from_the_start():
    assert len(factories.draft().pid) == 10


def test_an_id_that_is_taken_is_drawn_again(monkeypatch):
    taken = factories.draft().pid
    drawn = iter([taken, taken, "7K2M9QX4TA"])
    monkeypatch.setattr(DRAFTING, "new_pid", lambda: next(drawn))
    assert factories.draft().pid == "7K2M9QX4TA"


def test_ids_that_are_always_taken_end_in_an_error(monkeypatch):
    taken = factories.draft().pid
    monkeypatch.setattr(DRAFTING, "new_pid", lambda: taken)
    with pytest.raises(RuntimeError, match="were taken"):
        factories.draft()


def test_the_last_day_it_can_have_been_said_is_at_most_the_earliest_publication():
    found = [
        factories.appearance("Words.", document=factories.document(published=day))
        for day in ("2022-12-09", "2022-12-04")
    ]
    statement = factories.draft(said="2022-12", appearances=found)
    assert (statement.said, statement.said_min, statement.said_max) == (
        "2022-12",
        dt.date(2022, 12, 1),
        dt.date(2022, 12, 4),
    )


def test_an_open_date_ends_with_the_publication():
    statement = factories.draft(said="2022-12-01/..")
    assert statement.said_max == dt.date(2022, 12, 4)


def test_an_unknown_start_stays_unknown():
    statement = factories.draft(said="/2022-12-04")
    assert statement.said_min is None


def test_the_publication_is_the_earliest_document():
    found = [
        factories.appearance("Words.", document=factories.document(published=day)) for day in ("2022-12", "2022-12-04")
    ]
    statement = factories.draft(appearances=found)
    assert (statement.published, statement.published_max) == ("2022-12-04", dt.date(2022, 12, 4))


def test_said_after_it_was_published_is_refused():
    refused = refusal(said="2022-12-05")
    assert refused.field == "said"
    assert "5 December 2022" in str(refused)
    assert "4 December 2022" in str(refused)


def test_a_date_that_is_none_is_refused():
    assert refusal(said="Saturday").field == "said"


def test_a_statement_found_nowhere_is_refused():
    assert refusal(appearances=[]).field == "document"


def test_a_statement_without_words_is_refused():
    assert refusal(spans=()).field == "words"


def test_an_omission_alone_is_no_statement():
    assert refusal(spans=parse("[…]")).field == "words"


def test_a_statement_that_is_too_long_is_refused_with_the_limit():
    spans = parse("a" * 20_000) + parse("“b”")
    refused = refusal(spans=spans)
    assert refused.field == "words"
    assert "20,000" in str(refused)


def test_a_stop_with_an_impossible_date_is_refused():
    stop = record.HopSpec("spoken_to", outlet=factories.outlet(), date="yesterday")
    assert refusal(appearances=[replace(factories.appearance("Words."), hops=[stop])]).field == "hops"


@pytest.mark.parametrize("role", ["spoken_to", "told_by"])
def test_a_stop_of_nobody_is_refused(role):
    found = replace(factories.appearance("Words."), hops=[record.HopSpec(role)])
    assert refusal(appearances=[found]).field == "hops"


def test_a_stop_of_both_an_outlet_and_a_speaker_is_refused():
    stop = record.HopSpec("spoken_to", outlet=factories.outlet(), speaker=factories.speaker())
    assert refusal(appearances=[replace(factories.appearance("Words."), hops=[stop])]).field == "hops"


def test_a_stop_told_by_an_outlet_is_refused():
    stop = record.HopSpec("told_by", outlet=factories.outlet())
    assert refusal(appearances=[replace(factories.appearance("Words."), hops=[stop])]).field == "hops"


def test_a_chain_may_have_31_stops():
    statement = factories.draft("“Words.”", *["relayed_by TASS"] * 31)
    assert Hop.objects.filter(appearance__statement=statement).count() == 31


def test_a_longer_chain_is_refused():
    assert refusal(appearances=[factories.appearance("Words.", *["relayed_by TASS"] * 32)]).field == "hops"


def test_words_that_do_not_stand_where_they_are_said_to_are_refused():
    document = factories.document()
    snapshot = archive(document, "Other text altogether.", timezone.now())
    found = factories.appearance("We must.", document=document, snapshot=snapshot, start=0, end=8)
    assert refusal(appearances=[found]).field == "printed"


def test_positions_count_code_points():
    document = factories.document()
    snapshot = archive(document, "🎈é We must. 🎈", timezone.now())
    found = factories.appearance("We must.", document=document, snapshot=snapshot, start=3, end=11)
    kept = factories.draft(appearances=[found]).appearances.get()
    assert (kept.prefix, kept.suffix) == ("🎈é ", " 🎈")


def test_nothing_of_a_refused_draft_is_kept():
    refusal(appearances=[factories.appearance("Words.", *["relayed_by TASS"] * 32)])
    assert not Statement.objects.exists()
    assert not Appearance.objects.exists()


def test_the_primary_appearance_is_the_one_found_earliest():
    late, early = (
        factories.appearance("Words.", document=factories.document(published=day))
        for day in ("2022-12-09", "2022-12-04")
    )
    statement = factories.draft(appearances=[late, early])
    assert statement.primary_appearance.document == early.document


def test_a_found_appearance_comes_before_an_attested_one():
    attested = factories.appearance("", document=factories.document(published="2022-12-03"), attested=True)
    found = factories.appearance("Words.", document=factories.document(published="2022-12-04"))
    assert not factories.draft(appearances=[attested, found]).primary_appearance.attested


def test_an_editors_choice_is_the_primary_appearance():
    early = factories.appearance("Words.", document=factories.document(published="2022-12-04"))
    late = factories.appearance("Words.", document=factories.document(published="2022-12-09"), chosen=True)
    statement = factories.draft(appearances=[early, late])
    assert statement.primary_appearance.document == late.document
    assert statement.primary_is_chosen


def test_redrafting_replaces_everything():
    statement = factories.draft("“Words.”", "spoken_to TF1", topics=[factories.topic()])
    again = record.redraft(statement, factories.spec("Other words.", "issued_by Élysée"), seen=statement.touched)
    assert (again.pk, again.pid, again.mode) == (statement.pk, statement.pid, "indirect")
    assert [hop.role for hop in Hop.objects.filter(appearance__statement=again)] == ["issued_by"]
    assert not again.topics.exists()


def test_the_second_of_two_editors_is_told_and_nothing_is_lost():
    statement = factories.draft()
    seen = statement.touched
    record.redraft(statement, factories.spec("“The first editor’s.”"), seen=seen)
    with pytest.raises(record.DraftChanged) as refused:
        record.redraft(statement, factories.spec("“The second editor’s.”"), seen=seen)
    assert refused.value.current.text == "The first editor’s."
    assert "Nothing you typed is lost" in str(refused.value)


def test_a_refused_redraft_leaves_the_draft_as_it_was():
    statement = factories.draft("“Words.”")
    with pytest.raises(record.BadDraft):
        record.redraft(statement, factories.spec(said="2023"), seen=statement.touched)
    statement.refresh_from_db()
    assert statement.text == "Words."
    assert statement.appearances.count() == 1


def test_a_published_statement_is_not_redrafted():
    statement = factories.publish()
    with pytest.raises(record.AlreadyPublished):
        record.redraft(statement, factories.spec(), seen=statement.touched)


def test_a_draft_can_be_discarded():
    statement = factories.draft()
    record.discard(statement, seen=statement.touched)
    assert not Statement.objects.exists()
    assert not Hop.objects.exists()


def test_a_draft_that_another_editor_changed_is_not_discarded():
    statement = factories.draft()
    record.redraft(statement, factories.spec("“Other words.”"), seen=statement.touched)
    with pytest.raises(record.DraftChanged):
        record.discard(statement, seen=statement.touched)


def test_a_published_statement_is_not_discarded():
    statement = factories.publish()
    with pytest.raises(record.AlreadyPublished):
        record.discard(statement, seen=statement.touched)
