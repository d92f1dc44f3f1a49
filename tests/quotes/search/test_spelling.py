import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.search.spelling import closest, trigrams

KNOWN = ["macron", "macro", "putin", "putins", "lukashenko", "lukashenka", "tass", "ukraine"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("makron", ["macron"]),
        ("marcon", ["macron"]),
        ("macronn", ["macron", "macro"]),
        ("putni", ["putin"]),
        ("ukrain", ["ukraine"]),
        ("lukaschenko", ["lukashenko", "lukashenka"]),
        ("macron", ["macro"]),
        ("tss", []),
        ("elephant", []),
        ("", []),
    ],
)
def test_a_misspelt_word_is_likened_to_those_it_can_be(typed, meant):
    assert closest(typed, KNOWN) == meant


def test_the_likeliest_are_few():
    assert closest("aaaaaa", [f"aaaaa{letter}" for letter in "bcdef"]) == ["aaaaab", "aaaaac", "aaaaad"]


def test_trigrams_tell_the_edges_of_a_word():
    assert trigrams("tass") == {" ta", "tas", "ass", "ss "}


@settings(deadline=None)
@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=5))
def test_nobody_means_the_word_that_was_typed(typed, known):
    assert typed not in closest(typed, [*known, typed])
    assert set(closest(typed, known)) <= set(known)
