"""What the database itself refuses of arrivals, readings and suggestions."""

import pytest
from django.utils import timezone

from quotes.models import Reading
from sources.models import Arrival
from tests import factories
from tests.quotes.models.breaking import Attempts, assert_refused, update

pytestmark = pytest.mark.django_db

breaks = Attempts()


def arrival(**fields):
    return Arrival.objects.create(by=factories.editor(), arrived_at=timezone.now(), **fields)


def reading(where=None, **fields):
    where = where or factories.snapshot()
    return Reading.objects.create(document=where.document, snapshot=where, asked_at=timezone.now(), **fields)


def decided(**fields):
    """A suggestion that somebody rejected."""
    candidate = factories.candidate()
    told = {"decided_by": factories.editor(), "decided_at": timezone.now()}
    update(candidate, **({"state": "rejected", "rejected_for": "trivial", **told} | fields))
    return candidate


@breaks("arrival_tells_what_became_of_it")
def failure_without_a_problem():
    arrival(state="failed")


@breaks("arrival_tells_what_became_of_it")
def problem_of_what_is_ready():
    arrival(state="ready", text="Words.", problem="None")


@breaks("arrival_tells_what_became_of_it")
def ready_without_a_text():
    arrival(state="ready")


@breaks("arrival_tells_what_became_of_it")
def arrival_in_no_state():
    arrival(state="lost")


@breaks("address_arrives_once_at_a_time")
def one_address_twice():
    arrival(url="https://daily.example/a")
    arrival(url="https://daily.example/a")


@breaks("snapshot_is_read_once_at_a_time")
def one_text_read_twice_at_once():
    where = factories.snapshot()
    reading(where)
    reading(where, state="running", started_at=timezone.now())


@breaks("reading_tells_when_it_began_and_ended")
def reading_that_is_over_without_an_end():
    reading(state="done", started_at=timezone.now())


@breaks("reading_tells_when_it_began_and_ended")
def reading_that_ended_before_it_began():
    reading(ended_at=timezone.now())


@breaks("reading_tells_when_it_began_and_ended")
def reading_that_runs_since_nobody_knows():
    reading(state="running")


@breaks("reading_tells_when_it_began_and_ended")
def reading_in_no_state():
    reading(state="lost", started_at=timezone.now(), ended_at=timezone.now())


@breaks("candidate_has_a_length")
def suggestion_of_nothing():
    update(factories.candidate(), start=5, end=5)


@breaks("confidence_is_a_share")
def surer_than_sure():
    update(factories.candidate(), confidence=1.1)


@breaks("confidence_is_a_share")
def less_than_doubtful():
    update(factories.candidate(), confidence=-0.1)


@breaks("candidate_state_is_known")
def suggestion_in_no_state():
    decided(state="lost", rejected_for="")


@breaks("decided_candidate_tells_by_whom_and_when")
def decided_by_nobody():
    decided(decided_by=None)


@breaks("decided_candidate_tells_by_whom_and_when")
def decided_at_no_time():
    decided(decided_at=None)


@breaks("decided_candidate_tells_by_whom_and_when")
def open_but_decided():
    decided(state="open", rejected_for="")


@breaks("rejected_candidate_tells_why")
def rejected_for_nothing():
    decided(rejected_for="")


@breaks("rejected_candidate_tells_why")
def accepted_but_rejected():
    decided(state="accepted")


@breaks("only_a_kept_candidate_has_a_statement")
def rejected_with_a_statement():
    decided(statement=factories.draft())


@breaks.each
def test_the_database_refuses(name, attempt):
    assert_refused(name, attempt)


def test_an_address_that_failed_may_be_asked_for_again():
    arrival(url="https://daily.example/a", state="failed", problem="None")
    arrival(url="https://daily.example/a")
    assert Arrival.objects.count() == 2


def test_a_text_may_be_read_again():
    where, now = factories.snapshot(), timezone.now()
    reading(where, state="failed", problem="None", ended_at=now)
    reading(where)
    assert where.readings.count() == 2


def test_a_suggestion_outlives_its_draft():
    candidate = decided(state="accepted", rejected_for="", statement=factories.draft())
    candidate.refresh_from_db()
    type(candidate.statement).objects.update(primary_appearance=None)
    candidate.statement.delete()
    candidate.refresh_from_db()
    assert (candidate.state, candidate.statement) == ("accepted", None)
