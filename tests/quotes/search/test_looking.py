"""What a look into the index finds."""

import pytest
from django.db import connection

from quotes.models import Statement, TokenCount
from quotes.search import postgres
from quotes.search.demands import Demand
from quotes.search.engine import Look, StatementsOf
from quotes.search.expressions import All, Phrase, Word
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_day():
    """Statements of three days that say the same, the newest first."""
    told = "“The harvest was poor.”"
    return [factories.publish(told, said=f"2022-12-0{day}", by=f"Speaker {day}") for day in (3, 2, 1)]


def found(*looks):
    return set(Statement.objects.filter(pk__in=StatementsOf(looks)))


@pytest.mark.parametrize("few", [True, False])
def test_the_newest_are_found(by_day, few):
    words = Demand.of(All((Word("harvest"), Phrase(("was", "poor")))))
    assert found(Look(words, 2, few=few)) == set(by_day[:2])
    assert found(Look(words, 9, few=few)) == set(by_day)


def test_what_must_hold_too_is_looked_at_in_each(by_day):
    other = factories.publish("“Poor was the harvest.”", said="2022-12-03", by="Another")
    words = Demand.of(All((Word("harvest"), Word("poor"))))
    assert found(Look(words, 9, few=True)) == {other, *by_day}
    assert found(Look(words, 2, few=True, also=Phrase(("was", "poor")))) == set(by_day[:2])
    assert found(Look(words, 9, few=True, also=Phrase(("poor", "was")))) == {other}


@pytest.mark.parametrize("few", [True, False])
def test_nothing_is_found_for_what_nobody_said(by_day, few):
    assert found(Look(Demand.of(Phrase(("poor", "harvest"))), 2, few=few)) == set()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite reads entries in their order")
@pytest.mark.parametrize("oldest", [True, False])
@pytest.mark.parametrize("asked", [Word("poor"), All((Word("harvest"), Word("poor")))])
def test_window_by_window_the_same_are_found_as_at_once(monkeypatch, asked, oldest):
    for month in range(1, 9):
        factories.publish("“The harvest was poor.”", said=f"2022-{month:02}-03", by=f"Farmer {month}")
        factories.publish("“The harvest was good.”", said=f"2022-{month:02}-04", by=f"Miller {month}")
        factories.publish("“It rained.”", said=f"2022-{month:02}-05", by=f"Fisher {month}")
        factories.publish("“It snowed.”", said=f"2022-{month:02}-05", by=f"Fisher {month}")
    words = Demand.of(asked)

    def places(size):
        with connection.cursor() as cursor:
            cursor.execute(*postgres.newest(words, size, oldest=oldest))
            return [place for (place,) in cursor.fetchall()]

    at_once = places(20)
    assert len(at_once) == 8
    for name, value in {"FEW": 0, "TIMES": 0, "WINDOW": 1, "READ_AT_MOST": 0}.items():
        monkeypatch.setattr(postgres, name, value)
    assert places(20) == at_once
    assert places(3) == at_once[:3]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite reads entries in their order")
def test_what_is_expected_of_very_many_words_is_no_number_too_large():
    words = [f"w{chr(97 + n // 26)}{chr(97 + n % 26)}k" for n in range(100)]
    statement = factories.publish(f"“{' '.join(words)}”")
    TokenCount.objects.update(n=10**9)
    demand = Demand.of(All(tuple(map(Word, words))))
    assert found(Look(demand, 9, few=False)) == {statement}
