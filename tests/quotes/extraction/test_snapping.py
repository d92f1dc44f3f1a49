import pytest

from quotes.extraction.pieces import read_text
from quotes.extraction.snapping import snapped
from quotes.extraction.wordpiece import WordPiece

VOCABULARY = WordPiece(["[UNK]", "[CLS]", "[SEP]", "[MASK]"])


def snap(text, *contents):
    """The contents as characters, given as words of the text."""
    reading = read_text(text, VOCABULARY)
    spans = [(reading.word_at(text.index(part)), reading.word_at(text.index(part) + len(part) - 1) + 1)
             for part in contents]  # fmt: skip
    return [text[start:end] for start, end in snapped(reading, tuple(spans))]


@pytest.mark.parametrize("marks", ["“”", '""', "«»"])
def test_a_whole_quotation_takes_its_marks(marks):
    left, right = marks
    assert snap(f"She said {left}it will rain{right} today.", "it will rain") == [f"{left}it will rain{right}"]


def test_a_content_that_nearly_reaches_the_closing_mark_reaches_it():
    text = "“It will rain for a week in all of the country,” she said."
    assert snap(text, "It will rain for a week in all of") == ["“It will rain for a week in all of the country,”"]


def test_a_content_that_begins_a_few_words_late_begins_with_its_mark():
    assert snap("“Well, it will rain,” she said.", "it will rain") == ["“Well, it will rain,”"]


def test_a_content_that_has_less_than_a_quotation_stays():
    text = "“One two three four five six seven eight nine ten eleven,” she said."
    assert snap(text, "six") == ["six"]


def test_words_around_a_quotation_stay_in_the_content():
    text = "She called it “a very bad idea” and left."
    assert snap(text, "it “a very bad idea”") == ["it “a very bad idea”"]


def test_a_line_of_the_page_splits_a_content():
    text = "He said that it will rain\n- Advertisement -\nand then snow."
    assert [part.strip() for part in snap(text, "it will rain\n- Advertisement -\nand then snow")] == [
        "it will rain",
        "and then snow",
    ]


def test_contents_never_overlap():
    text = "“It will rain and snow,” she said."
    assert snap(text, "It will", "and snow") == ["“It will rain and snow,”"]
