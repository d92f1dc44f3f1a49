"""Removed words in what was discarded, and could be had back."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from quotes.models import Discarded
from quotes.record.blanking import Traces


def forget_discarded(traces: Traces) -> None:
    """Let nobody have back what holds the words. Reads all that is kept: a week’s. Belongs in a transaction."""
    for kept in Discarded.objects.select_for_update().order_by("pk").iterator():
        if any(map(traces.stand_in, [kept.name, *_texts(kept.row)])):
            _forget(kept)


def _forget(kept: Discarded) -> None:
    storage, name = kept.file.storage, kept.file.name
    kept.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
