"""What a look into the index finds."""

import pytest

from quotes.models import Statement
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
