import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.search.highlighting import ranges, runs
from quotes.search.query import parse
from quotes.spans import Span, pieces

TEXT = "Russia’s security guarantees, the negotiations and Élysée’s will — 北大西洋の核兵器"
letters = st.text("aAéб核ガ'’ -.*\"“”sx\u0301", max_size=30)


def found(query, text=TEXT):
    return [text[start:end] for start, end in ranges(text, parse(query))]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("", []),
        ("RUSSIAN", []),
        ("russia", ["Russia"]),
        ("negotiated", ["negotiations"]),
        ("negotiati*", ["negotiations"]),
        ("elysee", ["Élysée"]),
        ('"security guarantee"', ["security guarantees"]),
        ('"guarantees security"', []),
        ("security guarantees", ["security", "guarantees"]),
        ("security OR peace -will", ["security"]),
        ("speaker:russia", []),
        ("西洋", ["西洋"]),
        ("北大西", ["北大西"]),
        ("核", ["核"]),
        ("器", ["器"]),
        ('"the nego"', []),
        ("the-nego*", ["the negotiations"]),
        ("colour:red guarantees", ["guarantees"]),
    ],
)
def test_what_a_search_found_is_marked(query, marked):
    assert found(query) == marked


def test_ranges_that_overlap_are_one():
    assert found('"peace talks" talks* "talks now"', "the peace talks now") == ["peace talks now"]


@settings(deadline=None)
@given(letters, letters)
def test_ranges_lie_in_order_within_the_text(text, query):
    edges = [edge for place in ranges(text, parse(query)) for edge in place]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["direct", "indirect"]), letters.filter(bool)), max_size=4), letters)
def test_runs_hold_all_of_each_piece(spans, query):
    shown = pieces([Span(mode, text) for mode, text in spans])
    assert ["".join(run.text for run in parted) for parted in runs(shown, parse(query))] == [p.text for p in shown]


def test_a_phrase_is_marked_across_speech_modes_without_the_generated_marks():
    shown = pieces([Span("direct", "once the parties"), Span("indirect", " return to the table")])
    marked = [[run.text for run in parted if run.is_found] for parted in runs(shown, parse('"parties return"'))]
    assert marked == [["parties"], [" return"]]
