"""Generating a record: the cast, then batches that processes of their own make and one connection takes in.

All in one transaction: what fails, or is interrupted, leaves the record as it was.
"""

import os
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import nullcontext
from itertools import chain
from multiprocessing import get_context

from django.core.management.color import no_style
from django.db import IntegrityError, connection, models

from quotes.generating import sparing
from quotes.generating.acts import act
from quotes.generating.apart import Packed, begin, packed
from quotes.generating.batch import make
from quotes.generating.cast import Cast
from quotes.generating.casting import cast
from quotes.generating.derived import counts_of
from quotes.generating.plan import BATCH, Plan, pid
from quotes.generating.rows import COUNTS, FINGERPRINTS
from quotes.generating.sparing import Sparing
from quotes.generating.stores import Store, store
from quotes.models import (
    Act,
    Alias,
    Appearance,
    Carriage,
    Fingerprint,
    Hop,
    Leaf,
    Link,
    Revision,
    Role,
    Speaker,
    Statement,
    TokenCount,
    Topic,
)
from quotes.models.log import log_missing
from quotes.record.index import count, know
from quotes.search.tokens import speaker
from sources.models import Document, Outlet, Snapshot

MOST = 200_000_000
BARE_FROM = 20_000
"""From so many statements on, an empty record's indexes are made anew at the end."""
_APART_FROM = 5 * BATCH
_KNOWN_AT_ONCE = 500
_NUMBERED = {
    "document": Document,
    "snapshot": Snapshot,
    "speaker": Speaker,
    "statement": Statement,
    "appearance": Appearance,
    "revision": Revision,
}
_WRITTEN: list[type[models.Model]] = [
    Outlet, Document, Snapshot, Speaker, Role, Alias, Topic, Statement, Statement.topics.through, Appearance, Hop,
    Carriage, Link, Revision, Act, Leaf, Fingerprint, TokenCount,
]  # fmt: skip

Say = Callable[[int], None]


class CannotGenerate(Exception):
    """The record isn't empty, or holds what this seed makes."""


def generate(statements: int, seed: int, *, add: bool = False, processes: int | None = None, say: Say) -> None:
    """Put `statements` generated statements on record; `say` hears how many are written.

    Raises CannotGenerate for a record that isn't empty, unless `add`.
    """
    is_empty = not Statement.objects.exists() and not Document.objects.exists() and not Speaker.objects.exists()
    if not is_empty and not add:
        raise CannotGenerate(
            "The record isn't empty. Generated statements would stand among real ones; --add adds them."
        )
    if Statement.objects.filter(pid=pid(seed, 0, 0)).exists():
        raise CannotGenerate(f"The record holds what seed {seed} makes already. Give another: --seed {seed + 1}.")
    taker = store()
    bare = is_empty and statements >= BARE_FROM and not connection.in_atomic_block
    try:
        with taker.first_transaction() if bare else taker.transaction():
            with taker.bare() if bare else nullcontext():
                plan, players = _write(statements, seed, taker, processes, say, bare=bare)
            # A database that doesn't know what it holds looks for a few rows by reading all.
            _order("ANALYZE")
            act(plan, players)
            deque(log_missing(), maxlen=0)
    except IntegrityError as error:
        raise CannotGenerate(f"Nothing was written, for the database refused a row: {error}") from error
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        # It marks the pages whose rows everybody sees.
        _order("VACUUM")


def _write(
    statements: int, seed: int, taker: Store, processes: int | None, say: Say, *, bare: bool
) -> tuple[Plan, Cast]:
    # The documents' unnamed sources come after those who have names.
    players = cast(Plan(statements, seed, {}))
    plan = Plan(statements, seed, {kind: _next_key(model) for kind, model in _NUMBERED.items()})
    written = 0
    counts: Counter[tuple[str, int]] = Counter()
    unknown: set[str] = set()
    beside: set[int] = set()
    spared = Sparing(every=not bare)
    for number, (rows, marks, counted, heard) in enumerate(_batches(plan, players, taker, processes)):
        taker.take(rows)
        spared.add(marks)
        # Names are written while other processes make rows, and not after them.
        unknown |= {token for token, month in counted if not month and (token, month) not in counts}
        counts.update(counted)
        beside |= heard
        if len(unknown) > _KNOWN_AT_ONCE:
            know(unknown)
            unknown.clear()
        written += len(plan.numbers(number))
        say(written)
    know(chain(unknown, map(speaker, beside)))
    _write_derived(taker, spared, counts, bare=bare)
    _reset_sequences()
    return plan, players


def _write_derived(taker: Store, spared: Sparing, counts: Counter[tuple[str, int]], *, bare: bool) -> None:
    """What is known of all batches together."""
    for kept in spared.kept():
        taker.take(taker.packed({FINGERPRINTS: kept}))
    if bare and not TokenCount.objects.exists():
        taker.take(taker.packed({COUNTS: counts_of(counts)}))
    else:
        count(counts)


def _next_key(model: type[models.Model]) -> int:
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) + 1


def _batches(plan: Plan, players: Cast, taker: Store, processes: int | None) -> Iterator[Packed]:
    """The packed batches in their order; never more than a few wait in memory."""
    if processes is None:
        processes = (os.cpu_count() or 1) if plan.statements >= _APART_FROM else 0
    if not processes:
        for number in range(plan.batches):
            batch = make(plan, players, number)
            yield taker.packed(batch.rows), sparing.packed(batch.marks), batch.counts, batch.beside
        return
    # Spawned, not forked: a fork would share the database's connection.
    workers = ProcessPoolExecutor(processes, get_context("spawn"), begin, (plan, players, type(taker).packed))
    waiting: deque[Future[Packed]] = deque()
    with workers:
        for number in range(plan.batches):
            waiting.append(workers.submit(packed, number))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _WRITTEN):
            cursor.execute(statement)


def _order(what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(what)
