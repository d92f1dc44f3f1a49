import datetime as dt

import pytest

from quotes.dates import read
from quotes.models import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def macron():
    return factories.speaker()


def hold(speaker, label, held):
    when = read(held)
    return Role.objects.create(speaker=speaker, label=label, held=held, held_min=when.first, held_max=when.last)


def label(speaker, said):
    when = read(said)
    return speaker.label_on(when.first, when.last)


def test_without_roles_there_is_no_label(macron):
    assert label(macron, "2022-12-03") == ""


def test_the_role_held_on_the_day_gives_the_label(macron):
    hold(macron, "Minister of the Economy", "2014-08-26/2016-08-30")
    hold(macron, "President of France", "2017-05-14/..")
    assert label(macron, "2015-01-01") == "Minister of the Economy"
    assert label(macron, "2022-12-03") == "President of France"


@pytest.mark.parametrize("day", ["2014-08-26", "2016-08-30"])
def test_the_first_and_the_last_day_count(macron, day):
    hold(macron, "Minister of the Economy", "2014-08-26/2016-08-30")
    assert label(macron, day) == "Minister of the Economy"


@pytest.mark.parametrize("day", ["2014-08-25", "2016-08-31"])
def test_the_days_around_it_do_not(macron, day):
    hold(macron, "Minister of the Economy", "2014-08-26/2016-08-30")
    assert label(macron, day) == ""


def test_a_month_within_the_role_has_its_label(macron):
    hold(macron, "President of France", "2017-05-14/..")
    assert label(macron, "2021-12") == "President of France"


def test_a_month_in_which_the_role_began_has_no_label(macron):
    hold(macron, "President of France", "2017-05-14/..")
    assert label(macron, "2017-05") == ""


def test_an_unknown_first_day_is_judged_by_the_last(macron):
    hold(macron, "President of France", "2017-05-14/..")
    assert macron.label_on(None, dt.date(2022, 12, 4)) == "President of France"
    assert macron.label_on(None, dt.date(2017, 5, 13)) == ""


def test_a_role_since_nobody_knows_when_has_its_label(macron):
    hold(macron, "Member of the party", "../2016")
    assert label(macron, "1999") == "Member of the party"


def test_of_overlapping_roles_the_one_taken_up_latest_counts(macron):
    hold(macron, "President of France", "2017-05-14/..")
    hold(macron, "Co-prince of Andorra", "2017/..")
    assert label(macron, "2022-12-03") == "President of France"


def test_another_speakers_role_does_not_count(macron):
    hold(factories.speaker("Vladimir Putin"), "President of Russia", "2012-05-07/..")
    assert label(macron, "2022-12-03") == ""


def test_the_label_takes_one_query(macron, django_assert_num_queries):
    hold(macron, "President of France", "2017-05-14/..")
    with django_assert_num_queries(1):
        label(macron, "2022-12-03")
