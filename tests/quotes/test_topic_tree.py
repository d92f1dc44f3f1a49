import pytest

from quotes.topic_tree import topic_tree
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    security = factories.topic("Security")
    guarantees = factories.topic("Guarantees", parent=security)
    factories.topic("NATO", parent=guarantees)
    factories.topic("Missiles", parent=security)
    factories.topic("Peace")


def drawn(branches):
    return {branch.topic.name: drawn(branch.below) for branch in branches}


def test_topics_hang_below_each_other(tree):
    assert drawn(topic_tree().branches) == {
        "Peace": {},
        "Security": {"Guarantees": {"NATO": {}}, "Missiles": {}},
    }


def test_branches_stand_in_the_order_of_their_names(tree):
    assert list(drawn(topic_tree().branches)) == ["Peace", "Security"]


def test_what_is_typed_shows_the_topics_that_match_and_those_above(tree):
    assert drawn(topic_tree("nato").branches) == {"Security": {"Guarantees": {"NATO": {}}}}


def test_what_is_typed_begins_a_word(tree):
    assert topic_tree("uarantees").branches == []


def test_a_topic_that_nobody_has_shows_an_empty_tree(tree):
    assert topic_tree("trade").branches == []


def test_a_misspelt_topic_is_likened_to_one_on_record(tree):
    assert [way.words for way in topic_tree("guarantes").meant] == ["guarantees"]


def test_an_empty_record_has_an_empty_tree():
    assert topic_tree().branches == []


def test_a_topic_counts_the_published_statements_filed_under_it_or_below_once(tree):
    nato, security = factories.topic("NATO"), factories.topic("Security")
    factories.publish(topics=[nato])
    factories.publish("“Both.”", topics=[nato, security])
    factories.publish("“Above.”", topics=[security])
    factories.draft("“Draft.”", topics=[nato])
    root = topic_tree().branches[1]
    assert (root.topic.statement_count, root.below[0].below[0].topic.statement_count) == (3, 2)


@pytest.mark.parametrize(("typed", "letter", "queries"), [("", "", 1), ("", "n", 1), ("n", "", 2)])
def test_the_tree_takes_few_queries(tree, django_assert_num_queries, typed, letter, queries):
    with django_assert_num_queries(queries):
        drawn(topic_tree(typed, letter).branches)
