import pytest

from quotes import record
from quotes.models import Fingerprint, Statement
from quotes.notation import parse
from quotes.wording.fingerprints import asked
from quotes.wording.words import read_wording
from tests import factories

pytestmark = pytest.mark.django_db

OLD = "“We must think about the security structure of tomorrow.”"
NEW = "“We shall talk about harvests and vineyards instead.”"


def known_by(words):
    """The statements that share a fingerprint with some words."""
    found = Fingerprint.objects.filter(hash__in=asked(read_wording(words)))
    return set(found.values_list("statement", flat=True))


def test_a_draft_has_no_fingerprints():
    factories.draft(OLD)
    assert not Fingerprint.objects.exists()


def test_a_published_statement_is_known_by_its_words():
    statement = factories.publish(OLD)
    assert known_by("think about security structure") == {statement.pk}


def test_a_corrected_statement_is_known_by_its_old_words_and_its_new_ones():
    statement = factories.publish(OLD)
    record.correct(statement, record.Changes(spans=parse(NEW)), editor=factories.publisher(), reason="Misheard")
    assert known_by("security structure") == known_by("harvests and vineyards") == {statement.pk}


def test_a_statement_is_known_by_what_others_printed():
    statement = factories.publish(OLD)
    editor = factories.publisher()
    appearance = record.add_appearance(
        statement, factories.appearance("« Il faut penser à une architecture nouvelle »"), editor=editor
    )
    assert known_by("penser architecture nouvelle") == {statement.pk}
    record.withdraw_appearance(appearance, editor=editor)
    assert known_by("penser architecture nouvelle") == set()


def test_a_retracted_statement_is_known_again_once_it_is_restored():
    statement, editor = factories.publish(OLD), factories.publisher()
    record.retract(statement, editor=editor, reason="A hoax")
    assert not Fingerprint.objects.exists()
    record.restore(statement, editor=editor, reason="No hoax")
    assert known_by("security structure") == {statement.pk}


def test_nothing_is_left_of_a_removed_statement():
    statement = factories.publish(OLD)
    record.remove(statement, editor=factories.publisher(), reason_code="law", reason="An order")
    assert not Fingerprint.objects.exists()


def test_a_merged_statements_printings_lead_to_the_one_that_stays():
    stays, goes, editor = factories.publish(NEW), factories.publish(OLD), factories.publisher()
    merged = record.merge(goes, stays, editor=editor, reason="One utterance")
    assert known_by("security structure") == {stays.pk}
    record.undo_merge(merged, editor=editor)
    assert known_by("security structure") == {goes.pk}


def test_fingerprints_are_made_anew_for_a_batch():
    keys = [factories.publish(OLD).pk, factories.publish(NEW).pk]
    before = set(Fingerprint.objects.values_list("hash", "statement"))
    Fingerprint.objects.all().delete()
    assert record.refingerprint(keys) == len(before)
    assert set(Fingerprint.objects.values_list("hash", "statement")) == before


def test_a_batch_takes_as_many_queries_as_one_statement(django_assert_num_queries):
    keys = [factories.publish(OLD, by=f"Speaker {n}").pk for n in range(5)]
    with django_assert_num_queries(5):
        record.refingerprint(keys[:1])
    with django_assert_num_queries(5):
        record.refingerprint(keys)


def test_a_statement_that_is_gone_has_none():
    assert record.refingerprint([Statement.objects.count() + 1]) == 0
