"""EDTF dates in words of the interface's language. In English they are those that citations and exports have, always.

A pattern for days stands apart from that for months and years wherever a language might say the two in other ways.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from django.utils.dates import MONTHS
from django.utils.translation import get_language, gettext, pgettext

from quotes.dates import BadDate, display, read

_OPEN = ("", "..")
_FIRST_SEASON = 21
_DAY = re.compile(r"\d{4}-\d\d-\d\d[?~%]?")


def told(text: str) -> str:
    """An EDTF text in words: “3 December 2022”, “December 2021 (uncertain)”, “between 3 and 5 …”."""
    return _told(text, get_language() or "en")


def told_on(text: str) -> str:
    """The same as a sentence goes on with it: on 3 December 2022, in December 2021, by 4 December 2022."""
    return _told_on(text, get_language() or "en")


def no_date(error: BadDate) -> str:
    """Why a text is no date that the record can keep, and how dates are written."""
    told = gettext(
        "“%(text)s” is not a date the record can keep: %(why)s. Write 2022-12-03, 2022-12, 2022, 2022-12? (uncertain), "
        "2022-12~ (about), 2022-12-03/2022-12-05 (between) or /2022-12-04 (not after)."
    )
    return told % {"text": error.text[:40], "why": gettext(error.why)}


def day_of_year(month: int, day: int) -> str:
    """A day of whichever year: “3 December”."""
    shown = {"day": day, "month": MONTHS[month]}
    return (pgettext("first day of a month", "%(day)s %(month)s") if day == 1 else gettext("%(day)s %(month)s")) % shown


@lru_cache(maxsize=4096)
def _told(text: str, language: str) -> str:
    if language == "en":
        return display(text)
    start, slash, end = text.partition("/")
    if not slash:
        return _one(start, _plain)
    if start in _OPEN:
        return _by_kind(end, pgettext("day", "by %(date)s"), gettext("by %(date)s")) % {"date": _one(end, _plain)}
    if end in _OPEN:
        pattern = _by_kind(start, pgettext("day", "from %(date)s on"), gettext("from %(date)s on"))
        return pattern % {"date": _one(start, _plain)}
    both = start if _DAY.fullmatch(start) and _DAY.fullmatch(end) else ""
    pattern = pgettext("days", "between %(start)s and %(end)s") if both else gettext("between %(start)s and %(end)s")
    return pattern % {"start": _one(start, _plain), "end": _one(end, _plain)}


@lru_cache(maxsize=4096)
def _told_on(text: str, language: str) -> str:
    if language == "en":
        return _in_english(text)
    return _told(text, language) if "/" in text or text.endswith("~") else _one(text, _with_preposition)


def _in_english(text: str) -> str:
    words = display(text)
    if words.startswith(("about", "by", "from", "between")):
        return words
    return f"on {words}" if read(text).first == read(text).last else f"in {words}"


def _by_kind(text: str, day: str, other: str) -> str:
    return day if _DAY.fullmatch(text) else other


def _one(text: str, say: Callable[[str], str]) -> str:
    doubt, words = text[-1:], say(text.rstrip("?~%"))
    if doubt == "~":
        return _by_kind(text, pgettext("day", "about %(date)s"), gettext("about %(date)s")) % {"date": words}
    if doubt == "?":
        return gettext("%(date)s (uncertain)") % {"date": words}
    return gettext("%(date)s (approximate and uncertain)") % {"date": words} if doubt == "%" else words


def _plain(text: str) -> str:
    year, known = _parts(text)
    if year.endswith("XX"):
        return f"{year[:2]}00–{year[:2]}99"
    if year.endswith("X"):
        return gettext("the %(year)ss") % {"year": f"{year[:3]}0"}
    return _known(year, known) if known else year.lstrip("0")


def _known(year: str, known: list[int]) -> str:
    if known[0] >= _FIRST_SEASON:
        return _season(known[0]) % {"year": year}
    shown = {"day": known[-1], "month": MONTHS[known[0]], "year": year}
    if len(known) == 1:
        return gettext("%(month)s %(year)s") % shown
    if known[1] == 1:
        return pgettext("first day of a month", "%(day)s %(month)s %(year)s") % shown
    return gettext("%(day)s %(month)s %(year)s") % shown


def _with_preposition(text: str) -> str:
    year, known = _parts(text)
    words = _plain(text)
    if known and known[0] >= _FIRST_SEASON:
        return _in_season(known[0]) % {"year": year}
    if year.endswith("XX"):
        return gettext("in the years %(years)s") % {"years": words}
    if year.endswith("X"):
        return gettext("in the %(year)ss") % {"year": f"{year[:3]}0"}
    return (gettext("on %(date)s") if len(known) > 1 else gettext("in %(date)s")) % {"date": words}


def _parts(text: str) -> tuple[str, list[int]]:
    """The year, and the month or season and the day as far as they are known."""
    year, *rest = text.split("-")
    return year, [] if rest[:1] == ["XX"] else [int(part) for part in rest if part != "XX"]


def _season(number: int) -> str:
    return (
        gettext("spring %(year)s"),
        gettext("summer %(year)s"),
        gettext("autumn %(year)s"),
        gettext("winter %(year)s"),
    )[number - _FIRST_SEASON]


def _in_season(number: int) -> str:
    return (
        gettext("in spring %(year)s"),
        gettext("in summer %(year)s"),
        gettext("in autumn %(year)s"),
        gettext("in winter %(year)s"),
    )[number - _FIRST_SEASON]
