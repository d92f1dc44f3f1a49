"""When to try again, and when to give up."""

import datetime as dt
import random
from email.utils import parsedate_to_datetime

_AGAIN = [
    dt.timedelta(seconds=30),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=5),
    dt.timedelta(hours=10),
    dt.timedelta(hours=14),
    dt.timedelta(hours=20),
    dt.timedelta(hours=24),
]
MOST_TRIES = len(_AGAIN) + 1
REST = dt.timedelta(seconds=5)
LONGEST_REST = dt.timedelta(hours=1)
LONGEST_ASKED = dt.timedelta(days=1)
FAILURES, DAYS = 10, dt.timedelta(days=3)
"""So many failures in a row, over so long a time, and an endpoint is paused."""


def again_in(tries: int) -> dt.timedelta | None:
    """How long until the next try after so many; None where there is none. Spread by a fifth, so that not all meet."""
    return _spread(_AGAIN[tries - 1]) if tries <= len(_AGAIN) else None


def rest_for(failures: int) -> dt.timedelta:
    """How long an endpoint is left alone after so many failures in a row: twice as long each time."""
    return _spread(min(LONGEST_REST, REST * 2 ** min(failures - 1, 20)))


def asked_for(retry_after: str, now: dt.datetime) -> dt.timedelta:
    """How long a Retry-After asks to wait: seconds or a date, a day at most; no time where it says nothing readable."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        wait = dt.timedelta(seconds=min(int(text), int(LONGEST_ASKED.total_seconds())))
    else:
        try:
            until = parsedate_to_datetime(text)
        except ValueError:
            return dt.timedelta()
        wait = (until if until.tzinfo else until.replace(tzinfo=dt.UTC)) - now
    return max(dt.timedelta(), min(wait, LONGEST_ASKED))


def _spread(wait: dt.timedelta) -> dt.timedelta:
    return wait * random.uniform(0.9, 1.1)  # noqa: S311  # it guards nothing
