import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.extraction.claims import read_claims


def claims(text):
    return [(claim.text, claim.speaker) for claim in read_claims(text).found]


@pytest.mark.parametrize(
    "text",
    [
        "Macron said Russia must get guarantees",
        "Macron said that Russia must get guarantees",
        "Macron said on Saturday that Russia must get guarantees",
        "Macron: Russia must get guarantees",
        "According to Macron, Russia must get guarantees",
        "Russia must get guarantees, Macron said",
        "Russia must get guarantees, said Macron.",
    ],
)
def test_what_is_told_without_marks_is_claimed_of_whom_the_sentence_names(text):
    assert claims(text) == [("Russia must get guarantees", "Macron")]


@pytest.mark.parametrize(
    "text",
    [
        "NATO is approaching Russia’s borders, and it is deploying weapons.",
        "We must think about the words of Vladimir Putin that NATO is near.",
        "I believe that Macron said nothing.",
    ],
)
def test_a_sentence_that_attributes_itself_to_nobody_is_claimed_whole(text):
    assert claims(text) == [(text, "")]


@pytest.mark.parametrize(
    "text",
    [
        "“We must think about it,” Macron said.",
        "Macron said: “We must think about it,”",
        'Macron said, "We must think about it,"',
        "“We must think about it,” according to Macron.",
        "Macron said so. He added: “We must think about it,”",
    ],
)
def test_a_quotation_is_claimed_of_whom_stands_beside_it_or_was_named_before(text):
    assert claims(text) == [("We must think about it,", "Macron")]


def test_a_pronoun_leaves_it_unsure_whom_the_text_means():
    first, second = read_claims("“We must think about it,” Macron said. He added: “This is the end of it.”").found
    assert first.is_sure
    assert (second.speaker, second.is_sure) == ("Macron", False)


def test_an_interrupted_quotation_has_one_speaker():
    first, second = read_claims("“We must think,” Macron said, “and not forget about it.”").found
    assert (first.speaker, second.speaker, second.is_sure) == ("Macron", "Macron", True)


def test_a_quotation_of_several_paragraphs_is_one():
    text = "Macron said: “We must think about it.\n“And we must not forget.”"
    assert claims(text) == [("We must think about it. And we must not forget.", "Macron")]


def test_one_or_two_quoted_words_are_passed_over_in_a_longer_text():
    found = read_claims("The “tough” measures went on. Macron said: “We must think about it.”")
    assert (len(found.found), found.short) == (1, 1)


def test_one_or_two_quoted_words_alone_are_claimed():
    assert claims("“Never again”") == [("Never again", "")]


@pytest.mark.parametrize("text", ["“We must think about it", "We must think about it”", '"We must think about it'])
def test_a_missing_mark_hides_no_quotation(text):
    assert [words.strip('”"') for words, _ in claims(text)] == ["We must think about it"]


def test_of_a_long_text_without_marks_what_it_reports_is_claimed():
    text = "The weather was fine in the town that day. " * 40 + "Macron said that Russia must get guarantees."
    assert claims(text) == [("Russia must get guarantees.", "Macron")]


def test_a_long_text_that_reports_nothing_claims_nothing():
    assert claims("The weather was fine in the town that day. " * 40) == []


@pytest.mark.parametrize("text", ["", " ", '"', "“”", "…"])
def test_without_a_word_nothing_is_claimed(text):
    assert claims(text) == []


@settings(deadline=None)
@given(st.text(st.sampled_from("ab “”\"'‘’«». ,:\n") | st.characters(), max_size=300))
def test_any_text_is_read(text):
    for claim in read_claims(text).found:
        assert 0 <= claim.start <= claim.end <= len(text)
