import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.notation import parse
from quotes.wording.words import read_spans, read_wording


def keys(text):
    return list(read_wording(text).keys)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We must THINK", "we must think"),
        ("Russia’s borders", "Russia's borders"),
        ("we don’t know", "we do not know"),
        ("we can't", "we cannot"),
        ("I won’t, you’ll see", "I will not; you will see"),
        ("at the Élysée", "at the Elysee"),
        ("20%", "20 per cent"),
        ("20 percent", "20 per cent"),
        ("the U.S. said", "the US said"),
        ("3,500,000 people", "3500000 people"),
        ("short-range", "short range"),
        ("“think — about” it…", "think about it"),
        ("Strasse", "Straße"),
        ("n’est pas", "ne est pas"),
    ],
)
def test_what_printers_differ_in_is_left_out(one, other):
    assert keys(one) == keys(other)


@pytest.mark.parametrize(("one", "other"), [("мой", "мои"), ("か", "が"), ("possible", "impossible"), ("$20", "€20")])
def test_what_makes_another_word_is_kept(one, other):
    assert keys(one) != keys(other)


def test_scripts_without_spaces_go_symbol_by_symbol():
    assert keys("我们必须考虑安全") == list("我们必须考虑安全")


def test_a_letter_keeps_the_marks_that_stand_on_it():
    assert keys("हिन्दी में") == ["हिन्दी", "में"]
    assert len(keys("السَّلامُ عليكم")) == 2


def test_an_ellipsis_is_a_gap_before_a_word():
    assert read_wording("We must … think [...] about . . . it").gaps == {2, 3, 4}


def test_words_in_square_brackets_are_added():
    wording = read_wording("It [NATO] is near")
    assert [word.added for word in wording.words] == [False, True, False, False]


def test_a_bracket_that_is_never_closed_is_a_mark():
    assert not any(word.added for word in read_wording("It [NATO is near").words)


def test_insertions_on_record_are_added_words_and_omissions_gaps():
    wording = read_spans(parse("“what will come after [(the conflict)], and […] think”"))
    assert [word.key for word in wording.words if word.added] == ["the", "conflict"]
    assert wording.gaps == {7}


def test_a_sentence_opens_after_a_stop_and_after_an_opening_mark():
    wording = read_wording("We came. They said: “Nobody saw us.”")
    assert [word.key for word in wording.words if word.opens] == ["we", "they", "nobody"]


@given(st.text())
def test_every_word_stands_where_it_says(text):
    wording = read_wording(text)
    places = [place for word in wording.words for place in (word.start, word.end)]
    assert places == sorted(places)
    assert all(word.start < word.end <= len(text) for word in wording.words)
    assert all(0 <= gap <= len(wording.words) for gap in wording.gaps)
