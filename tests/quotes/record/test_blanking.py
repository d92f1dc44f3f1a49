import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.record.blanking import BLANK, Traces

WORDS = "We shall never, never give in"


def blanked(text, *runs):
    return Traces(runs or [WORDS]).blanked(text)


@pytest.mark.parametrize(
    "text",
    [
        "We shall never, never give in",
        "WE SHALL NEVER NEVER GIVE IN",
        "we shall “never”, never\n\ngive in",
        "We shall ne\u0301ver, never give\u00a0in",
    ],
)
def test_words_are_blanked_whatever_their_case_accents_marks_and_spaces(text):
    assert blanked(f"He said: “{text}”. So.") == f"He said: “{BLANK * len(text)}”. So."


def test_every_place_is_blanked():
    assert not set("shaltogivn") & set(blanked(f"{WORDS} / {WORDS}"))


def test_words_that_end_within_another_are_left():
    text = "We shall never, never give interviews"
    assert blanked(text) == text


@pytest.mark.parametrize("run", ["Peace, now.", "", "…", " "])
def test_short_runs_may_be_anybodys(run):
    assert blanked(f"So: {run} Yes", run) == f"So: {run} Yes"


def test_a_long_part_is_blanked_and_no_more_than_that():
    run = "I will never, under no circumstances and for nobody on earth, sign a paper of that kind"
    part = "will never, under no circumstances and for nobody on earth"
    assert blanked(f"He {part}: never", run) == f"He {BLANK * len(part)}: never"


@pytest.mark.parametrize(
    "run", ["我們必須認真考慮這個國家的安全保障問題", "ब्राह्मण लोग कहते हैं कि यह ठीक नहीं", "אנחנו לא ניכנע לעולם ועד"]
)
def test_any_script_is_blanked_whole(run):
    assert blanked(f"a “{run}” b", run) == f"a “{BLANK * len(run)}” b"


def test_where_a_letter_is_a_word_a_shorter_part_tells():
    run = "我們必須認真考慮這個國家的安全保障問題,不能再等"
    assert "國家" not in blanked("他說必須認真考慮這個國家的安全保障問題。", run)


@given(st.text(max_size=60), st.text(max_size=60), st.lists(st.text(max_size=40), max_size=3))
def test_positions_hold_and_what_was_blanked_is_found_no_more(before, after, runs):
    traces = Traces([WORDS, *runs])
    text = f"{before} {WORDS} {after}"
    result = traces.blanked(text)
    assert len(result) == len(text)
    assert WORDS not in result
    assert not traces.stand_in(result)
