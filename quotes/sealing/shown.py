"""What the log shows everybody: checkpoints, proofs and tiles, all of what is signed and of nothing else."""

import base64
from typing import Any

from django.conf import settings

from quotes.log.hashing import SIZE
from quotes.log.tree import TILE, WIDTH
from quotes.models import Checkpoint, Leaf, LogKey, Revision
from quotes.models.log import version_facts
from quotes.sealing.tree import hashes, latest, tree

PAGE = 50


class NotInTheLog(Exception):
    """What is asked for isn't there, or not yet; the message says so to whoever asked."""


def keys() -> list[LogKey]:
    """The keys that checkpoints were signed with, the newest first. One query."""
    return list(LogKey.objects.order_by("-pk"))


def published(before: int | None = None) -> list[Checkpoint]:
    """Checkpoints, the largest first: those smaller than `before`. One query, of one more than a page has."""
    all_of_them = Checkpoint.objects.order_by("-size")
    return list((all_of_them.filter(size__lt=before) if before is not None else all_of_them)[: PAGE + 1])


def proof(revision: Revision) -> dict[str, Any]:
    """All that shows a version's place in the log, but its words. Three queries, and some for the tree's tiles."""
    last = latest()
    leaf = Leaf.objects.filter(revision=revision).first()
    if last is None or leaf is None or leaf.position is None or leaf.position >= last.size:
        raise NotInTheLog("This version comes into the log with the next checkpoint. Ask again in a few minutes.")
    statement = revision.statement
    return {
        "type": "on-record-proof",
        "statement": statement.pid,
        "version": revision.number,
        "body": f"{settings.SITE_URL}{statement.version_url(revision.number)}.json",
        "entry": version_facts(revision).entry(leaf.seals).decode(),
        "leaf_index": leaf.position,
        "tree_size": last.size,
        "hashes": _written(tree(last.size).inclusion(leaf.position)),
        "checkpoint": last.note,
    }


def consistency(old: int, size: int | None) -> dict[str, Any]:
    """What shows that the log of `old` leaves is the beginning of the one of `size`, or of the latest."""
    last = latest()
    size = (last.size if last else 0) if size is None else size
    if last is None or not 0 < old <= size <= last.size:
        held = last.size if last else 0
        raise NotInTheLog(
            f"The log has {held} leaves: from and to are numbers from 1 to {held}, the smaller one first."
        )
    return {"type": "on-record-consistency", "from": old, "to": size, "hashes": _written(tree(size).consistency(old))}


def tile(level: int, number: int, width: int) -> bytes:
    """The first `width` hashes of a tile, as far as a checkpoint is over them. Two queries."""
    last = latest()
    there = ((last.size if last else 0) >> (TILE * level)) - number * WIDTH
    if not 0 < width <= min(there, WIDTH):
        raise NotInTheLog("The log has no such tile.")
    found = b"".join(hashes(level, number)[:width])
    if len(found) != width * SIZE:
        raise NotInTheLog("The log has no such tile.")
    return found


def _written(proof: list[bytes]) -> list[str]:
    return [base64.b64encode(one).decode() for one in proof]
