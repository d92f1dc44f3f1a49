"""Speech within speech, enumerations, and what one candidate does to another of its document."""

import pytest

from tests.quotes.extraction.telling import place, propose, road, said, spans


class TestNested:
    TEXT = (
        "On Friday Ada Larsen said in an interview with the radio station Echo: “I remember the words of Minister Jan "
        "Gruber that the boats are too old for winter. We shall see.”"
    )
    WORDS = TEXT[TEXT.index("“") :]

    def found(self, *attributions):
        return propose(self.TEXT, said(self.TEXT, "Ada Larsen", "said", self.WORDS), *attributions)

    def test_what_a_speaker_tells_of_another_is_that_others_too(self):
        outer, inner = self.found()
        assert (outer.speaker.id, inner.speaker.id) == ("ada-larsen", "jan-gruber")
        assert spans(inner) == [("indirect", "the boats are too old for winter.")]

    def test_it_is_told_by_the_speaker_first_and_then_goes_their_way(self):
        assert road(self.found()[1].hops) == [("told_by", "Ada Larsen"), ("spoken_to", "Echo")]

    def test_the_words_around_report_it(self):
        outer, inner = self.found()
        assert [(link.kind, link.target) for link in outer.links] == [("reports", 1)]
        assert inner.links == ()

    def test_it_was_said_no_later_than_it_was_told(self):
        outer, inner = self.found()
        assert (outer.said.date, inner.said.date, inner.said.basis) == ("2022-12-02", "/2022-12-02", "inferred")

    def test_the_outer_words_stay_whole(self):
        assert self.found()[0].words == self.WORDS.strip("“”")

    def test_the_taggers_own_nested_attribution_is_not_doubled(self):
        inner = said(self.TEXT, "Minister Jan Gruber", "words", "that the boats are too old for winter", sure=0.8)
        assert [candidate.speaker.id for candidate in self.found(inner)] == ["ada-larsen", "jan-gruber"]

    def test_words_in_inner_marks_are_direct(self):
        text = "Ada Larsen said: “Jan Gruber told me that ‘the boats are far too old’ for winter.”"
        found = propose(text, said(text, "Ada Larsen", "said", text[text.index("“") :]))
        assert spans(found[1])[0] == ("direct", "the boats are far too old")

    @pytest.mark.parametrize("words", ["I said that we would go home", "He told us that we should go home now"])
    def test_whom_nothing_names_tells_nothing(self, words):
        text = f"Ada Larsen said: “{words}.”"
        assert len(propose(text, said(text, "Ada Larsen", "said", text[text.index("“") :]))) == 1


class TestEnumerations:
    TEXT = (
        "On Friday the demands included, according to Jan Gruber, first, “boats that leave when they should,” and "
        "second, “captains who have slept at least for one night.” Thirdly, the demands, according to Gruber, are "
        "based on “keeping all the quays of the island free from ice.”"
    )

    def found(self):
        first, second = (
            "“boats that leave when they should,”",
            "“captains who have slept at least for one night.”",
        )
        third = "are based on “keeping all the quays of the island free from ice.”"
        return propose(
            self.TEXT,
            said(self.TEXT, "Jan Gruber", "according to", first, second),
            said(self.TEXT, "Gruber", "according to", "the demands", third),
        )

    def test_each_point_is_a_statement_of_its_own(self):
        assert [candidate.words for candidate in self.found()] == [
            "boats that leave when they should,",
            "captains who have slept at least for one night.",
            "keeping all the quays of the island free from ice.",
        ]

    def test_the_word_that_counts_a_point_is_no_part_of_it(self):
        start = self.TEXT.index("Thirdly")
        whole = (
            self.TEXT[start:].partition(", according")[0],
            "are based on “keeping all the quays of the island free from ice.”",
        )
        found = propose(self.TEXT, said(self.TEXT, "Gruber", "according to", *whole))
        assert found[-1].words == "keeping all the quays of the island free from ice."

    def test_words_that_lead_up_to_a_colon_are_no_part_of_what_follows(self):
        text = "Ada Larsen went on, in a part that many carried: “The boats will leave when they should leave.”"
        found = propose(text, said(text, "Ada Larsen", "went on", text[text.index("in a part") :]))
        assert [candidate.words for candidate in found] == ["The boats will leave when they should leave."]

    def test_all_points_have_the_same_speaker_and_date(self):
        assert {candidate.speaker.id for candidate in self.found()} == {"jan-gruber"}
        assert {candidate.said.date for candidate in self.found()} == {"2022-12-02"}

    def test_points_that_nobody_quotes_are_split_as_well(self):
        text = "Jan Gruber demanded first, that the boats leave earlier, and second, that the captains sleep longer."
        found = propose(text, said(text, "Jan Gruber", "demanded", text[text.index("first") : -1]))
        assert [candidate.words for candidate in found] == ["the boats leave earlier", "the captains sleep longer"]

    def test_a_reporters_words_that_say_something_stay_with_their_point(self):
        first = "that taxes on “boats built before the war” must fall"
        text = f"Jan Gruber said first, {first}, and second, that the quays must stay."
        found = propose(text, said(text, "Jan Gruber", "said", text[text.index("first") : -1]))
        assert spans(found[0]) == [
            ("indirect", "taxes on "),
            ("direct", "boats built before the war"),
            ("indirect", " must fall"),
        ]

    def test_a_second_point_that_the_tagger_missed_is_found(self):
        text = self.TEXT[: self.TEXT.index(" Thirdly")]
        found = propose(text, said(text, "Jan Gruber", "according to", "“boats that leave when they should,”"))
        assert [candidate.speaker.id for candidate in found] == ["jan-gruber", "jan-gruber"]

    def test_the_first_of_something_is_no_point(self):
        text = "Ada Larsen said: “The first boats leave at noon, the second at one.”"
        assert len(propose(text, said(text, "Ada Larsen", "said", text[text.index("“") :]))) == 1


class TestAnswers:
    def two(self, second, cue):
        text = f"“The boats leave at noon today,” Ada Larsen said.\n{second}"
        words = second[second.index("“") : second.index("”") + 1]
        found = propose(
            text,
            said(text, "Ada Larsen", "said", "“The boats leave at noon today,”"),
            said(text, "Jan Gruber", cue, words),
        )
        return [(link.kind, link.target) for link in found[1].links]

    @pytest.mark.parametrize("cue", ["replied", "responded", "countered"])
    def test_a_reply_responds_to_what_another_said_before(self, cue):
        assert self.two(f"“They are always an hour late,” Jan Gruber {cue}.", cue) == [("responds_to", 0)]

    def test_a_denial_denies_it(self):
        assert self.two("Jan Gruber denied it: “They are always an hour late.”", "denied") == [("denies", 0)]

    def test_a_confirmation_confirms_it(self):
        assert self.two("Jan Gruber confirmed it: “They are always on time.”", "confirmed") == [("confirms", 0)]

    def test_mere_saying_answers_nothing(self):
        assert self.two("“They are always an hour late,” Jan Gruber said.", "said") == []

    def test_a_view_of_what_the_sentence_told_responds_to_it(self):
        text = "Norway demands that all boats leave at noon, which Stockholm considers “an attack on its ports.”"
        found = propose(
            text,
            said(text, "Norway", "demands", "that all boats leave at noon"),
            said(text, "Stockholm", "considers", "“an attack on its ports.”"),
        )
        assert [(link.kind, link.target) for link in found[1].links] == [("responds_to", 0)]

    def test_two_views_in_one_sentence_do_not_answer_each_other(self):
        text = "Ada Larsen said the boats would leave at noon, while Jan Gruber said that the quay was closed."
        found = propose(
            text,
            said(text, "Ada Larsen", "said", "the boats would leave at noon"),
            said(text, "Jan Gruber", "said", "that the quay was closed"),
        )
        assert [candidate.links for candidate in found] == [(), ()]

    def test_an_answer_far_away_answers_nothing(self):
        filler = "\n".join(["The sea was calm."] * 6)
        assert self.two(f"{filler}\n“They are always late,” Jan Gruber replied.", "replied") == []


class TestMissed:
    """What the tagger leaves out, and the text alone shows."""

    @pytest.mark.parametrize(
        "text",
        [
            "“We are leaving the quay at last,” Ada Larsen said.",
            "“We are leaving the quay at last,” said Ada Larsen.",
            "“Are we leaving the quay at last?” asked Ada Larsen.",
            "Ada Larsen said: “We are leaving the quay at last.”",
            "Ada Larsen: “We are leaving the quay at last.”",
            "“We are leaving the quay at last,” according to Ada Larsen.",
            "Ada Larsen, the President of Norway, wrote: “We are leaving the quay at last.”",
            "On Friday Ada Larsen announced with a smile, “We are leaving the quay at last.”",
            "Reuters quoted Ada Larsen as saying: “We are leaving the quay at last.”",
            "“We leave,” Ada Larsen said.",
        ],
    )
    def test_a_clear_quotation_is_proposed_with_its_speaker(self, text):
        (found,) = propose(text)
        assert found.speaker.id == "ada-larsen"
        assert found.confidence < 0.6

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            (
                "Ada Larsen expressed her hope to see the boats leave again.",
                "her hope to see the boats leave again.",
            ),
            ("Norway requires that all boats leave before noon.", "all boats leave before noon."),
            ("Norway requires all boats to leave before noon.", None),
            ("Ada Larsen said on the quay that Norway “will never sink” again.", "Norway will never sink again."),
            ("Ada Larsen told the captains that they were “very late” again.", "they were very late again."),
            ("Ada Larsen said that the ice was gone, Reuters reported.", "the ice was gone"),
            ("Ada Larsen warned that the ice was getting thicker.", "the ice was getting thicker."),
            (
                "Norway’s condition for peace is that all boats leave before noon.",
                "Norway’s condition for peace is that all boats leave before noon.",
            ),
        ],
    )
    def test_so_is_clear_indirect_speech(self, text, words):
        assert [candidate.words for candidate in propose(text)] == ([words] if words else [])

    def test_a_source_that_the_tagger_missed_is_found_beside_the_quotation(self):
        text = "“The ice has gone at last,” Ada Larsen said.\n“We are leaving the quay now,” added Jan Gruber."
        found = propose(
            text,
            said(text, "Ada Larsen", "said", "“The ice has gone at last,”"),
            said(text, "", "added", "“We are leaving the quay now,”"),
        )
        assert [candidate.speaker.id for candidate in found] == ["ada-larsen", "jan-gruber"]

    def test_two_speakers_before_a_verb_speak_jointly(self):
        (found,) = propose("On Friday Ada Larsen and Jan Gruber said: “We are leaving the quay at last.”")
        assert [member.id for member in found.speaker.members] == ["ada-larsen", "jan-gruber"]

    def test_what_the_tagger_found_is_not_proposed_again(self):
        text = "Ada Larsen warned that the ice was getting thicker."
        (found,) = propose(text, said(text, "Ada Larsen", "warned", "the ice was getting thicker"))
        assert found.confidence > 0.8

    def test_words_cut_within_a_quotation_are_completed(self):
        text = "“We are leaving the quay at last, and we are glad of it,” Ada Larsen said."
        (found,) = propose(text, said(text, "Ada Larsen", "said", "We are leaving the quay at last"))
        assert found.words == "We are leaving the quay at last, and we are glad of it,"

    def test_one_act_of_saying_tagged_twice_is_one_candidate(self):
        text = "“We are leaving the quay at last,” Ada Larsen said."
        words = "“We are leaving the quay at last,”"
        (found,) = propose(text, said(text, "", "", words, sure=0.3), said(text, "Ada Larsen", "said", words, sure=0.8))
        assert found.speaker.id == "ada-larsen"


def test_candidates_come_in_the_order_of_their_words():
    text = "“The boats leave at noon,” Ada Larsen said.\nJan Gruber said: “They are always late.”"
    second = said(text, "Jan Gruber", "said", "“They are always late.”")
    first = said(text, "Ada Larsen", "said", "“The boats leave at noon,”")
    assert [found.speaker.id for found in propose(text, second, first)] == ["ada-larsen", "jan-gruber"]
    assert place(text, "“They are always late.”") == propose(text, second, first)[1].place
