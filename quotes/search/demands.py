"""What a list holds: an expression for every stretch of its days.

A date that is only known to lie between two days asks for other tokens before a day than after it. So a demand is one
expression or several, each for the places from `low` to below `high`, the latest stretch first.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from quotes.search.expressions import EVERYTHING, NOTHING, All, Any, Attribute, Expression, Not, simplified
from quotes.search.tokens import LAST_PLACE, end_of, lies_in, start_of


@dataclass(frozen=True)
class Stretch:
    """The entries that an expression matches among the places from `low` to below `high`."""

    expression: Expression = EVERYTHING
    low: int = 0
    high: int = LAST_PLACE

    def within(self, low: int, high: int) -> "Stretch":
        """Return the part of it between two places."""
        return replace(self, low=max(low, self.low), high=min(high, self.high))

    @property
    def is_empty(self) -> bool:
        """Say whether nothing can be in it."""
        return self.low >= self.high or self.expression == NOTHING


@dataclass(frozen=True)
class Demand:
    """What is asked of a list's entries."""

    stretches: tuple[Stretch, ...] = (Stretch(),)

    @classmethod
    def of(cls, expression: Expression) -> "Demand":
        """Ask for what an expression matches, whenever it was said."""
        return cls(_kept([Stretch(simplified(expression))]))

    def narrowed(self, expression: Expression) -> "Demand":
        """Ask for what an expression matches too."""
        return self._each(lambda stretch: [_also(stretch, expression)])

    def within(self, low: int, high: int) -> "Demand":
        """Ask for the places from `low` to below `high` alone."""
        return self._each(lambda stretch: [stretch.within(low, high)])

    def said_from(self, day: dt.date) -> "Demand":
        """Ask for what can have been said on a day or after it."""
        return self.within(start_of(day), LAST_PLACE)

    def said_until(self, day: dt.date) -> "Demand":
        """Ask for what can have been said on a day or before it."""
        return self._parted(end_of(day), either(lies_in("d", day)), EVERYTHING)

    def published_from(self, day: dt.date) -> "Demand":
        """Ask for what can have been published on a day or after it."""
        return self._parted(start_of(day), EVERYTHING, either(lies_in("g", day)))

    def published_until(self, day: dt.date) -> "Demand":
        """Ask for what can have been published on a day or before it."""
        return self._parted(end_of(day), either(lies_in("e", day)), Not(either(lies_in("u", day))))

    @property
    def single(self) -> Expression | None:
        """Return the expression where there is one for all days."""
        whole = len(self.stretches) == 1 and self.stretches[0].within(0, LAST_PLACE) == Stretch(
            self.stretches[0].expression
        )
        return self.stretches[0].expression if whole else None

    def _parted(self, place: int, later: Expression, earlier: Expression) -> "Demand":
        """Ask for one thing from a place on, and for another before it."""

        def parts(stretch: Stretch) -> list[Stretch]:
            after, before = stretch.within(place, LAST_PLACE), stretch.within(0, place)
            return [_also(after, later), _also(before, earlier)]

        return self._each(parts)

    def _each(self, change: Callable[[Stretch], list[Stretch]]) -> "Demand":
        return Demand(_kept(part for stretch in self.stretches for part in change(stretch)))


NONE = Demand(())


def either(tokens: Iterable[str]) -> Expression:
    """Ask for one of some tokens."""
    return simplified(Any(tuple(Attribute(token) for token in tokens)))


def _also(stretch: Stretch, expression: Expression) -> Stretch:
    return replace(stretch, expression=simplified(All((stretch.expression, expression))))


def _kept(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    return tuple(stretch for stretch in stretches if not stretch.is_empty)
