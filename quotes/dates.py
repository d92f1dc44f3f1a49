"""Dates as far as they are known: EDTF level 1 (ISO 8601-2:2019, Library of Congress), days and never times.

A date keeps its text and the first and last day it can mean. ``2021-12`` is 1 to 31 December 2021, ``2021-12?`` the
same with doubt, ``/2022-12-04`` any day up to 4 December 2022, ``2022-12-03/2022-12-05`` one day of three.
"""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_MONTH, _SEASON = "(?:0[1-9]|1[0-2])", "2[1-4]"
_DATE = f"(?:[0-9]{{2}}(?:[0-9]X|XX)|[0-9]{{4}}(?:-XX(?:-XX)?|-{_SEASON}|-{_MONTH}(?:-(?:[0-9]{{2}}|XX))?)?)[?~%]?"
_LEVEL_1 = re.compile(_DATE)
PATTERN = f"^(?:{_DATE}|{_DATE}/(?:{_DATE}|\\.\\.)?|(?:\\.\\.)?/{_DATE})$"
"""What the text of a date looks like, in the dialect of any schema; which days there are it doesn't say."""
_PLAIN = re.compile(rf"(\d{{4}})(?:-({_MONTH})(?:-(\d\d))?)?[?~%]?", re.ASCII)
_OPEN = ("", "..")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_DOUBT = {"?": "uncertain", "~": "approximate", "%": "approximate and uncertain"}


class BadDate(ValueError):
    """The text is no EDTF level 1 date of the years 1 to 9999."""

    def __init__(self, text: str, why: str) -> None:
        self.text, self.why = text, why
        super().__init__(
            f"“{text[:40]}” is not a date the record can keep: {why}. "
            "Write 2022-12-03, 2022-12, 2022, 2022-12? (uncertain), 2022-12~ (about), "
            "2022-12-03/2022-12-05 (between) or /2022-12-04 (not after)."
        )


@dataclass(frozen=True)
class When:
    """A date with its interval: `first` and `last` are inclusive days, None where that end is open or unknown."""

    text: str
    first: dt.date | None
    last: dt.date | None

    @property
    def is_simple(self) -> bool:
        """Whether the text is a plain YYYY, YYYY-MM or YYYY-MM-DD that any other standard can take."""
        return re.fullmatch(rf"\d{{4}}(-{_MONTH}(-\d\d)?)?", self.text) is not None

    def __str__(self) -> str:
        return display(self.text)


@lru_cache(maxsize=4096)
def read(text: str) -> When:
    """The date that an EDTF level 1 text names.

    Raises BadDate with the reason and examples for anything else: level 2, times, impossible days, reversed intervals.
    """
    text = text.strip()
    start, slash, end = text.partition("/")
    if not slash:
        return When(text, *_bounds(text, start))
    first = None if start in _OPEN else _bounds(text, start)[0]
    last = None if end in _OPEN else _bounds(text, end)[1]
    if start in _OPEN and end in _OPEN:
        raise BadDate(text, "an interval needs at least one known end")
    if first and last and first > last:
        raise BadDate(text, "it ends before it starts")
    return When(text, first, last)


def _bounds(whole: str, part: str) -> tuple[dt.date, dt.date]:
    """First and last day of one end of a date; lower_strict and upper_strict because the fuzzy bounds add decades."""
    if not _LEVEL_1.fullmatch(part):
        raise BadDate(whole, "it does not read as year, month and day")
    if plain := _PLAIN.fullmatch(part):
        return _plain_bounds(whole, *plain.groups())
    # Its grammar takes a quarter of a second to load, and few dates need it.
    from edtf import EDTFParseException, parse_edtf  # noqa: PLC0415

    try:
        parsed = parse_edtf(part.rstrip("?~%"))
        return _day(parsed, "lower_strict"), _day(parsed, "upper_strict")
    except (EDTFParseException, ValueError) as error:
        raise BadDate(whole, "there is no such day") from error


def _plain_bounds(whole: str, year: str, month: str | None, day: str | None) -> tuple[dt.date, dt.date]:
    """The bounds of a year, a month or a day, which nearly all dates are: the parser takes milliseconds for each."""
    try:
        first = dt.date(int(year), int(month or 1), int(day or 1))
        last_month = int(month or 12)
        return first, dt.date(int(year), last_month, int(day or monthrange(int(year), last_month)[1]))
    except ValueError as error:
        raise BadDate(whole, "there is no such day") from error


def _day(parsed: Any, bound: str) -> dt.date:
    return dt.date(*getattr(parsed, bound)()[:3])


@lru_cache(maxsize=4096)
def display(text: str) -> str:
    """An EDTF text in words, at its own precision: “3 December 2022”, “December 2021 (uncertain)”.

    Takes texts that `read` has accepted.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _display_one(start)
    if start in _OPEN:
        return f"by {_display_one(end)}"
    if end in _OPEN:
        return f"from {_display_one(start)} on"
    return f"between {_display_one(start)} and {_display_one(end)}"


def _display_one(text: str) -> str:
    doubt = _DOUBT.get(text[-1:], "")
    words = _display_plain(text.rstrip("?~%"))
    if doubt == "approximate":
        return f"about {words}"
    return f"{words} ({doubt})" if doubt else words


def _display_plain(text: str) -> str:
    year, *rest = text.split("-")
    known = [int(part) for part in rest if part != "XX"]
    unknown_month = bool(rest) and rest[0] == "XX"
    if year.endswith("XX"):
        return f"{year[:2]}00–{year[:2]}99"
    if year.endswith("X"):
        return f"{year[:3]}0s"
    if not known or unknown_month:
        return year.lstrip("0")
    if known[0] in _SEASONS:
        return f"{_SEASONS[known[0]]} {year}"
    month = f"{_MONTHS[known[0] - 1]} {year}"
    return f"{known[1]} {month}" if len(known) > 1 else month
