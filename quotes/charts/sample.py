"""The statements that a figure counts: the newest of a list, up to the bound of facets, as the index knows them.

Facets count each token for itself; figures ask which stand together, and when. So the same entries are read, once.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from quotes import facets, kept_counts
from quotes.charts.periods import Period, number_of, periods
from quotes.models import Statement, Topic
from quotes.search.demands import Demand
from quotes.search.engine import Look, StatementsOf

REST = "rest"
_LOOKED_AT = 60
_AT_ONCE = 1000


class Row(NamedTuple):
    """The days a statement can be from, and its tokens."""

    first: dt.date | None
    last: dt.date
    terms: frozenset[str]


@dataclass(frozen=True)
class Sample:
    """The newest statements of a list; `is_more` says that there are more."""

    rows: list[Row]
    is_more: bool

    def tops(self, kind: str, most: int) -> list[tuple[str, int]]:
        """The tokens of a kind that most statements have, and how many have each."""
        counts = Counter(term for row in self.rows for term in row.terms if term.startswith(kind))
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]

    def crossed(self, kind: str, other: str) -> dict[tuple[str, str], int]:
        """How many statements have a token of one kind and one of another."""
        counts: Counter[tuple[str, str]] = Counter()
        for row in self.rows:
            across = [term for term in row.terms if term.startswith(other)]
            counts.update((term, one) for term in row.terms if term.startswith(kind) for one in across)
        return dict(counts)

    def spans(self) -> list[Period]:
        """The periods that it is spread over, by the last day each can be from.

        Where there are more statements than were counted, none before: what is of those isn't known.
        """
        if not self.rows:
            return []
        days = [row.last for row in self.rows]
        found = periods(min(days), max(days))
        return [span for span in found if span.last >= min(days)] if self.is_more else found

    def over(self, spans: list[Period], groups: list[str]) -> dict[str, list[list[int]]]:
        """How many were said in each period, and how many more can have been, in all and of each group.

        Whatever is of no group is the rest's.
        """
        counts = {name: [[0, 0] for _ in spans] for name in ("", *groups, REST)}
        unit, start = (spans[0].unit, spans[0].number) if spans else (1, 0)
        for row in self.rows:
            own = ["", *([group for group in groups if group in row.terms] or [REST])]
            at = number_of(unit, row.last) - start
            earliest = max(0, number_of(unit, row.first) - start) if row.first else 0
            for name in own:
                counts[name][at][0] += 1
                for place in range(earliest, at):
                    counts[name][place][1] += 1
        return counts


def sample_of(demand: Demand) -> Sample:
    """The newest statements of a demand. One query, in bounded work."""
    limit = facets.COUNT_LIMIT
    found = Statement.objects.filter(pk__in=StatementsOf([Look(demand, limit + 1)])).order_by("-said_max", "-pk")
    read = found.values_list("said_min", "said_max", "entry__terms").iterator(_AT_ONCE)
    rows = [Row(first, last, frozenset(terms.split())) for first, last, terms in read]
    return Sample(rows[:limit], len(rows) > limit)


class Asked:
    """What figures ask of one demand: its sample is read once, and not where all that is counted of it is kept."""

    def __init__(self, demand: Demand) -> None:
        self.demand = demand

    @cached_property
    def sample(self) -> Sample:
        """The sample. One query."""
        return sample_of(self.demand)

    def kept(self, name: str, count: Callable[[Sample], Any]) -> Any:
        """What is counted of the sample; what was found before at this epoch, where a request is served."""
        return self.kept_without(name, lambda _demand: count(self.sample))

    def kept_without(self, name: str, count: Callable[[Demand], Any]) -> Any:
        """The same of what is asked of the database by the demand itself."""
        return kept_counts.counted(lambda: (name, self.demand, facets.COUNT_LIMIT), lambda: count(self.demand))


def lowest(found: Iterable[tuple[str, int]], most: int) -> list[tuple[str, int]]:
    """Of topics with their numbers the first few that have none of the others below them. One query."""
    looked_at = list(found)[:_LOOKED_AT]
    paths = dict(Topic.objects.filter(pk__in=[key_of(token) for token, _ in looked_at]).values_list("pk", "path"))
    above = {key for path in paths.values() for key in path.strip("/").split("/")[:-1]}
    return [(token, n) for token, n in looked_at if str(key_of(token)) not in above and key_of(token) in paths][:most]


def key_of(token: str) -> int:
    """The id in a token of a speaker, an outlet or a topic."""
    return int(token[2:])
