"""Hashes of the Merkle tree (RFC 9162, section 2.1.1), and its root as leaves come."""

import hashlib
from collections.abc import Iterable

SIZE = 32
EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf, from what it stands for."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Iterable[bytes]) -> bytes:
    """The root of the tree with these leaves."""
    tree = Frontier()
    for one in hashes:
        tree.append(one)
    return tree.root()


class Frontier:
    """A tree that grows leaf by leaf, of which the roots of its complete subtrees alone are kept: 64 at most."""

    def __init__(self) -> None:
        self.size = 0
        self._roots: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add a leaf, by its hash."""
        self._roots.append(leaf)
        self.size += 1
        # As often as the new size is even, two subtrees of one height stand beside each other.
        complete = self.size
        while not complete & 1:
            right = self._roots.pop()
            self._roots[-1] = node_hash(self._roots[-1], right)
            complete >>= 1

    def root(self) -> bytes:
        """The root of what came so far."""
        if not self._roots:
            return EMPTY
        root = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            root = node_hash(left, root)
        return root
