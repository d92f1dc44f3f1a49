"""The periods that a chart of time is parted into: months, years, decades or centuries, as the span asks."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

MOST, LEAST = 24, 6
MONTH, YEAR, DECADE, CENTURY = 1, 12, 120, 1200
_UNITS = (MONTH, YEAR, DECADE, CENTURY)
_LAST_YEAR = 9999


@dataclass(frozen=True)
class Period:
    """The `number`th period of so many months (`unit`) since the year 0."""

    unit: int
    number: int

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return _start(self.unit * self.number)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        months = self.unit * (self.number + 1)
        return dt.date.max if months // 12 > _LAST_YEAR else _start(months) - dt.timedelta(days=1)

    @property
    def label(self) -> str:
        """The period in words: December 2022, 2022, 1990–1999."""
        if self.unit == MONTH:
            return date_format(self.first, "F Y")
        first, last = self.first.year, self.last.year
        return str(first) if first == last else f"{first}–{last}"

    @property
    def short(self) -> str:
        """The same below an axis."""
        return date_format(self.first, _("M Y")) if self.unit == MONTH else str(self.first.year)

    @property
    def filters(self) -> list[tuple[str, str]]:
        """The filters of a list that ask for what can have been said in it."""
        if self.unit == YEAR:
            return [("year", f"{self.first.year:04d}")]
        length = len("2022-12") if self.unit == MONTH else len("2022")
        return [("said_after", self.first.isoformat()[:length]), ("said_before", self.last.isoformat()[:length])]


def periods(first: dt.date, last: dt.date, most: int = MOST) -> list[Period]:
    """The periods from the one of `first` to the one of `last`: of the shortest unit that makes no more than `most`.

    Of few, those before them are added: one bar alone says nothing of time.
    """
    found = (list(_of(unit, first, last)) for unit in _UNITS)
    some = next((some for some in found if len(some) <= most), list(_of(CENTURY, first, last)))
    unit, lead = some[0].unit, some[0].number
    earliest = number_of(unit, dt.date.min)
    added = [Period(unit, number) for number in range(max(earliest, lead - LEAST + len(some)), lead)]
    return [*added, *some]


def number_of(unit: int, day: dt.date) -> int:
    """The number of the period that a day is in."""
    return (day.year * 12 + day.month - 1) // unit


def _of(unit: int, first: dt.date, last: dt.date) -> Iterator[Period]:
    return (Period(unit, number) for number in range(number_of(unit, first), number_of(unit, last) + 1))


def _start(months: int) -> dt.date:
    return dt.date(max(months // 12, 1), months % 12 + 1 if months >= YEAR else 1, 1)
