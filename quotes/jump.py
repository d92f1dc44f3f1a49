"""Where one can go in a list in one step: to the end of a year or a month, from where the list goes on back in time."""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext

from quotes.pagination import Cursor

_YEARS_APART = 15
"""So many of a list's latest years are named one by one; decades before them, but for the one at hand."""

Address = Callable[[Cursor], str]


@dataclass(frozen=True)
class Leap:
    """A year, a decade or a month of a list, and the address that starts with what was said by its end."""

    label: str
    url: str
    chosen: bool = False


@dataclass(frozen=True)
class Jump:
    """The years of a list, the earlier ones by decades, and the months of the year at hand."""

    year: int
    years: list[Leap]
    months: list[Leap]


def jump(months: list[int], year: int | None, address: Address) -> Jump:
    """Offer the years of `months`, written 202212, and the months of `year`, or else of the latest one."""
    years = sorted({month // 100 for month in months}, reverse=True)
    here = years[0] if year is None else year
    near = [one for one in years if one > years[0] - _YEARS_APART or one // 10 == here // 10]
    decades = sorted({one // 10 for one in years} - {one // 10 for one in near}, reverse=True)
    leaps = [Leap(str(one), address(_end_of(one, 12)), one == here) for one in near]
    leaps += [
        Leap(gettext("%(decade)ss") % {"decade": f"{decade}0"}, address(_end_of(decade * 10 + 9, 12)))
        for decade in decades
    ]
    own = [_end_of(here, month % 100) for month in months if month // 100 == here]
    return Jump(here, leaps, [Leap(str(MONTHS_3[end.day.month]).capitalize(), address(end)) for end in own])


def _end_of(year: int, month: int) -> Cursor:
    return Cursor(dt.date(year, month, monthrange(year, month)[1]))
