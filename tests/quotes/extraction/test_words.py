from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.words import read_words


def sentences(text):
    found = {}
    for word in read_words(text):
        found.setdefault(word.sentence, []).append(word.text)
    return [" ".join(words) for words in found.values()]


def test_marks_and_punctuation_are_words_of_their_own():
    assert [word.text for word in read_words("“No,” said U.S. envoys.")] == [
        "“", "No", ",", "”", "said", "U", ".", "S", ".", "envoys", ".",
    ]  # fmt: skip


def test_sentences_end_with_their_mark_and_a_capital():
    assert sentences("It rained. We left! Why?") == ["It rained .", "We left !", "Why ?"]


def test_an_abbreviation_ends_no_sentence():
    assert len(sentences("Mr. Example met Sen. Sample at St. Anne.")) == 1


def test_a_stop_within_closing_marks_ends_a_sentence():
    assert len(sentences("“It rained.” Nobody minded.")) == 2


def test_a_question_that_goes_on_with_its_speaker_is_one_sentence():
    assert len(sentences("“Why?” he asked.")) == 1


def test_a_line_break_ends_sentence_and_paragraph():
    words = read_words("A headline\nIt rained")
    assert [(word.sentence, word.paragraph) for word in words] == [(0, 0), (0, 0), (1, 1), (1, 1)]


def test_ranges_to_skip_hold_no_word():
    assert [word.text for word in read_words("One two three four", ((4, 7), (14, 18)))] == ["One", "three"]


@given(st.text(max_size=60))
def test_words_are_where_they_say_and_cover_all_but_white_space(text):
    words = read_words(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    assert sum(len(word.text) for word in words) == sum(not char.isspace() for char in text)
