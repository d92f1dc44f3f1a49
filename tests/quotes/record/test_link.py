import pytest

from quotes import record
from quotes.models import Act, Link
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.publisher()


@pytest.fixture
def pair():
    return factories.publish("“Yes.”"), factories.publish("“No.”", by="Vladimir Putin")


def test_a_link_is_shown_from_both_ends(pair, editor):
    source, target = pair
    made = record.link(source, target, "responds_to", editor=editor)
    assert list(Link.objects.around(source)) == list(Link.objects.around(target)) == [made]


def test_a_link_to_a_draft_is_not_shown(editor):
    source = factories.publish()
    record.link(source, factories.draft("“No.”"), "responds_to", editor=editor)
    assert not Link.objects.around(source).exists()


def test_two_statements_may_be_linked_in_two_ways(pair, editor):
    for kind in ("responds_to", "contradicts"):
        record.link(*pair, kind, editor=editor)
    assert Link.objects.count() == 2


def test_linking_again_changes_nothing(pair, editor):
    first = record.link(*pair, "responds_to", editor=editor)
    assert record.link(*pair, "responds_to", editor=editor) == first
    assert Act.objects.filter(verb=Act.Verb.LINK).count() == 1


def test_a_statement_is_not_linked_to_itself(pair, editor):
    with pytest.raises(record.RecordError, match="itself"):
        record.link(pair[0], pair[0], "repeats", editor=editor)


def test_a_link_changes_both_pages_and_makes_no_version(pair, editor):
    seen = [statement.touched for statement in pair]
    record.link(*pair, "responds_to", editor=editor)
    for statement, before in zip(pair, seen, strict=True):
        statement.refresh_from_db()
        assert statement.touched == before + 1
        assert statement.revisions.count() == 1


def test_a_link_can_be_taken_back(pair, editor):
    record.unlink(record.link(*pair, "responds_to", editor=editor), editor=editor)
    assert not Link.objects.exists()
    act = Act.objects.filter(verb=Act.Verb.UNLINK).get()
    assert (act.statement, act.detail) == (pair[0], {"kind": "responds_to", "target": pair[1].pid})
