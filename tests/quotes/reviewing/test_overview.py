import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from quotes import record, reviewing
from quotes.models import Candidate, Reading
from tests import factories
from tests.quotes.reviewing.desk import accept, reject

pytestmark = pytest.mark.django_db

TEXT = "Macron said: “One.” He said: “Two.” He said: “Three.” He said: “Four.” He said: “Five.”"


@pytest.fixture
def reviewer():
    return factories.publisher()


@pytest.fixture
def where():
    return factories.snapshot(TEXT)


def read(snapshot, **fields):
    now = timezone.now()
    done = {"state": "done", "asked_at": now, "started_at": now, "ended_at": now}
    return Reading.objects.create(document=snapshot.document, snapshot=snapshot, **(done | fields))


def test_the_doubtful_come_first_then_the_text(where):
    three = factories.candidate("“Three.”", where)
    two = factories.candidate("“Two.”", where, confidence=0.3)
    one = factories.candidate("“One.”", where)
    four = factories.candidate("“Four.”", where, confidence=0.1)
    assert reviewing.queue(where.document) == [two, four, one, three]


def test_what_is_decided_leaves_the_queue(where, reviewer):
    one, two = factories.candidate("“One.”", where), factories.candidate("“Two.”", where)
    reject(one, reviewer)
    assert reviewing.queue(where.document) == [two]


def test_progress_counts_by_what_became_of_suggestions(where, reviewer):
    names = ["One", "Two", "Three", "Four", "Five"]
    one, two, three, four, _ = [factories.candidate(f"“{name}.”", where) for name in names]
    accept(one, reviewer)
    record.publish(accept(two, reviewer), editor=reviewer)
    reject(three, reviewer)
    reviewing.join(four, factories.publish("“Four.”"), seen=0, reviewer=reviewer)
    assert reviewing.progress(where.document) == reviewing.Progress(
        open=1, accepted=1, published=1, joined=1, rejected=1
    )
    assert (reviewing.progress(where.document).decided, reviewing.progress(where.document).total) == (4, 5)


def test_what_was_split_counts_as_its_parts(where, reviewer):
    candidate = factories.candidate("“One.” He said: “Two.”", where)
    reviewing.split(candidate, TEXT.index(" He said"), seen=0, reviewer=reviewer)
    assert reviewing.progress(where.document) == reviewing.Progress(open=2)


def test_progress_takes_one_query(where, django_assert_num_queries):
    factories.candidate("“One.”", where)
    with django_assert_num_queries(1):
        reviewing.progress(where.document)


def test_a_document_waits_while_anything_is_open(where, reviewer):
    candidate = factories.candidate("“One.”", where)
    reading = read(where)
    assert reviewing.under_review() == [reviewing.Review(where.document, reviewing.Progress(open=1), reading)]
    reject(candidate, reviewer)
    assert reviewing.under_review() == []


def test_a_document_waits_while_a_draft_is_unpublished(where, reviewer):
    statement = accept(factories.candidate("“One.”", where), reviewer)
    assert [review.document for review in reviewing.under_review()] == [where.document]
    record.publish(statement, editor=reviewer)
    assert reviewing.under_review() == []


@pytest.mark.parametrize(
    "state",
    [{"state": "waiting", "started_at": None, "ended_at": None}, {"state": "failed", "problem": "Too long"}],
    ids=["waiting", "failed"],
)
def test_a_document_that_was_not_read_waits(where, state):
    read(where, **state)
    assert [review.reading.state for review in reviewing.under_review()] == [state["state"]]


def test_the_newest_documents_come_first_and_no_more_than_asked_for():
    for number in range(4):
        factories.candidate("“One.”", factories.snapshot(f"“One.” {number}"))
    found = [review.document.pk for review in reviewing.under_review(3)]
    assert found == sorted(found, reverse=True)
    assert len(found) == 3


def test_many_documents_take_no_more_queries_than_one(where):
    factories.candidate("“One.”", where)
    with CaptureQueriesContext(connection) as one:
        reviewing.under_review()
    for number in range(5):
        factories.candidate("“One.”", factories.snapshot(f"“One.” {number}"))
    with CaptureQueriesContext(connection) as many:
        assert len(reviewing.under_review()) == 6
    assert len(many) == len(one) == 4


def test_the_text_under_review_is_the_one_that_was_read_last(where):
    newer = factories.snapshot("Another text.", document=where.document)
    assert reviewing.snapshot_under_review(where.document) in (where, newer)
    read(where)
    assert reviewing.snapshot_under_review(where.document) == where


def test_accepted_drafts_are_published_together(where, reviewer):
    candidates = [factories.candidate(f"“{name}.”", where) for name in ("One", "Two", "Three")]
    drafts = [accept(candidate, reviewer) for candidate in candidates[:2]]
    outcome = reviewing.publish_accepted(where.document, editor=reviewer)
    assert (outcome.published, outcome.refused) == (drafts, [])
    assert {draft.revisions.count() for draft in drafts} == {1}
    assert Candidate.objects.get(pk=candidates[2].pk).is_open


def test_publishing_again_publishes_nothing_twice(where, reviewer):
    accept(factories.candidate("“One.”", where), reviewer)
    reviewing.publish_accepted(where.document, editor=reviewer)
    assert reviewing.publish_accepted(where.document, editor=reviewer).published == []


def test_one_that_is_refused_keeps_none_of_the_others_back(where, reviewer, monkeypatch):
    first, second = (accept(factories.candidate(f"“{name}.”", where), reviewer) for name in ("One", "Two"))
    publish = record.publish

    def refuse_first(statement, **options):
        if statement == first:
            raise record.DraftChanged(statement)
        return publish(statement, **options)

    monkeypatch.setattr(record, "publish", refuse_first)
    outcome = reviewing.publish_accepted(where.document, editor=reviewer)
    assert outcome.published == [second]
    assert [(statement, why[:18]) for statement, why in outcome.refused] == [(first, "Somebody else chan")]
