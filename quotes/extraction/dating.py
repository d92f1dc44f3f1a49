"""When something was said: phrases such as “on Saturday”, with the precision they have, against the document's date.

Nothing here knows what day it is: “last month” is the one before the document's. Where the document's own date is a
month or a year, a day becomes the interval that it can lie in. A date after the document's is none: nobody quotes
what is yet to be said.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quotes.dates import BadDate, When, read
from quotes.extraction.proposals import Basis, Range

_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
    for word in words.split()
}
_NUMBERS["couple of"] = 2
_YEARS_WITH_MONTH = 1

_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_COUNT = r"(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a couple of|\d{1,2})"

# What these words date is something else than what was said: “by Friday”, “the next Monday”.
_NOT_THEN = re.compile(
    r"\b(?:next|until|till|by|before|after|since|from|every|each|coming|through) (?:the )?$", re.IGNORECASE
)

Resolve = Callable[[re.Match[str], dt.date], "Dated | None"]


@dataclass(frozen=True)
class Dated:
    """The days a phrase can mean, the EDTF text if it has one of its own, and how the date follows from the phrase."""

    first: dt.date
    last: dt.date
    text: str = ""
    basis: Basis = "resolved"


@dataclass(frozen=True)
class Phrase:
    """A date as the text words it, with its EDTF reading and where it stands."""

    words: str
    range: Range
    date: str
    basis: Basis


def _days(day: dt.date, basis: Basis = "resolved") -> Dated:
    return Dated(day, day, day.isoformat(), basis)


def _in_month(year: int, month: int, basis: Basis = "resolved", doubt: str = "") -> Dated:
    last = calendar.monthrange(year, month)[1]
    return Dated(dt.date(year, month, 1), dt.date(year, month, last), f"{year:04d}-{month:02d}{doubt}", basis)


def _in_year(year: int, basis: Basis = "resolved", doubt: str = "") -> Dated:
    return Dated(dt.date(year, 1, 1), dt.date(year, 12, 31), f"{year:04d}{doubt}", basis)


def _months_back(day: dt.date, months: int, doubt: str = "") -> Dated:
    index = day.year * 12 + day.month - 1 - months
    return _in_month(index // 12, index % 12 + 1, doubt=doubt)


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower().rstrip(".")[:3]))


def _weekday(found: re.Match[str], base: dt.date) -> Dated:
    wanted = _WEEKDAYS.index(found["weekday"].lower())
    back = (base.weekday() - wanted) % 7
    if back == 0 and (found["which"] or "").lower() == "last":
        back = 7
    return _days(base - dt.timedelta(days=back))


def _near_day(found: re.Match[str], base: dt.date) -> Dated:
    return _days(base - dt.timedelta(days=found["near"].lower().startswith("yesterday")))


def _week(found: re.Match[str], base: dt.date) -> Dated:
    monday = base - dt.timedelta(days=base.weekday())
    if found["week"].lower() == "this":
        return Dated(monday, base)
    return Dated(monday - dt.timedelta(days=7), monday - dt.timedelta(days=1))


def _past_month(found: re.Match[str], base: dt.date) -> Dated:
    return _months_back(base, int(found["past"].lower() == "last"))


def _past_year(found: re.Match[str], base: dt.date) -> Dated:
    return _in_year(base.year - (found["past"].lower() == "last"))


def _ago(found: re.Match[str], base: dt.date) -> Dated:
    words = found["count"].lower().removeprefix("a ") if found["count"].lower() != "a" else "a"
    count = int(words) if words.isdigit() else _NUMBERS[words]
    match found["unit"].lower():
        case "day":
            return _days(base - dt.timedelta(days=count))
        case "week":
            day = base - dt.timedelta(days=7 * count)
            return Dated(day, day, f"{day.isoformat()}~")
        case "month":
            return _months_back(base, count, "~")
    if count == _YEARS_WITH_MONTH:
        return _months_back(base, 12, "~")
    return _in_year(base.year - count, doubt="~")


def _month_and_day(found: re.Match[str], base: dt.date) -> Dated | None:
    month, day = _month_number(found["month"]), int(found["day"])
    if found["year"]:
        return _days(dt.date(int(found["year"]), month, day), "stated")
    year = base.year - ((month, day) > (base.month, base.day))
    return _days(dt.date(year, month, day))


def _month_alone(found: re.Match[str], base: dt.date) -> Dated:
    month = _month_number(found["month"])
    if found["year"]:
        return _in_month(int(found["year"]), month, "stated")
    past = bool(found["which"])
    return _in_month(base.year - (month >= base.month if past else month > base.month), month)


def _season(found: re.Match[str], base: dt.date) -> Dated | None:
    season = _SEASONS[found["season"].lower()]
    year = int(found["year"] or base.year)
    when = read(f"{year}-{season}")
    if when.first and when.first > base and not found["year"]:
        when = read(f"{year - 1}-{season}")
    if when.first is None or when.last is None:
        return None
    return Dated(when.first, when.last, when.text, "stated" if found["year"] else "resolved")


def _year_alone(found: re.Match[str], _base: dt.date) -> Dated | None:
    return _in_year(int(found["year"]), "stated")


def _full(found: re.Match[str], _base: dt.date) -> Dated | None:
    return _days(dt.date(int(found["year"]), int(found["number"]), int(found["day"])), "stated")


# The first pattern that reads a place decides, so the more precise ones come first.
_PATTERNS: list[tuple[re.Pattern[str], Resolve]] = [
    (re.compile(pattern, re.IGNORECASE if folded else 0), resolve)
    for pattern, resolve, folded in (
        (r"\b(?:on )?(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])\b", _full, True),
        (
            (
                rf"\b(?:[Oo]n )?(?:(?:{'|'.join(day.title() for day in _WEEKDAYS)}),? )?"
                rf"{_MONTH} {_DAY}\b(?!:)(?:,? {_YEAR}\b)?"
            ),
            _month_and_day,
            False,
        ),
        (rf"\b(?:[Oo]n )?(?:the )?{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR}\b)?", _month_and_day, False),
        (
            (
                rf"\b(?:[Ii]n|[Ss]ince|[Dd]uring) (?:(?:early|mid|late)[ -]|the (?:start|end|beginning) of )?"
                rf"(?P<which>last )?{_MONTH}(?:,? (?:of )?{_YEAR}\b)?"
                rf"|\b(?P<last>[Ll]ast ){_MONTH.replace('<month>', '<m>')}\b"
            ),
            lambda found, base: _month_alone(found, base) if found["month"] else _last_named_month(found, base),
            False,
        ),
        (
            (
                rf"\b(?:(?:earlier |late |early )?on |(?P<which>last|this) |late |early )?"
                rf"(?P<weekday>{'|'.join(_WEEKDAYS)})(?: (?:morning|afternoon|evening|night))?\b"
                r"(?!['’]s)(?! (?:live|times))"
            ),
            _weekday,
            True,
        ),
        (
            r"\b(?P<near>yesterday|(?:earlier )?today|tonight|this (?:morning|afternoon|evening))\b",
            _near_day,
            True,
        ),
        (r"\b(?:earlier |late |early )?(?P<week>this|last) week\b", _week, True),
        (r"\b(?:earlier |late |early )?(?P<past>this|last) month\b", _past_month, True),
        (r"\b(?:earlier |late |early )?(?P<past>this|last) year\b", _past_year, True),
        (rf"\b{_COUNT} (?P<unit>day|week|month|year)s? ago\b", _ago, True),
        (
            rf"\b(?:in|last|during) (?:the )?(?P<season>{'|'.join(_SEASONS)})\b(?: of)?(?: {_YEAR}\b)?",
            _season,
            True,
        ),
        (rf"\b(?:in|during) {_YEAR}\b(?!-)", _year_alone, True),
    )
]


def _last_named_month(found: re.Match[str], base: dt.date) -> Dated:
    month = _month_number(found["m"])
    return _in_month(base.year - (month >= base.month), month)


def phrases(text: str, place: Range, published: When | None) -> list[Phrase]:
    """The dates worded in a part of the text, in its order; phrases that can't be read against `published` are left.

    Without a day, or with one in the future, a phrase is none.
    """
    found = [phrase for pattern, resolve in _PATTERNS for phrase in _matches(text, place, pattern, resolve, published)]
    return sorted(_apart(found), key=lambda phrase: phrase.range)


def _apart(found: list[Phrase]) -> Iterator[Phrase]:
    taken: list[Range] = []
    for phrase in found:
        start, end = phrase.range
        if all(end <= other[0] or other[1] <= start for other in taken):
            taken.append(phrase.range)
            yield phrase


def _matches(
    text: str, place: Range, pattern: re.Pattern[str], resolve: Resolve, published: When | None
) -> Iterator[Phrase]:
    for found in pattern.finditer(text, *place):
        if not _NOT_THEN.search(text, max(place[0], found.start() - 12), found.start()) and (
            dated := _resolved(found, resolve, published)
        ):
            yield Phrase(found.group(), found.span(), *dated)


def _resolved(found: re.Match[str], resolve: Resolve, published: When | None) -> tuple[str, Basis] | None:
    """The EDTF date a phrase means: the interval between its readings where the document's day isn't known."""
    last = published.last if published else None
    try:
        late = resolve(found, last or dt.date.max)
        early = resolve(found, published.first) if published and published.first else late
    except (ValueError, OverflowError):
        return None
    if late is None or early is None or (last is None and late.basis != "stated"):
        return None
    if published and published.first is None and late.basis != "stated":
        return f"/{late.last.isoformat()}", "resolved"
    return _interval(min(early.first, late.first), late, last, same=early == late)


def _interval(first: dt.date, late: Dated, last: dt.date | None, *, same: bool) -> tuple[str, Basis] | None:
    end = min(late.last, last) if last else late.last
    if first > end:
        return None
    if same and late.text and end == late.last:
        return late.text, late.basis
    if first == end:
        return first.isoformat(), late.basis
    return f"{first.isoformat()}/{end.isoformat()}", late.basis


def read_published(published: str) -> When | None:
    """The document's date; None where it is empty or no date."""
    try:
        return read(published) if published.strip() else None
    except BadDate:
        return None


def at_the_latest(date: When | None) -> str:
    """“Not after that date”, in EDTF at the date's own precision; empty without one."""
    if date is None or date.last is None:
        return ""
    return "/" + date.text.rpartition("/")[2]


def doubted(date: str) -> str:
    """The same date, uncertain: 2021-12?. An interval stays as it is: its two ends doubted would say less."""
    return date if "/" in date or date.endswith(("?", "%")) else date.removesuffix("~") + "?"
