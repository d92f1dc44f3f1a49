"""Two reviewers who decide at the same moment."""

import threading

import pytest
from django.db import connection

from quotes import reviewing
from quotes.models import Candidate, Decision, Statement
from tests import factories
from tests.quotes.reviewing.desk import typed

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Do these at the same moment; what each gave, or why it was refused."""
    outcomes = []
    gate = threading.Barrier(len(acts))

    def do(act):
        try:
            gate.wait()
            outcomes.append(act())
        except reviewing.ReviewError as refused:
            outcomes.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_one_suggestion_becomes_one_draft():
    candidate = factories.candidate()
    entry, reviewers = typed(candidate), [factories.user(), factories.user()]
    outcomes = at_once(
        *(
            lambda reviewer=reviewer: reviewing.accept(Candidate.objects.get(), entry, {}, seen=0, reviewer=reviewer)
            for reviewer in reviewers
        )
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CandidateChanged", "Statement"]
    assert Statement.objects.count() == Decision.objects.count() == 1


def test_mergers_in_both_directions_end():
    where = factories.snapshot("“One.” “Two.”")
    first, second = factories.candidate("“One.”", where), factories.candidate("“Two.”", where)
    reviewers = [factories.user(), factories.user()]
    outcomes = at_once(
        lambda: reviewing.merge(first, second, seen=0, seen_second=0, reviewer=reviewers[0]),
        lambda: reviewing.merge(second, first, seen=0, seen_second=0, reviewer=reviewers[1]),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Candidate", "CandidateChanged"]
    assert reviewing.progress(where.document) == reviewing.Progress(open=1)
