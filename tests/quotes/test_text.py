import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.text import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Macron", "macron"),
        ("Élysée", "elysee"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Макрон", "макрон"),
        ("Russia’s “tough” «line»", 'russia\'s "tough" "line"'),
        ("forward–looking — so", "forward-looking - so"),
        ("two\u00a0words\n\nthree", "two words three"),
        ("ﬁle", "file"),
        ("ℳacron 𝐌", "macron m"),
        ("  ", ""),
    ],
)
def test_what_a_writer_calls_the_same_folds_alike(written, folded):
    assert fold(written) == folded


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.text("abcdefghijklmnopqrstuvwxyzéàü "))
def test_case_does_not_matter(text):
    assert fold(text.upper()) == fold(text)
