"""The founding article's nine statements: from what a good tagger gives, the shipped one, a poor one, and none at all.

Once in the reconstruction, in the record's own words, and once in the real article where ARTICLES names its folder.
"""

import os
import tomllib
from pathlib import Path

import pytest

from quotes.extraction.attributions import Attribution
from quotes.extraction.known import Known, KnownAlias, KnownOutlet, KnownRole, KnownSpeaker, KnownTopic
from quotes.extraction.lines import boilerplate
from quotes.spans import render
from tests.quotes.extraction.telling import propose, road, said, tagger

FOLDER = Path("quotes/founding")
OUR_OUTLETS = ("tf1", "tass", "reuters")
FILED = {
    "NATO enlargement": {"alliance": 3, "eastward": 3, "borders": 2, "approaching": 2, "join": 1, "expand": 2},
    "European security": {"security": 2, "structure": 2, "continent": 2, "architecture": 1},
}


def record(filed=FILED):
    """The record as it stands with the founding statements' people, outlets and topics."""
    data = tomllib.loads((FOLDER / "record.toml").read_text(encoding="utf-8"))
    speakers = tuple(
        KnownSpeaker(
            entry["key"],
            entry["kind"],
            entry["name"],
            entry.get("given", ""),
            "",
            entry.get("family", ""),
            tuple(KnownAlias(alias["name"], alias["language"]) for alias in entry.get("aliases", ())),
            tuple(KnownRole(role["label"], role["held"]) for role in entry.get("roles", ())),
        )
        for entry in data["speaker"]
    )
    outlets = tuple(
        KnownOutlet(entry["key"], entry["name"], entry["kind"], entry.get("domain", ""))
        for entry in data["outlet"]
        if entry["key"] in OUR_OUTLETS
    )
    topics = tuple(
        KnownTopic(
            entry["name"], entry["name"], (entry["under"],) if "under" in entry else (), filed.get(entry["name"], {})
        )
        for entry in data["topic"]
    )
    return Known(speakers, outlets, topics)


def read_reconstruction():
    return (FOLDER / "reconstruction.txt").read_text(encoding="utf-8")


def read_article():
    folder = os.environ.get("ARTICLES")
    if not folder:
        pytest.skip("ARTICLES names no folder: the real founding article is not part of the project")
    path = Path(folder) / "founding.txt"
    if not path.exists():
        pytest.skip(f"ARTICLES names {folder}, which holds no founding.txt")
    return path.read_text(encoding="utf-8")


def quoted(text, first, last):
    """The words of a text from where `first` begins to where `last` ends after it."""
    start = text.index(first)
    return text[start : text.index(last, start) + len(last)]


def shared(text):
    """The words in marks, which the article and its reconstruction have alike."""
    return {
        "interview": quoted(text, "“We must think", "threaten it.”"),
        "passage": quoted(text, "“This issue", "return.” to the negotiating table.”"),
        "putin": quoted(text, "that NATO is approaching", "threaten it"),
        "first": quoted(text, "“guarantees that", "countries,”"),
        "second": quoted(text, "“undertaking", "deterioration.”"),
        "third": quoted(text, "“limiting", "groups.”"),
        "kyiv": quoted(text, "“interfering", "sovereignty.”"),
    }


def told_in_the_reconstruction(text):
    words = shared(text)
    return [
        said(
            text,
            "Emmanuel Macron, the President of France",
            "said",
            "he was ready to give Russia guarantees of its security, so long as it came back to the talks",
        ),
        said(text, "he", "said", words["interview"]),
        said(text, "Russian President Vladimir Putin", "words", words["putin"], sure=0.7),
        said(text, "He", "went on", words["passage"]),
        said(text, "the Russian Ministry of Defense", "has listed", words["first"], words["second"]),
        said(text, "The ministry", "third point", words["third"]),
        said(text, "Russia", "condition", quoted(text, "Russia’s condition", "full neutrality")),
        said(text, "Kyiv", "view", words["kyiv"]),
    ]


def told_in_the_article(text):
    words = shared(text)
    return [
        said(
            text, "French President Emmanuel Macron", "expressed", quoted(text, "his willingness", "negotiating table")
        ),
        said(text, "Macron", "said", words["interview"]),
        said(text, "Russian President Vladimir Putin", "words", words["putin"], sure=0.7),
        said(text, "he", "continued", words["passage"]),
        said(text, "the Russian Ministry of Defense", "according to", words["first"], words["second"]),
        said(text, "the ministry", "according to", "the Russian proposals", "are based on " + words["third"]),
        said(text, "Russia", "requires", quoted(text, "to end the process", "complete neutrality")),
        said(text, "Kyiv", "considers", words["kyiv"]),
    ]


def cut(attributions, text):
    """The same as a poor tagger gives them: words end at the first mark, a pronoun and a nested speaker are missed."""
    for one in attributions:
        start, end = one.content[-1]
        stop = text.find(".”", start, end)
        content = (*one.content[:-1], (start, stop if stop > start else end))
        source = () if text[slice(*one.source[0])].lower() == "he" else one.source
        if text[slice(*one.cue[0])] != "words":
            yield Attribution(source, one.cue, content, one.confidence, one.source_confidence)


TEXTS = {
    "reconstruction": (read_reconstruction, told_in_the_reconstruction),
    "article": (read_article, told_in_the_article),
}


@pytest.fixture(params=TEXTS)
def article(request):
    """A text and what a good tagger finds in it."""
    read, told = TEXTS[request.param]
    text = read()
    return text, told(text)


@pytest.fixture(params=["good", "shipped", "poor", "none"])
def found(request, article):
    """The candidates by a good tagger, by the shipped one, by a poor one, and without any."""
    text, attributions = article
    given = {
        "good": lambda: attributions,
        "shipped": lambda: tagger().tag(text),
        "poor": lambda: list(cut(attributions, text)),
        "none": list,
    }[request.param]()
    return propose(text, *given, known=record())


INTERVIEW, PUTIN, PASSAGE, FIRST, SECOND, THIRD, RUSSIA, KYIV = range(1, 9)


def test_all_nine_have_their_speakers(found):
    assert [candidate.speaker.id for candidate in found] == [
        "macron",
        "macron",
        "putin",
        "macron",
        "ministry",
        "ministry",
        "ministry",
        "russia",
        "ukraine",
    ]


def test_the_offices_are_those_printed(found):
    assert found[INTERVIEW].label in ("French President", "President of France")
    assert found[PUTIN].label == "Russian President"


def test_direct_reported_and_mixed_words_are_told_apart(found):
    assert [candidate.mode for candidate in found] == [
        "indirect",
        "direct",
        "indirect",
        "direct",
        "direct",
        "direct",
        "direct",
        "indirect",
        "mixed",
    ]


def test_they_were_said_when_the_record_says(found):
    assert [(candidate.said.date, candidate.said.basis) for candidate in found] == [
        ("2022-12-03", "resolved"),
        ("2022-12-03", "resolved"),
        ("/2022-12-03", "inferred"),
        ("2022-12-03", "resolved"),
        ("2021-12?", "inferred"),
        ("2021-12?", "inferred"),
        ("2021-12?", "inferred"),
        ("/2022-12-04", "inferred"),
        ("/2022-12-04", "inferred"),
    ]


def test_tf1_and_tass_are_stops_on_their_way(found):
    to_tf1 = [("spoken_to", "TF1")]
    assert [road(candidate.hops) for candidate in found] == [
        to_tf1,
        to_tf1,
        [("told_by", "Emmanuel Macron"), *to_tf1],
        to_tf1,
        *[[]] * 5,
    ]
    assert [road(chain) for chain in found[PASSAGE].attested] == [[*to_tf1, ("relayed_by", "TASS")]]
    assert not any(candidate.attested for place, candidate in enumerate(found) if place != PASSAGE)


def test_it_was_on_the_day_of_the_interview_that_tf1_heard_them(found):
    days = {(hop.role, hop.date) for candidate in found for hop in candidate.hops}
    assert days == {("told_by", "2022-12-03"), ("spoken_to", "2022-12-03")}
    assert [hop.date for hop in found[PASSAGE].attested[0]] == ["2022-12-03", ""]


def test_one_reports_another_and_one_answers_another(found):
    links = {(place, link.kind, link.target) for place, candidate in enumerate(found) for link in candidate.links}
    assert links == {(INTERVIEW, "reports", PUTIN), (KYIV, "responds_to", RUSSIA)}


TOPICS = [
    {"Security guarantees"},
    {"European security", "NATO enlargement"},
    {"NATO enlargement"},
    {"Security guarantees", "Peace negotiations"},
    {"Security guarantees", "NATO enlargement"},
    {"Security guarantees", "Missiles in Europe"},
    {"Security guarantees"},
    {"Neutrality of Ukraine", "NATO enlargement"},
    {"Neutrality of Ukraine"},
]


def test_each_has_the_topics_the_record_gives_it(found):
    for candidate, topics in zip(found, TOPICS, strict=True):
        assert topics <= {topic.id for topic in candidate.topics}


def test_only_what_points_and_answers_share_is_more_than_the_record_gives(article):
    text, attributions = article
    found = propose(text, *attributions, known=record(filed={}))
    shared = [{"Peace negotiations"}, set(), set(), set()]
    shared += [{"Missiles in Europe", "NATO enlargement"}] * 3 + [set(), {"NATO enlargement"}]
    for candidate, topics, more in zip(found, TOPICS, shared, strict=True):
        assert {topic.id for topic in candidate.topics} <= topics | more


def test_the_misplaced_marks_are_repaired_and_kept_as_printed(found):
    assert found[PASSAGE].words.endswith("once the parties return to the negotiating table.")
    assert found[SECOND].words.endswith("a radical deterioration the security situation on the continent.")
    printed = render(found[PASSAGE].wording_as_printed)
    assert printed.endswith("return.” to the negotiating table.”")
    assert [span.mode for span in found[SECOND].wording_as_printed] == ["direct", "indirect"]


def test_the_parenthesis_is_the_sources_insertion(found):
    inserted = [(span.text, span.by) for candidate in found for span in candidate.spans if span.mode == "insertion"]
    assert inserted == [("the Ukrainian conflict", "source")]


def test_of_kyivs_view_only_the_words_in_marks_are_direct(found):
    direct = [span.text for span in found[KYIV].spans if span.mode == "direct"]
    assert direct == ["interfering with its sovereignty."]


def test_no_scare_quote_and_no_advertisement_is_in_any_of_them(article, found):
    text, _ = article
    assert len(boilerplate(text)) == 1
    for candidate in found:
        assert "tough" not in candidate.words
        assert "Advertisement" not in text[slice(*candidate.place)]


@pytest.mark.parametrize(
    "noisy",
    [
        lambda text: text.replace("“", '"').replace("”", '"'),
        lambda text: text.replace("“", "«").replace("”", "»"),
        lambda text: " ".join(text.split("\n")),
        lambda text: text.replace("\n", "\r\n\r\n"),
    ],
    ids=["straight marks", "guillemets", "joined paragraphs", "lines of another system"],
)
def test_other_marks_and_lines_change_little(article, noisy):
    found = propose(noisy(article[0]), known=record())
    speakers = [candidate.speaker.id for candidate in found if candidate.speaker]
    assert set(speakers) == {"macron", "putin", "ministry", "russia", "ukraine"}
    assert len(speakers) >= 8
    assert not any("Advertisement" in candidate.words or "tough" in candidate.words for candidate in found)


def test_a_good_taggers_candidates_are_surer_than_found_ones(article):
    text, attributions = article
    surely, alone = propose(text, *attributions, known=record()), propose(text, known=record())
    assert all(one.confidence > other.confidence for one, other in zip(surely, alone, strict=True))


def test_an_empty_record_is_offered_new_speakers_and_outlets(article):
    text, attributions = article
    found = propose(text, *attributions, known=Known())
    assert [(candidate.speaker.kind, candidate.speaker.name) for candidate in found[::4]] == [
        ("person", "Emmanuel Macron"),
        ("organisation", "Russian Ministry of Defense"),
        ("government", "Government of Ukraine"),
    ]
    assert (found[1].hops[0].outlet.name, found[1].hops[0].outlet.kind) == ("TF1", "broadcaster")
    assert found[3].attested[0][-1].outlet.kind == "agency"
