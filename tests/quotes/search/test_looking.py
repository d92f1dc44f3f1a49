"""What a look into the index finds."""

import pytest
from django.db import connection

from quotes.models import Speaker, Statement, TokenCount
from quotes.search import postgres, tokens
from quotes.search.demands import Demand
from quotes.search.engine import Look, StatementsOf
from quotes.search.expressions import All, Attribute, Not, Phrase, Word
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
def test_small_words_of_a_phrase_stand_where_it_has_them(by_day, few):
    factories.publish("“The harvest is poor. It was.”", said="2022-12-04", by="Another")
    assert found(Look(Demand.of(Phrase(("harvest", "was", "poor"))), 9, few=few)) == set(by_day)
    assert found(Look(Demand.of(Phrase(("the", "harvest", "was"))), 9, few=few)) == set(by_day)


@pytest.mark.parametrize("few", [True, False])
def test_nothing_is_found_for_what_nobody_said(by_day, few):
    assert found(Look(Demand.of(Phrase(("poor", "harvest"))), 2, few=few)) == set()


ON_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite reads entries in their order")


@pytest.fixture
def eight_months():
    """Each month four speakers said something, of whom the farmer and the miller tell of a harvest."""
    farmer = factories.speaker("Farmer")
    for month in range(1, 9):
        factories.publish("“The harvest was poor.”", said=f"2022-{month:02}-03", by=farmer)
        factories.publish("“The harvest was good.”", said=f"2022-{month:02}-04", by=f"Miller {month}")
        factories.publish("“It rained.”", said=f"2022-{month:02}-05", by=f"Fisher {month}")
        factories.publish("“It snowed.”", said=f"2022-{month:02}-05", by=f"Fisher {month}")
    return Attribute(tokens.speaker(farmer.pk))


def places(demand, size, *, oldest=False):
    with connection.cursor() as cursor:
        cursor.execute(*postgres.newest(demand, size, oldest=oldest))
        return [place for (place,) in cursor.fetchall()]


@ON_POSTGRESQL
@pytest.mark.parametrize("oldest", [True, False])
@pytest.mark.parametrize(
    "asked",
    [
        lambda _: Word("poor"),
        lambda _: All((Word("harvest"), Word("poor"))),
        lambda farmer: farmer,
        lambda farmer: All((farmer, Word("harvest"))),
        lambda farmer: All((farmer, Attribute(tokens.mode("direct")), Not(Word("good")))),
    ],
)
def test_window_by_window_the_same_are_found_as_at_once(eight_months, monkeypatch, asked, oldest):
    demand = Demand.of(asked(eight_months))
    at_once = places(demand, 20, oldest=oldest)
    assert len(at_once) == 8
    for name in ("FEW", "TIMES", "READ_AT_MOST", "WINDOW"):
        monkeypatch.setattr(postgres, name, 0)
    monkeypatch.setattr(postgres, "WINDOW_AT_MOST", 1)
    assert places(demand, 20, oldest=oldest) == at_once
    assert places(demand, 4, oldest=oldest) == at_once[:4]


@ON_POSTGRESQL
def test_where_tokens_never_meet_the_last_window_ends_it(eight_months, monkeypatch):
    miller = Attribute(tokens.speaker(Speaker.objects.get(name="Miller 3").pk))
    monkeypatch.setattr(postgres, "WINDOW_AT_MOST", 1)
    assert places(Demand.of(All((eight_months, miller))), 20) == []


@ON_POSTGRESQL
def test_what_is_expected_of_very_many_filters_is_no_number_too_large(eight_months):
    TokenCount.objects.update(n=10**9)
    everywhere = [tokens.mode("direct"), tokens.language("en"), tokens.origins(1), tokens.EVERY]
    demand = Demand.of(All((eight_months, *map(Attribute, everywhere * 30))))
    assert len(places(demand, 9)) == 8
