import pytest

from quotes.extraction.lines import boilerplate


def left(text):
    for start, end in reversed(boilerplate(text)):
        text = text[:start] + text[end:]
    return text


@pytest.mark.parametrize(
    "line",
    [
        "- Advertisement -",
        "ADVERTISEMENT",
        "Advertisement — story continues below",
        "Story continues below this advertisement",
        "Read more: Ten bridges to cross this summer",
        "READ ALSO: The mayor's new boat",
        "Related: The mayor's new boat",
        "Sign up for our weekly letter",
        "Subscribe to keep reading",
        "Get the day's stories in your inbox: our newsletter",
        "Follow us on Mastodon",
        "Share",
        "Share this article",
        "Facebook Twitter WhatsApp",
        "Photo: A. Example / Agency",
        "Photo credit: A. Example",
        "A. Example/Getty Images",
        "© 2021 The Example Press",
        "All rights reserved.",
        "Click here to watch",
    ],
)
def test_what_belongs_to_the_page_is_passed_over(line):
    assert left(f"It rained.\n{line}\nIt stopped.") == "It rained.\n\nIt stopped."


@pytest.mark.parametrize(
    "line",
    [
        "The advertisement cost a million, she said.",
        "He asked readers to share the burden of the winter.",
        "“Subscribe to no creed,” she told them.",
        "Related taxes will rise, the minister said in a long speech on Monday afternoon.",
        "The newsletter said that the bridge was closed to all traffic.",
        "Photographs of the bridge were shown to the jury.",
        "Pictures lie, he said.",
        "Print journalism is not dead, the editor said.",
        "Follow the money, he said.",
    ],
)
def test_a_sentence_of_the_article_stays(line):
    assert boilerplate(line) == ()


def test_a_notice_is_found_within_a_line_where_lines_were_joined():
    assert left("It rained. - Advertisement - It stopped.") == "It rained.  It stopped."


def test_ranges_are_in_order_and_leave_line_breaks_alone():
    text = "Share\nIt rained.\nADVERTISEMENT\n"
    assert [text[start:end] for start, end in boilerplate(text)] == ["Share", "ADVERTISEMENT"]


def test_nothing_is_passed_over_in_an_empty_text():
    assert boilerplate("") == ()
