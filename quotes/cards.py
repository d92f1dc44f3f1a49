"""Statements with all that a card of a list shows, by their keys: three queries that are compiled once."""

from collections.abc import Sequence

from quotes.models import Carriage, Statement, Topic
from quotes.prepared import Prepared, keep
from quotes.querysets import StatementQuerySet

MOST = 24
"""So many at once; where there are fewer, the last is asked for again and again."""

_KEYS = (int,) * MOST
_STATEMENTS = Prepared(lambda *keys: whole_cards().filter(pk__in=keys).order_by(), *_KEYS)
_FILED = Prepared(
    lambda *keys: Statement.topics.through._default_manager.filter(statement__in=keys).select_related("topic"), *_KEYS
)
_CARRIED = Prepared(lambda *keys: Carriage.objects.filter(statement__in=keys).select_related("outlet"), *_KEYS)


def cards(keys: Sequence[int]) -> dict[int, Statement]:
    """The published ones among at most `MOST` statements, by their keys, as `for_cards` reads them."""
    found = _STATEMENTS(*_padded(keys)) if keys else []
    complete(found)
    return {statement.pk: statement for statement in found}


def whole_cards() -> StatementQuerySet:
    """The published statements with what stands beside each; `complete` adds what there may be several of."""
    return Statement.objects.published().select_related("speaker", "speaks_for")


def complete(statements: Sequence[Statement]) -> None:
    """Give at most `MOST` statements their topics and carriages. Two queries, and none for no statements."""
    found = {statement.pk: statement for statement in statements}
    if not found:
        return
    asked = _padded(list(found))
    topics: dict[int, list[Topic]] = {key: [] for key in found}
    carriages: dict[int, list[Carriage]] = {key: [] for key in found}
    for filed in _FILED(*asked):
        topics.get(filed.statement_id, []).append(filed.topic)
    for carriage in _CARRIED(*asked):
        carriages.get(carriage.statement_id, []).append(carriage)
    for key, statement in found.items():
        keep(statement, "topics", sorted(topics[key], key=lambda topic: (topic.name, topic.pk)), Topic)
        keep(statement, "carriages", carriages[key], Carriage)


def _padded(keys: Sequence[int]) -> list[int]:
    return [*keys, *[keys[-1]] * (MOST - len(keys))]
