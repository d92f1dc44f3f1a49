from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.decoding import Chain
from quotes.extraction.labels import CUE_TAGS, TAGS, may_begin, may_end, may_follow, span_tags, spans

SEEDS = st.integers(0, 10_000)


def chain(tags=CUE_TAGS, seed=0):
    chance = np.random.default_rng(seed)
    size = len(tags)
    return Chain.learned(
        tags, *(chance.normal(size=shape).astype(np.float32) for shape in ((size, size), (size,), (size,)))
    )


def emissions(seed, words, tags=CUE_TAGS):
    return np.random.default_rng(seed).normal(size=(1, words, len(tags))).astype(np.float32) * 3


def every(tags, words):
    """All valid sequences."""
    found = [[tag] for tag in tags if may_begin(tag)]
    for _ in range(words - 1):
        found = [[*before, tag] for before in found for tag in tags if may_follow(before[-1], tag)]
    return [sequence for sequence in found if may_end(sequence[-1])]


def score(of, emitted, sequence):
    path = [of.tags.index(tag) for tag in sequence]
    total = of.first[path[0]] + of.last[path[-1]] + sum(emitted[place, tag] for place, tag in enumerate(path))
    return total + sum(of.follow[a, b] for a, b in pairwise(path))


@given(SEEDS, st.integers(1, 5))
def test_the_best_sequence_is_the_best_of_all(seed, words):
    of, emitted = chain(seed=seed), emissions(seed, words)
    assert of.best(emitted, np.array([words]))[0] == max(
        every(CUE_TAGS, words), key=lambda sequence: score(of, emitted[0], sequence)
    )


@given(SEEDS, st.integers(1, 12))
def test_the_best_sequence_obeys_the_rules(seed, words):
    tags = chain(TAGS, seed).best(emissions(seed, words, TAGS), np.array([words]))[0]
    assert may_begin(tags[0])
    assert may_end(tags[-1])
    assert all(may_follow(a, b) for a, b in pairwise(tags))


@given(SEEDS, st.integers(2, 4))
def test_the_likelihood_of_a_span_is_its_share_of_all_sequences(seed, words):
    of, emitted = chain(seed=seed), emissions(seed, words)
    all_of_them = [(sequence, np.exp(score(of, emitted[0], sequence))) for sequence in every(CUE_TAGS, words)]
    with_it = sum(weight for sequence, weight in all_of_them if (0, 2) in spans(sequence, "cue"))
    found = of.weigh(emitted, np.array([words])).span(0, "cue", 0, 2)
    assert found == pytest.approx(with_it / sum(weight for _, weight in all_of_them), rel=1e-3)


def test_the_likelihoods_of_a_words_tags_add_up_to_one():
    weighed = chain(TAGS).weigh(emissions(3, 9, TAGS), np.array([9]))
    assert weighed.tags().sum(-1) == pytest.approx(1, abs=1e-3)


def test_a_shorter_row_is_decoded_as_if_it_stood_alone():
    of, long, short = chain(), emissions(1, 8), emissions(2, 5)
    both = np.concatenate([long, np.pad(short, ((0, 0), (0, 3), (0, 0)))])
    assert of.best(both, np.array([8, 5])) == [of.best(long, np.array([8]))[0], of.best(short, np.array([5]))[0]]
    together = of.weigh(both, np.array([8, 5])).span(1, "cue", 1, 3)
    assert together == pytest.approx(of.weigh(short, np.array([5])).span(0, "cue", 1, 3), rel=1e-4)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=4))
def test_spans_are_read_back_as_they_were_tagged(gaps):
    made, at, tags = [], 0, []
    for gap, length in gaps:
        start = at + gap
        made.append((start, start + length))
        at = start + length
    tags = ["O"] * (at + 1)
    for start, end in made:
        for place, tag in span_tags("content", start, end).items():
            tags[place] = tag
    assert spans(tags, "content") == made
