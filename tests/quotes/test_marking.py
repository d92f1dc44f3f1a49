import pytest

from quotes.marking import CONTEXT, Stretch, excerpts, suggested, whole
from quotes.models import Appearance, Candidate, Statement


def stands(start, end, pid="A"):
    return Appearance(statement=Statement(pid=pid), start=start, end=end)


def shown(stretches):
    return [(stretch.text, stretch.statement.pid if stretch.statement else "") for stretch in stretches]


def test_a_text_without_statements_is_one_stretch():
    assert whole("The text.", []) == [Stretch("The text.")]


def test_an_empty_text_has_no_stretches():
    assert whole("", []) == []


def test_statements_are_marked_where_they_stand():
    text = "He said we must think. So."
    assert shown(whole(text, [stands(8, 22)])) == [("He said ", ""), ("we must think.", "A"), (" So.", "")]


def test_positions_count_code_points():
    assert shown(whole("🎈é we", [stands(3, 5)])) == [("🎈é ", ""), ("we", "A")]


def test_of_nested_statements_the_innermost_is_marked():
    marked = whole("outer inner outer", [stands(0, 17, "OUTER"), stands(6, 11, "INNER")])
    assert shown(marked) == [("outer ", "OUTER"), ("inner", "INNER"), (" outer", "OUTER")]


def test_statements_that_overlap_are_both_marked():
    marked = whole("abcdef", [stands(0, 4, "FIRST"), stands(2, 6, "OTHER")])
    assert "".join(text for text, _ in shown(marked)) == "abcdef"
    assert {pid for _, pid in shown(marked)} == {"FIRST", "OTHER"}


@pytest.mark.parametrize(("start", "end"), [(None, None), (50, 60)])
def test_a_statement_without_a_place_in_the_text_marks_nothing(start, end):
    assert shown(whole("The text.", [stands(start, end)])) == [("The text.", "")]


def test_a_text_is_shown_whole_and_once():
    appearances = [stands(1, 3), stands(3, 5), stands(0, 9), stands(8, 9), stands(2, 2)]
    assert "".join(stretch.text for stretch in whole("The text.", appearances)) == "The text."


def test_an_excerpt_has_at_most_its_context_on_either_side():
    text = "a" * 1000 + "words" + "b" * 1000
    [excerpt] = excerpts(text, [stands(1000, 1005)])
    assert shown(excerpt) == [("a" * CONTEXT, ""), ("words", "A"), ("b" * CONTEXT, "")]


def test_visitors_see_at_most_200_characters_of_context():
    assert CONTEXT == 200


def test_an_excerpt_ends_with_the_text():
    assert shown(excerpts("a words b", [stands(2, 7)])[0]) == [("a ", ""), ("words", "A"), (" b", "")]


def test_quotations_whose_contexts_overlap_share_one_excerpt():
    text = "x" * 1000
    assert len(excerpts(text, [stands(100, 110), stands(400, 410)])) == 1


def test_quotations_far_apart_have_one_excerpt_each_in_the_order_of_the_text():
    text = "x" * 3000
    found = excerpts(text, [stands(2000, 2010, "LATER"), stands(100, 110, "FIRST")])
    assert [shown(excerpt)[1][1] for excerpt in found] == ["FIRST", "LATER"]


def test_a_text_without_quotations_shows_nothing():
    assert excerpts("The whole text.", []) == []


def a_candidate(*ranges):
    """An unsaved suggestion that stands at these places."""
    return Candidate(ranges=[list(one) for one in ranges], start=ranges[0][0], end=ranges[-1][1])


def passages(text, *candidates, noise=()):
    """A text in passages, as (text, the candidates here by their start, whether noise)."""
    return [
        (one.text, [candidate.start for candidate in one.candidates], one.noise)
        for one in suggested(text, candidates, noise)
    ]


def test_a_text_without_suggestions_is_one_passage():
    assert passages("abc") == [("abc", [], False)]
    assert passages("") == []


def test_a_suggestion_within_another_is_the_innermost():
    outer, inner = a_candidate((0, 6)), a_candidate((2, 4))
    assert passages("abcdefgh", outer, inner) == [
        ("ab", [0], False),
        ("cd", [2, 0], False),
        ("ef", [0], False),
        ("gh", [], False),
    ]


def test_suggestions_may_overlap_and_touch():
    assert passages("abcdef", a_candidate((0, 3)), a_candidate((2, 5)), a_candidate((5, 6))) == [
        ("ab", [0], False),
        ("c", [2, 0], False),
        ("de", [2], False),
        ("f", [5], False),
    ]


def test_what_interrupts_a_suggestion_is_not_marked():
    assert passages("abcdef", a_candidate((0, 2), (4, 6))) == [
        ("ab", [0], False),
        ("cd", [], False),
        ("ef", [0], False),
    ]


def test_lines_of_noise_are_passages_of_their_own():
    assert passages("abcdef", a_candidate((0, 2)), noise=[(3, 5)]) == [
        ("ab", [0], False),
        ("c", [], False),
        ("de", [], True),
        ("f", [], False),
    ]


def test_passages_say_where_they_begin_in_characters():
    assert [one.start for one in suggested("🎙🎙ab", [a_candidate((2, 3))])] == [0, 2, 3]


def test_many_suggestions_of_a_long_text_take_no_time():
    text = "word " * 40_000
    candidates = [a_candidate((at, at + 50)) for at in range(0, 100_000, 100)]
    assert sum(len(one.candidates) for one in suggested(text, candidates)) == 1000
