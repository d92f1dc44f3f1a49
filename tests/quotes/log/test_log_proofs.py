"""Roots and proofs against the definitions of RFC 9162, written down as they stand there."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.log.hashing import Frontier, leaf_hash, node_hash, root_of
from quotes.log.proofs import is_consistent, is_included
from quotes.log.tree import WIDTH, Tree

SIZES = st.integers(1, 700)
LEAVES = [leaf_hash(str(number).encode()) for number in range(700)]


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d):
    if not d:
        return hashlib.sha256(b"").digest()
    if len(d) == 1:
        return d[0]
    k = split(len(d))
    return node_hash(mth(d[:k]), mth(d[k:]))


def path(m, d):
    if len(d) == 1:
        return []
    k = split(len(d))
    return [*path(m, d[:k]), mth(d[k:])] if m < k else [*path(m - k, d[k:]), mth(d[:k])]


def subproof(m, d, *, b):
    if m == len(d):
        return [] if b else [mth(d)]
    k = split(len(d))
    if m <= k:
        return [*subproof(m, d[:k], b=b), mth(d[k:])]
    return [*subproof(m - k, d[k:], b=False), mth(d[:k])]


def tile(level, number):
    """What a database keeps: leaves, and a node over each 256 complete ones below."""
    below = LEAVES
    for _ in range(level):
        below = [root_of(below[at : at + WIDTH]) for at in range(0, len(below) // WIDTH * WIDTH, WIDTH)]
    return below[number * WIDTH : (number + 1) * WIDTH]


def tree():
    return Tree(len(LEAVES), tile)


@given(SIZES)
@settings(max_examples=40, deadline=None)
def test_a_root_is_what_the_rfc_defines(size):
    assert tree().root(size) == root_of(LEAVES[:size]) == mth(LEAVES[:size])


@given(st.data(), SIZES)
@settings(max_examples=60, deadline=None)
def test_an_inclusion_proof_is_what_the_rfc_defines_and_holds(data, size):
    leaf = data.draw(st.integers(0, size - 1))
    proof = tree().inclusion(leaf, size)
    assert proof == path(leaf, LEAVES[:size])
    assert is_included(LEAVES[leaf], leaf, size, proof, mth(LEAVES[:size]))


@given(st.data(), SIZES)
@settings(max_examples=60, deadline=None)
def test_a_consistency_proof_is_what_the_rfc_defines_and_holds(data, size):
    old = data.draw(st.integers(1, size))
    proof = tree().consistency(old, size)
    assert proof == subproof(old, LEAVES[:size], b=True)
    assert is_consistent(old, mth(LEAVES[:old]), size, mth(LEAVES[:size]), proof)


def altered(proof):
    """A proof with one hash changed, left out, added, or two in another order."""
    for at, one in enumerate(proof):
        yield [*proof[:at], bytes([one[0] ^ 1]) + one[1:], *proof[at + 1 :]]
        yield [*proof[:at], *proof[at + 1 :]]
        yield [*proof[:at], one[:-1], *proof[at + 1 :]]
    yield [*proof, LEAVES[0]]
    if len(proof) > 1:
        yield [proof[1], proof[0], *proof[2:]]


@pytest.mark.parametrize(("leaf", "size"), [(0, 1), (0, 8), (5, 7), (6, 7), (299, 300), (12, 257)])
def test_no_altered_inclusion_proof_holds(leaf, size):
    proof, root = tree().inclusion(leaf, size), mth(LEAVES[:size])
    for wrong in altered(proof):
        assert not is_included(LEAVES[leaf], leaf, size, wrong, root)
    for place in {leaf - 1, leaf + 1, size, -1}:
        assert not is_included(LEAVES[leaf], place, size, proof, root)
    assert not is_included(LEAVES[leaf + 1], leaf, size, proof, root)
    assert not is_included(LEAVES[leaf], leaf, size, proof, LEAVES[0] if size > 1 else LEAVES[1])


@pytest.mark.parametrize(("old", "size"), [(1, 8), (3, 7), (4, 7), (6, 8), (7, 7), (256, 300), (255, 513)])
def test_no_altered_consistency_proof_holds(old, size):
    proof, was, now = tree().consistency(old, size), mth(LEAVES[:old]), mth(LEAVES[:size])
    for wrong in altered(proof):
        assert not is_consistent(old, was, size, now, wrong)
    assert not is_consistent(old, mth(LEAVES[1 : old + 1]), size, now, proof)
    assert not is_consistent(old, was, size, mth(LEAVES[1 : size + 1]), proof)
    assert not is_consistent(0, was, size, now, proof)
    assert not is_consistent(size + 1, was, size, now, proof)


@pytest.mark.parametrize("ask", [lambda t: t.inclusion(8, 8), lambda t: t.inclusion(0, 701), lambda t: t.root(701)])
def test_what_is_not_in_the_tree_is_refused(ask):
    with pytest.raises(ValueError, match=r"log has 700|no leaf 8"):
        ask(tree())


def test_no_tree_begins_with_none_or_with_more_than_it_has():
    for old in (0, 9):
        with pytest.raises(ValueError, match="begin"):
            tree().consistency(old, 8)


def test_a_tree_that_grows_keeps_few_hashes():
    growing = Frontier()
    for leaf in LEAVES:
        growing.append(leaf)
    assert len(growing._roots) == len(LEAVES).bit_count()
    assert growing.root() == mth(LEAVES)
