"""What a reporter's verb beside words says that they do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.cues import cue_beside


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("Jan Gruber denied that ", ".", "denies"),
        ("The minister confirmed on Tuesday: ", " Nobody asked.", "confirms"),
        ("", ",” Jan Gruber replied. He then left.", "responds_to"),
        ("Jan Gruber contradicted him: ", "", "contradicts"),
        ("Jan Gruber echoed his colleague, saying ", "", "repeats"),
        ("Jan Gruber reiterated that ", "", "repeats"),
        ("Jan Gruber said that ", ".", None),
        ("", "", None),
    ],
)
def test_the_verb_tells(before, after, kind):
    found = cue_beside(before, after)
    assert (found[0] if found else None) == kind


def test_a_verb_of_the_sentence_before_tells_nothing():
    assert cue_beside("They denied everything. Jan Gruber said: ", "") is None


def test_a_verb_within_what_is_quoted_before_tells_nothing():
    assert cue_beside("“We denied it,” he said, and then: ", "") is None


def test_the_nearest_verb_counts():
    assert cue_beside("Asked whether it was confirmed, Jan Gruber denied that ", "") == ("denies", "denied")


def test_a_verb_of_the_next_sentence_tells_nothing():
    assert cue_beside("Jan Gruber said: ", ".” She denied it.") is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_read(before, after):
    found = cue_beside(before, after)
    assert found is None or found[1] in before + after
