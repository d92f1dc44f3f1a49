import datetime as dt
import re
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotes.dates import BadDate, display, read

ACCEPTED = [
    # text, first day, last day, in words
    ("2022-12-03", "2022-12-03", "2022-12-03", "3 December 2022"),
    ("2022-12", "2022-12-01", "2022-12-31", "December 2022"),
    ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
    ("2022", "2022-01-01", "2022-12-31", "2022"),
    ("0001", "0001-01-01", "0001-12-31", "1"),
    ("9999-12-31", "9999-12-31", "9999-12-31", "31 December 9999"),
    ("2021-12?", "2021-12-01", "2021-12-31", "December 2021 (uncertain)"),
    ("2021-12~", "2021-12-01", "2021-12-31", "about December 2021"),
    ("2021-12%", "2021-12-01", "2021-12-31", "December 2021 (approximate and uncertain)"),
    ("2021?", "2021-01-01", "2021-12-31", "2021 (uncertain)"),
    ("2022-12-03~", "2022-12-03", "2022-12-03", "about 3 December 2022"),
    ("202X", "2020-01-01", "2029-12-31", "2020s"),
    ("19XX", "1900-01-01", "1999-12-31", "1900–1999"),
    ("2022-XX", "2022-01-01", "2022-12-31", "2022"),
    ("2022-XX-XX", "2022-01-01", "2022-12-31", "2022"),
    ("2022-12-XX", "2022-12-01", "2022-12-31", "December 2022"),
    ("2022-21", "2022-03-01", "2022-05-31", "spring 2022"),
    ("2022-22", "2022-06-01", "2022-08-31", "summer 2022"),
    ("2022-23", "2022-09-01", "2022-11-30", "autumn 2022"),
    ("2022-12-03/2022-12-05", "2022-12-03", "2022-12-05", "between 3 December 2022 and 5 December 2022"),
    ("2021/2022-06", "2021-01-01", "2022-06-30", "between 2021 and June 2022"),
    ("1984?/2004-06~", "1984-01-01", "2004-06-30", "between 1984 (uncertain) and about June 2004"),
    ("2022-12-03/2022-12-03", "2022-12-03", "2022-12-03", "between 3 December 2022 and 3 December 2022"),
    ("/2022-12-04", None, "2022-12-04", "by 4 December 2022"),
    ("../2022-12-04", None, "2022-12-04", "by 4 December 2022"),
    ("2017-05-14/..", "2017-05-14", None, "from 14 May 2017 on"),
    ("2017-05/", "2017-05-01", None, "from May 2017 on"),
]
REFUSED = [
    "",
    "yesterday",
    "3 December 2022",
    "2022-12-3",
    "22-12-03",
    "2022/12/03",
    "2022-13",
    "2022-00",
    "2022-02-30",
    "2023-02-29",
    "2022-04-31",
    "0000",
    "00XX",
    "-1985",
    "Y17000",
    "2022-12-03T10:00:00",
    "2022-12-03T10:00:00Z",
    "2022-12-05/2022-12-03",
    "2022/2021-12",
    "/",
    "../..",
    "/..",
    "2022/2023/2024",
    "2022 / 2023",
    "٢٠٢٢-١٢-٠٣",
    "2022-12-03\x00",
]
LEVEL_2 = [
    "?2022-12",
    "2022-?12",
    "1XXX",
    "2022-X2",
    "2022-1X-01",
    "156X-12",
    "{1667,1668}",
    "[1667,1668]",
    "2022-25",
    "1950S2",
    "Y1E5",
]

days = st.dates().map(dt.date.isoformat)
months = st.dates().map(lambda day: f"{day:%Y-%m}".rjust(7, "0"))
simple = st.one_of(days, months, days.map(lambda text: text[:4]))
parts = st.one_of(
    simple,
    st.dates().map(lambda day: f"{day.year:04}-{21 + day.month % 4}"),
    st.dates(min_value=dt.date(100, 1, 1)).map(lambda day: f"{day.year:04}"[:2] + "XX"),
    st.dates(min_value=dt.date(10, 1, 1)).map(lambda day: f"{day.year:04}"[:3] + "X"),
    months.map(lambda text: text + "-XX"),
    days.map(lambda text: text[:4] + "-XX-XX"),
)
dated = st.builds(str.__add__, parts, st.sampled_from(["", "?", "~", "%"]))
ends = st.one_of(dated, st.sampled_from(["", ".."]))
texts = st.one_of(dated, st.builds("{}/{}".format, ends, ends))
near_dates = st.text("0123456789-/X?~%.TYZ ", max_size=24)


def day(text):
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "first", "last", "words"), ACCEPTED)
def test_a_level_1_date_has_its_interval(text, first, last, words):
    assert (read(text).first, read(text).last) == (day(first), day(last))


@pytest.mark.parametrize(("text", "first", "last", "words"), ACCEPTED)
def test_a_level_1_date_is_shown_at_its_own_precision(text, first, last, words):
    assert str(read(text)) == display(text) == words


@pytest.mark.parametrize("text", REFUSED + LEVEL_2)
def test_anything_else_is_refused_with_the_text_and_an_example(text):
    with pytest.raises(BadDate) as refused:
        read(text)
    assert f"“{text}”" in str(refused.value)
    assert "Write 2022-12-03" in str(refused.value)


def test_a_date_that_ends_before_it_starts_is_told_so():
    with pytest.raises(BadDate, match="it ends before it starts"):
        read("2022-12-05/2022-12-03")


def test_an_interval_without_a_known_end_is_told_so():
    with pytest.raises(BadDate, match="at least one known end"):
        read("../..")


def test_an_impossible_day_is_told_so():
    with pytest.raises(BadDate, match="there is no such day"):
        read("2022-02-30")


def test_a_long_text_is_refused_with_its_beginning_alone():
    with pytest.raises(BadDate) as refused:
        read("9" * 10_000)
    assert len(str(refused.value)) < 400


def test_spaces_around_a_date_are_not_kept():
    assert read(" 2022-12\n").text == "2022-12"


@pytest.mark.parametrize("text", ["2022", "2022-12", "2022-12-03"])
def test_a_plain_date_is_simple(text):
    assert read(text).is_simple


@pytest.mark.parametrize("text", ["2022?", "202X", "2022-21", "2022-12-XX", "/2022", "2021/2022"])
def test_a_date_that_only_edtf_can_write_is_not_simple(text):
    assert not read(text).is_simple


@settings(deadline=None)
@given(st.one_of(st.text(), near_dates, texts))
@example("/")
@example("2022-12-03/2022-12-")
def test_any_text_is_read_or_refused(text):
    try:
        when = read(text)
    except BadDate:
        return
    assert when.first or when.last


@settings(deadline=None)
@given(st.one_of(near_dates, texts))
def test_what_is_read_has_ordered_bounds_and_is_shown(text):
    try:
        when = read(text)
    except BadDate:
        return
    assert not (when.first and when.last) or when.first <= when.last
    assert display(when.text)


@settings(deadline=None)
@given(dated)
def test_every_level_1_date_without_an_interval_is_read(text):
    assert read(text).text == text


@settings(deadline=None)
@given(months)
def test_a_month_is_never_padded_to_a_day(text):
    assert not re.match(r"\d+ ", str(read(text)))


@settings(deadline=None)
@given(texts)
def test_a_date_keeps_the_text_it_was_written_in(text):
    with suppress(BadDate):
        assert read(text).text == text
