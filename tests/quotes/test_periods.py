"""The periods of a chart: the shortest that make a handful of bars."""

import datetime as dt

import pytest

from quotes.charts.periods import Period, periods


def days(first, last):
    return periods(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2022-01-31", "2022-12-01", ("January 2022", "December 2022", 12)),
        ("2003-02-01", "2022-12-01", ("2003", "2022", 20)),
        ("1899-02-01", "2022-12-01", ("1890–1899", "2020–2029", 14)),
        ("0900-02-01", "2022-12-01", ("900–999", "2000–2099", 12)),
    ],
)
def test_months_years_decades_or_centuries_as_the_span_asks(first, last, labels):
    found = days(first, last)
    assert (found[0].label, found[-1].label, len(found)) == labels


def test_few_are_led_up_to_by_those_before():
    assert [one.short for one in days("2022-12-03", "2022-12-04")] == [
        "Jul 2022", "Aug 2022", "Sep 2022", "Oct 2022", "Nov 2022", "Dec 2022",
    ]  # fmt: skip


@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31")])
def test_the_first_and_the_last_day_there_are_have_periods(first, last):
    [*_, found] = days(first, last)
    assert found.first <= dt.date.fromisoformat(first) <= found.last


def test_periods_leave_no_day_out():
    for unit in (1, 12, 120, 1200):
        one = Period(unit, 24000 // unit)
        assert one.last + dt.timedelta(days=1) == Period(unit, one.number + 1).first


def test_the_whole_of_what_there_can_be_is_parted_into_few():
    assert len(periods(dt.date.min, dt.date.max)) == 100


@pytest.mark.parametrize(
    ("unit", "filters"),
    [
        (1, [("said_after", "2022-12"), ("said_before", "2022-12")]),
        (12, [("year", "2022")]),
        (120, [("said_after", "2020"), ("said_before", "2029")]),
    ],
)
def test_a_period_is_asked_for_by_the_filters_of_lists(unit, filters):
    assert Period(unit, (2022 * 12 + 11) // unit).filters == filters
