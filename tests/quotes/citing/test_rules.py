"""The rules of docs/citing.md, each by an example."""

from pathlib import Path

import pytest

from quotes.citing import annotation, biblatex, csl, dating, formats, names, plain, ris, shortening, styles, wikipedia
from quotes.citing import text_fragment as fragment
from quotes.citing.record import UnknownSchema, read
from quotes.citing.road import road
from quotes.citing.wikipedia import escaped
from quotes.spans import Span
from tests.quotes.citing.samples import BODIES, FOUNDING, GAULLE, SAMPLES, SITE, said

APA, MLA, CHICAGO, NOTES, HARVARD, IEEE, VANCOUVER = styles.STYLES


def dated(edtf: str):
    return read(GAULLE | {"said": said(edtf)}, SITE)


def test_the_shape_of_a_citation():
    assert styles.cite_record(APA, SAMPLES["founding"]).text == (
        "Macron, E. (2022, December 3). “This issue will be part of the discussions about peace …” "
        "(statement to TF1, relayed by TASS). On Record. https://onrecord.example/q/7K2M9QX4TA/v1"
    )


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2022-12-03", "(2022, December 3)"),
        ("2022-12", "(2022, December)"),
        ("2022-12-XX", "(2022, December)"),
        ("2022", "(2022)"),
        ("2021-12?", "(ca. 2021, December)"),
        ("2021-12~", "(ca. 2021, December)"),
        ("2022-12-03/2022-12-05", "(2022, December 3–5)"),
        ("2021-12/2022-02", "(2021–2022, December–February)"),
        ("2021-12/2022-01-05", "(between December 2021 and 5 January 2022)"),
        ("/2022-12-04", "(by 4 December 2022)"),
        ("2022-12-04/..", "(from 4 December 2022 on)"),
        ("2022-21", "(2022, Spring)"),
        ("202X", "(2020s)"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(edtf, expected):
    assert f" {expected}. " in styles.cite_record(APA, dated(edtf)).text


@pytest.mark.parametrize("edtf", ["2022-12", "2022", "2022-12-XX", "/2022-12", "2022-12?", "202X", "2022-11/2022-12"])
def test_no_export_invents_a_day(edtf):
    cited = dated(edtf)
    for write in (csl.write, biblatex.write, ris.write, plain.write, wikipedia.write):
        own = write(cited).replace("2024-05", "")
        assert not any(day in own for day in ("2022-12-01", "2022/12/01", "2022-01", "2022/01", "1 December"))
    record = csl.record_item(cited)["issued"]
    assert all(len(part) < 3 for part in record.get("date-parts", []))


def test_a_statement_without_any_known_date_says_so():
    assert dating.read("") == dating.Dated("")
    assert "n.d." in styles.cite_document(APA, SAMPLES["told"]).text
    assert "no date" in styles.cite_document(HARVARD, SAMPLES["told"]).text


@pytest.mark.parametrize(
    ("style", "phrase"),
    [
        (APA, "(King, 2024, as cited in Jane Doe, 2024)"),
        (MLA, "(King, qtd. in Jane Doe)"),
        (CHICAGO, "(King, cited in Jane Doe 2024)"),
        (HARVARD, "(King, cited in Jane Doe, 2024)"),
        (IEEE, "Ada Maria King, as cited in [1]"),
        (VANCOUVER, "Ada Maria King, as cited in (1)"),
    ],
)
def test_the_text_names_the_speaker_and_the_document(style, phrase):
    assert styles.cite_document(style, SAMPLES["reported"]).in_text == phrase


def test_an_indirect_statement_has_no_marks_and_names_its_reporter():
    cited = SAMPLES["reported"]
    assert not cited.words.startswith("“")
    assert road(cited) == "statement, as reported by The Daily Example"


def test_the_road_tells_who_told_and_for_whom():
    assert road(SAMPLES["told"]) == "statement as told by Emmanuel Macron to TF1, relayed by TASS"
    assert road(SAMPLES["spokesman"]) == "statement for the Chancellery, relayed by Wire One"
    assert road(SAMPLES["unnamed"]) == "statement by a French official to Le Quotidien, translated"
    assert "— Ivan Petrenko, Spokesman, for the Chancellery" in plain.write(SAMPLES["spokesman"])


@pytest.mark.parametrize("form", formats.FORMATS, ids=lambda form: form.key)
def test_no_citation_names_an_unidentified_outlet(form):
    if form.key != "json":
        assert "Unidentified" not in form.write(SAMPLES["founding"])


def test_a_cut_stands_between_words_and_never_inside_an_insertion():
    insertion = Span("insertion", "the very long war that nobody wanted to see", "source")
    spans = (Span("direct", "We will go on after "), insertion, Span("direct", " is over."))
    assert shortening.shortened(spans) == (Span("direct", "We will go on after …"),)


def test_a_cut_after_a_whole_quotation_stands_outside_its_marks():
    assert SAMPLES["spokesman"].short_words == "The talks could begin as soon as “both sides want them” …"


def test_a_cut_closes_the_speaker_s_own_marks():
    spans = (Span("direct", "He told me “I will never in all my life go back there again”, and left."),)
    (short,) = shortening.shortened(spans)
    assert short.text == "He told me “I will never in all my life go back …”"


def test_a_script_without_spaces_is_cut_between_letters():
    assert len(SAMPLES["chinese"].short_words) == shortening.LETTERS + len("“ …”")


def test_particles_follow_the_style():
    name = names.Name("Charles de Gaulle", "Charles", "de", "Gaulle")
    assert (name.inverted, name.demoted, name.natural) == (
        "de Gaulle, Charles",
        "Gaulle, Charles de",
        "Charles de Gaulle",
    )
    assert names.Name("Jean d’Or", "Jean", "d’", "Or").surname == "d’Or"


def test_html_is_escaped_and_foreign_directions_isolated():
    assert "<i>tag" not in styles.cite_record(APA, SAMPLES["markup"]).html
    assert "<bdi>" in styles.cite_record(APA, SAMPLES["arabic"]).html


def test_wikipedia_values_hold_no_markup():
    assert escaped("a|b {{c}} [[d]] ''e'' <ref>\n~~~~") == (
        "a&#124;b &#123;&#123;c&#125;&#125; &#91;&#91;d&#93;&#93; &#39;&#39;e&#39;&#39; &lt;ref&gt; "
        "&#126;&#126;&#126;&#126;"
    )


def test_a_text_fragment_holds_whole_words_that_touch():
    address = fragment.address("https://x.example/a#b", "Yes, we can-do.", "he told them: “", "” and then lef")
    assert address == (
        "https://x.example/a#b:~:text=told%20them%3A%20%E2%80%9C-,Yes%2C%20we%20can%2Ddo.,-%E2%80%9D%20and%20then"
    )
    assert fragment.address("https://x.example/a", "art of it", "p", "") == "https://x.example/a#:~:text=art%20of%20it"


def test_a_long_or_parted_text_is_marked_by_its_ends():
    assert fragment.address("https://x.example/", "one two\nthree four").endswith("#:~:text=one%20two,three%20four")


def test_only_printed_words_can_be_annotated():
    assert annotation.applies(SAMPLES["founding"])
    with pytest.raises(annotation.NothingToAnnotate):
        annotation.write(SAMPLES["told"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("founding", "macron-2022-12-03-7K2M9QX4TA-v1.bib"),
        ("arabic", "layla-al-mithal-2024-05-05-5R2ZQ8D4HW-v1.bib"),
        ("unnamed", "unnamed-2023-8B3XK5R1PD-v1.bib"),
        ("spokesman", "petrenko-by-2024-05-07-9C7ZM2T6QF-v1.bib"),
        ("interval", "ministers-of-six-states-2021-12-to-2022-02-7Y6BS3H1MZ-v3.bib"),
    ],
)
def test_a_file_name_says_whose_statement_it_is(name, expected):
    assert formats.file_name(SAMPLES[name], ".bib") == expected


def test_every_file_name_is_plain_ascii():
    assert all(formats.file_name(cited, ".txt").isascii() for cited in SAMPLES.values())


def test_a_body_of_another_schema_is_refused():
    with pytest.raises(UnknownSchema, match="schema 2"):
        read(FOUNDING | {"schema": 2}, SITE)


def test_a_name_in_han_script_stays_whole():
    speaker = FOUNDING["speaker"] | {"name": "李明", "family": "李", "given": "明"}
    assert styles.cite_record(APA, read(FOUNDING | {"speaker": speaker}, SITE)).text.startswith("李明. (2022")


def test_an_export_depends_on_nothing_but_the_body_and_the_address():
    for name, body in BODIES.items():
        for form in formats.available(SAMPLES[name]):
            assert form.write(read(body, f"{SITE}/")) == form.write(SAMPLES[name])


def test_the_page_for_readers_lists_every_format():
    page = (Path(__file__).parents[3] / "docs" / "citing.md").read_text()
    for form in formats.FORMATS:
        assert f"`{form.suffix}`" in page
        assert f"`{form.bare_media_type}`" in page


def test_an_apostrophe_at_a_word_s_end_is_no_closing_mark_to_programs():
    title = csl.record_item(SAMPLES["interval"])["title"]
    assert "the parties' […] and ‘nobody’ else’s" in title


def test_marks_that_do_not_pair_leave_the_tag_out():
    spans = [{"mode": "direct", "text": "It is “done."}]
    assert "nocase" not in csl.record_item(read(GAULLE | {"spans": spans}, SITE))["title"]
