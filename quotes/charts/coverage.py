"""The figures of any list, of all that is on record where nothing narrows it: who relays whom, origins, replies.

Each figure leaves out the filters that its own numbers set, as facets do: so a number is what choosing it gives.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from quotes.charts import answers, relays
from quotes.charts.bars import bars, by_origins, counted, named, spread_over
from quotes.charts.figures import Cell, Figure, addressed, share
from quotes.charts.over_time import over_time
from quotes.charts.sample import Asked, Sample, lowest
from quotes.charts.things import things
from quotes.filters import StatementFilter
from quotes.models import Link
from quotes.search import tokens
from quotes.search.demands import Demand

LAG = "lag"
_LED = 8
_LOOKED_AT = 200
_TIMES = ("year", "said_after", "said_before")
_PAGES = {"_s": "speaker", "_t": "topic", "_o": "outlet"}

Filters = list[tuple[str, str]]


@dataclass(frozen=True)
class Coverage:
    """The figures of a list, whose pages have more of them, and the answers of the spell that was chosen."""

    figures: list[Figure]
    led: dict[str, list[Cell]]
    spell: str = ""
    pairs: list[Link] | None = None

    def figure(self, key: str) -> Figure | None:
        """The figure of a name."""
        return next((figure for figure in self.figures if figure.key == key), None)


class _List:
    """A list and its filters; samples are shared by the figures that ask for the same."""

    def __init__(self, filterset: StatementFilter, filters: Filters) -> None:
        self.filterset, self.filters = filterset, filters
        self._asked: dict[Demand, Asked] = {}

    def without(self, names: Collection[str] = ()) -> tuple[Asked, Filters]:
        """The list without some of its filters, and the filters that are left."""
        demand = self.filterset.demand(*names)
        return self._asked.setdefault(demand, Asked(demand)), [pair for pair in self.filters if pair[0] not in names]


def coverage(filterset: StatementFilter, filters: Filters, lag: str = "") -> Coverage:
    """The figures of a valid filterset's list, those that have anything; of one lag the answers. 17 queries at most."""
    asking = _List(filterset, filters)
    own, _filters = asking.without()
    times, timed = asking.without(["topic", *_TIMES])
    found = own.kept_without("reply lag", answers.lags)
    figures = [
        _relays(asking),
        _origins(asking),
        answers.reply_lag(found, lambda spell: f"{addressed('coverage', [*filters, (LAG, spell)])}#pairs"),
        over_time(_("What was said, over time and by topic"), times, "_t", timed),
        _speakers(asking),
    ]
    spell = answers.spells().get(lag, "")
    return Coverage(
        figures=[figure for figure in figures if not figure.is_empty],
        led=_led(own),
        spell=spell,
        pairs=answers.pairs(own.demand, lag) if spell else None,
    )


def _relays(asking: _List) -> Figure:
    asked, filters = asking.without(["relay", "published_by"])
    found = asked.kept("relays", lambda sample: {**_size(sample), **relays.counts(sample)})
    return relays.who_relays_whom(found, filters)


def _origins(asking: _List) -> Figure:
    asked, filters = asking.without(["origins"])
    found = asked.kept("origins", lambda sample: {**_size(sample), "tops": sample.tops("_n", tokens.MOST_ORIGINS + 1)})
    rows = by_origins(found["tops"], filters)
    alone = dict(found["tops"]).get(tokens.origins(1), 0)
    told = _("%(share)s come from one origin alone, in however many outlets they stand.") % {
        "share": share(alone, found["size"])
    }
    told = f"{told} {counted(found['size'], is_more=found['is_more'])}"
    title = _("From how many origins it comes")
    return bars("origins", title, told, rows, found["size"], is_least=found["is_more"])


def _speakers(asking: _List) -> Figure:
    asked, filters = asking.without(["speaker"])
    found = asked.kept("speakers", lambda sample: {**_size(sample), "tops": spread_over(sample, "_s")})
    told = counted(found["size"], is_more=found["is_more"])
    rows = named(found["tops"], filters)
    return bars("speakers", _("Who spoke"), told, rows, found["size"], is_least=found["is_more"])


def _led(asked: Asked) -> dict[str, list[Cell]]:
    """Of whom there is an overview: the leading speakers, topics and outlets of the list. Three queries."""
    tops = asked.kept("led", _tops)
    found = things(token for some in tops.values() for token in some)
    return {
        f"{_PAGES[kind]}s": [
            Cell(found[token].name, reverse(f"{_PAGES[kind]}_overview", args=[found[token].slug]))
            for token in some
            if token in found
        ]
        for kind, some in tops.items()
    }


def _tops(sample: Sample) -> dict[str, list[str]]:
    found = {kind: sample.tops(kind, _LED) for kind in _PAGES} | {"_t": lowest(sample.tops("_t", _LOOKED_AT), _LED)}
    return {kind: [token for token, _n in some] for kind, some in found.items()}


def _size(sample: Sample) -> dict[str, Any]:
    return {"size": len(sample.rows), "is_more": sample.is_more}
