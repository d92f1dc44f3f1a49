"""Where a statement comes from: kept with its carriage, counted by the index, and moved by marks of copies."""

import pytest
from django.core.management import call_command

from quotes import record
from quotes.filters import StatementFilter
from quotes.models import Act, Appearance, Carriage, Entry, Statement, TokenCount
from quotes.origins import origins_of
from quotes.record.reindex import lacking
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "“We must think about the security structure of tomorrow.”"


def found(**params):
    return list(StatementFilter(params).qs.values_list("text", flat=True))


def origins(statement):
    return [(one.outlet.name, one.standing) for one in origins_of([statement.pk])[statement.pk]]


def print_in(statement, *chain, **fields):
    return record.add_appearance(statement, factories.appearance(WORDS, *chain, **fields), editor=factories.publisher())


@pytest.fixture
def by():
    return factories.publisher()


@pytest.fixture
def statement():
    return factories.publish(WORDS, "spoken_to TF1")


def test_five_outlets_with_one_agencys_wire_are_one_origin():
    statement = factories.publish(WORDS, "issued_by Reuters", "published_by A")
    for name in "BCDE":
        print_in(statement, "issued_by Reuters", f"published_by {name}")
    assert origins(statement) == [("Reuters", "stated")]
    again = Statement.objects.for_cards().get()
    assert ([one.outlet.name for one in again.origins], len(again.outlets)) == (["Reuters"], 5)


def test_the_interviews_own_recording_makes_it_held_and_no_second_one(statement):
    print_in(statement, "spoken_to TF1", document=factories.document("TF1"))
    assert origins(statement) == [("TF1", "held")]


def test_what_an_outlet_is_only_said_to_have_carried_is_stated(statement):
    print_in(statement, "spoken_to BBC", document=factories.document("BBC"), attested=True)
    assert origins(statement) == [("TF1", "stated"), ("BBC", "stated")]


def test_an_interview_with_another_outlet_makes_two_and_taking_it_back_one(statement, by):
    second = print_in(statement, "spoken_to BBC")
    assert found(origins="2")
    record.withdraw_appearance(second, editor=by)
    assert (found(origins="2"), len(found(origins="1"))) == ([], 1)


def test_more_than_the_greatest_number_count_as_it():
    statement = factories.publish(WORDS, "spoken_to A")
    for name in "BCDEFG":
        print_in(statement, f"spoken_to {name}")
    assert len(found(origins="5")) == 1


def test_words_that_only_a_speaker_told_have_no_known_origin():
    factories.publish(WORDS, "told_by Vladimir Putin")
    assert len(found(origins="0")) == 1


def test_outlets_that_are_merged_are_one_origin_until_that_is_undone(statement, by):
    print_in(statement, "spoken_to TF One")
    merged = record.merge(factories.outlet("TF One"), factories.outlet("TF1"), editor=by, reason="One channel")
    assert origins(statement) == [("TF1", "stated")]
    record.undo_merge(merged, editor=by)
    assert len(found(origins="2")) == 1


def test_a_retracted_statement_has_none_until_it_is_restored(statement, by):
    record.retract(statement, editor=by, reason="A hoax")
    assert not Carriage.objects.exists()
    record.restore(statement, editor=by, reason="No hoax")
    assert origins(statement) == [("TF1", "stated")]


def test_values_are_alternatives(statement):
    factories.publish("“Other words.”", "told_by Vladimir Putin")
    assert len(found(origins=["0", "1"])) == 2


# Copies


def test_a_copy_has_the_origin_of_what_it_was_copied_from(statement, by):
    first = statement.appearances.get()
    copy = print_in(statement, "published_by The Daily")
    assert len(found(origins="2")) == 1
    record.mark_copy(copy, first, editor=by, reason="The same text, a day later")
    assert origins(statement) == [("TF1", "stated")]
    assert len(found(origins="1")) == 1
    assert Carriage.objects.filter(outlet__name="The Daily", role="published_by").exists()


def test_a_copy_of_a_copy_has_the_first_ones_origin(statement, by):
    first = statement.appearances.get()
    second, third = print_in(statement, "published_by B"), print_in(statement, "published_by C")
    record.mark_copy(third, second, editor=by, reason="The same text")
    assert origins(statement) == [("TF1", "stated"), ("B", "stated")]
    record.mark_copy(second, first, editor=by, reason="The same text")
    assert origins(statement) == [("TF1", "stated")]


def test_a_mark_can_be_taken_back(statement, by):
    copy = print_in(statement, "published_by The Daily")
    record.mark_copy(copy, statement.appearances.first(), editor=by, reason="The same text")
    record.unmark_copy(copy, editor=by, reason="It had a reporter there")
    assert len(origins(statement)) == 2
    assert not Appearance.objects.exclude(copy_of=None).exists()


def test_a_mark_and_its_undoing_are_acts_with_a_reason(statement, by):
    copy = print_in(statement, "published_by The Daily")
    before = Statement.objects.get().touched
    record.mark_copy(copy, statement.appearances.first(), editor=by, reason="The same text")
    record.unmark_copy(copy, editor=by, reason="No, another")
    acts = Act.objects.filter(verb__in=["mark_copy", "unmark_copy"]).order_by("pk")
    assert [(act.verb, act.reason) for act in acts] == [("mark_copy", "The same text"), ("unmark_copy", "No, another")]
    assert all(act.detail["document"] == copy.document.pid for act in acts)
    assert Statement.objects.get().touched == before + 2


def test_a_circle_of_copies_is_refused(statement, by):
    first, copy = statement.appearances.get(), print_in(statement, "published_by The Daily")
    record.mark_copy(copy, first, editor=by, reason="The same text")
    with pytest.raises(record.RecordError, match="its own copy"):
        record.mark_copy(first, copy, editor=by, reason="The same text")
    with pytest.raises(record.RecordError, match="its own copy"):
        record.mark_copy(first, first, editor=by, reason="The same text")
    with pytest.raises(record.RecordError, match="already"):
        record.mark_copy(copy, first, editor=by, reason="The same text")


def test_printings_of_two_statements_are_no_copies(statement, by):
    other = factories.publish("“Other words.”").appearances.get()
    with pytest.raises(record.RecordError, match="one statement"):
        record.mark_copy(other, statement.appearances.get(), editor=by, reason="The same text")


def test_no_mark_is_silent(statement, by):
    copy = print_in(statement, "published_by The Daily")
    with pytest.raises(record.ReasonMissing):
        record.mark_copy(copy, statement.appearances.first(), editor=by, reason=" ")


def test_what_isnt_marked_cant_be_unmarked(statement, by):
    with pytest.raises(record.RecordError, match="isn’t marked"):
        record.unmark_copy(statement.appearances.get(), editor=by, reason="None")


def test_withdrawing_what_was_copied_leaves_the_copy_by_itself(by):
    statement = factories.publish(WORDS, "spoken_to TF1")
    source, copy = print_in(statement, "published_by B"), print_in(statement, "published_by C")
    record.mark_copy(copy, source, editor=by, reason="The same text")
    record.withdraw_appearance(source, editor=by)
    assert [name for name, _ in origins(statement)] == ["TF1", "C"]


# A record of an earlier release


def test_reindexing_tells_origins_where_no_release_did_before(statement):
    Carriage.objects.update(origin="")
    entry = Entry.objects.get()
    Entry.objects.update(terms=entry.terms.replace(" _n_1", ""))
    TokenCount.objects.filter(kind="_n").delete()
    assert lacking() == 1
    call_command("reindex", "--missing")
    assert (lacking(), origins(statement)) == (0, [("TF1", "stated")])
    assert Entry.objects.get().terms == entry.terms
    assert len(found(origins="1")) == 1
