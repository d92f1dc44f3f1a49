"""What a list's cards show is read by keys, in as many queries for one card as for a page."""

import pytest

from quotes.cards import MOST, cards
from quotes.pagination import PAGE_SIZE
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_page_and_its_neighbours_are_read_at_once():
    assert MOST >= PAGE_SIZE + 2


@pytest.mark.parametrize("count", [1, 3])
def test_cards_take_three_queries_with_all_they_show(django_assert_num_queries, count):
    keys = [factories.publish(f"“Number {number}.”", "spoken_to TF1").pk for number in range(count)]
    with django_assert_num_queries(3):
        found = cards(keys)
        told = [(one.speaker.name, list(one.topics.all()), one.carried["spoken_to"][0].name) for one in found.values()]
    assert told == [("Emmanuel Macron", [], "TF1")] * count


def test_topics_stand_on_a_card_by_name():
    statement = factories.publish()
    statement.topics.set([factories.topic("Sanctions"), factories.topic("Arms")])
    assert [topic.name for topic in cards([statement.pk])[statement.pk].topics.all()] == ["Arms", "Sanctions"]


def test_what_was_taken_back_since_has_no_card():
    draft, statement = factories.draft("“A draft.”"), factories.publish()
    assert list(cards([draft.pk, statement.pk])) == [statement.pk]


def test_no_keys_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert cards([]) == {}
