import datetime as dt

import pytest

from quotes import record
from quotes.ledger import KINDS, changed_words, entries, ledger, public_acts
from quotes.models import Act
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db


def correct(statement, words="“Another wording.”", reason="Sentence was cut"):
    return record.correct(statement, record.Changes(spans=parse(words)), editor=factories.publisher(), reason=reason)


def pids(found):
    return [entry.statement.pid for entry in found.entries]


def test_publishing_is_no_correction():
    factories.publish()
    assert ledger({}).entries == []


def test_every_kind_of_act_stands_in_the_ledger_newest_first(django_assert_max_num_queries):
    by = factories.publisher()
    one, other, third = (factories.publish(f"“Words number {number}.”") for number in range(3))
    correct(one)
    record.retract(one, editor=by, reason="Doubtful")
    record.restore(one, editor=by, reason="Confirmed")
    copy = record.add_appearance(one, factories.appearance("“Words.”", "published_by B"), editor=by)
    record.mark_copy(copy, one.primary_appearance, editor=by, reason="The same text")
    record.unmark_copy(copy, editor=by, reason="Another text")
    record.undo_merge(record.merge(one, other, editor=by, reason="The same"), editor=by)
    record.remove(third, editor=by, reason_code="court", reason="A ruling", replacement=other)
    with django_assert_max_num_queries(3):
        found = ledger({}).entries
        assert [entry.kind for entry in found] == [
            "Removal",
            "Merge undone",
            "Merge",
            "Copy mark taken back",
            "Copy marked",
            "Restoration",
            "Retraction",
            "Correction",
        ]
        assert found[0].removed_for == "ordered by a court"
        assert [entry.other for entry in found[:3]] == [other.pid] * 3
    assert {entry.kind for entry in found} == set(KINDS.values())


def test_a_correction_says_what_it_changed_and_what_to_compare():
    correct(factories.publish())
    (entry,) = ledger({}).entries
    assert (entry.changed, entry.before, entry.number) == ("the words", 1, 2)


def test_changed_columns_are_each_told_once_and_derived_ones_never():
    assert changed_words(["spans", "text", "folded", "mode", "said_phrase", "said_basis"]) == (
        "the words, how the date is known"
    )


def test_merges_of_speakers_are_not_in_the_ledger():
    by = factories.publisher()
    record.merge(factories.speaker("E. Macron"), factories.speaker(), editor=by, reason="The same")
    assert ledger({}).entries == []


def test_what_was_said_about_removed_words_is_withheld():
    statement = factories.publish()
    correct(statement, reason="“We must think” was cut")
    record.remove(statement, editor=factories.publisher(), reason_code="law", reason="The law")
    assert [entry.reason for entry in ledger({}).entries] == ["The law", ""]


def test_pages_go_on_where_the_last_one_ended_even_within_one_instant():
    statement = factories.publish()
    for number in range(5):
        correct(statement, f"“Wording {number}.”")
    Act.objects.update(at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC))
    every = [entry.act.pk for entry in entries(public_acts())]
    first = ledger({}, size=2)
    assert not first.newer
    second = ledger({"after": first.older.rpartition("=")[2]}, size=2)
    third = ledger({"after": second.older.rpartition("=")[2]}, size=2)
    assert [entry.act.pk for page in (first, second, third) for entry in page.entries] == every
    assert not third.older
    back = ledger({"before": third.newer.rpartition("=")[2]}, size=2)
    assert [entry.act.pk for entry in back.entries] == [entry.act.pk for entry in second.entries]
    assert back.newer
    assert back.older


def test_filters_narrow_by_kind_speaker_and_day():
    macron, scholz = factories.publish(), factories.publish("“Other words, these.”", by="Olaf Scholz")
    correct(macron)
    record.retract(scholz, editor=factories.publisher(), reason="Doubtful")
    Act.objects.filter(statement=macron).update(at=dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC))
    assert pids(ledger({"kind": "retract"})) == [scholz.pid]
    assert pids(ledger({"speaker": "emmanuel-macron"})) == [macron.pid]
    assert pids(ledger({"since": "2026-01-02", "until": "2026-01"})) == [macron.pid]
    assert pids(ledger({"until": "2025"})) == []
    assert len(ledger({"since": "0001", "until": "9999"}).entries) == 2


def test_who_spoke_stays_unknown_of_what_was_removed():
    statement = factories.publish()
    record.remove(statement, editor=factories.publisher(), reason_code="privacy", reason="Private")
    assert pids(ledger({"speaker": "emmanuel-macron"})) == []


@pytest.mark.parametrize(
    "params",
    [
        {"kind": "publish"},
        {"speaker": "nobody"},
        {"speaker": "\x00"},
        {"speaker": "x" * 5000},
        {"since": "soon"},
        {"since": "2026-02", "until": "2026-01"},
        {"after": "x"},
        {"after": "99999999999999999999"},
        {"after": "999999"},
        {"before": "²"},
    ],
)
def test_what_cant_be_read_is_refused(params):
    found = ledger(params)
    assert (found.status, found.entries) == (400, [])
