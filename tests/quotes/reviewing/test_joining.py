import pytest

from quotes import record, reviewing
from tests import factories
from tests.quotes.reviewing.desk import reject

pytestmark = pytest.mark.django_db

WORDS = "“We must think about security.”"


@pytest.fixture
def reviewer():
    return factories.publisher()


def suggested(**fields):
    where = factories.snapshot(f"Macron said: {WORDS}", outlet_name="Reuters", published="2022-12-10")
    return factories.candidate(WORDS, where, **fields)


def test_a_joined_suggestion_is_one_more_appearance(reviewer):
    statement, candidate = factories.publish(WORDS), suggested()
    appearance = reviewing.join(candidate, statement, seen=0, reviewer=reviewer)
    assert appearance.document == candidate.document
    assert (appearance.start, appearance.end, appearance.printed) == (candidate.start, candidate.end, WORDS)
    assert (candidate.state, candidate.statement) == ("joined", statement)


def test_joining_makes_no_version(reviewer):
    statement = factories.publish(WORDS)
    reviewing.join(suggested(), statement, seen=0, reviewer=reviewer)
    assert statement.revisions.count() == 1


def test_the_road_of_a_joined_suggestion_is_carriage(reviewer):
    statement = factories.publish(WORDS, "spoken_to TF1")
    factories.outlet("TASS", kind="agency")
    reviewing.join(suggested(chain=[{"role": "relayed_by", "name": "TASS"}]), statement, seen=0, reviewer=reviewer)
    roles = {(one.outlet.name, one.role) for one in statement.carriages.all()}
    assert {("TASS", "relayed_by"), ("Reuters", "published_by")} <= roles


def test_what_the_document_attests_joins_too(reviewer):
    statement = factories.publish(WORDS)
    chain = [{"role": "relayed_by", "name": "TASS", "kind": "agency"}]
    reviewing.join(suggested(attested=[chain]), statement, seen=0, reviewer=reviewer)
    assert statement.appearances.filter(attested=True).count() == 1


def test_a_suggestion_joins_the_survivor_of_a_merged_statement(reviewer):
    survivor, loser = factories.publish(WORDS), factories.publish("“We must think of security.”")
    record.merge(loser, survivor, editor=reviewer, reason="One and the same")
    loser.refresh_from_db()
    assert reviewing.join(suggested(), loser, seen=0, reviewer=reviewer).statement == survivor


def test_a_draft_is_not_joined(reviewer):
    with pytest.raises(reviewing.ReviewError, match="Only a published statement"):
        reviewing.join(suggested(), factories.draft(WORDS), seen=0, reviewer=reviewer)


def test_a_statement_is_not_found_twice_in_one_place(reviewer):
    statement, candidate = factories.publish(WORDS), suggested()
    again = factories.candidate(WORDS, candidate.snapshot)
    reviewing.join(candidate, statement, seen=0, reviewer=reviewer)
    with pytest.raises(reviewing.ReviewError, match="from this very place"):
        reviewing.join(again, statement, seen=0, reviewer=reviewer)
    again.refresh_from_db()
    assert again.is_open


def test_a_document_that_is_too_old_is_refused(reviewer):
    statement = factories.publish(WORDS, said="2022-12-03")
    where = factories.snapshot(WORDS, published="2022-12-01")
    candidate = factories.candidate(WORDS, where)
    with pytest.raises(record.BadDraft):
        reviewing.join(candidate, statement, seen=0, reviewer=reviewer)
    assert (candidate.is_open, statement.appearances.count()) == (True, 1)


def test_a_rejected_suggestion_says_why(reviewer):
    candidate = suggested()
    reviewing.reject(candidate, "scare_quotes", "  Mere\nirony ", seen=0, reviewer=reviewer)
    assert (candidate.state, candidate.rejected_for, candidate.remark) == ("rejected", "scare_quotes", "Mere irony")
    assert candidate.decided_by == reviewer


def test_a_rejection_needs_a_reason(reviewer):
    with pytest.raises(reviewing.ReviewError, match="Say why") as refused:
        reject(suggested(), reviewer, "whatever")
    assert refused.value.field == "why"


def test_a_remark_is_short(reviewer):
    with pytest.raises(reviewing.ReviewError, match="at most 300") as refused:
        reviewing.reject(suggested(), "other", "x" * 301, seen=0, reviewer=reviewer)
    assert refused.value.field == "remark"
