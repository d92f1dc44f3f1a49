"""What was said on a day of the year, in one year after another."""

import datetime as dt
import re
from dataclasses import dataclass

from django.db.models import F

from quotes.dates_told import day_of_year
from quotes.models import Statement, TokenCount
from quotes.pagination import Cursor, Page, turn
from quotes.search.demands import Demand, Stretch, either
from quotes.search.expressions import Not
from quotes.search.tokens import EVERY, end_of, lies_in, start_of

YEARS = 25
"""So many of the latest years in whose month anything was said are looked at."""
_DAY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)
_LEAP = 2024


class NoDay(ValueError):
    """The text names no day of the year."""


@dataclass(frozen=True)
class Day:
    """A day of a year, whichever year."""

    month: int
    day: int

    @property
    def text(self) -> str:
        """The day as an address writes it."""
        return f"{self.month:02d}-{self.day:02d}"

    @property
    def told(self) -> str:
        """The day in words."""
        return day_of_year(self.month, self.day)

    @property
    def date(self) -> dt.date:
        """The day in a leap year, to be named and counted from."""
        return dt.date(_LEAP, self.month, self.day)

    def beside(self, days: int) -> "Day":
        """The day some days later, or before."""
        other = self.date + dt.timedelta(days)
        return Day(other.month, other.day)


def read_day(text: str, today: dt.date) -> Day:
    """The day that an address names, today's where it names none. Raises NoDay."""
    if not text:
        return Day(today.month, today.day)
    parts = _DAY.fullmatch(text)
    try:
        found = dt.date(_LEAP, int(parts[1]), int(parts[2])) if parts else None
    except ValueError:
        found = None
    if found is None:
        raise NoDay(text)
    return Day(found.month, found.day)


def said_on(day: Day, cursor: Cursor | None, size: int) -> Page[Statement]:
    """What is known to have been said on that very day, the latest year first. Four queries, in bounded work."""
    return turn(Demand(tuple(_stretch(date) for date in _dates(day))), cursor, size=size)


def _dates(day: Day) -> list[dt.date]:
    """The day in the latest years that may have something, from what is counted of each month. One query."""
    months = TokenCount.objects.filter(token=EVERY, month__gt=0, n__gt=0).annotate(of_year=F("month") % 100)
    years = months.filter(of_year=day.month).order_by("-month").values_list("month", flat=True)[:YEARS]
    dates = (_date(month // 100, day) for month in years)
    return [date for date in dates if date]


def _date(year: int, day: Day) -> dt.date | None:
    try:
        return dt.date(year, day.month, day.day)
    except ValueError:
        return None  # 29 February


def _stretch(date: dt.date) -> Stretch:
    """What was said by that day, but for what can be of the day before: that is of an imprecise date."""
    return Stretch(Not(either(lies_in("d", date - dt.timedelta(1)))), start_of(date), end_of(date))
