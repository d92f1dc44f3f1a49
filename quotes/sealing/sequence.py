"""The sequencer: gives leaves that wait their places, and signs a checkpoint. One at a time, whoever starts it."""

import json
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from quotes.log import checkpoints
from quotes.log.entries import Key
from quotes.log.hashing import root_of
from quotes.log.tree import WIDTH
from quotes.models import Checkpoint, Leaf, LogKey, Node
from quotes.models.log import made_leaf
from quotes.sealing.keys import signers
from quotes.sealing.tree import hashes, latest, size, tree

BATCH = 20_000
# The same in every process; nothing else of the record uses such locks.
_LOCK = 0x6C6F67
# Of keys that are given: PostgreSQL, which doesn't know yet how many leaves were added, would look for each among all.
_NUMBER = {
    "postgresql": "UPDATE quotes_leaf SET position = %s + given.place - 1"
    " FROM unnest(%s::bigint[]) WITH ORDINALITY AS given (id, place) WHERE quotes_leaf.id = given.id",
    "sqlite": "UPDATE quotes_leaf SET position = %s + given.key"
    " FROM json_each(%s) AS given WHERE quotes_leaf.id = given.value",
}


class LogBroken(Exception):
    """What stands in the database doesn't go on from what was signed before: no checkpoint is signed over it."""


def kept_checkpoint() -> Path:
    """The file of the last checkpoint that was signed here: what no change of the database reaches."""
    return Path(settings.LOG_FOLDER) / "log-checkpoint"


def checkpoint() -> Checkpoint | None:
    """Number what waits, and sign a checkpoint over it; None where nothing was added since the last one.

    Raises LogBroken where the log isn't what the last checkpoint was of, NoKey.
    """
    _introduce()
    while _number():
        pass
    return _sign()


def take_over() -> None:
    """Go on with a log that was loaded: give all its leaves their places, and note with the key what came so."""
    with transaction.atomic():
        _lock()
        _build(size())
        while _number():
            pass
        _introduce(size(), Leaf.objects.filter(revision=None, act=None, key=None).count())


def _introduce(loaded: int = 0, withheld: int = 0) -> None:
    """Make the key in use a leaf, once, and once more where a log was loaded."""
    key = signers()[0].public.written
    with transaction.atomic():
        _lock()
        if loaded or not LogKey.objects.filter(key=key).exists():
            made = LogKey.objects.create(key=key, since=timezone.now(), loaded=loaded, withheld=withheld)
            made_leaf(Key(made.key, made.since, loaded, withheld), key=made).save()


def _lock() -> None:
    """Let nobody else number or sign till the end of the transaction. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _number() -> bool:
    """Give the next leaves their places; False once none waits."""
    with transaction.atomic():
        _lock()
        waiting = list(Leaf.objects.filter(position=None).order_by("pk").values_list("pk", flat=True)[:BATCH])
        if waiting:
            keys = waiting if connection.vendor == "postgresql" else json.dumps(waiting)
            with connection.cursor() as cursor:
                cursor.execute(_NUMBER[connection.vendor], [size(), keys])
            _build(size())
    return bool(waiting)


def _build(below: int) -> None:
    """Make the nodes that became complete, level by level."""
    level = 0
    while below >= WIDTH:
        last = Node.objects.filter(level=level + 1).aggregate(last=Max("index"))["last"]
        first, level_size = 0 if last is None else last + 1, below // WIDTH
        made = (Node(level=level + 1, index=n, hash=root_of(hashes(level, n))) for n in range(first, level_size))
        Node.objects.bulk_create(made, batch_size=500)
        level, below = level + 1, level_size


def _sign() -> Checkpoint | None:
    with transaction.atomic():
        _lock()
        now, last = tree(size()), latest()
        _hold_against(now.size, last.note if last else "", "the last checkpoint")
        kept = kept_checkpoint()
        _hold_against(now.size, kept.read_text() if kept.exists() else "", str(kept))
        if last and last.size == now.size:
            return None
        keys, at = signers(), timezone.now()
        said = checkpoints.Checkpoint(keys[0].name, now.size, now.root(), at)
        made = Checkpoint.objects.create(size=said.size, at=at, note=said.signed(*keys))
        transaction.on_commit(lambda: _keep(kept, made.note))
    return made


def _hold_against(size_now: int, note: str, whose: str) -> None:
    if not note:
        return
    said = checkpoints.read(note)
    if said.size > size_now:
        raise LogBroken(f"{whose} is of {said.size} leaves, and the log has {size_now}: some were taken away.")
    if tree(size_now).root(said.size) != said.root:
        raise LogBroken(f"The first {said.size} leaves aren’t what {whose} is of: the log was rewritten.")


def _keep(path: Path, note: str) -> None:
    draft = path.with_name(f"{path.name}.{token_hex(4)}")
    draft.write_text(note)
    draft.replace(path)
