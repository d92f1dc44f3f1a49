import pytest

from quotes import drafting, record, reviewing
from quotes.models import Act, Candidate, Link, Statement
from tests import factories
from tests.quotes.reviewing.desk import accept, reject, typed

pytestmark = pytest.mark.django_db

TEXT = "Macron said: “First. And more.” Putin said: “Second.”"


@pytest.fixture
def reviewer():
    return factories.publisher()


@pytest.fixture
def where():
    return factories.snapshot(TEXT)


def undo(candidate, reviewer):
    return reviewing.undo(candidate.document, reviewer=reviewer)


def test_a_rejection_is_taken_back(reviewer):
    candidate = factories.candidate()
    reject(candidate, reviewer)
    assert undo(candidate, reviewer) == candidate
    candidate.refresh_from_db()
    assert (candidate.state, candidate.rejected_for, candidate.decided_by, candidate.decided_at) == (
        "open",
        "",
        None,
        None,
    )


def test_an_accepted_draft_is_discarded(reviewer):
    candidate = factories.candidate()
    accept(candidate, reviewer, {"words": {"words": "“Changed.”"}})
    undo(candidate, reviewer)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.statement, Statement.objects.count()) == ("open", None, 0)
    assert candidate.entry["words"]["words"] == "“We must think about security.”"


def test_what_was_published_is_not_taken_back(reviewer):
    candidate = factories.candidate()
    record.publish(accept(candidate, reviewer), editor=reviewer)
    with pytest.raises(reviewing.ReviewError, match="is published"):
        undo(candidate, reviewer)
    candidate.refresh_from_db()
    assert candidate.state == "accepted"


def test_a_draft_that_somebody_edited_is_not_discarded(reviewer):
    candidate = factories.candidate()
    entry = typed(candidate)
    draft = accept(candidate, reviewer)
    drafting.save(draft, entry, editor=factories.editor(), seen=draft.touched)
    with pytest.raises(reviewing.ReviewError, match="was changed since"):
        undo(candidate, reviewer)


def test_a_draft_that_was_discarded_elsewhere_leaves_its_suggestion_to_be_reopened(reviewer):
    candidate = factories.candidate()
    draft = accept(candidate, reviewer)
    record.discard(draft, seen=draft.touched)
    undo(candidate, reviewer)
    candidate.refresh_from_db()
    assert candidate.is_open


def test_a_link_to_it_does_not_keep_a_draft_from_being_taken_back(reviewer, where):
    first = factories.candidate("“First. And more.”", where)
    second = factories.candidate("“Second.”", where, between=[{"kind": "denies", "candidate": first.pk}])
    other = factories.editor()
    accept(first, reviewer)
    accept(second, other)
    undo(first, reviewer)
    assert (Link.objects.count(), Statement.objects.count()) == (0, 1)
    undo(first, other)
    assert not Statement.objects.exists()


def test_a_joined_appearance_is_withdrawn(reviewer):
    statement = factories.publish("“We must think about security.”", "spoken_to TF1")
    where = factories.snapshot("“We must think about security.”", outlet_name="Reuters")
    candidate = factories.candidate(where=where)
    before = {(one.outlet.name, one.role) for one in statement.carriages.all()}
    reviewing.join(candidate, statement, seen=0, reviewer=reviewer)
    undo(candidate, reviewer)
    candidate.refresh_from_db()
    assert (candidate.is_open, statement.appearances.count()) == (True, 1)
    assert {(one.outlet.name, one.role) for one in statement.carriages.all()} == before
    assert Act.objects.filter(statement=statement, verb="drop_appearance", actor=reviewer).exists()


def test_links_that_a_joining_made_go_with_it(reviewer, where):
    known = factories.publish("“First. And more.”")
    first = factories.candidate("“First. And more.”", where)
    second = factories.candidate("“Second.”", where, between=[{"kind": "denies", "candidate": first.pk}])
    accept(second, reviewer)
    reviewing.join(first, known, seen=0, reviewer=reviewer)
    assert Link.objects.count() == 1
    undo(first, reviewer)
    assert (Link.objects.count(), Statement.objects.filter(state="draft").count()) == (0, 1)
    undo(second, reviewer)
    assert not Statement.objects.filter(state="draft").exists()


def test_a_split_is_taken_back(reviewer, where):
    candidate = factories.candidate("“First. And more.”", where)
    reviewing.split(candidate, TEXT.index(" And"), seen=0, reviewer=reviewer)
    undo(candidate, reviewer)
    assert [one.state for one in Candidate.objects.all()] == ["open"]


def test_a_merger_is_taken_back(reviewer, where):
    first, second = factories.candidate("“First. And more.”", where), factories.candidate("“Second.”", where)
    reviewing.merge(first, second, seen=0, reviewer=reviewer)
    assert undo(first, reviewer) == first
    assert {one.pk for one in reviewing.queue(where.document)} == {first.pk, second.pk}


def test_boundaries_and_words_are_taken_back(reviewer, where):
    candidate = factories.candidate("“First. And more.”", where)
    reviewing.save_entry(candidate, {"links": [1]}, seen=0, reviewer=reviewer)
    reviewing.set_ranges(candidate, [(13, 20)], seen=1, reviewer=reviewer)
    undo(candidate, reviewer)
    candidate.refresh_from_db()
    assert (candidate.ranges, candidate.entry["links"]) == ([[13, 31]], [1])
    undo(candidate, reviewer)
    candidate.refresh_from_db()
    assert candidate.entry["links"] == []


def test_what_was_added_by_hand_is_gone_again(reviewer, where):
    reviewing.add_by_hand(where.document, [(13, 31)], reviewer=reviewer)
    assert reviewing.undo(where.document, reviewer=reviewer) is None
    assert not Candidate.objects.exists()


def test_acts_are_taken_back_from_the_last_to_the_first(reviewer, where):
    first, second = factories.candidate("“First. And more.”", where), factories.candidate("“Second.”", where)
    reject(first, reviewer)
    reject(second, reviewer)
    assert [undo(first, reviewer), undo(first, reviewer)] == [second, first]


def test_nobody_takes_back_what_others_did(reviewer):
    candidate = factories.candidate()
    reject(candidate, factories.editor())
    assert reviewing.undoable(candidate.document, reviewer=reviewer) is None
    with pytest.raises(reviewing.ReviewError, match="nothing of yours"):
        undo(candidate, reviewer)


def test_what_others_built_on_stays(reviewer, where):
    candidate = factories.candidate("“First. And more.”", where)
    first, _ = reviewing.split(candidate, TEXT.index(" And"), seen=0, reviewer=reviewer)
    reject(first, factories.editor())
    with pytest.raises(reviewing.ReviewError, match="somebody else has changed"):
        undo(candidate, reviewer)
    candidate.refresh_from_db()
    assert candidate.state == "replaced"


def test_a_form_that_was_open_when_an_act_was_taken_back_is_told(reviewer):
    candidate = factories.candidate()
    reject(candidate, reviewer)
    undo(candidate, reviewer)
    with pytest.raises(reviewing.CandidateChanged):
        reviewing.reject(candidate, "trivial", seen=0, reviewer=factories.editor())


def test_the_last_act_is_named(reviewer):
    candidate = factories.candidate()
    reject(candidate, reviewer)
    assert reviewing.undoable(candidate.document, reviewer=reviewer).get_verb_display() == "rejected"
    undo(candidate, reviewer)
    assert reviewing.undoable(candidate.document, reviewer=reviewer) is None
