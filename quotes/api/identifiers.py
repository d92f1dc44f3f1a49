"""Ids as addresses hold them: in any of the ways that permalinks understand."""

import re

from django.http import Http404

from quotes.api.problems import Wrong, refuse
from quotes.permalinks import Mistyped, read_pid

PATTERN = "^[0-9A-HJKMNP-TV-Z]{10}$"
_LIKE_ONE = re.compile(r"[0-9A-TV-Z]{10}", re.ASCII)


def canonical(typed: str, parameter: str = "id") -> str:
    """The id as it is written. Raises Problem 400 for what is none, Http404 for one whose check symbol doesn't fit."""
    try:
        return read_pid(typed)
    except Mistyped as error:
        if _LIKE_ONE.fullmatch(typed.upper().replace("-", "")):
            raise Http404("mistyped") from error
        shown = "".join(symbol if symbol.isprintable() else "\N{REPLACEMENT CHARACTER}" for symbol in typed[:80])
        refuse([Wrong(parameter, shown, "An id has ten symbols, like 7K2M9QX4TA.")])
        raise
