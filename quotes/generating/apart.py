"""Making batches in a process of its own, which begins with nothing of Django's: whoever hands it work imports this."""

from collections.abc import Callable
from typing import Any

import django

from quotes.generating.cast import Cast
from quotes.generating.plan import Plan

_work: dict[str, Any] = {}


def begin(plan: Plan, players: Cast, pack: Callable[[Any], Any]) -> None:
    """Begin a process, which gets the cast once."""
    django.setup()
    from quotes.generating.batch import make  # noqa: PLC0415 - it stands on modules that need Django set up

    _work["packed"] = lambda number: pack(make(plan, players, number))


def packed(number: int) -> Any:
    """The packed rows of batch `number`."""
    return _work["packed"](number)
