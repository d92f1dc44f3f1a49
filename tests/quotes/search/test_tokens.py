import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.search import tokens
from quotes.search.entries import spoken
from quotes.spans import Span

days = st.dates()
pairs = st.tuples(days, days).map(sorted)


def D(text):  # noqa: N802  # a date in a test is a literal
    return dt.date.fromisoformat(text)


def said(first, last):
    return list(tokens.said_tokens(D(first) if first else None, D(last)))


@given(days, st.integers(1, tokens.MASK))
def test_a_place_tells_its_day_and_its_statement(day, key):
    place = tokens.place_of(day, key)
    assert (tokens.day_of(place), tokens.statement_of(place)) == (day, key)
    assert tokens.start_of(day) < place < tokens.end_of(day) <= tokens.LAST_PLACE


@given(pairs, st.integers(1, 10**9), st.integers(1, 10**9))
def test_places_are_in_the_order_of_lists(two, one_key, other_key):
    (first, last), keys = two, (one_key, other_key)
    assert (tokens.place_of(first, keys[0]) < tokens.place_of(last, keys[1])) == ((first, keys[0]) < (last, keys[1]))


def test_a_key_that_no_statement_has_stays_within_its_day():
    assert tokens.place_of(D("2022-12-03"), 10**18) < tokens.start_of(D("2022-12-04"))


def test_an_exact_day_needs_no_token():
    assert said("2022-12-03", "2022-12-03") == []


def test_an_imprecise_date_is_covered_by_few_units():
    assert said("2021-11-01", "2021-12-03") == ["_d202111", "_d20211201", "_d20211202"]
    assert said("2010-01-01", "2021-01-02") == ["_d201", "_d2020", "_d20210101"]
    assert len(said(None, "2022-12-04")) < 60


@given(pairs, days)
def test_a_day_lies_in_an_interval_where_one_of_its_units_covers_it(two, day):
    first, last = two
    found = set(tokens.said_tokens(first, last))
    is_before_the_end = first <= day < last
    assert bool(found & set(tokens.lies_in("d", day))) == is_before_the_end


@given(pairs, st.integers(1, 9999))
def test_a_year_is_found_where_something_can_have_been_said_in_it(two, year):
    first, last = two
    found = {*tokens.year_tokens(first, last), tokens.month(last)}
    assert bool(found & set(tokens.said_in(year))) == (first.year <= year <= last.year)


@given(st.lists(days, min_size=3, max_size=3).map(sorted), days)
def test_publication_is_told_for_every_day(three, day):
    said_last, first, last = three[0], three[1], three[2]
    found = set(tokens.published_tokens(said_last, first, last))
    assert bool(found & set(tokens.lies_in("g", day))) == (said_last < day <= last)
    assert bool(found & set(tokens.lies_in("u", day))) == (said_last <= day < first)
    early = set(tokens.published_tokens(first, said_last, last))
    assert bool(early & set(tokens.lies_in("e", day))) == (said_last <= day < first)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9999-12-01", "2024-02-29", "2000-01-01"])
def test_the_ends_of_the_calendar_have_tokens(day):
    assert tokens.month(D(day)) == f"_w{day[:4]}{day[5:7]}"
    assert len([*tokens.said_tokens(None, D(day)), *tokens.year_tokens(None, D(day))]) < 200
    assert len(list(tokens.published_tokens(D("0001-01-01"), None, D(day)))) < 200


def test_tokens_are_letters_digits_and_low_lines():
    assert tokens.language("pt-BR") == "_l_pt_br"
    assert tokens.outlet(45) == "_o45"
    assert tokens.outlet(45, "relayed_by") == "_r45"
    assert tokens.kind("_r45") == "_r"


def test_a_wording_tells_whose_each_word_is():
    spans = (Span("indirect", "He wants "), Span("direct", "lasting peace"), Span("insertion", " in Europe", "record"))
    assert spoken(spans) == ("he want last peac in europ", "2r2d2r")


def test_a_word_that_two_voices_share_is_one_word():
    assert spoken((Span("direct", "secur"), Span("insertion", "ity", "source"))) == ("secur", "1d")
