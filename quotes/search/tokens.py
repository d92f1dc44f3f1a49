"""Places in a list, and the tokens by which an index knows what a statement is: its speaker, outlets, topics, dates.

A place is one whole number: the days from the year 1 to the last day a statement can be from, and the statement's id
in its lowest 40 bits. So descending places are the order of every list, and a place leads to its statement.

A token begins with a low line, which no analysed word does, then a letter that says of what kind it is, then the rest:

    _a                  every statement
    _s12                by the speaker 12
    _o45                carried by the outlet 45 in any role; _c spoken to it, _i issued, _r relayed, _p published by it
    _t9                 on the topic 9 or one below it
    _m_direct           in direct speech
    _l_pt_br            in Brazilian Portuguese
    _n_2                from two origins; _n_5 from five or more
    _w202212            whose last day is in December 2022
    _y2021 _y202 _y20   can have been said in that year, or decade or century, and as late as in a later one
    _bpresid            said by somebody with this analysed word in the label shown: President of France

The rest answer for days. An interval is written as the few calendar units that cover it, so that a day lies in it where
one of the units that the day belongs to is among them: _d for an imprecise date of saying; _g for the days by which it
was said and not yet published at the latest, _u at the earliest, and _e for the days by which it can have been
published before the last day of saying.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache

SHIFT = 40
MASK = (1 << SHIFT) - 1
FIRST_PLACE = dt.date.min.toordinal() << SHIFT
LAST_PLACE = (dt.date.max.toordinal() + 1) << SHIFT
EVERY = "_a"
MOST_ORIGINS = 5

_DAY = dt.timedelta(days=1)
_ROLES = {"": "_o", "spoken_to": "_c", "issued_by": "_i", "relayed_by": "_r", "published_by": "_p"}
# Digits of YYYYMMDD that name a unit: a millennium, a century, a decade, a year, a month, a day.
_UNITS = (1, 2, 3, 4, 6, 8)


def place_of(day: dt.date, key: int = 0) -> int:
    """Return the place of a statement; without its id, the one just after all statements of the day."""
    return (day.toordinal() << SHIFT) + min(key, MASK)


def statement_of(place: int) -> int:
    """Return the id of the statement at a place."""
    return place & MASK


def day_of(place: int) -> dt.date:
    """Return the day of a place."""
    return dt.date.fromordinal(place >> SHIFT)


def start_of(day: dt.date) -> int:
    """Return the place just before the first statement of a day."""
    return day.toordinal() << SHIFT


def end_of(day: dt.date) -> int:
    """Return the place just past the last statement of a day."""
    return (day.toordinal() + 1) << SHIFT


def speaker(key: int) -> str:
    """Return the token of a speaker's statements."""
    return f"_s{key}"


def outlet(key: int, role: str = "") -> str:
    """Return the token of what an outlet carried, in one of the roles of a hop or in any."""
    return f"{_ROLES[role]}{key}"


def topic(key: int) -> str:
    """Return the token of what is filed under a topic or one below it."""
    return f"_t{key}"


def mode(value: str) -> str:
    """Return the token of a speech mode."""
    return f"_m_{value}"


def language(tag: str) -> str:
    """Return the token of a language tag."""
    return f"_l_{tag.lower().replace('-', '_')}"


def origins(number: int) -> str:
    """Return the token of what comes from so many origins; five stand for more, too."""
    return f"_n_{min(number, MOST_ORIGINS)}"


def month(day: dt.date) -> str:
    """Return the token of the month that a day is in."""
    return f"_w{_digits(day)[:6]}"


def kind(token: str) -> str:
    """Return the beginning that says of what kind a token is: _s, _r, _m."""
    return token[:2]


def said_in(year: int) -> list[str]:
    """Return the tokens of which one stands with whatever can have been said in a year: its months, and the spans."""
    digits = f"{year:04d}"
    return [*(f"_w{digits}{month:02d}" for month in range(1, 13)), *(f"_y{digits[:length]}" for length in (4, 3, 2, 1))]


def said_in_months(first: dt.date, last: dt.date) -> list[str]:
    """Return the tokens of which one stands with whatever can have been said in the months from `first` to `last`.

    What was said by a later day at the latest can be of these months where it can be of their last day.
    """
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [*(f"_w{number // 12:04d}{number % 12 + 1:02d}" for number in numbers), *lies_in("d", last)]


def label(term: str) -> str:
    """Return the token of an analysed word in the label of whoever said it."""
    return f"_b{term}"


def lies_in(letter: str, day: dt.date) -> list[str]:
    """Return the tokens of which one stands with whatever has the day in its interval of this letter."""
    return [f"_{letter}{_digits(day)[:length]}" for length in _UNITS]


def year_tokens(first: dt.date | None, last: dt.date) -> Iterator[str]:
    """Return the tokens of the years before that of `last` in which something can have been said, from `first` on."""
    start = (first or dt.date.min).replace(month=1, day=1)
    yield from (f"_y{unit}" for unit in _from(start, last.replace(month=1, day=1)))


def said_tokens(first: dt.date | None, last: dt.date) -> Iterator[str]:
    """Return the tokens of the days before `last` on which something can have been said, from `first` (None: any)."""
    yield from (f"_d{unit}" for unit in _from(first or dt.date.min, last))


def published_tokens(said_last: dt.date, first: dt.date | None, last: dt.date) -> Iterator[str]:
    """Return the tokens of when something was published, from `first` to `last`, that was said by `said_last`."""
    start = first or dt.date.min
    yield from (f"_g{unit}" for unit in _between(said_last, last))
    yield from (f"_u{unit}" for unit in _from(said_last, start))
    yield from (f"_e{unit}" for unit in _from(start, said_last))


def _between(after: dt.date, last: dt.date) -> Iterable[str]:
    """Cover the days after one, up to another."""
    return _covered(after + _DAY, last) if after < last else ()


def _from(first: dt.date, before: dt.date) -> Iterable[str]:
    """Cover the days from one on, before another."""
    return _covered(first, before - _DAY) if first < before else ()


def _digits(day: dt.date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


@lru_cache(4096)
def _covered(first: dt.date, last: dt.date) -> tuple[str, ...]:
    """Return what `_cover` does; many statements are of one month, and of the days before one publication."""
    return tuple(_cover(first, last))


def _cover(first: dt.date, last: dt.date) -> Iterator[str]:
    """Return the fewest calendar units that make up the days from `first` to `last`, from the earliest."""
    while True:
        for length in _UNITS:
            start, end = _unit(first, length)
            if start == first and end <= last:
                yield _digits(first)[:length]
                break
        if end == last:
            return
        first = end + _DAY


def _unit(day: dt.date, length: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the unit that a day is in; there is no year 0, and none after 9999."""
    if length == 8:  # noqa: PLR2004  # digits, as in _UNITS
        return day, day
    if length == 6:  # noqa: PLR2004
        following = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1) if day < dt.date(9999, 12, 1) else None
        return day.replace(day=1), following - _DAY if following else dt.date.max
    size = 10 ** (4 - length)
    start = day.year // size * size
    return dt.date(max(start, 1), 1, 1), dt.date(start + size - 1, 12, 31)
