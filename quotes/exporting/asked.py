"""What a download asks for: a list's filters, where to go on, and how many rows at most."""

from dataclasses import dataclass

from django.http import QueryDict

from quotes.filters import StatementFilter
from quotes.pagination import AFTER, BadCursor, Cursor, read_cursor
from quotes.search.demands import Demand

ROWS = "rows"
MOST = 10**9


class NotAsked(ValueError):
    """Something in an address can't be read; `lines` say what, one each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(" ".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class Asked:
    """A list, the place in it after which to begin, and how many rows of it at most."""

    demand: Demand
    after: Cursor | None = None
    most: int | None = None


def read_asked(params: QueryDict) -> Asked:
    """Read the parameters of a download. Raises NotAsked, also for names that a list doesn't have.

    A misspelt filter that is passed over would give the whole record, and nobody would notice.
    """
    filterset = StatementFilter(params)
    known = (*filterset.filters, AFTER, ROWS)
    lines = [
        f"{name}: A list has no such parameter; it has {', '.join(known)}." for name in params if name not in known
    ]
    filterset.is_valid()
    lines += [f"{one.label}: “{one.value}”. {one.problem}" for one in filterset.chosen() if one.problem]
    after = most = None
    try:
        after = read_cursor({AFTER: params.get(AFTER, "")})
    except BadCursor as error:
        lines.append(str(error))
    if typed := params.get(ROWS, ""):
        most = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len(str(MOST)) else 0
        if not most:
            lines.append(f"rows: “{typed[:40]}” is not how many rows to give at most, from 1 on.")
    if lines:
        raise NotAsked(lines)
    return Asked(filterset.demand(), after, most)
