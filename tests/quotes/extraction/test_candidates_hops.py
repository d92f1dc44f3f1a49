"""The road of a candidate's words: to whom they were said, who relayed and who published them."""

import pytest

from tests.quotes.extraction.telling import COURIER, only, propose, road, said

WORDS = "“The boats leave at noon today,”"
SAID = "“The boats leave at noon today.”"


def hops(text, source="Larsen", cue="said", words=WORDS):
    return road(propose(text, said(text, source, cue, words))[0].hops)


@pytest.mark.parametrize(
    ("rest", "name"),
    [
        ("Larsen said in an interview with the French TV “Canal Mer”.", "Canal Mer"),
        ("Larsen said in an interview with the radio station Echo.", "Echo"),
        ("Larsen said on CNN.", "CNN"),
        ("Larsen said in remarks to Reuters.", "Reuters"),
    ],
)
def test_who_was_spoken_to_is_a_stop(rest, name):
    assert hops(f"{WORDS} {rest}") == [("spoken_to", name)]


def test_telling_an_outlet_is_speaking_to_it():
    assert hops(f"{WORDS} Larsen told the Harbour Courier on Friday.", cue="told") == [("spoken_to", "Harbour Courier")]


def test_an_outlet_on_record_is_known_by_its_alias_and_its_domain():
    for name in ("the Courier", "courier.example"):
        text = f"{WORDS} Larsen told {name} on Friday."
        (hop,) = only(text, said(text, "Larsen", "told", WORDS)).hops
        assert (hop.outlet.id, hop.outlet.kind) == ("courier", "newspaper")


@pytest.mark.parametrize(
    ("rest", "kind"),
    [
        ("the television channel Canal Mer", "broadcaster"),
        ("the newspaper Havnen", "newspaper"),
        ("the news agency Nordpress", "agency"),
        ("the website Bølgen", "website"),
    ],
)
def test_a_new_outlet_is_of_the_kind_it_is_called(rest, kind):
    text = f"{WORDS} Larsen told {rest}."
    (hop,) = only(text, said(text, "Larsen", "told", WORDS)).hops
    assert (hop.outlet.id, hop.outlet.kind) == (None, kind)
    assert text[slice(*hop.range)] == hop.mention


@pytest.mark.parametrize("rest", ["told reporters", "told parliament", "told her neighbours"])
def test_who_carries_nothing_is_no_stop(rest):
    assert hops(f"{WORDS} Larsen {rest}.", cue="told") == []


def test_an_interviewer_is_no_outlet():
    assert hops(f"{WORDS} Larsen said in an interview with Signe Moe.") == []


@pytest.mark.parametrize(
    "rest", ["Larsen said, according to AFP.", "Larsen said, AFP reported.", "Larsen said in words carried by AFP."]
)
def test_an_agency_beside_a_speaker_relays_and_does_not_speak(rest):
    text = f"{WORDS} {rest}"
    found = only(text, said(text, "Larsen", "said", WORDS))
    assert found.speaker.id == "ada-larsen"
    assert road(found.hops) == [("relayed_by", "AFP")]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"{WORDS} Larsen said, according to AFP.", "AFP"),
        (f"AFP quoted Larsen as saying: {SAID}", "AFP"),
        (f"{WORDS} Larsen said, Interfax reported.", "Interfax"),
    ],
)
def test_an_agency_given_as_the_source_never_displaces_the_person(text, source):
    words = WORDS if WORDS in text else SAID
    found = only(text, said(text, source, "according to" if "according" in text else "", words))
    assert found.speaker.id == "ada-larsen"
    assert road(found.hops) == [("relayed_by", source)]


def test_also_reported_is_a_second_road_and_no_part_of_the_first():
    text = f"Larsen told Canal Mer TV, in words that the agency Nordpress also carried: {SAID}"
    found = only(text, said(text, "Larsen", "told", SAID))
    assert road(found.hops) == [("spoken_to", "Canal Mer TV")]
    assert [road(chain) for chain in found.attested] == [[("spoken_to", "Canal Mer TV"), ("relayed_by", "Nordpress")]]


def test_who_goes_on_speaks_to_the_same_outlet():
    text = f"Larsen said in an interview with the radio station Echo: {SAID}\nShe went on: “They come back at night.”"
    found = propose(
        text, said(text, "Larsen", "said", SAID), said(text, "She", "went on", "“They come back at night.”")
    )
    assert [road(candidate.hops) for candidate in found] == [[("spoken_to", "Echo")]] * 2
    assert found[1].hops[0].confidence < found[0].hops[0].confidence


def test_the_lede_goes_the_way_of_what_it_sums_up():
    lede = "Ada Larsen promised that boats would leave earlier."
    text = f"{lede}\nShe said in an interview with the radio station Echo: {SAID}"
    found = propose(
        text,
        said(text, "Ada Larsen", "promised", "that boats would leave earlier"),
        said(text, "She", "said", SAID),
    )
    assert road(found[0].hops) == [("spoken_to", "Echo")]


def test_another_speaker_goes_another_way():
    answer = "“We are all very late again,” said Jan Gruber."
    text = f"Larsen said in an interview with the radio station Echo: {SAID}\n{answer}"
    found = propose(
        text, said(text, "Larsen", "said", SAID), said(text, "Jan Gruber", "said", "“We are all very late again,”")
    )
    assert found[1].hops == ()


@pytest.mark.parametrize(
    "text",
    [
        f"OSLO (Reuters) - {WORDS} Larsen said.",
        f"{WORDS} Larsen said.\nSource: Reuters",
        f"{WORDS} Larsen said.\n— Reuters",
    ],
)
def test_a_credited_agency_relayed_all_of_it(text):
    assert hops(text) == [("relayed_by", "Reuters")]


def test_a_platform_publishes_what_is_posted_there():
    assert hops(f"{WORDS} Larsen wrote on Telegram.", cue="wrote") == [("published_by", "Telegram")]


def test_a_platform_comes_before_who_relays_from_it():
    text = f"{WORDS} Larsen wrote on Telegram, according to AFP."
    assert hops(text, cue="wrote") == [("published_by", "Telegram"), ("relayed_by", "AFP")]


def test_an_outlet_named_like_a_familiar_one_is_another():
    assert hops(f"{WORDS} Larsen told CNN Nord.", cue="told") == [("spoken_to", "CNN Nord")]
    assert hops(f"{WORDS} Larsen told CNN Monday.", cue="told") == [("spoken_to", "CNN")]


def test_a_statement_issued_by_a_body_is_issued():
    text = f"{WORDS} Larsen said in a statement published by the Ministry of Tides."
    assert hops(text) == [("issued_by", "Ministry of Tides")]


def test_the_documents_own_outlet_comes_last():
    text = f"{WORDS} Larsen told Reuters."
    found = only(text, said(text, "Larsen", "told", WORDS), outlet=COURIER)
    assert road(found.hops) == [("spoken_to", "Reuters"), ("published_by", "Harbour Courier")]


def test_an_outlet_that_speaks_for_itself_is_no_stop_on_its_own_road():
    text = "Reuters reported that the boats would leave at noon."
    found = only(text, said(text, "Reuters", "reported", "that the boats would leave at noon"))
    assert (found.speaker.name, found.hops) == ("Reuters", ())
