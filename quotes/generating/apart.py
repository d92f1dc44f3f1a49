"""Making batches in a process of its own, which begins with nothing of Django's: whoever hands it work imports this."""

import gc
from collections import Counter
from collections.abc import Callable
from typing import Any

import django

from quotes.generating.cast import Cast
from quotes.generating.plan import Plan

Packed = tuple[Any, bytes, Counter[tuple[str, int]], set[int]]
"""Rows as their store packs them, packed fingerprints, counts, and who is heard beside the speakers."""
_work: dict[str, Any] = {}


def begin(plan: Plan, players: Cast, pack: Callable[[Any], Any]) -> None:
    """Begin a process, which gets the cast once."""
    django.setup()
    gc.disable()  # rows lead to nothing that leads back to them
    from quotes.generating import sparing  # noqa: PLC0415 - as the next
    from quotes.generating.batch import make  # noqa: PLC0415 - it stands on modules that need Django set up

    def packed_batch(number: int) -> Packed:
        batch = make(plan, players, number)
        return pack(batch.rows), sparing.packed(batch.marks), batch.counts, batch.beside

    _work["packed"] = packed_batch


def packed(number: int) -> Packed:
    """Batch `number`."""
    made: Packed = _work["packed"](number)
    return made
