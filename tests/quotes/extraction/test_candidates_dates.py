"""When a candidate was said."""

import pytest

from quotes.extraction.dating import at_the_latest, doubted, phrases, read_published
from tests.quotes.extraction.telling import only, propose, said

SUNDAY = "2022-12-04"
WORDS = "“The boats leave at noon today,”"


def read(text, published=SUNDAY):
    return [(found.date, found.basis) for found in phrases(text, (0, len(text)), read_published(published))]


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("On Saturday", "2022-12-03"),
        ("on Sunday", "2022-12-04"),
        ("last Sunday", "2022-11-27"),
        ("on Monday night", "2022-11-28"),
        ("yesterday", "2022-12-03"),
        ("this morning", "2022-12-04"),
        ("three days ago", "2022-12-01"),
        ("a week ago", "2022-11-27~"),
        ("two months ago", "2022-10~"),
        ("a year ago", "2021-12~"),
        ("two years ago", "2020~"),
        ("earlier this week", "2022-11-28/2022-12-04"),
        ("last week", "2022-11-21/2022-11-27"),
        ("last month", "2022-11"),
        ("this month", "2022-12-01/2022-12-04"),
        ("last year", "2021"),
        ("in March", "2022-03"),
        ("last December", "2021-12"),
        ("on February 24", "2022-02-24"),
        ("on 24 February", "2022-02-24"),
        ("on Dec. 3", "2022-12-03"),
        ("on December 25", "2021-12-25"),
        ("in the autumn", "2022-23"),
    ],
)
def test_a_phrase_is_resolved_with_the_precision_it_has(words, date):
    assert read(f"Larsen spoke {words} of boats.") == [(date, "resolved")]


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("on 3 December 2022", "2022-12-03"),
        ("on December 3, 2021", "2021-12-03"),
        ("on 2022-11-30", "2022-11-30"),
        ("in December 2021", "2021-12"),
        ("in 2019", "2019"),
        ("in the summer of 2020", "2020-22"),
    ],
)
def test_a_date_with_its_year_is_stated(words, date):
    assert read(f"Larsen spoke {words} of boats.") == [(date, "stated")]


@pytest.mark.parametrize(
    "words", ["next Monday", "by Friday", "until Tuesday", "Thursday’s", "on 31 February 2021", "in 2031"]
)
def test_what_dates_something_else_is_no_date(words):
    assert read(f"Larsen spoke of {words} boats.") == []


def test_against_a_month_a_day_is_the_interval_it_can_lie_in():
    assert read("On Saturday", "2022-12") == [("2022-11-26/2022-12-31", "resolved")]


def test_without_the_documents_date_only_what_is_stated_can_be_read():
    assert read("On Saturday and on 3 December 2022", "") == [("2022-12-03", "stated")]


def test_the_last_day_something_can_have_been_said():
    assert at_the_latest(read_published("2022-12")) == "/2022-12"
    assert at_the_latest(read_published("2022-12-01/2022-12-04")) == "/2022-12-04"
    assert at_the_latest(read_published("sometime")) == ""


def test_doubt_is_added_once():
    assert [doubted(date) for date in ("2021-12", "2021-12~", "2021-12?", "/2021-12")] == [
        "2021-12?",
        "2021-12?",
        "2021-12?",
        "/2021-12",
    ]


class TestCandidates:
    def test_the_date_beside_the_cue_is_when_it_was_said(self):
        text = f"{WORDS} Ada Larsen said on Friday."
        found = only(text, said(text, "Ada Larsen", "said", WORDS))
        assert (found.said.date, found.said.basis, found.said.phrase) == ("2022-12-02", "resolved", "on Friday")
        assert text[slice(*found.said.range)] == "on Friday"

    def test_a_date_within_the_words_is_not(self):
        text = "Ada Larsen said the boats had left on Friday."
        found = only(text, said(text, "Ada Larsen", "said", "the boats had left on Friday"))
        assert (found.said.date, found.said.basis) == ("/2022-12-04", "inferred")

    def test_a_date_in_a_clause_about_something_else_is_not(self):
        text = f"{WORDS} said Ada Larsen, who was elected on 3 May 2020."
        assert only(text, said(text, "Ada Larsen", "said", WORDS)).said.date == "/2022-12-04"

    def test_a_mere_year_dates_only_what_it_stands_beside(self):
        text = f"{WORDS} Ada Larsen said of the long and dreary winter with too few sailings in 2019."
        assert only(text, said(text, "Ada Larsen", "said", WORDS)).said.date == "/2022-12-04"

    def test_who_goes_on_speaks_on_the_same_day(self):
        text = f"{WORDS} Ada Larsen said on Friday.\nShe added: “They come back at night.”"
        found = propose(
            text, said(text, "Ada Larsen", "said", WORDS), said(text, "She", "added", "“They come back at night.”")
        )
        assert [candidate.said.date for candidate in found] == ["2022-12-02"] * 2
        assert found[1].confidences.said < found[0].confidences.said

    def test_another_speaker_does_not(self):
        text = f"{WORDS} Ada Larsen said on Friday.\nJan Gruber said: “They come back at night.”"
        found = propose(
            text,
            said(text, "Ada Larsen", "said", WORDS),
            said(text, "Jan Gruber", "said", "“They come back at night.”"),
        )
        assert found[1].said.date == "/2022-12-04"

    def test_a_bodys_points_about_dated_papers_are_perhaps_of_that_date(self):
        text = (
            "In May 2021 Norway submitted two drafts on fishing to its neighbours. "
            "These include, according to the Norwegian Ministry of Harbours, “fewer boats in the whole northern bay.”"
        )
        found = only(
            text,
            said(
                text,
                "the Norwegian Ministry of Harbours",
                "according to",
                "“fewer boats in the whole northern bay.”",
            ),
        )
        assert (found.said.date, found.said.basis, found.said.phrase) == ("2021-05?", "inferred", "In May 2021")

    def test_without_any_date_it_was_said_by_the_documents(self):
        text = f"{WORDS} Ada Larsen said."
        assert only(text, said(text, "Ada Larsen", "said", WORDS), published="2022-12").said.date == "/2022-12"
