"""Quotebank's two forms, as its paper and its files have them."""

import bz2

import pytest

from tests.quotes.importing import done, found, json_file, tried

pytestmark = pytest.mark.django_db

QUOTATION = {
    "quoteID": "2019-10-31-000001",
    "quotation": "We will not rest until this is done",
    "speaker": "Jane Roe",
    "qids": ["Q42"],
    "date": "2019-10-31 09:30:00",
    "numOccurrences": 2,
    "probas": [["Jane Roe", "0.91"], ["None", "0.09"]],
    "urls": ["https://www.paper.example/a?utm_source=x", "https://other.example/b"],
    "phase": "E",
}
ARTICLE = {
    "articleID": "2019103100",
    "articleLength": 812,
    "date": "2019-10-31 00:00:00",
    "title": "A day in parliament",
    "url": "https://paper.example/parliament",
    "names": [{"name": "Jane Roe", "ids": ["Q42"], "offsets": [[0, 2]]}],
    "phase": "E",
    "quotations": [
        {
            "quotationID": "1",
            "leftContext": "she said",
            "quotation": "It is late",
            "rightContext": ".",
            "globalTopSpeaker": "Jane Roe",
            "localTopSpeaker": "John Doe",
            "globalProbas": [["Jane Roe", 0.8]],
            "localProbas": [["John Doe", 0.6]],
        },
        {
            "quotation": "It is early",
            "globalTopSpeaker": "None",
            "localTopSpeaker": "John Doe",
            "localProbas": [["John Doe", 0.6]],
        },
        {"quotation": "Whoever said this", "globalTopSpeaker": "None", "localTopSpeaker": "None"},
        {"quotation": "Perhaps", "globalTopSpeaker": "Jane Roe", "globalProbas": [["Jane Roe", 0.4]]},
    ],
}


def test_a_quotation_becomes_a_statement_found_in_its_first_article():
    of = done(bz2.compress(json_file(QUOTATION)))
    made = of.statements.get().statement
    assert (of.kind, made.words, made.speaker.name, made.speaker.wikidata) == (
        "quotations",
        "“We will not rest until this is done”",
        "Jane Roe",
        "Q42",
    )
    assert (made.said, made.said_basis, made.language) == ("/2019-10-31", "inferred", "en")
    where = made.primary_appearance.document
    assert (where.url, where.published, where.outlet.name) == (
        "https://www.paper.example/a",
        "2019-10-31",
        "paper.example",
    )


def test_an_article_s_quotations_share_its_document_and_unsure_ones_are_refused():
    of = done(json_file(ARTICLE))
    assert of.kind == "articles"
    assert [(one.row, one.part, one.statement.speaker.name) for one in of.statements.all()] == [
        (1, 1, "Jane Roe"),
        (1, 2, "John Doe"),
    ]
    assert {one.statement.primary_appearance.document.title for one in of.statements.all()} == {"A day in parliament"}
    assert [line[3] for line in found(of)] == [
        "Quotebank names nobody as its speaker.",
        "Quotebank is not sure of its speaker: 0.40 of 1.",
    ]
    assert of.findings.first().place == "1, quotation 3"


def test_of_several_people_of_a_name_none_is_meant():
    of = done(json_file({**QUOTATION, "qids": ["Q1", "Q2"]}))
    assert of.statements.get().statement.speaker.wikidata == ""


def test_a_quotation_by_nobody_is_refused():
    of = tried(json_file(QUOTATION, {**QUOTATION, "speaker": "None", "qids": []}))
    assert found(of) == [("refused", 2, "", "Quotebank names nobody as its speaker.")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"urls": None},
        {"date": None},
        {"date": "soon"},
        {"quotation": 3},
        {"speaker": ["x"]},
        {"probas": [["Jane Roe"]], "urls": ["x"]},
    ],
)
def test_a_line_of_another_shape_is_refused_and_stops_nothing(wrong):
    of = tried(json_file(QUOTATION, {**QUOTATION, **wrong}, {**QUOTATION, "quotation": "More", "quoteID": "2"}))
    assert (of.expected["refused"], of.expected["new"]) == (1, 2)
