import pytest

from quotes import record
from quotes.mentioned import speakers_meant
from quotes.models import Alias, Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    anna, vera = factories.speaker("Anna Eriksen"), factories.speaker("Vera Eriksen")
    putin = factories.speaker("Vladimir Putin")
    Alias.objects.create(speaker=putin, name="Putin")
    Role.objects.create(speaker=putin, label="President of Russia", held="2012/..")
    russia = factories.speaker("Government of Russia", kind="government")
    Alias.objects.create(speaker=russia, name="Russia")
    return {"anna": anna, "vera": vera, "putin": putin, "russia": russia}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Anna Eriksen", ["anna"]),
        ("the minister Vera Eriksen", ["vera"]),
        ("Ms Eriksen", ["anna", "vera"]),
        ("Dmitri Eriksen", []),
        ("Putin", ["putin"]),
        ("Russia’s President Vladimir Putin", ["putin"]),
        ("On Saturday Vladimir Putin, the leader", ["putin"]),
        ("the Russian president", ["putin"]),
        ("Russia", ["russia"]),
        ("a diplomat", []),
        ("", []),
    ],
)
def test_a_mention_means_whom_its_longest_name_names(people, text, meant):
    assert set(speakers_meant([text])[text]) == {people[name] for name in meant}


def test_a_name_that_was_merged_means_who_stayed(people):
    record.merge(people["anna"], people["vera"], editor=factories.publisher(), reason="One woman")
    assert speakers_meant(["Anna Eriksen"])["Anna Eriksen"] == [people["vera"]]


def test_mentions_are_told_apart_in_as_many_queries_as_one(people, django_assert_num_queries):
    with django_assert_num_queries(5):
        found = speakers_meant(["Putin", "the minister Vera Eriksen", "Dmitri Eriksen", "a diplomat"])
    assert found == {
        "Putin": [people["putin"]],
        "the minister Vera Eriksen": [people["vera"]],
        "Dmitri Eriksen": [],
        "a diplomat": [],
    }


def test_no_mention_means_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert speakers_meant([]) == {}
