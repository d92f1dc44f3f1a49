"""The tree as the database keeps it: leaves in their places, and a node over each 256 of them."""

from django.db.models import Max

from quotes.log.tree import WIDTH, Tree
from quotes.models import Checkpoint, Leaf, Node


def size() -> int:
    """How many leaves have their place. One query."""
    last = Leaf.objects.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def tree(size: int) -> Tree:
    """The tree of the first leaves. A root or a proof takes two queries for each of its levels of tiles, at most."""
    return Tree(size, hashes)


def hashes(level: int, number: int) -> list[bytes]:
    """The hashes of a tile, as many as there are. One query."""
    first = number * WIDTH
    if level:
        nodes = Node.objects.filter(level=level, index__gte=first, index__lt=first + WIDTH).order_by("index")
        return [bytes(one) for one in nodes.values_list("hash", flat=True)]
    leaves = Leaf.objects.filter(position__gte=first, position__lt=first + WIDTH).order_by("position")
    return [bytes(one) for one in leaves.values_list("hash", flat=True)]


def latest() -> Checkpoint | None:
    """The newest checkpoint. One query."""
    return Checkpoint.objects.order_by("-size").first()
