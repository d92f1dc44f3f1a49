"""Programs that nobody here wrote read our BibLaTeX and RIS back."""

import json

import pytest
import rispy
from pybtex.database import parse_string

from quotes.citing import biblatex, csl, jsonld, ris
from quotes.citing.works import document_work
from tests.quotes.citing.samples import SAMPLES

TEX = {
    r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^",
    r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
    r"\$": "$", r"\&": "&", r"\#": "#", r"\_": "_", r"\%": "%",
}  # fmt: skip


def untex(value: str) -> str:
    for escaped, letter in TEX.items():
        value = value.replace(escaped, letter)
    return value


@pytest.mark.parametrize("name", SAMPLES)
def test_pybtex_reads_the_words_the_speaker_and_the_date_back(name: str):
    cited = SAMPLES[name]
    record, document = parse_string(biblatex.write(cited), "bibtex").entries.values()
    assert untex(record.fields["title"][1:-1]) == cited.short_words
    assert record.fields["date"] == cited.said.edtf
    assert record.fields["url"] == cited.version_url
    assert record.fields["related"] == document.key
    assert untex(document.fields["title"][1:-1]) == document_work(cited).title
    people = [untex(str(person)) for person in record.persons.get("author", [])]
    assert people == ([bibtex_name(cited)] if cited.author else [])


def bibtex_name(cited) -> str:
    return cited.author.inverted if cited.author.family else f"{{{cited.author.whole}}}"


@pytest.mark.parametrize("name", SAMPLES)
def test_rispy_reads_both_records_back(name: str):
    cited = SAMPLES[name]
    text = ris.write(cited)
    assert "\n" not in text.replace("\r\n", "")
    record, document = rispy.loads(text.replace("\r\n", "\n"))
    assert (record["type_of_reference"], document["type_of_reference"]) == ("ELEC", "NEWS")
    assert record["title"] == cited.short_words
    assert record["urls"] == [cited.version_url]
    assert document["title"] == document_work(cited).title
    assert record.get("authors", []) == ([cited.author.inverted] if cited.author else [])


@pytest.mark.parametrize("name", SAMPLES)
def test_json_formats_parse_and_hold_every_word(name: str):
    cited = SAMPLES[name]
    record, _document = json.loads(csl.write(cited))
    assert record["abstract"] == cited.line
    assert json.loads(jsonld.write(cited))["text"] == cited.words
    assert "<" not in jsonld.write(cited)
