import pytest

from quotes import record
from quotes.models import Act, Statement
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.publisher()


@pytest.fixture
def statement(editor):
    return factories.publish(editor=editor)


def test_a_retracted_statement_leaves_every_list(statement, editor):
    record.retract(statement, editor=editor, reason="Never said")
    assert not Statement.objects.published().exists()
    assert not statement.carriages.exists()


def test_retracting_makes_no_version_and_an_act_with_its_reason(statement, editor):
    act = record.retract(statement, editor=editor, reason=" Never said ")
    assert statement.revisions.count() == 1
    assert (act.verb, act.reason, act.actor) == (Act.Verb.RETRACT, "Never said", editor)


def test_restoring_puts_it_back_where_it_was(statement, editor):
    record.retract(statement, editor=editor, reason="Never said")
    record.restore(statement, editor=editor, reason="It was")
    assert Statement.objects.published().get() == statement
    assert statement.carriages.exists()


def test_a_statement_is_retracted_once(statement, editor):
    record.retract(statement, editor=editor, reason="Never said")
    with pytest.raises(record.RecordError):
        record.retract(statement, editor=editor, reason="Again")


def test_what_is_published_can_not_be_restored(statement, editor):
    with pytest.raises(record.RecordError):
        record.restore(statement, editor=editor, reason="Why not")


@pytest.mark.parametrize("act", [record.retract, record.restore])
def test_no_act_goes_without_a_reason(statement, editor, act):
    with pytest.raises(record.ReasonMissing):
        act(statement, editor=editor, reason=" ")


def test_a_draft_can_not_be_retracted(editor):
    with pytest.raises(record.RecordError):
        record.retract(factories.draft(editor=editor), editor=editor, reason="Never said")


def test_both_change_the_page(statement, editor):
    before = statement.touched
    record.retract(statement, editor=editor, reason="Never said")
    record.restore(statement, editor=editor, reason="It was")
    assert statement.touched == before + 2


def test_a_statement_is_restored_once(statement, editor):
    record.retract(statement, editor=editor, reason="Never said")
    record.restore(statement, editor=editor, reason="It was")
    with pytest.raises(record.RecordError, match="published already"):
        record.restore(statement, editor=editor, reason="Again")
    assert [act.verb for act in statement.acts.all()][:2] == [Act.Verb.RESTORE, Act.Verb.RETRACT]


def test_what_was_removed_is_neither_retracted_nor_restored(statement, editor):
    record.remove(statement, editor=editor, reason_code="law", reason="An order")
    for act in (record.retract, record.restore):
        with pytest.raises(record.StatementRemoved):
            act(statement, editor=editor, reason="Why not")
