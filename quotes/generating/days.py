"""Dates of a generated record: EDTF texts with the days they can mean, a share of them imprecise."""

import datetime as dt
from calendar import monthrange
from functools import lru_cache
from random import Random
from typing import NamedTuple

from quotes.generating.skew import Shares

_SAID = Shares({"day": 78, "doubted": 4, "month": 7, "between": 5, "by": 4, "year": 2})
_PUBLISHED = Shares({"day": 96, "month": 3, "doubted": 1})


class Days(NamedTuple):
    """What `quotes.dates.read` makes of `text`: the first day is None where it is unknown."""

    text: str
    first: str | None
    last: str


@lru_cache(maxsize=4096)
def iso(day: int) -> str:
    """An ordinal day as YYYY-MM-DD."""
    return dt.date.fromordinal(day).isoformat()


@lru_cache(maxsize=4096)
def ordinal(day: str) -> int:
    """A day as an ordinal."""
    return date(day).toordinal()


@lru_cache(maxsize=4096)
def date(day: str) -> dt.date:
    """A day as a date."""
    return dt.date.fromisoformat(day)


def published(random: Random, day: int) -> Days:
    """When something was published that came out on `day`."""
    return _written(_PUBLISHED.draw(random), day, day)


def said(random: Random, day: int, by: str) -> Days:
    """When something was said that came out on `day`, at the latest on the day `by`."""
    form = _SAID.draw(random)
    day -= int(random.random() ** 2 * 4)
    when = _written(form, day, day - 1 - int(random.random() * 5))
    return when if when.last <= by else when._replace(last=by)


def _written(form: str, day: int, before: int) -> Days:
    text = iso(day)
    if form == "day":
        return Days(text, text, text)
    if form == "doubted":
        return Days(f"{text}?", text, text)
    if form == "by":
        return Days(f"/{text}", None, text)
    if form == "between":
        return Days(f"{iso(before)}/{text}", iso(before), text)
    year, month = text[:4], text[:7]
    if form == "year":
        return Days(f"{year}~", f"{year}-01-01", f"{year}-12-31")
    return Days(month, f"{month}-01", f"{month}-{monthrange(int(year), int(month[5:]))[1]}")
