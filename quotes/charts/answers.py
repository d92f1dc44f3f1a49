"""What was answered most, how soon, and what was corrected last, of the newest statements of a list."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quotes import facets
from quotes.charts.bars import bars
from quotes.charts.figures import Figure, number
from quotes.exchange import ANSWERING
from quotes.ledger import KINDS, Entry, entries, public_acts
from quotes.models import Act, Link, Statement
from quotes.search.demands import Demand
from quotes.search.engine import Look, StatementsOf

MOST = 5
_DAY, _WEEK, _MONTH, _YEAR = 1, 7, 31, 366
UNKNOWN = "unknown"
PAIRS = 20
_CORRECTED_AMONG = 1_000


def most_answered(demand: Demand, most: int = MOST) -> list[Statement]:
    """The statements with the most answers, denials and the like on record, each with their number (`answers`).

    Two queries.
    """
    found = _answers(demand).values_list("target").annotate(n=Count("source", distinct=True)).order_by("-n", "-target")
    counts = dict(found[:most])
    statements = Statement.objects.filter(pk__in=list(counts)).select_related("speaker") if counts else []
    ordered = sorted(statements, key=lambda one: (-counts[one.pk], -one.pk))
    for one in ordered:
        one.answers = counts[one.pk]  # type: ignore[attr-defined]  # for the page alone
    return ordered


def last_corrected(demand: Demand, most: int = MOST) -> list[Entry]:
    """What was done in public last to the newest of them. Three queries at most.

    Acts are asked for by their statements alone: by their order or kind, those of the whole record would be read.
    """
    newest = StatementsOf([Look(demand, _CORRECTED_AMONG)])
    acts = Act.objects.filter(statement__in=newest).values_list("at", "pk", "verb")
    latest = sorted(((at, key) for at, key, verb in acts if verb in KINDS), reverse=True)[:most]
    return entries(public_acts().filter(pk__in=[key for _at, key in latest])) if latest else []


def spells() -> dict[str, str]:
    """How soon something can be answered, by its name in addresses."""
    return {
        "day": _("the same day"),
        "next": _("the day after"),
        "week": _("within a week"),
        "month": _("within a month"),
        "year": _("within a year"),
        "later": _("later"),
        UNKNOWN: _("not known to the day"),
    }


def lags(demand: Demand) -> dict[str, Any]:
    """How many answers came how soon, by the name of a spell; `is_more` says that there are more. One query."""
    limit = facets.COUNT_LIMIT
    rows = _spelt(demand)
    return {"counts": Counter(spell for _key, spell in rows[:limit]), "is_more": len(rows) > limit}


def pairs(demand: Demand, spell: str, most: int = PAIRS) -> list[Link]:
    """The answers of one spell with what they answer, the latest on record first. Two queries."""
    keys = [key for key, own in _spelt(demand)[: facets.COUNT_LIMIT] if own == spell][:most]
    links = Link.objects.filter(pk__in=keys).order_by("-pk") if keys else Link.objects.none()
    return list(links.select_related("source__speaker", "target__speaker"))


def reply_lag(found: dict[str, Any], address: Callable[[str], str]) -> Figure:
    """The figure of what `lags` found; `address` is where a spell leads."""
    counts = found["counts"]
    whole = sum(counts.values())
    told = ngettext(
        "%(n)s answer, denial, confirmation or contradiction on record, by the days since what it answers.",
        "%(n)s answers, denials, confirmations and contradictions on record, by the days since what they answer.",
        whole,
    ) % {"n": number(whole, is_least=found["is_more"])}
    rows = [(name, counts[spell], address(spell)) for spell, name in spells().items() if counts.get(spell)]
    return bars("reply-lag", _("How soon it was answered"), told, rows, whole, is_least=found["is_more"])


def _newest(demand: Demand) -> StatementsOf:
    return StatementsOf([Look(demand, facets.COUNT_LIMIT)])


def _answers(demand: Demand) -> Any:
    """The links to the newest statements of a list, from what is published."""
    published = Statement.State.PUBLISHED
    return Link.objects.filter(target__in=_newest(demand), kind__in=ANSWERING, source__state=published).order_by()


def _spelt(demand: Demand) -> list[tuple[int, str]]:
    """Links, one more than are counted, each with how soon its answer came, the latest on record first. One query.

    In no order of the database's: to read few in order it would look through all links there are.
    """
    days = ("source__said_min", "source__said_max", "target__said_min", "target__said_max")
    found = _answers(demand).values_list("pk", *days)[: facets.COUNT_LIMIT + 1]
    return [(key, _spell(*row)) for key, *row in sorted(found, reverse=True)]


def _spell(first: dt.date | None, last: dt.date, answered_first: dt.date | None, answered: dt.date) -> str:
    if first != last or answered_first != answered or last < answered:
        return UNKNOWN
    days = (last - answered).days
    if days <= _DAY:
        return "next" if days else "day"
    bounds = {"week": _WEEK, "month": _MONTH, "year": _YEAR}
    return next((name for name, most in bounds.items() if days <= most), "later")
