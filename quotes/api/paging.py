"""Pages of rows that are ordered by their key alone, the last first: `after` and `before` name a row of the list."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict

from quotes.api.problems import Wrong, refuse
from quotes.facets import COUNT_LIMIT, Total

LONGEST_KEY = 18


@dataclass(frozen=True)
class KeyPage:
    """Some rows, the addresses of the pages around them, and how many there are."""

    rows: list[Any]
    onward: str
    back: str
    total: Total


def counted(queryset: models.QuerySet[Any]) -> Total:
    """How many rows there are, up to the bound. One query."""
    return Total(queryset.order_by().values("pk")[: COUNT_LIMIT + 1].count())


def is_key(text: str) -> bool:
    """Whether a text can be the key of a row."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY


def by_key(queryset: models.QuerySet[Any], params: QueryDict, path: str, size: int, name: str = "pk") -> KeyPage:
    """The page that `after` or `before` asks for; `name` is the field that addresses call a row by.

    Two queries, three where a place is named. Raises Problem for a place that can't be read or isn't there.
    """
    after, before = params.get("after", ""), params.get("before", "")
    if after and before:
        refuse([Wrong("before", before[:80], "A page is after a row or before one, not both.")])
    key = _key(queryset, after or before, "after" if after else "before", name)
    ordered = queryset.order_by("pk" if before else "-pk")
    if key is not None:
        ordered = ordered.filter(pk__gt=key) if before else ordered.filter(pk__lt=key)
    found = list(ordered[: size + 1])
    has_more, rows = len(found) > size, found[:size]
    if before:
        rows.reverse()
    has_older, has_newer = (bool(rows), has_more) if before else (has_more, bool(after))
    kept = [(one, value) for one, values in params.lists() for value in values if one not in ("after", "before")]
    return KeyPage(
        rows,
        _address(path, kept, "after", getattr(rows[-1], name)) if has_older and rows else "",
        _address(path, kept, "before", getattr(rows[0], name)) if has_newer and rows else "",
        counted(queryset),
    )


def _key(queryset: models.QuerySet[Any], text: str, parameter: str, name: str) -> int | None:
    if not text:
        return None
    is_pid = text.isascii() and text.isalnum()
    if not (is_key(text) if name == "pk" else is_pid):
        refuse(
            [Wrong(parameter, text[:80].replace("\x00", "\N{REPLACEMENT CHARACTER}"), "This is no place in the list.")]
        )
    # The row may have left the list meanwhile; its place stays.
    key: int | None = queryset.model._default_manager.filter(**{name: text}).values_list("pk", flat=True).first()
    if key is None:
        refuse([Wrong(parameter, text[:80], "There is no such row.", "unknown")])
    return key


def _address(path: str, kept: list[tuple[str, str]], parameter: str, value: object) -> str:
    return f"{path}?{urlencode([*kept, (parameter, str(value))])}"
