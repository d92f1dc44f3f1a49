"""A demand holds of a statement exactly where the database's index would find it."""

import pytest
from django.http import QueryDict

from quotes.filters import StatementFilter
from quotes.models import Entry
from quotes.pagination import turn
from quotes.search.demands import NONE
from quotes.search.entries import Columns
from quotes.search.holding import Findable, holds
from tests import factories

QUERIES = [
    "",
    "q=security",
    "q=secure",
    "q=-security",
    'q="about security"',
    'q="security about"',
    "q=sec*",
    "q=fish OR security",
    "q=we -fish",
    "q=speaker:macron security",
    "q=macron",
    "q=president",
    "q=nothing",
    "speaker=emmanuel-macron",
    "speaker=emmanuel-macron&speaker=olaf-scholz",
    "speaker=olaf-scholz&q=fish",
    "outlet=tf1",
    "relay=tass",
    "spoken_to=tf1",
    "topic=security",
    "topic=security-guarantees",
    "mode=direct",
    "mode=indirect",
    "language=en",
    "origins=1",
    "year=2022",
    "year=2021",
    "said_after=2022-12-03",
    "said_before=2022-12-02",
    "said_after=2022-12-01&said_before=2022-12-03",
    "published_after=2022-12-05",
    "published_before=2022-12-04",
    "q=after:2022-12-03",
    "q=-speaker:macron",
    "speaker=nobody-at-all",
]


@pytest.fixture
def statements(db):
    below = factories.topic("Security guarantees", parent=factories.topic("Security"))
    return [
        factories.publish(topics=[below]),
        factories.publish("He said that fish is safe", "relayed_by TASS", by="Olaf Scholz", said="2022-12-01"),
        factories.publish("“We eat fish.”", said="2021?/2022-12-02", label="President of France"),
        factories.publish("“Secure, about security.”", "relayed_by TASS", "spoken_to TF1", said="2022-12"),
    ]


@pytest.mark.django_db
def test_it_finds_what_a_list_finds(statements):
    entries = {
        one.statement_id: Findable.of(Columns(one.place, one.words, one.voices, one.terms, one.dates))
        for one in Entry.objects.all()
    }
    found = {}
    for query in QUERIES:
        demand = StatementFilter(QueryDict(query)).demand()
        found[query] = {row.pk for row in turn(demand, None, size=50).rows}
        assert {key for key, entry in entries.items() if holds(demand, entry)} == found[query], query
    assert len({frozenset(keys) for keys in found.values()}) > 8, "the questions tell statements apart"


def test_nothing_holds_of_no_demand():
    assert not holds(NONE, Findable(1, (), frozenset()))
