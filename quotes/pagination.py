"""Pages of a list that is ordered by `said_max` and then by id, both descending, without ever counting from its start.

`turn` takes a page of what a demand of the index finds, `paginate` one of any rows that have the two keys.

A cursor is a place between two rows, written `2022-12-03.15`: the day and the id of the row it was taken from.
`after=` lists what is older than that row, `before=` what is newer, so that a page stays what it was while statements
arrive. A day alone is the place just ahead of that day: `after=2022-12-03` starts with what was said by then.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, Self, TypeVar

from django.db import connections, models, router
from django.db.models import Exists, Q
from django.utils.translation import gettext

from quotes.cards import complete, whole_cards
from quotes.models import Entry, Statement
from quotes.querysets import StatementQuerySet
from quotes.search.demands import Demand
from quotes.search.engine import Look, StatementsOf
from quotes.search.tokens import FIRST_PLACE, LAST_PLACE, end_of, place_of

AFTER, BEFORE = "after", "before"
PAGE_SIZE = 20

M = TypeVar("M", bound=models.Model)
_PLACE = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.(\d{1,18}))?", re.ASCII)
# Whether rows lie on the other side of the cursor: the same answer on every row, computed once.
_BEHIND = "has_rows_behind"


class BadCursor(ValueError):
    """The text names no place in a list."""

    def __init__(self, text: str) -> None:
        self.text = text
        told = gettext(
            "“%(text)s” is no place in this list. A place is a day, like 2022-12-03, or a day and a number, "
            "like 2022-12-03.15, given once: after it or before it."
        )
        super().__init__(told % {"text": text[:40]})


@dataclass(frozen=True)
class Cursor:
    """A place in a list, and the direction in which it is left; without a key, just ahead of its day."""

    day: dt.date
    key: int | None = None
    backwards: bool = False

    @classmethod
    def at(cls, row: models.Model) -> Self:
        """Return the place of a row."""
        return cls(getattr(row, "said_max"), row.pk)  # noqa: B009  # any model that has the two keys

    def __str__(self) -> str:
        return self.day.isoformat() if self.key is None else f"{self.day.isoformat()}.{self.key}"

    @property
    def edge(self) -> int:
        """Return the place from which on lies what is newer; its own row is always behind it."""
        if self.key is None:
            return end_of(self.day)
        return place_of(self.day, self.key) + self.backwards

    @property
    def older(self) -> Q:
        """Ask for the rows after this place. The first comparison lets an index of the two keys start there."""
        if self.key is None:
            return Q(said_max__lte=self.day)
        return Q(said_max__lte=self.day) & (Q(said_max__lt=self.day) | Q(pk__lt=self.key))

    @property
    def newer(self) -> Q:
        """Ask for the rows before this place."""
        if self.key is None:
            return Q(said_max__gt=self.day)
        return Q(said_max__gte=self.day) & (Q(said_max__gt=self.day) | Q(pk__gt=self.key))


@dataclass(frozen=True)
class Page(Generic[M]):
    """Some rows of a list; `after` and `before` are the cursors of the pages around it, None where there is none.

    `is_near` says that the list doesn't hold the row that the cursor was taken from, so that this is the page nearest
    to it. `places` are those of all that the list has, where all were found, the latest first.
    """

    rows: list[M]
    after: Cursor | None = None
    before: Cursor | None = None
    is_near: bool = False
    places: list[int] | None = None


def read_cursor(params: Mapping[str, Any]) -> Cursor | None:
    """Return the cursor that a request names, None where it starts at the top. Raises BadCursor."""
    after, before = params.get(AFTER, ""), params.get(BEFORE, "")
    text = str(after or before)
    if not text:
        return None
    place = _PLACE.fullmatch(text)
    if not place or (after and before):
        raise BadCursor(text)
    try:
        day = dt.date.fromisoformat(place[1])
    except ValueError as error:
        raise BadCursor(text) from error
    return Cursor(day, int(place[2]) if place[2] else None, backwards=bool(before))


def turn(
    demand: Demand, cursor: Cursor | None, rows: StatementQuerySet | None = None, size: int = PAGE_SIZE
) -> Page[Statement]:
    """Return the `size` statements of a demand next to a cursor, latest first. `rows` says what is read of them.

    One query, in bounded work: the index is asked for these few, and for the nearest on the other side. Without `rows`
    what cards show is read, in two queries more.
    """
    if cursor is None:
        looks = [Look(demand, size + 1)]
    else:
        older, newer = demand.within(FIRST_PLACE, cursor.edge), demand.within(cursor.edge, LAST_PLACE)
        ahead, behind = (newer, older) if cursor.backwards else (older, newer)
        looks = [Look(ahead, size + 1, oldest=cursor.backwards), Look(behind, 1, oldest=not cursor.backwards)]
    asked = whole_cards() if rows is None else rows
    found = list(asked.filter(pk__in=StatementsOf(looks)).order_by("-said_max", "-pk"))
    if rows is None:
        complete(found)
    return _cut(found, cursor, size)


def places(demand: Demand, cursor: Cursor | None, size: int) -> list[int]:
    """Return the places of the `size` statements of a demand after a cursor, latest first. One query, as `turn`'s."""
    older = demand if cursor is None else demand.within(FIRST_PLACE, cursor.edge)
    connection = connections[router.db_for_read(Entry)]
    with connection.cursor() as asking:
        asking.execute(*Look(older, size).written(connection))
        return [place for (place,) in asking.fetchall()]


def _cut(found: list[Statement], cursor: Cursor | None, size: int) -> Page[Statement]:
    """Part what lies ahead of a cursor from what lies behind it."""
    if cursor is None:
        places = [place_of(row.said_max, row.pk) for row in found] if len(found) <= size else None
        return replace(_page(found[:size], has_older=len(found) > size, has_newer=False), places=places)
    older = [row for row in found if place_of(row.said_max, row.pk) < cursor.edge]
    newer = found[: len(found) - len(older)]
    is_near = cursor.key is not None and all(row.pk != cursor.key for row in found)
    if cursor.backwards:
        page = _page(newer[-size:], has_older=bool(older), has_newer=len(newer) > size)
    else:
        page = _page(older[:size], has_older=len(older) > size, has_newer=bool(newer))
    return replace(page, is_near=is_near)


def paginate(queryset: models.QuerySet[M], cursor: Cursor | None, size: int = PAGE_SIZE) -> Page[M]:
    """Return the `size` rows next to a cursor, latest first, and the cursors that go on from them. One query.

    `queryset` is one of a model with `said_max`; the order is set here.
    """
    if cursor is None:
        rows, has_more = _take(queryset.order_by("-said_max", "-pk"), size)
        return _page(rows, has_older=has_more, has_newer=False)
    ahead, behind = (cursor.newer, cursor.older) if cursor.backwards else (cursor.older, cursor.newer)
    order = ("said_max", "pk") if cursor.backwards else ("-said_max", "-pk")
    there = queryset.order_by()
    rows, has_more = _take(
        there.filter(ahead).annotate(**{_BEHIND: Exists(there.filter(behind | _own(cursor)))}).order_by(*order), size
    )
    has_behind = bool(rows) and bool(getattr(rows[0], _BEHIND))
    if cursor.backwards:
        rows.reverse()
        has_more, has_behind = has_behind, has_more
    return _page(rows, has_older=has_more, has_newer=has_behind)


def _take(queryset: models.QuerySet[M], size: int) -> tuple[list[M], bool]:
    rows = list(queryset[: size + 1])
    return rows[:size], len(rows) > size


def _own(cursor: Cursor) -> Q:
    """Ask for the row the cursor was taken from, which lies on neither side of it."""
    return Q(said_max=cursor.day, pk=cursor.key) if cursor.key is not None else Q()


def _page(rows: list[M], *, has_older: bool, has_newer: bool) -> Page[M]:
    return Page(
        rows,
        after=Cursor.at(rows[-1]) if rows and has_older else None,
        before=Cursor.at(rows[0]) if rows and has_newer else None,
    )
