import pytest

from quotes.marking import CONTEXT, Stretch, excerpts, whole
from quotes.models import Appearance, Statement


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
