"""Who speaks: mentions resolved against the article and the record."""

import pytest

from quotes.extraction.mentions import read_mention
from tests.quotes.extraction.telling import only, propose, said

WORDS = "“The boats leave at noon today,”"


def speaker(text, source, cue="said", words=WORDS):
    return only(text, said(text, source, cue, words)).speaker


class TestNames:
    def test_a_full_name_on_record_is_that_speaker(self):
        found = speaker(f"{WORDS} Ada Larsen said.", "Ada Larsen")
        assert (found.id, found.kind, found.name) == ("ada-larsen", "person", "Ada Larsen")

    def test_a_surname_means_who_bears_it_on_record(self):
        assert speaker(f"{WORDS} Larsen said.", "Larsen").id == "ada-larsen"

    def test_a_surname_that_the_article_gives_to_another_is_that_other(self):
        text = f"Bo Larsen lost his boat. {WORDS} Larsen said."
        found = propose(text, said(text, "Larsen", "said", WORDS))[0].speaker
        assert (found.id, found.name) == (None, "Bo Larsen")

    def test_a_new_name_is_proposed_in_its_parts(self):
        found = speaker(f"{WORDS} Ines van der Berg said.", "Ines van der Berg")
        assert (found.id, found.given, found.particle, found.family) == (None, "Ines", "van der", "Berg")

    def test_a_single_name_nobody_knows_is_taken_as_it_stands(self):
        found = speaker(f"{WORDS} Torvald said.", "Torvald")
        assert (found.kind, found.name, found.given, found.family) == ("person", "Torvald", "", "")

    def test_a_surname_is_filled_in_from_where_the_article_gives_the_whole_name(self):
        text = f"Captain Signe Moe waited on the quay. {WORDS} Moe said."
        found = propose(text, said(text, "Moe", "said", WORDS))[0]
        assert (found.speaker.name, found.label) == ("Signe Moe", "Captain")

    def test_a_name_that_begins_with_its_particle_is_one_with_the_whole(self):
        text = f"De Wit waited. Mayor Jan de Wit spoke later. {WORDS} de Wit said."
        found = propose(text, said(text, "de Wit", "said", WORDS))[0].speaker
        assert (found.name, found.given, found.particle, found.family) == ("Jan de Wit", "Jan", "de", "Wit")


class TestRoles:
    def test_the_office_before_a_name_is_the_label_as_printed(self):
        text = f"{WORDS} Norwegian President Ada Larsen said."
        found = only(text, said(text, "Norwegian President Ada Larsen", "said", WORDS))
        assert found.label == "Norwegian President"
        assert text[slice(*found.label_range)] == "Norwegian President"

    def test_the_office_after_a_name_is_too(self):
        text = f"{WORDS} Ada Larsen, the President of Norway, said."
        found = only(text, said(text, "Ada Larsen, the President of Norway", "said", WORDS))
        assert (found.speaker.id, found.label) == ("ada-larsen", "President of Norway")

    def test_a_dateline_is_no_office(self):
        text = f"OSLO, January 12 (TASS) - President Ada Larsen said: {WORDS}"
        assert propose(text)[0].label == "President"

    def test_an_office_alone_means_who_the_article_says_holds_it(self):
        text = f"Minister Jan Gruber met the captains. {WORDS} the minister said."
        assert propose(text, said(text, "the minister", "said", WORDS))[0].speaker.id == "jan-gruber"

    def test_an_office_of_a_country_means_who_holds_it_on_record(self):
        assert speaker(f"{WORDS} the Norwegian president said.", "the Norwegian president").id == "ada-larsen"

    def test_an_office_nobody_holds_stays_an_unnamed_source(self):
        found = speaker(f"{WORDS} the harbour master said.", "the harbour master")
        assert found.kind == "unnamed"


class TestPronouns:
    def test_a_pronoun_means_who_spoke_before(self):
        text = f"“The ice is gone,” Ada Larsen said. Later she added: “We sail at dawn tomorrow.” {WORDS[:0]}"
        found = propose(
            text,
            said(text, "Ada Larsen", "said", "“The ice is gone,”"),
            said(text, "she", "added", "“We sail at dawn tomorrow.”"),
        )
        assert [candidate.speaker.id for candidate in found] == ["ada-larsen", "ada-larsen"]
        assert found[1].confidences.speaker < found[0].confidences.speaker

    def test_a_pronoun_agrees_with_its_person(self):
        text = "Ada Larsen met Minister Jan Gruber on the quay. He said the boats were late again."
        found = only(text, said(text, "He", "said", "the boats were late again"))
        assert found.speaker.id == "jan-gruber"

    def test_of_two_who_agree_the_subject_is_meant(self):
        text = "Minister Jan Gruber met Peter Moe on the quay. He said the boats were late again."
        assert only(text, said(text, "He", "said", "the boats were late again")).speaker.id == "jan-gruber"

    def test_somebody_named_in_quoted_words_is_not_meant(self):
        text = "Minister Jan Gruber said: “Peter Moe sank two boats.” He added that it was a pity for all."
        found = propose(
            text,
            said(text, "Jan Gruber", "said", "“Peter Moe sank two boats.”"),
            said(text, "He", "added", "that it was a pity for all"),
        )
        assert found[1].speaker.id == "jan-gruber"

    def test_a_thing_is_no_person(self):
        text = "Ada Larsen visited the Ministry of Harbours of Norway. It said the boats were late again."
        assert only(text, said(text, "It", "said", "the boats were late again")).speaker.id == "ministry-of-harbours"

    def test_without_a_speaker_who_spoke_before_goes_on(self):
        text = "“The ice is gone from the bay,” Ada Larsen said.\n“We sail at dawn tomorrow.”"
        found = propose(text, said(text, "Ada Larsen", "said", "“The ice is gone from the bay,”"))
        assert [candidate.speaker.id for candidate in found] == ["ada-larsen", "ada-larsen"]
        assert found[1].speaker_mention == ""

    def test_nobody_goes_on_after_many_paragraphs(self):
        text = "“The ice is gone,” Ada Larsen said.\nOne.\nTwo.\nThree.\nFour.\nIt was said the boats were late again."
        found = propose(
            text,
            said(text, "Ada Larsen", "said", "“The ice is gone,”"),
            said(text, "", "It was said", "the boats were late again"),
        )
        assert found[1].speaker is None


class TestBodies:
    @pytest.mark.parametrize(
        "name",
        ["the Norwegian Ministry of Harbours", "Norway’s Ministry of Harbours", "the Ministry of Harbours of Norway"],
    )
    def test_a_body_is_known_whatever_the_order_of_its_name(self, name):
        assert speaker(f"{WORDS} {name} said.", name).id == "ministry-of-harbours"

    def test_the_ministry_is_the_one_named_before(self):
        text = f"The Norwegian Ministry of Harbours met the captains. {WORDS} the ministry said."
        found = propose(text, said(text, "the ministry", "said", WORDS))[0]
        assert found.speaker.id == "ministry-of-harbours"

    def test_a_new_body_is_proposed_as_an_organisation(self):
        found = speaker(f"{WORDS} the Ferry Passengers Association said.", "the Ferry Passengers Association")
        assert (found.kind, found.name) == ("organisation", "Ferry Passengers Association")

    @pytest.mark.parametrize("name", ["Oslo", "Norway", "the Norwegian government"])
    def test_a_capital_a_country_and_its_government_are_one_speaker(self, name):
        assert speaker(f"{WORDS} {name} said.", name).id == "norway"

    def test_the_seat_of_a_government_nobody_recorded_is_proposed_as_one(self):
        found = speaker(f"{WORDS} Stockholm said.", "Stockholm")
        assert (found.kind, found.name) == ("government", "Government of Sweden")

    def test_the_body_that_issued_a_report_speaks_in_it(self):
        text = "A report by the Norwegian Ministry of Harbours came out. The report said the boats were late again."
        found = only(text, said(text, "The report", "said", "the boats were late again"))
        assert found.speaker.id == "ministry-of-harbours"
        assert [hop.role for hop in found.hops] == ["issued_by"]


class TestOthers:
    @pytest.mark.parametrize(
        "who", ["a senior official", "two diplomats", "officials", "one captain’s aide", "critics"]
    )
    def test_who_is_only_described_is_an_unnamed_source(self, who):
        assert speaker(f"{WORDS} {who} said.", who).kind == "unnamed"

    def test_two_who_speak_jointly_are_a_group_of_both(self):
        found = speaker(f"{WORDS} Ada Larsen and Jan Gruber said.", "Ada Larsen and Jan Gruber")
        assert found.kind == "group"
        assert [member.id for member in found.members] == ["ada-larsen", "jan-gruber"]

    @pytest.mark.parametrize(
        ("who", "name", "principal"),
        [
            ("ministry spokesman Odd Vik", "Odd Vik", "Ministry of Harbours of Norway"),
            ("Odd Vik, a spokesman for the ministry,", "Odd Vik", "Ministry of Harbours of Norway"),
            ("Larsen’s spokeswoman Liv Dahl", "Liv Dahl", "Ada Larsen"),
            ("a spokeswoman for the ministry", "Spokeswoman for the ministry", "Ministry of Harbours of Norway"),
        ],
    )
    def test_a_spokesperson_speaks_for_another(self, who, name, principal):
        text = f"The Norwegian Ministry of Harbours met Ada Larsen. {WORDS} {who} said."
        found = propose(text, said(text, who, "said", WORDS))[0]
        assert (found.speaker.name, found.speaks_for.name) == (name, principal)

    def test_words_on_behalf_of_somebody_are_spoken_for_them(self):
        text = f"{WORDS} Liv Dahl said on behalf of Ada Larsen."
        found = only(text, said(text, "Liv Dahl", "said", WORDS))
        assert (found.speaker.name, found.speaks_for.id) == ("Liv Dahl", "ada-larsen")

    def test_a_spokesman_is_called_by_his_office_later(self):
        text = f"Ministry spokesman Odd Vik waited. {WORDS} the spokesman said."
        assert propose(text, said(text, "the spokesman", "said", WORDS))[0].speaker.name == "Odd Vik"

    def test_a_transcripts_capitals_are_the_person_of_that_name(self):
        text = "Minister Jan Gruber was asked about it.\nGRUBER: The boats leave at noon today."
        found = only(text, said(text, "GRUBER", ":", "The boats leave at noon today."))
        assert found.speaker.id == "jan-gruber"


@pytest.mark.parametrize(
    ("words", "kind", "name", "label"),
    [
        ("Secretary of Fisheries Ole Lund", "person", "Ole Lund", "Secretary of Fisheries"),
        ("Sen. Liv Dahl (D-Holm)", "person", "Liv Dahl", "Sen."),
        ("Mr. Lund", "person", "Lund", ""),
        ("the President of Norway, Ada Larsen", "person", "Ada Larsen", "President of Norway"),
        ("Foreign Minister Jan Gruber", "person", "Jan Gruber", "Foreign Minister"),
        ("she", "pronoun", "", ""),
        ("the foreign minister", "office", "foreign minister", ""),
        ("the White House", "place", "White House", ""),
        ("NATO", "body", "NATO", ""),
        ("Lund’s campaign", "body", "Lund’s campaign", ""),
        ("an aide to the minister", "described", "aide to the minister", ""),
    ],
)
def test_what_a_mention_names(words, kind, name, label):
    found = read_mention(words, (0, len(words)))
    assert (found.kind, found.name, found.label) == (kind, name, label)


def test_marks_alone_are_no_mention():
    assert read_mention("“ ”", (0, 3)) is None
