"""Whose words a candidate's spans are."""

import pytest

from quotes.spans import render
from tests.quotes.extraction.telling import only, propose, said, spans


def test_words_in_marks_are_direct_and_the_marks_are_left_out():
    text = "“The boats leave at noon today,” Ada Larsen said."
    found = only(text, said(text, "Ada Larsen", "said", "“The boats leave at noon today,”"))
    assert spans(found) == [("direct", "The boats leave at noon today,")]
    assert text[slice(*found.place)] == "“The boats leave at noon today,”"


def test_words_without_marks_are_indirect_without_the_that_before_them():
    text = "Ada Larsen said that the boats would leave at noon."
    found = only(text, said(text, "Ada Larsen", "said", "that the boats would leave at noon"))
    assert spans(found) == [("indirect", "the boats would leave at noon")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("that “the last boats” had left", "“the last boats” had left"),
        ("that is no way to treat islanders", "that is no way to treat islanders"),
        ("how the boats would leave", "how the boats would leave"),
    ],
)
def test_only_a_that_which_joins_is_left_out(content, words):
    text = f"Ada Larsen said {content}."
    assert render(only(text, said(text, "Ada Larsen", "said", content)).spans) == words


def test_reported_and_quoted_words_are_told_apart_in_one_wording():
    text = "Ada Larsen said the timetable was “a promise made to islanders” and would stay."
    content = "the timetable was “a promise made to islanders” and would stay"
    found = only(text, said(text, "Ada Larsen", "said", content))
    assert spans(found) == [
        ("indirect", "the timetable was "),
        ("direct", "a promise made to islanders"),
        ("indirect", " and would stay"),
    ]
    assert found.mode == "mixed"


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ('"', '"'), ("«", "»"), ("« ", " »"), ("„", "“"), ("»", "«")]
)
def test_every_kind_of_marks_is_read(opening, closing):
    text = f"Ada Larsen said: {opening}The boats leave at noon today.{closing} Then she left."
    found = only(text, said(text, "Ada Larsen", "said", f"{opening}The boats leave at noon today.{closing}"))
    assert spans(found) == [("direct", "The boats leave at noon today.")]


@pytest.mark.parametrize(("outer", "inner"), [("“”", "‘’"), ('""', "‘’"), ("«»", "“”"), ("“”", "«»")])
def test_marks_within_marks_belong_to_the_speaker(outer, inner):
    words = f"The captain shouted {inner[0]}all aboard{inner[1]} and we sailed."
    text = f"Ada Larsen said: {outer[0]}{words}{outer[1]}"
    found = only(text, said(text, "Ada Larsen", "said", f"{outer[0]}{words}{outer[1]}"))
    assert spans(found) == [("direct", words)]


def test_what_the_reporter_puts_between_two_halves_is_in_neither():
    text = "“The boats will leave,” said Ada Larsen, “and nobody will stop them.”"
    found = only(text, said(text, "Ada Larsen", "said", "“The boats will leave,”", "“and nobody will stop them.”"))
    assert spans(found) == [("direct", "The boats will leave, and nobody will stop them.")]
    assert [text[slice(*place)] for place in found.ranges[0]] == [
        "The boats will leave,",
        "and nobody will stop them.",
    ]


def test_the_second_half_is_found_where_only_the_first_is_attributed():
    text = "“The boats will leave,” said Ada Larsen, “and nobody will stop them.”"
    found = only(text, said(text, "Ada Larsen", "said", "“The boats will leave,”"))
    assert found.words == "The boats will leave, and nobody will stop them."


def test_a_reported_sentence_that_its_cue_interrupts_is_one():
    text = "The boats, Ada Larsen said, would leave before the storm came."
    found = only(text, said(text, "Ada Larsen", "said", "The boats", "would leave before the storm came"))
    assert spans(found) == [("indirect", "The boats would leave before the storm came")]


def test_a_quotation_of_several_paragraphs_is_one_with_its_paragraphs():
    text = "Ada Larsen said: “The boats leave at noon.\n\n“They come back at night.”"
    found = only(text, said(text, "Ada Larsen", "said", "“The boats leave at noon."))
    assert spans(found) == [("direct", "The boats leave at noon.\n\nThey come back at night.")]


def test_a_parenthesis_in_quoted_words_is_the_sources_insertion():
    text = "“We wait for him (the harbour master), and then we sail,” Ada Larsen said."
    found = only(text, said(text, "Ada Larsen", "said", "“We wait for him (the harbour master), and then we sail,”"))
    assert [(span.mode, span.text, span.by) for span in found.spans] == [
        ("direct", "We wait for him ", ""),
        ("insertion", "the harbour master", "source"),
        ("direct", ", and then we sail,", ""),
    ]


def test_brackets_are_insertions_and_an_ellipsis_in_them_an_omission():
    text = "“[She] told us […] to wait for a while… and we did,” Jan Gruber said."
    found = only(text, said(text, "Jan Gruber", "said", "“[She] told us […] to wait for a while… and we did,”"))
    assert render(found.spans) == "“[She] told us […] to wait for a while… and we did,”"
    assert [span.by for span in found.spans] == ["source", "", "", ""]


def test_a_clause_in_parentheses_of_a_law_is_no_insertion():
    text = "“We rely on article 5(2) of the harbour act,” Jan Gruber said."
    found = only(text, said(text, "Jan Gruber", "said", "“We rely on article 5(2) of the harbour act,”"))
    assert [span.mode for span in found.spans] == ["direct"]


def test_parentheses_in_reported_words_stay_the_reporters():
    text = "Jan Gruber said the boats (all three) would sail at noon."
    found = only(text, said(text, "Jan Gruber", "said", "the boats (all three) would sail at noon"))
    assert spans(found) == [("indirect", "the boats (all three) would sail at noon")]


class TestMisplacedMarks:
    TEXT = "Jan Gruber said: “We shall repair every boat once the ice.” has gone from the bay.”"

    def test_a_stray_mark_and_its_stop_are_dropped_and_the_words_after_it_kept(self):
        found = only(self.TEXT, said(self.TEXT, "Jan Gruber", "said", "“We shall repair every boat once the ice.”"))
        assert spans(found) == [("direct", "We shall repair every boat once the ice has gone from the bay.")]

    def test_the_wording_as_printed_keeps_them(self):
        found = only(self.TEXT, said(self.TEXT, "Jan Gruber", "said", "“We shall repair every boat once the ice.”"))
        assert [span.text for span in found.wording_as_printed] == [
            "We shall repair every boat once the ice.” has gone from the bay."
        ]
        assert self.TEXT[slice(*found.place)] == self.TEXT[self.TEXT.index("“") :]

    def test_a_quotation_that_goes_on_without_a_second_mark_is_printed_as_half_reported(self):
        text = "Jan Gruber said: “We shall repair every boat because the ice could harm.” the boats in the bay."
        found = only(text, said(text, "Jan Gruber", "said", "“We shall repair every boat because the ice could harm.”"))
        assert found.words == "We shall repair every boat because the ice could harm the boats in the bay."
        assert [span.mode for span in found.wording_as_printed] == ["direct", "indirect"]

    def test_no_word_is_ever_put_in(self):
        found = only(self.TEXT, said(self.TEXT, "Jan Gruber", "said", "“We shall repair every boat once the ice.”"))
        assert not [span for span in found.spans if span.by == "record"]

    def test_a_quotation_without_faults_has_no_other_wording_as_printed(self):
        text = "“The boats leave at noon today,” Ada Larsen said."
        assert only(text, said(text, "Ada Larsen", "said", "“The boats leave at noon today,”")).wording_as_printed == ()


class TestFragments:
    def test_a_few_quoted_words_of_a_view_come_with_their_clause(self):
        text = "Oslo wants fewer boats, which Jan Gruber considers “an insult to islanders.”"
        found = propose(text, said(text, "Jan Gruber", "considers", "“an insult to islanders.”"))[-1]
        assert spans(found) == [
            ("indirect", "which Jan Gruber considers "),
            ("direct", "an insult to islanders."),
        ]

    def test_a_few_quoted_words_after_a_verb_of_saying_come_with_what_they_complete(self):
        text = "Ada Larsen said that the plan was “dead on arrival”."
        found = only(text, said(text, "Ada Larsen", "said", "“dead on arrival”"))
        assert spans(found) == [("indirect", "the plan was "), ("direct", "dead on arrival")]

    def test_when_and_where_it_was_said_is_no_part_of_it(self):
        text = "Ada Larsen said on Friday, in Oslo, that the plan was “dead on arrival”."
        found = only(text, said(text, "Ada Larsen", "said", "“dead on arrival”"))
        assert (render(found.spans), found.said.phrase) == ("the plan was “dead on arrival”", "on Friday")

    def test_a_quoted_sentence_stands_by_itself(self):
        text = "Ada Larsen said in the rain: “The boats are leaving.”"
        found = only(text, said(text, "Ada Larsen", "said", "“The boats are leaving.”"))
        assert spans(found) == [("direct", "The boats are leaving.")]


class TestRefused:
    @pytest.mark.parametrize(
        "text",
        [
            "The “tough” new rules took effect while the sea was calm.",
            "The so-called “harbour experts” met behind closed doors.",
            "They screened “The Old Man and the Ferry” on the quay.",
            "Ada Larsen said on “Good Morning Island,” a show, nothing at all.",
            "Ada Larsen sang “All Boats Leave.”",
            "The island, “Little Holm”, has no port of its own.",
        ],
    )
    def test_words_in_marks_that_nobody_says_are_no_candidate(self, text):
        assert propose(text) == []

    def test_a_scare_quote_is_refused_even_where_the_tagger_names_it(self):
        text = "The “tough” new rules took effect while the sea was calm."
        assert propose(text, said(text, "", "", "“tough”")) == []

    def test_short_words_that_a_verb_governs_are_a_candidate(self):
        text = "Ada Larsen called the rules “utter nonsense” on the quay."
        found = only(text, said(text, "Ada Larsen", "called", "“utter nonsense”"))
        assert ("direct", "utter nonsense") in spans(found)

    def test_a_mere_name_is_nobodys_statement(self):
        text = "Ada Larsen mentioned Jan Gruber once."
        assert propose(text, said(text, "Ada Larsen", "mentioned", "Jan Gruber")) == []

    def test_an_advertisement_is_in_no_candidate(self):
        text = "Ada Larsen said the boats would leave\n- Advertisement -\nbefore the storm reached the island."
        content = text[text.index("the boats") :]
        for found in propose(text, said(text, "Ada Larsen", "said", content)):
            assert "Advertisement" not in found.words
