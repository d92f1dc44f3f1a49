import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes.spans import Span
from quotes.wording.fingerprints import MOST_ASKED, asked, kept, kept_of, runs, telling
from quotes.wording.words import read_spans, read_wording

SAID = read_wording(
    "We must think about the security structure under which we will live tomorrow. NATO is approaching the borders, "
    "and it is deploying weapons that could threaten them."
)


def shared(quoted, *said):
    return kept(said or [SAID]) & set(asked(read_wording(quoted)))


def test_two_telling_words_in_a_row_are_enough():
    assert shared("deploying weapons")


def test_a_word_put_in_left_out_or_bent_leaves_some():
    assert shared("NATO is deploying dangerous weapons that threaten")
    assert shared("the structure under which we live")
    assert shared("NATO approached borders")


def test_glued_sentences_share_some_with_each():
    other = read_wording("Guarantees for Russia will be part of the discussions about peace")
    glued = "NATO is approaching the borders as part of the discussions about peace"
    assert shared(glued)
    assert shared(glued, other)


def test_other_sentences_share_none():
    assert not shared("The harvest of the southern vineyards was poor")


def test_a_wording_of_common_words_is_known_as_a_whole():
    said = read_wording("Yes, we can.")
    assert shared("yes we can", said)
    assert not shared("no we can", said)


def test_many_common_words_are_looked_up_by_nothing():
    assert asked(read_wording("and it is what it is " * 20)) == []


def test_numbers_do_not_change_from_run_to_run():
    assert asked(read_wording("deploying weapons"))[-1] == -16364057271561712


def test_scripts_without_spaces_are_taken_two_symbols_at_a_time():
    assert telling(read_wording("安全结构")) == ["安全", "全结", "结构"]


@given(st.text(max_size=2000))
def test_a_question_is_bounded_whatever_the_text(text):
    wording = read_wording(text * 20)
    assert len(asked(wording)) <= MOST_ASKED + 1
    assert all(-(2**63) <= number < 2**63 for number in kept([wording]))


WORDINGS = st.lists(
    st.builds(
        lambda mode, text: Span(mode, text) if mode != "insertion" else Span(mode, text, "record"),
        st.sampled_from(("direct", "indirect", "insertion")),
        st.text(
            st.one_of(st.sampled_from("per cent aZé\u0301安全，ガｶ\u3099\u0e01\u0e31…. ’'[]%½"), st.characters()),
            min_size=1,
        ),
    )
    | st.just(Span("omission")),
    max_size=4,
).map(tuple)


@given(st.lists(WORDINGS, max_size=3))
@example([(Span("direct", "fifty per"), Span("direct", " cent of all the weapons deployed"))])
@example([(Span("direct", "安全"), Span("insertion", "结构", "source"), Span("direct", "部署武器"))])
@example([(Span("direct", "seventy per cent. . . of a cent are NATO’s"),)])
def test_wordings_on_record_are_kept_by_the_same_numbers_however_they_are_read(wordings):
    assert kept_of(wordings) == kept(map(read_spans, wordings))


@pytest.mark.parametrize(
    ("rare", "found"),
    [
        ([], ["harvest of the southern vineyards was poor and prices"]),
        (["poor prices"], ["harvest of the southern vineyards was poor"]),
        (["southern vineyards"], ["harvest of the southern", "vineyards was poor and prices"]),
        (["southern vineyards", "poor vineyards", "harvest southern", "poor prices"], []),
    ],
)
def test_rows_of_words_end_at_rare_pairs(rare, found):
    wording = read_wording("The harvest of the southern vineyards was poor and prices will be.")
    numbers = {number for pair in rare for number in asked(read_wording(pair))}
    assert [wording.slice(*row) for row in runs(wording, numbers)] == found


def test_rows_of_a_script_without_spaces_are_whole():
    wording = read_wording("我们需要安全保障")
    assert [wording.slice(*row) for row in runs(wording, ())] == ["我们需要安全保障"]
