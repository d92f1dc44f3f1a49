"""What the files of the latest version tell of the day they are read, each format in its own way."""

import json

import pytest
import rispy
from pybtex.database import parse_string

from quotes.citing import annotation, biblatex, box, csl, head, jsonld, plain, ris, styles, wikipedia
from quotes.citing.formats import FORMATS, Format
from quotes.citing.present import Present, Retraction
from tests.quotes.citing.samples import COMPARED, CORRECTED, RETRACTED, SAMPLES

APA, MLA, CHICAGO, NOTES, HARVARD, IEEE, VANCOUVER = styles.STYLES
FOUNDING = SAMPLES["founding"]
READ_ALONE = Present(CORRECTED.read_on)
CORRECTION = "Corrected on 7 May 2024 (version 2): A word was <missing> & {100%}."
RETRACTION = "Retracted by the editors on 8 May 2024: The recording was “staged”."


@pytest.mark.parametrize("form", [one for one in FORMATS if not one.is_frozen], ids=lambda form: form.key)
def test_every_format_tells_a_retraction_and_a_correction(form: Format):
    told = form.write(FOUNDING, RETRACTED)
    assert "etracted by the editors on 8 May 2024" in told
    assert "A word" in told
    assert "etracted" not in form.write(FOUNDING, CORRECTED)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_stored_record_tells_nothing_but_itself(name: str):
    (stored,) = [one for one in FORMATS if one.is_frozen]
    assert stored.write(SAMPLES[name], RETRACTED) == stored.write(SAMPLES[name])


def test_a_reason_is_one_sentence_on_one_line():
    assert RETRACTED.sentences == [RETRACTION, CORRECTION]
    assert Retraction().sentence == "Retracted by the editors."
    assert READ_ALONE.sentences == []


def test_the_last_act_is_the_day_it_was_modified():
    assert [one.modified and one.modified.day for one in (READ_ALONE, CORRECTED, RETRACTED)] == [None, 7, 8]


@pytest.mark.parametrize(
    ("style", "tail"),
    [
        (APA, "On Record. https://onrecord.example/q/7K2M9QX4TA/v1"),
        (MLA, "On Record, 3 Dec. 2022, https://onrecord.example/q/7K2M9QX4TA/v1."),
        (CHICAGO, "On Record, December 3. https://onrecord.example/q/7K2M9QX4TA/v1."),
        (NOTES, "On Record, December 3, 2022, https://onrecord.example/q/7K2M9QX4TA/v1."),
        (HARVARD, "Available at: https://onrecord.example/q/7K2M9QX4TA/v1 (Accessed: 9 May 2024)."),
        (IEEE, "Accessed: May 9, 2024. [Online]. Available: https://onrecord.example/q/7K2M9QX4TA/v1"),
        (VANCOUVER, "Available from: https://onrecord.example/q/7K2M9QX4TA/v1"),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_a_style_names_the_day_of_reading_where_its_manual_asks_for_it(style, tail):
    assert styles.cite_record(style, FOUNDING, READ_ALONE).text.endswith(tail)


def test_vancouver_has_the_day_of_reading_beside_the_year():
    assert " 2022 [cited 2024 May 9]. “This" in styles.cite_record(VANCOUVER, FOUNDING, READ_ALONE).text
    assert " By 7 May 2024 [cited 2024 May 9]. " in styles.cite_record(VANCOUVER, SAMPLES["spokesman"], READ_ALONE).text


@pytest.mark.parametrize("style", styles.STYLES, ids=lambda style: style.key)
def test_every_style_marks_the_title_of_what_was_retracted(style):
    assert "relayed by TASS) [retracted]" in styles.cite_record(style, FOUNDING, RETRACTED).text
    assert "[retracted]" not in styles.cite_record(style, FOUNDING, CORRECTED).text


@pytest.mark.parametrize("style", styles.STYLES, ids=lambda style: style.key)
def test_nobody_is_said_to_have_read_the_source_document(style):
    document = styles.cite_document(style, SAMPLES["reported"]).text
    assert document in styles.write(style, SAMPLES["reported"], READ_ALONE)
    assert not any(sign in document for sign in ("Accessed", "cited 20"))


@pytest.mark.parametrize("name", SAMPLES)
def test_csl_has_the_day_it_was_accessed_and_the_status_beside_its_own_fields(name: str):
    record, document = json.loads(csl.write(SAMPLES[name], RETRACTED))
    assert record["accessed"] == {"date-parts": [[2024, 5, 9]]}
    assert (record["note"], record["custom"]["status"]) == (f"{RETRACTION} {CORRECTION}", "retracted")
    assert "status" not in record, "Chicago would print it as the date's"
    assert "accessed" not in document
    assert csl.record_item(SAMPLES[name], CORRECTED)["custom"]["status"] == "published"
    assert "note" not in csl.record_item(SAMPLES[name], READ_ALONE)


@pytest.mark.parametrize("name", SAMPLES)
def test_pybtex_reads_the_day_the_corrections_and_the_retraction_back(name: str):
    record, document = parse_string(biblatex.write(SAMPLES[name], RETRACTED), "bibtex").entries.values()
    assert record.fields["urldate"] == "2024-05-09"
    assert record.fields["addendum"] == RETRACTION
    assert record.fields["note"] == biblatex.tex(CORRECTION)
    assert "urldate" not in document.fields


@pytest.mark.parametrize("name", SAMPLES)
def test_rispy_reads_the_day_and_the_notes_back(name: str):
    record, document = rispy.loads(ris.write(SAMPLES[name], RETRACTED).replace("\r\n", "\n"))
    assert record["notes"][1:] == [RETRACTION, CORRECTION]
    assert record["title"] == f"{SAMPLES[name].short_words} [retracted]"
    assert "Y2  - 2024/05/09/\r\n" in ris.write(SAMPLES[name], READ_ALONE)
    assert not any("2024/05/09" in str(value) for value in document.values())


def test_wikipedia_has_an_access_date_a_type_and_comments():
    told = wikipedia.write(FOUNDING, RETRACTED)
    assert "|type=retracted |date=3 December 2022 |access-date=9 May 2024}}</ref>\n<!-- Retracted by" in told
    assert told.endswith("A word was &lt;missing&gt; &amp; &#123;100%&#125;. -->\n")
    assert "access-date" not in wikipedia.document(FOUNDING)
    assert "|type=" not in wikipedia.write(FOUNDING, CORRECTED)


def test_plain_text_has_a_line_each():
    lines = plain.write(FOUNDING, RETRACTED).removeprefix(plain.write(FOUNDING)).splitlines()
    assert lines == [RETRACTION, f"{CORRECTION} <{COMPARED}>", "Read on: 9 May 2024"]


def test_json_ld_has_a_comment_for_each_correction_and_for_the_retraction():
    node = jsonld.build(FOUNDING, RETRACTED)
    assert (node["creativeWorkStatus"], node["dateModified"]) == ("Retracted", "2024-05-08")
    correction, retraction = node["correction"]
    assert correction == {
        "@type": "CorrectionComment",
        "text": "A word\nwas <missing> & {100%}",
        "datePublished": "2024-05-07",
        "url": COMPARED,
    }
    assert retraction["text"] == RETRACTION
    assert "<" not in jsonld.write(FOUNDING, RETRACTED)
    assert jsonld.build(FOUNDING, READ_ALONE) == jsonld.build(FOUNDING)


def test_an_annotation_comments_on_what_became_of_its_version():
    made = json.loads(annotation.write(FOUNDING, RETRACTED))
    assert made["id"] == f"{FOUNDING.url}.anno.jsonld"
    version, *comments = made["body"]
    assert version == json.loads(annotation.write(FOUNDING))["body"]
    assert [one["value"] for one in comments] == RETRACTED.sentences
    assert {one["purpose"] for one in comments} == {"commenting"}


def test_the_box_on_the_page_and_what_zotero_reads_tell_the_same():
    panels = {panel.format.key: panel for panel in box.box(FOUNDING, RETRACTED).panels}
    assert panels["biblatex"].text == biblatex.write(FOUNDING, RETRACTED)
    assert panels["apa"].record == styles.cite_record(APA, FOUNDING, RETRACTED)
    assert dict(head.metadata(FOUNDING, RETRACTED))["DC.title"].endswith("relayed by TASS) [retracted]")
