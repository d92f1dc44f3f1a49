"""One address, many formats."""

import csv
import io
import json

import pytest
import rispy
from pybtex.database import parse_string
from pyld import jsonld

from quotes import record
from quotes.api.shapes.columns import COLUMNS
from quotes.exporting.cells import harmless
from tests import factories

pytestmark = pytest.mark.django_db

LIST = "/api/v1/statements"
TYPES = {
    ".json": "application/json",
    ".csv": "text/csv",
    ".jsonld": "application/ld+json",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
}


@pytest.fixture
def two():
    return [
        factories.publish("“One, and «more».”", "relayed_by TASS"),
        factories.publish("“=1+1”", by="-Ann", said="2021"),
    ]


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


@pytest.mark.parametrize(("suffix", "media_type"), TYPES.items())
def test_a_format_by_accept_is_the_same_as_by_suffix(client, two, suffix, media_type):
    for address in (LIST, f"{LIST}/{two[0].pid}"):
        named = client.get(address + suffix)
        chosen = client.get(address, headers={"Accept": f"image/png, {media_type};q=0.3"})
        assert chosen.status_code == named.status_code == 200
        assert named["Content-Type"].partition(";")[0] == media_type
        assert chosen["Content-Type"] == named["Content-Type"]
        assert "Accept" in chosen["Vary"]
        if suffix != ".json":
            assert chosen.content.replace(address.encode(), b"") == named.content.replace(address.encode(), b"")


@pytest.mark.parametrize("accept", ["", "*/*", "nonsense", "text/html,*/*;q=0.8", "application/*"])
def test_who_has_no_wish_gets_json(client, two, accept):
    assert client.get(LIST, headers={"Accept": accept})["Content-Type"] == "application/json"


def test_wishes_are_weighed(client, two):
    accept = "application/json;q=0.1, text/csv;q=0.9, application/x-bibtex;q=0.5"
    assert client.get(LIST, headers={"Accept": accept})["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("place", ["", "/single", "/speakers"])
def test_where_nothing_is_acceptable_what_there_is_is_listed(client, two, place):
    address = {"": LIST, "/single": f"{LIST}/{two[0].pid}", "/speakers": "/api/v1/speakers"}[place]
    answer = client.get(address, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert answer["Content-Type"] == "application/problem+json"
    offered = [one["suffix"] for one in answer.json()["offers"]]
    assert offered == ([".json"] if place == "/speakers" else list(TYPES))
    assert "more" not in answer.text


@pytest.mark.parametrize("suffix", [".xml", ".txt", ".apa"])
def test_a_suffix_that_isnt_there_is_told_with_those_that_are(client, two, suffix):
    answer = client.get(LIST + suffix)
    assert answer.status_code == 404
    assert ".csv" in answer.json()["detail"]


def test_a_table_has_a_row_for_each_and_every_column_is_named_once(client, two):
    rows = table(client.get(f"{LIST}.csv"))
    assert list(rows[0]) == [column.name for column in COLUMNS]
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
    assert rows[0]["id"] == two[0].pid
    assert rows[0]["words"] == "“One, and «more».”"
    assert (rows[0]["relayed_by"], rows[0]["spoken_to"]) == ("tass", "")
    assert rows[1]["said_min"] == "2021-01-01"
    assert rows[0]["sha256"] == two[0].revisions.get().sha256


def test_a_table_can_have_fewer_columns(client, two):
    rows = table(client.get(f"{LIST}.csv?fields=id,version"))
    assert list(rows[0]) == ["id", "version", "version_url", "sha256"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "＝1"])
def test_a_cell_is_never_a_formula(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless(f"a{cell}") == f"a{cell}"


def test_names_that_look_like_formulas_are_neutralised_in_the_table_and_not_in_json(client, two):
    assert table(client.get(f"{LIST}.csv"))[1]["speaker"] == "'-Ann"
    assert client.get(LIST).json()["results"][1]["speaker"]["name"] == "-Ann"


def test_quotation_marks_commas_and_line_breaks_stay_in_their_cell(client):
    words = '“One, two.\n\nThree, "four".”'
    factories.publish(words)
    answer = client.get(f"{LIST}.csv")
    assert table(answer)[0]["words"] == words
    assert answer["Content-Disposition"] == 'attachment; filename="statements.csv"'


def test_bibliographies_hold_every_statement_with_its_source(client, two):
    keys = list(parse_string(client.get(f"{LIST}.bib").text, "bibtex").entries)
    assert [key for key in keys if not key.endswith("-source")] == [
        f"macron-2022-12-03-{two[0].pid}-v1",
        f"ann-2021-{two[1].pid}-v1",
    ]
    assert len(keys) == 4
    entries = rispy.loads(client.get(f"{LIST}.ris").text)
    assert [entry["type_of_reference"] for entry in entries] == ["ELEC", "NEWS", "ELEC", "NEWS"]


def test_json_ld_is_one_graph(client, two):
    document = json.loads(client.get(f"{LIST}.jsonld").text)
    expanded = jsonld.expand(document)
    assert len(expanded) == 2
    assert expanded[0]["@id"].endswith(f"/q/{two[0].pid}/v1")
    assert "@context" not in document["@graph"][0]


def test_a_file_of_one_statement_says_whose_it_is(client, two):
    named = client.get(f"{LIST}/{two[0].pid}.bib")["Content-Disposition"]
    assert named == f'attachment; filename="macron-2022-12-03-{two[0].pid}-v1.bib"'


def test_files_tell_of_corrections(client, two):
    record.correct(two[0], record.Changes(language="fr"), editor=factories.publisher(), reason="It was French")
    for suffix in (".csv", ".bib", ".ris", ".jsonld"):
        for address in (LIST, f"{LIST}/{two[0].pid}"):
            assert "It was French" in client.get(address + suffix).text


def test_an_empty_list_is_an_empty_file(client):
    assert client.get(f"{LIST}.json").json()["results"] == []
    assert client.get(f"{LIST}.csv").text.startswith("id,url,state")
    assert client.get(f"{LIST}.bib").text == ""
    assert json.loads(client.get(f"{LIST}.jsonld").text)["@graph"] == []
