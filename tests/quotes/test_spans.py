import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotes.spans import (
    BadSpans,
    Span,
    balanced,
    clean,
    from_json,
    from_place,
    joined,
    mode_of,
    pieces,
    plain,
    render,
    shorten,
    to_json,
)

SAID, TOLD, CUT = Span("direct", "said"), Span("indirect", "told"), Span("omission")
OURS, THEIRS = Span("insertion", "of", "record"), Span("insertion", "the conflict", "source")

words = st.text(min_size=1, max_size=30)
any_span = st.one_of(
    words.map(lambda text: Span("direct", text)),
    words.map(lambda text: Span("indirect", text)),
    st.builds(Span, st.just("insertion"), words, st.sampled_from(["source", "record"])),
    st.just(CUT),
)
wordings = st.lists(any_span, max_size=8).map(tuple)


def direct(text):
    return Span("direct", text)


def indirect(text):
    return Span("indirect", text)


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([direct("We must think.")], "“We must think.”"),
        ([indirect("He is willing.")], "He is willing."),
        (
            [indirect("Kyiv considers it "), direct("interfering with its sovereignty"), indirect(".")],
            "Kyiv considers it “interfering with its sovereignty”.",
        ),
        ([direct("deterioration "), OURS, direct(" the security")], "“deterioration [of] the security”"),
        ([direct("after "), THEIRS], "“after [the conflict]”"),
        ([CUT, direct("return "), OURS, CUT], "“[…]return [of][…]”"),
        ([indirect("the talks "), OURS, indirect(" peace")], "the talks [of] peace"),
        ([OURS, CUT], "[of][…]"),
        ([], ""),
    ],
)
def test_marks_and_brackets_are_generated_from_the_spans(spans, shown):
    assert render(spans) == shown


@settings(deadline=None)
@given(wordings)
def test_direct_words_are_always_between_marks_and_reported_words_never(spans):
    quoted = False
    for piece in pieces(spans):
        quoted = quoted or piece.before.startswith("“")
        assert quoted if piece.mode == "direct" else True
        assert not quoted if piece.mode == "indirect" else True
        quoted = quoted and not piece.after.endswith("”")
    assert not quoted


def test_marks_inside_a_quotation_become_single_ones():
    assert render([direct("the “forward” forces")]) == "“the ‘forward’ forces”"


def test_marks_inside_a_quotation_that_do_not_match_stay_as_they_are():
    assert render([direct("the parties return.” to the table")]) == "“the parties return.” to the table”"


def test_marks_that_open_before_an_insertion_and_close_after_it_match():
    assert render([direct("the “forward "), OURS, direct(" forces”")]) == "“the ‘forward [of] forces’”"


def test_marks_of_another_language_leave_inner_marks_alone():
    assert render([direct("les forces “avancées”")], "« ", " »") == "« les forces “avancées” »"


@pytest.mark.parametrize(
    ("spans", "mode"),
    [
        ([SAID], "direct"),
        ([SAID, OURS, CUT], "direct"),
        ([TOLD], "indirect"),
        ([TOLD, OURS], "indirect"),
        ([OURS, CUT], "indirect"),
        ([], "indirect"),
        ([TOLD, SAID], "mixed"),
        ([SAID, CUT, TOLD], "mixed"),
    ],
)
def test_the_mode_of_a_wording_follows_from_its_spans(spans, mode):
    assert mode_of(spans) == mode


def test_plain_words_have_no_marks_and_an_omission_parts_words():
    assert plain([direct("we must"), CUT, direct("think  "), OURS]) == "we must think of"


@settings(deadline=None)
@given(wordings)
def test_stored_spans_read_back_the_same(spans):
    assert from_json(json.loads(json.dumps(to_json(spans)))) == spans


def test_the_stored_form_holds_only_what_says_something():
    assert to_json([SAID, CUT, OURS]) == [
        {"mode": "direct", "text": "said"},
        {"mode": "omission"},
        {"mode": "insertion", "text": "of", "by": "record"},
    ]


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        "direct",
        "",
        {},
        {"mode": "direct", "text": "x"},
        [None],
        ["direct"],
        [[]],
        [{}],
        [{"text": "x"}],
        [{"mode": "shouted", "text": "x"}],
        [{"mode": None, "text": "x"}],
        [{"mode": ["direct"], "text": "x"}],
        [{"mode": "direct"}],
        [{"mode": "direct", "text": ""}],
        [{"mode": "direct", "text": None}],
        [{"mode": "direct", "text": 7}],
        [{"mode": "direct", "text": ["x"]}],
        [{"mode": "direct", "text": "x", "by": "record"}],
        [{"mode": "direct", "text": "x", "by": "nobody"}],
        [{"mode": "insertion", "text": "x"}],
        [{"mode": "insertion", "text": "x", "by": "nobody"}],
        [{"mode": "insertion", "text": "x", "by": ["record"]}],
        [{"mode": "omission", "text": "x"}],
        [{"mode": "omission", "by": "record"}],
    ],
)
def test_data_that_is_no_wording_is_refused(data):
    with pytest.raises(BadSpans):
        from_json(data)


def test_neighbours_of_one_mode_are_joined():
    assert joined([direct("a"), direct("b"), indirect("c"), CUT, CUT, direct("d")]) == (
        direct("ab"),
        indirect("c"),
        CUT,
        direct("d"),
    )


def test_insertions_of_different_authors_are_never_joined():
    assert joined([OURS, THEIRS]) == (OURS, THEIRS)


def test_joined_text_is_as_clean_as_any():
    assert joined([direct("a "), direct(" e"), direct("\u0301")]) == (direct("a é"),)


@settings(deadline=None)
@given(wordings)
@example((Span("direct", "\x08"), Span("direct", "\x08")))
def test_joining_twice_changes_nothing(spans):
    assert joined(joined(spans)) == joined(spans)


def test_a_wording_that_fits_is_not_shortened():
    assert shorten([direct("four")], 4) == (direct("four"),)


def test_a_long_wording_is_cut_between_words():
    assert render(shorten([direct("We must think about security")], 14)) == "“We must think […]”"


def test_a_cut_never_splits_a_word():
    assert render(shorten([direct("We must think")], 9)) == "“We must […]”"


def test_spans_after_the_cut_are_left_out():
    assert render(shorten([indirect("He said "), direct("we must think"), TOLD], 10)) == "He said “we […]”"


def test_a_cut_beside_an_omission_shows_one():
    assert shorten([CUT, direct("security")], 3) == (CUT,)


def test_a_text_without_spaces_is_still_shown_in_part():
    assert render(shorten([direct("我们必须思考安全")], 4)).startswith("“我们必须")


@settings(deadline=None)
@given(wordings, st.integers(min_value=1, max_value=40))
def test_a_shortened_wording_is_hardly_longer_than_asked(spans, length):
    assert sum(len(span.text) for span in shorten(spans, length)) <= length + 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\ud800c\x7fd\x85e", "abcde"),
        ("one  two\tthree\u00a0four\u2028five", "one two three four five"),
        ("one\r\ntwo", "one two"),
        ("one\n \n\n  two", "one\n\ntwo"),
        ("one\r\n\r\ntwo", "one\n\ntwo"),
        ("e\u0301", "é"),
        ("שלום 🎈👩‍👩‍👧", "שלום 🎈👩‍👩‍👧"),
    ],
)
def test_text_is_kept_clean(typed, kept):
    assert clean(typed) == kept


@settings(deadline=None)
@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "pairs"), [("", True), ("“a” “b“c””", True), ("“a", False), ("a”", False), ("”“", False)]
)
def test_marks_are_balanced_where_they_open_and_close_in_pairs(text, pairs):
    assert balanced(text) is pairs


def test_a_wording_from_a_place_on_begins_between_words():
    assert render(from_place([direct("We must think"), indirect(" he said")], 5)) == "“[…] must think” he said"


def test_a_wording_from_its_start_on_is_whole():
    assert from_place([direct("We must")], 0) == (direct("We must"),)


@settings(deadline=None)
@given(st.lists(any_span, min_size=1, max_size=5), st.integers(0, 60))
def test_what_stands_at_a_place_is_never_left_out(spans, place):
    texts = "".join(span.text for span in spans)
    kept = "".join(span.text for span in from_place(spans, place))
    assert place == 0 or clean(texts[place:]) in clean(kept)
