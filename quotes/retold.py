"""What was said in English, by a worker or a reader of documents, in the language of the page that shows it."""

import datetime as dt
import re

from django.utils.translation import get_language, gettext

from quotes.dates_told import told
from quotes.numbers import grouped
from sources.sayings import understood

# Values that are sayings themselves, and lists of such: “a picture” in “It is a picture, which is not read here.”
_SAYINGS, _LISTS, _DATES = {"advice", "what", "why"}, {"acts"}, {"date", "published", "said"}
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+", re.ASCII)


def retold(said: str) -> str:
    """What was said, in the interface's language; as it is in English, and where nobody knows the pattern."""
    if not said or get_language() == "en":
        return said
    same = gettext(said)
    if same != said or not (found := understood(said)):
        return same
    pattern, values = found
    return gettext(pattern) % {name: _value(name, value) for name, value in values.items()}


def _value(name: str, value: str) -> str:
    if name in _SAYINGS:
        return retold(value)
    if name in _LISTS:
        return gettext(", ").join(retold(one) for one in value.split(", "))
    if name in _DATES:
        return _date(value)
    return grouped(int(value.replace(",", ""))) if _GROUPED.fullmatch(value) else value


def _date(value: str) -> str:
    """A day in words, in the interface's language; what is less exact stays as it was said."""
    try:
        day = dt.datetime.strptime(f"{value} +0000", "%d %B %Y %z")
    except ValueError:
        return value
    return told(f"{day:%Y-%m-%d}")
