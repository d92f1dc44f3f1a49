import unicodedata

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


ODD = "aÉ ΅\u0308\u0345ß’ﬁ½¨\u00a0\u2003\x1c\u3000가й"


@settings(deadline=None)
@given(st.text(st.one_of(st.sampled_from(ODD), st.characters())), st.text(st.sampled_from(ODD)))
def test_a_text_folds_as_its_pieces_between_spaces_do(text, other):
    assert fold(f"{text} {other}") == " ".join(filter(None, (fold(text), fold(other))))
    whole = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(symbol for symbol in whole if not unicodedata.combining(symbol))
    assert fold(text).split() == fold(bare).split()
