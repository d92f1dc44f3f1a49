import pytest

from quotes import record
from quotes.filters import StatementFilter, filed_under
from quotes.models import Act, Topic
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    root = record.add_topic("Security")
    middle = record.add_topic("Guarantees", parent=root)
    return root, middle, record.add_topic("NATO", parent=middle)


def again(*topics):
    return [Topic.objects.get(pk=topic.pk) for topic in topics]


def test_a_path_holds_the_topics_from_the_root_down(branch):
    root, middle, leaf = branch
    assert leaf.path == f"/{root.pk}/{middle.pk}/{leaf.pk}/"
    assert leaf.above == [root.pk, middle.pk]


def test_a_topic_is_moved_with_all_below_it(branch):
    root, middle, leaf = branch
    other = record.add_topic("Peace")
    record.move_topic(middle, other)
    middle, leaf = again(middle, leaf)
    assert middle.parent == other
    assert leaf.path == f"/{other.pk}/{middle.pk}/{leaf.pk}/"
    assert list(Topic.objects.below(root)) == [root]


def test_a_topic_can_be_moved_to_the_root(branch):
    _, middle, leaf = branch
    record.move_topic(middle, None)
    middle, leaf = again(middle, leaf)
    assert (middle.parent, middle.path, leaf.path) == (None, f"/{middle.pk}/", f"/{middle.pk}/{leaf.pk}/")


@pytest.mark.parametrize("below", [0, 1, 2])
def test_a_topic_is_not_moved_below_itself(branch, below):
    with pytest.raises(record.RecordError) as refused:
        record.move_topic(branch[0], branch[below])
    assert refused.value.field == "parent"


def test_a_topic_is_not_moved_below_itself_by_one_who_has_not_seen_the_last_move(branch):
    root, middle, _ = branch
    other = record.add_topic("Peace")
    below_other = record.add_topic("Ceasefire", parent=other)
    record.move_topic(again(other)[0], middle)
    with pytest.raises(record.RecordError):
        record.move_topic(root, below_other)


def test_topics_whose_numbers_begin_alike_are_not_below_each_other():
    topics = [record.add_topic(f"Topic {number}") for number in range(12)]
    for topic in topics:
        assert list(Topic.objects.below(topic)) == [topic]


def test_two_topics_of_one_name_have_different_slugs():
    assert [record.add_topic("Security").slug, record.add_topic("Security").slug] == ["security", "security-2"]


def test_filing_under_topics_makes_no_version_and_changes_the_page(branch):
    statement = factories.publish()
    seen = statement.touched
    record.file_under(statement, branch[1:], editor=factories.publisher())
    statement.refresh_from_db()
    assert list(StatementFilter(within=filed_under([branch[0]])).qs) == [statement]
    assert (statement.touched, statement.revisions.count()) == (seen + 1, 1)
    assert Act.objects.get(verb=Act.Verb.SET_TOPICS).detail == {"topics": ["guarantees", "nato"]}


def test_filing_replaces_the_topics_before(branch):
    statement = factories.publish(topics=[branch[0]])
    record.file_under(statement, [branch[2]], editor=factories.publisher())
    assert list(statement.topics.all()) == [branch[2]]
