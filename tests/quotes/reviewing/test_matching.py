import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes import record, reviewing
from quotes.reviewing.matching import likeness
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "“We must think about the security structure under which we will live tomorrow.”"
NEARLY = "“We must be thinking about the security structure under which we live tomorrow.”"


def found(candidate):
    return [(match.statement, match.exact) for match in reviewing.on_record(candidate)]


def test_the_same_words_are_found_exactly():
    statement = factories.publish(WORDS)
    assert found(factories.candidate(WORDS)) == [(statement, True)]


def test_the_same_words_are_found_whoever_said_them_and_whenever():
    statement = factories.publish(WORDS, by="Vladimir Putin", said="2022-01-03")
    assert found(factories.candidate(WORDS)) == [(statement, True)]


def test_marks_case_and_accents_make_no_difference():
    statement = factories.publish("“À l’Élysée, we must think.”")
    assert found(factories.candidate("A L'ELYSEE, we must think.")) == [(statement, True)]


def test_nearly_the_same_words_of_the_same_speaker_are_found():
    statement = factories.publish(NEARLY, said="2022-06-01")
    assert found(factories.candidate(WORDS)) == [(statement, False)]


def test_nearly_the_same_words_of_those_days_are_found_while_nobody_knows_the_speaker():
    statement = factories.publish(NEARLY, said="2022-12-01")
    assert found(factories.candidate(WORDS, entry={"words": {"words": WORDS, "said": "2022-12-03"}})) == [
        (statement, False)
    ]


def test_a_longer_printing_of_the_same_passage_is_found():
    statement = factories.publish(f"{WORDS[:-1]} And then we will talk about peace, and about the day after it.”")
    assert found(factories.candidate(WORDS)) == [(statement, False)]


def test_whoever_tells_anothers_words_did_not_say_them():
    factories.publish(
        f"He said that {WORDS} and much more than this, all of it new to us and to others.", by="Olaf Scholz"
    )
    assert found(factories.candidate(WORDS)) == []


def test_other_words_are_not_found():
    factories.publish("“Nothing of the kind was ever said by anybody here.”")
    assert found(factories.candidate(WORDS)) == []


def test_drafts_and_retracted_statements_are_not_found():
    factories.draft(WORDS)
    retracted = factories.publish(WORDS)
    record.retract(retracted, editor=factories.publisher(), reason="Never said")
    assert found(factories.candidate(WORDS)) == []


def test_the_likeliest_come_first():
    near, exact = factories.publish(NEARLY), factories.publish(WORDS)
    assert [statement for statement, _ in found(factories.candidate(WORDS))] == [exact, near]


def test_at_most_five_are_offered():
    for _ in range(7):
        factories.publish(WORDS)
    assert len(found(factories.candidate(WORDS))) == 5


def test_each_is_told_apart():
    factories.publish(WORDS, "spoken_to TF1")
    match = reviewing.on_record(factories.candidate(WORDS))[0]
    assert match.apart == "Emmanuel Macron, said 3 December 2022, TF1"


def test_words_that_cannot_be_read_are_compared_as_the_text_has_them():
    statement = factories.publish(WORDS)
    candidate = factories.candidate(WORDS, entry={"words": {"words": "“We must"}})
    assert found(candidate) == [(statement, True)]


def test_looking_takes_few_queries_however_much_is_on_record():
    for _ in range(3):
        factories.publish(WORDS)
    candidate = factories.candidate(WORDS)
    with CaptureQueriesContext(connection) as queries:
        reviewing.on_record(candidate)
    assert len(queries) <= 6


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("we must think", "we must think", 100),
        ("yes", "yes, we must think about the security structure", 0),
        ("we must think about security now", "we must think about security, now", 99),
    ],
)
def test_likeness(one, other, alike):
    assert round(likeness(one, other)) == pytest.approx(alike, abs=2)
