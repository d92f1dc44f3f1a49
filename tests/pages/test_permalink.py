import hashlib

import pytest
from django.conf import settings

from quotes import record
from quotes.models import Statement
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "“We must prepare for what will come after [(the Ukrainian conflict)].”"


def test_a_permalink_shows_the_words_with_generated_marks(client):
    page = client.get(factories.publish("“We must think,” he said, “of tomorrow.”").get_absolute_url())
    assert page.status_code == 200
    assert "“We must think,”" in page.text
    assert "“of tomorrow.”" in page.text


def test_an_insertion_says_whose_it_is_to_a_screen_reader(client):
    page = client.get(factories.publish(WORDS).get_absolute_url())
    assert "inserted by the source: </span>[the Ukrainian conflict]" in page.text


def test_the_reporters_words_are_told_apart(client):
    page = client.get(factories.publish("Kyiv calls it “interfering with its sovereignty”").get_absolute_url())
    assert (
        '<span class="indirect"><span class="visually-hidden">reporter’s words: </span>Kyiv calls it </span>'
        in page.text
    )
    assert (
        '<span class="direct"><span class="visually-hidden">speaker’s words: </span>'
        "“interfering with its sovereignty”</span>" in page.text
    )


def test_words_that_are_all_the_speakers_are_not_said_to_be(client):
    page = client.get(factories.publish("“Peace,” ").get_absolute_url())
    assert '<span class="direct">“Peace,”</span>' in page.text


def test_the_attribution_says_who_where_and_when(client):
    macron = factories.speaker("Emmanuel Macron")
    macron.roles.create(label="President of France", held="2017-05-14/..", held_min="2017-05-14")
    page = client.get(factories.publish("“Peace.”", "spoken_to TF1", "relayed_by TASS", by=macron).get_absolute_url())
    for part in ("Emmanuel Macron", "President of France", "TF1", "on 3 December 2022", "relayed by TASS"):
        assert part in page.text


def test_a_month_is_never_shown_as_a_day(client):
    page = client.get(factories.publish(said="2021-12?").get_absolute_url())
    assert "December 2021 (uncertain)" in page.text
    assert "1 December 2021" not in page.text
    assert "31 December 2021" not in page.text


def test_how_a_date_was_resolved_is_told(client):
    statement = factories.publish(
        said_basis="resolved", said_phrase="On Saturday", said_reasoning="the Saturday before the article appeared"
    )
    page = client.get(statement.get_absolute_url())
    assert (
        "resolved from “<bdi>On Saturday</bdi>”</a>: <bdi>the Saturday before the article appeared</bdi>" in page.text
    )


def test_a_translation_says_so(client):
    statement = factories.publish(is_translation=True, translated_from="fr")
    assert "translated from French, translator unknown" in client.get(statement.get_absolute_url()).text


def test_the_road_names_each_stop_in_order(client):
    text = client.get(
        factories.publish("“Peace.”", "spoken_to TF1", "relayed_by TASS", "published_by Le Monde").get_absolute_url()
    ).text
    road = text[text.index('class="road"') :]
    stops = [road.index(name) for name in ("Emmanuel Macron", "TF1", "TASS", "Le Monde")]
    assert stops == sorted(stops)


def test_words_told_by_another_name_the_teller(client):
    statement = factories.publish("NATO is near.", "told_by Emmanuel Macron", "spoken_to TF1", by="Vladimir Putin")
    assert "as told by" in client.get(statement.get_absolute_url()).text


def test_every_appearance_shows_the_wording_as_printed(client):
    statement = factories.publish()
    spec = factories.appearance(
        "« il faut donner des garanties »", "spoken_to TF1", language="fr", note="A French printing."
    )
    record.add_appearance(statement, spec, editor=factories.editor())
    page = client.get(statement.get_absolute_url())
    assert "« il faut donner des garanties »" in page.text
    assert "A French printing." in page.text


def test_a_link_is_shown_from_both_ends(client):
    asked, answered = factories.publish("“Will you?”"), factories.publish("“Never.”", by="Vladimir Putin")
    record.link(answered, asked, "responds_to", editor=factories.editor())
    assert "responds to" in client.get(answered.get_absolute_url()).text
    assert "answered by" in client.get(asked.get_absolute_url()).text


def test_a_link_to_a_draft_is_not_shown(client):
    statement = factories.publish()
    record.link(factories.draft("“A secret draft.”"), statement, "denies", editor=factories.editor())
    assert "A secret draft" not in client.get(statement.get_absolute_url()).text


def test_the_page_names_its_version_and_the_start_of_its_hash(client):
    statement = factories.publish()
    page = client.get(statement.get_absolute_url())
    assert "Version 1" in page.text
    assert factories.revision(statement).sha256[:16] in page.text


def test_the_first_version_has_an_address_of_its_own(client):
    statement = factories.publish("“We must think.”")
    page = client.get(statement.version_url(1))
    assert page.status_code == 200
    assert "We must think." in page.text


@pytest.mark.parametrize("spoil", [str.lower, lambda pid: f"{pid[:5]}-{pid[5:]}", lambda pid: f"-{pid.lower()}-"])
def test_an_id_typed_in_another_way_leads_to_the_canonical_one(client, spoil):
    statement = factories.publish()
    page = client.get(f"/q/{spoil(statement.pid)}")
    assert page.status_code == 301
    assert page["Location"] == statement.get_absolute_url()


def test_lookalike_symbols_are_read_as_the_ones_meant(client):
    statement = factories.publish()
    Statement.objects.filter(pk=statement.pk).update(pid="100000000G")
    assert client.get("/q/IOoOO0000g")["Location"] == "/q/100000000G"


def test_a_version_typed_in_another_way_leads_to_the_canonical_one(client):
    statement = factories.publish()
    page = client.get(f"/q/{statement.pid.lower()}/V01.bib")
    assert page.status_code == 301
    assert page["Location"] == f"{statement.version_url(1)}.bib"


def test_a_mistyped_id_is_said_to_be_mistyped(client):
    pid = factories.publish().pid
    wrong = ("7" if pid[0] != "7" else "8") + pid[1:]
    page = client.get(f"/q/{wrong}")
    assert page.status_code == 404
    assert "mistyped" in page.text


def test_an_unknown_id_and_a_draft_answer_alike(client):
    unknown, draft = client.get("/q/7K2M9QX4TA"), client.get(factories.draft().get_absolute_url())
    assert unknown.status_code == draft.status_code == 404
    assert unknown.text == draft.text


@pytest.mark.parametrize("suffix", ["", ".bib", ".json"])
def test_a_draft_has_no_versions_and_no_exports(client, suffix):
    statement = factories.draft()
    assert client.get(statement.get_absolute_url() + suffix).status_code == 404
    assert client.get(statement.version_url(1) + suffix).status_code == 404


def test_an_unknown_version_leads_to_the_latest(client):
    statement = factories.publish()
    record.correct(statement, record.Changes(language="fr"), editor=factories.publisher(), reason="It is French")
    page = client.get(statement.version_url(9))
    assert page.status_code == 404
    assert "It has versions 1 to 2" in page.text
    assert statement.get_absolute_url() in page.text


def test_a_retracted_statement_answers_with_a_banner(client):
    statement = factories.publish("“We must think.”")
    Statement.objects.filter(pk=statement.pk).update(state="retracted")
    page = client.get(statement.get_absolute_url())
    assert page.status_code == 200
    assert "retracted" in page.text


def test_markup_in_the_words_is_shown_as_text(client):
    page = client.get(factories.publish("“<script>alert(1)</script> & '; DROP TABLE”").get_absolute_url())
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page.text
    assert "<script>alert" not in page.text


def test_right_to_left_words_carry_their_language_and_direction(client):
    page = client.get(factories.publish("“السلام عليكم 🙂”", language="ar").get_absolute_url())
    assert '<span lang="ar" dir="rtl">' in page.text
    assert "السلام عليكم 🙂" in page.text


def test_a_citation_gives_the_version_s_address(client):
    statement = factories.publish()
    page = client.get(statement.get_absolute_url())
    assert f"{settings.SITE_URL}{statement.version_url(1)}" in page.text


def test_the_citation_box_offers_the_styles_and_formats(client):
    page = client.get(factories.publish().get_absolute_url())
    for label in ("APA", "MLA", "Chicago", "Wikipedia", "BibLaTeX", "RIS", "CSL-JSON", "Text"):
        assert f">{label}</label>" in page.text


@pytest.mark.parametrize("suffix", [".pdf", ".apa", ".turabian.txt", ".apa.pdf"])
def test_an_unknown_format_or_style_says_which_there_are(client, suffix):
    statement = factories.publish()
    for address in (statement.get_absolute_url(), statement.version_url(1)):
        page = client.get(address + suffix)
        assert page.status_code == 404
        for offered in (".bib", ".csl.json", ".apa.txt", ".vancouver.html"):
            assert offered in page.text


def test_every_style_has_its_italics_as_html(client):
    statement = factories.publish("“<b>Guarantees</b> & peace.”")
    for style in ("apa", "mla", "chicago", "chicago-notes", "harvard", "ieee", "vancouver"):
        page = client.get(f"{statement.version_url(1)}.{style}.html")
        assert page["Content-Type"] == "text/html; charset=utf-8"
        assert page["Content-Disposition"].startswith("attachment")
        assert "&lt;b&gt;Guarantees" in page.text
        assert "In the text:" in page.text
    assert "<i>" in client.get(f"{statement.version_url(1)}.apa.html").text


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        (".csl.json", "application/vnd.citationstyles.csl+json"),
        (".bib", "application/x-bibtex; charset=utf-8"),
        (".ris", "application/x-research-info-systems; charset=utf-8"),
        (".jsonld", "application/ld+json"),
        (".json", "application/json"),
        (".wiki.txt", "text/plain; charset=utf-8"),
        (".txt", "text/plain; charset=utf-8"),
        (".apa.txt", "text/plain; charset=utf-8"),
    ],
)
def test_every_format_downloads_under_a_name_that_says_whose_statement_it_is(client, suffix, media_type):
    statement = factories.publish()
    answer = client.get(statement.version_url(1) + suffix)
    assert answer.status_code == 200
    assert answer["Content-Type"] == media_type
    assert f'filename="macron-2022-12-03-{statement.pid}-v1{suffix}"' in answer["Content-Disposition"]


def test_the_stored_record_has_the_hash_that_the_page_names(client):
    statement = factories.publish()
    body = client.get(f"{statement.version_url(1)}.json").content
    assert hashlib.sha256(body).hexdigest() == factories.revision(statement).sha256


def test_an_unknown_format_lists_those_there_are(client):
    page = client.get(f"{factories.publish().get_absolute_url()}.docx")
    assert page.status_code == 404
    assert ".csl.json" in page.text


def test_a_permalink_takes_at_most_ten_queries(client, django_assert_max_num_queries):
    statement = factories.publish("“Peace.”", "told_by Vladimir Putin", "spoken_to TF1", topics=[factories.topic()])
    for number in range(5):
        spec = factories.appearance(f"“Peace {number}.”", "spoken_to TF1", "relayed_by TASS")
        record.add_appearance(statement, spec, editor=factories.editor())
        record.link(factories.publish(f"“No {number}.”"), statement, "denies", editor=factories.editor())
    with django_assert_max_num_queries(10):
        client.get(statement.get_absolute_url())
    with django_assert_max_num_queries(10):
        client.get(statement.version_url(1))


def test_an_export_takes_at_most_four_queries(client, django_assert_max_num_queries):
    statement = factories.publish()
    with django_assert_max_num_queries(4):
        client.get(f"{statement.get_absolute_url()}.csl.json")


def test_very_long_words_are_shown_whole(client):
    long = "peace " * 3000
    page = client.get(factories.publish(f"“{long.strip()}”").get_absolute_url())
    assert long.strip() in page.text
