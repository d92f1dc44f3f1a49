import hashlib
import os
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import TestCase

from quotes import record
from quotes.founding.load import ACCOUNT, NotInText
from quotes.models import Act, Appearance, Link, Revision, Speaker, Statement, Topic
from quotes.spans import render
from sources.models import Document, Outlet, Snapshot
from tests import factories

pytestmark = pytest.mark.django_db

ARTICLE = range(1, 10)
DANILOV, OFFICIAL = 10, 11


@pytest.fixture
def loaded():
    call_command("load_founding_record", verbosity=0)


def real_article():
    """Read the founding article where the reader has it; its prose is not ours to keep here."""
    folder = os.environ.get("ARTICLES")
    if not folder:
        pytest.skip("ARTICLES names no folder: the real founding article is not part of the project")
    path = Path(folder) / "founding.txt"
    if not path.exists():
        pytest.skip(f"ARTICLES names {folder}, which holds no founding.txt")
    return " ".join(path.read_text(encoding="utf-8").split())


def statement(number):
    """Statement `number` of the founding record, counted from 1 in the order of the data file."""
    return Statement.objects.order_by("id")[number - 1]


def of_the_article():
    return [statement(number) for number in ARTICLE]


def carried(found, role):
    return set(found.carriages.filter(role=role).values_list("outlet__name", flat=True))


def road(appearance):
    return [str(hop) for hop in appearance.hops.all()]


def direct(spans):
    return [span.text for span in spans if span.mode == "direct"]


def sample():
    return Snapshot.objects.get(document__kind="reconstruction")


def positions(words):
    """The characters of the sample that `words` take up, wherever they stand."""
    start = sample().text.index(words)
    return range(start, start + len(words))


# Loading


def test_loading_says_in_one_line_what_it_did(capsys):
    call_command("load_founding_record")
    said = capsys.readouterr().out
    assert said == "Loaded the founding record: 11 statements, in 18 appearances, from 6 documents.\n"


def test_a_second_load_changes_nothing_and_says_so(loaded, capsys):
    def everything():
        models = (Statement, Appearance, Act, Link, Revision, Speaker, Topic, Outlet, Document, Snapshot, User)
        return [list(model.objects.order_by("pk").values()) for model in models]

    before = everything()
    call_command("load_founding_record")
    assert everything() == before
    assert capsys.readouterr().out == "The founding record was loaded before: nothing changed.\n"


def test_nobody_can_sign_in_as_the_account_that_loaded_it(loaded):
    account = User.objects.get(username=ACCOUNT)
    assert not account.has_usable_password()
    assert not account.is_staff
    assert set(Statement.objects.values_list("recorded_by", flat=True)) == {account.pk}
    assert set(Revision.objects.values_list("actor", flat=True)) == {account.pk}


def test_a_load_that_fails_leaves_nothing_behind(monkeypatch):
    def refuse(*args, **kwargs):
        raise record.RecordError("No.")

    monkeypatch.setattr(record, "link", refuse)
    with pytest.raises(record.RecordError):
        call_command("load_founding_record")
    assert not Statement.objects.exists()
    assert not Outlet.objects.exists()
    assert not User.objects.exists()


def test_words_that_do_not_stand_in_the_sample_stop_the_load(monkeypatch, tmp_path):
    from quotes.founding import load  # noqa: PLC0415  # the module whose folder is exchanged

    (tmp_path / "reconstruction.txt").write_text("Nobody said anything.")
    monkeypatch.setattr(load, "FOLDER", tmp_path)
    with pytest.raises(NotInText, match="We must think"):
        call_command("load_founding_record")


def test_what_editors_have_already_is_used_and_not_doubled():
    macron = factories.speaker("Emmanuel Macron")
    tf1 = factories.outlet("Télévision française 1", domain="tf1.fr")
    peace = factories.topic("Peace negotiations")
    call_command("load_founding_record", verbosity=0)
    assert statement(1).speaker == macron
    assert carried(statement(1), "spoken_to") == {tf1.name}
    assert peace in statement(2).topics.all()


def test_an_outlet_that_editors_merged_is_found_where_it_went():
    editor = factories.publisher()
    old, kept = factories.outlet("TF1 Info", domain="tf1.fr"), factories.outlet("Groupe TF1")
    record.merge(old, kept, editor=editor, reason="One and the same")
    call_command("load_founding_record", verbosity=0)
    assert carried(statement(1), "spoken_to") == {"Groupe TF1"}


class TestTheFoundingRecord(TestCase):
    """What a reader finds after loading: nothing here writes, so one load serves all."""

    @classmethod
    def setUpTestData(cls):
        call_command("load_founding_record", verbosity=0)

    # The nine statements of the article

    def test_the_nine_statements_have_their_speakers_modes_and_dates(self):
        found = [(s.speaker.name, s.label, s.mode, s.said, s.said_basis) for s in of_the_article()]
        macron = ("Emmanuel Macron", "President of France")
        ministry = ("Ministry of Defense of Russia", "")
        assert found == [
            (*macron, "direct", "2022-12-03", "resolved"),
            (*macron, "direct", "2022-12-03", "resolved"),
            (*macron, "indirect", "2022-12-03", "resolved"),
            ("Vladimir Putin", "President of Russia", "indirect", "/2022-12-03", "inferred"),
            (*ministry, "direct", "2021-12?", "inferred"),
            (*ministry, "direct", "2021-12?", "inferred"),
            (*ministry, "direct", "2021-12?", "inferred"),
            ("Government of Russia", "", "indirect", "/2022-12", "inferred"),
            ("Government of Ukraine", "", "mixed", "/2022-12", "inferred"),
        ]

    def test_they_are_published_as_version_one_with_a_body_that_fits_its_hash(self):
        for found in Statement.objects.all():
            assert found.state == "published"
            revision = found.revisions.get()
            assert revision.number == 1
            assert revision.sha256 == hashlib.sha256(revision.body.encode()).hexdigest()

    def test_on_saturday_is_kept_with_how_it_was_resolved(self):
        for found in of_the_article()[:3]:
            assert found.said_phrase == "On Saturday"
            assert "Saturday 3 December 2022" in found.said_reasoning
        assert sample().text.startswith("On Saturday")

    def test_every_phrase_that_dates_a_statement_stands_in_the_sample(self):
        assert all(found.said_phrase in sample().text for found in of_the_article())

    def test_macrons_words_say_that_they_are_translated_from_french(self):
        for found in of_the_article()[:2]:
            assert (found.is_translation, found.translated_from, found.translator) == (True, "fr", "")

    def test_the_second_statement_drops_the_stray_mark_and_stop_that_its_appearance_keeps(self):
        found = statement(2)
        assert found.words.endswith("once the parties return to the negotiating table.”")
        assert "[the Ukrainian conflict]" in found.words
        assert [span.by for span in found.wording if span.mode == "insertion"] == ["source"]
        assert found.primary_appearance.printed.endswith("once the parties return.” to the negotiating table.”")
        assert found.primary_appearance.note == "The closing mark is misplaced in the source."

    def test_the_second_statement_is_first_of_all_what_the_article_printed(self):
        found = statement(2)
        assert found.primary_appearance.document.kind == "reconstruction"
        assert not found.primary_appearance.attested
        assert found.primary_is_chosen

    def test_the_missing_word_of_the_sixth_is_the_records_insertion(self):
        found = statement(6)
        assert "a radical deterioration [of] the security situation on the continent" in found.words
        assert [(span.text, span.by) for span in found.wording if span.mode == "insertion"] == [("of", "record")]
        assert found.primary_appearance.printed.endswith("deterioration.” the security situation on the continent.")
        assert found.primary_appearance.note.startswith("The closing mark is misplaced in the source")

    def test_of_kyivs_view_only_the_words_in_marks_are_direct(self):
        assert [text.rstrip(".") for text in direct(statement(9).wording)] == ["interfering with its sovereignty"]

    def test_putins_words_are_told_by_macron_to_tf1(self):
        found = statement(4)
        assert road(found.primary_appearance) == [
            "told by Emmanuel Macron",
            "spoken to TF1",
            "published by Unidentified website",
        ]
        inside, around = found.primary_appearance, statement(1).primary_appearance
        assert around.start < inside.start < inside.end < around.end

    def test_the_links_of_the_article_are_seen_from_both_ends(self):
        for source, kind, target in [(1, "reports", 4), (9, "responds_to", 8)]:
            for end in (source, target):
                seen = Link.objects.around(statement(end)).get(kind=kind)
                assert (seen.source, seen.target) == (statement(source), statement(target))

    def test_the_topics_hang_in_a_tree(self):
        assert set(Topic.objects.filter(parent=None).values_list("name", flat=True)) == {
            "European security",
            "War in Ukraine",
        }
        neutrality = Topic.objects.get(name="Neutrality of Ukraine")
        assert set(neutrality.statements.all()) == {statement(8), statement(9)}
        assert all(found.topics.exists() for found in Statement.objects.all())

    # Where they stand

    def test_what_was_printed_stands_at_its_position_faults_included(self):
        text = sample().text
        for found in of_the_article():
            place = found.primary_appearance
            assert text[place.start : place.end] == place.printed
            assert text[: place.start].endswith(place.prefix)
            assert text[place.end :].startswith(place.suffix)
            assert all(words in place.printed for words in direct(place.wording))

    def test_the_spans_as_printed_give_the_printed_marks_again(self):
        for found in of_the_article():
            place = found.primary_appearance
            assert render(place.wording).translate(str.maketrans("[]", "()")) == place.printed

    def test_the_sample_tells_that_it_is_a_reconstruction_and_everybody_may_read_it(self):
        document = sample().document
        assert document.note.startswith("This is a reconstruction.")
        assert document.is_open
        assert (document.title, document.url, document.published) == ("", "", "2022-12")
        assert not document.outlet.identified

    def test_the_scare_quotes_and_the_advertisement_are_nobodys_statement(self):
        places = Appearance.objects.exclude(start=None).values_list("start", "end")
        assert len(places) == 9
        for words in ("“tough”", "- Advertisement -"):
            stands = positions(words)
            assert not any(start < stands.stop and stands.start < end for start, end in places)
        assert not Statement.objects.filter(text__contains="tough").exists()
        assert not Statement.objects.filter(text__icontains="advertisement").exists()

    # The same interview elsewhere

    def test_macron_to_tf1_relayed_by_tass_is_found(self):
        found = Statement.objects.filter(speaker__slug="emmanuel-macron")
        found = found.filter(carriages__outlet__slug="tf1", carriages__role="spoken_to")
        found = found.filter(carriages__outlet__slug="tass", carriages__role="relayed_by")
        assert found.get() == statement(2)

    def test_the_second_statement_is_found_under_both_agencies_that_relayed_it(self):
        assert carried(statement(2), "relayed_by") == {"TASS", "Reuters"}
        assert carried(statement(1), "relayed_by") == {"Reuters"}

    def test_tass_is_attested_by_the_article_without_a_wording_of_its_own(self):
        attested = Appearance.objects.get(attested=True)
        assert attested.statement == statement(2)
        assert attested.document == sample().document
        assert (attested.printed, attested.spans) == ("", [])
        assert road(attested) == ["spoken to TF1", "relayed by TASS"]

    def test_other_wordings_of_the_interview_are_further_appearances(self):
        def outlets(number):
            return [a.document.outlet.name for a in statement(number).appearances.filter(attested=False)]

        assert outlets(1) == ["Unidentified website", "TVN24", "lesechos.ml", "yabanclub.com"]
        assert outlets(2) == ["Unidentified website", "TVN24", "elethos.eu", "Babel"]

    def test_the_interview_elsewhere_always_goes_back_to_tf1(self):
        for number in (1, 2):
            for appearance in statement(number).appearances.all():
                assert appearance.hops.first().outlet.name == "TF1"

    def test_the_polish_editors_addition_is_the_sources(self):
        appearance = statement(1).appearances.get(language="pl")
        assert "(Rosji - red.)" in appearance.printed
        assert [(s.text, s.by) for s in appearance.wording if s.mode == "insertion"] == [("Rosji - red.", "source")]
        assert road(appearance) == ["spoken to TF1", "relayed by Reuters", "published by TVN24"]

    def test_the_french_wording_is_a_translation_back_into_french(self):
        appearance = statement(1).appearances.get(language="fr")
        assert (appearance.is_translation, appearance.translated_from) == (True, "")
        assert "translation back" in appearance.note

    def test_where_no_text_is_held_a_wording_has_no_position(self):
        elsewhere = Appearance.objects.exclude(document=sample().document)
        assert elsewhere.count() == 8
        assert not elsewhere.exclude(snapshot=None, start=None, end=None).exists()
        assert all("were not kept" in appearance.document.note for appearance in elsewhere)

    def test_the_answers_to_the_interview_lead_back_to_it(self):
        answers = Link.objects.around(statement(2))
        assert [(link.source.speaker.name, link.kind) for link in answers] == [
            ("Oleksiy Danilov", "responds_to"),
            ("French official at the Élysée", "responds_to"),
        ]

    def test_of_danilovs_answer_only_the_two_words_in_marks_are_his(self):
        found = statement(DANILOV)
        assert [words.strip() for words in direct(found.wording)] == ["soi-disant Russie"]
        assert {span.by for span in found.wording if span.mode != "direct"} == {"record"}
        assert found.label == "Secretary of the National Security and Defence Council of Ukraine"

    def test_the_official_stays_unnamed_and_without_a_page(self):
        official = statement(OFFICIAL).speaker
        assert official.kind == "unnamed"
        assert not official.has_page
        assert official.document.outlet.name == "Babel"

    # The real article, where a reader has it

    def test_each_direct_span_of_the_nine_stands_in_the_real_article(self):
        article = real_article()
        mended = re.sub(r"\.”(?= [a-z])", "", article)
        for found in of_the_article():
            for words in direct(found.wording):
                assert words in mended
            for words in direct(found.primary_appearance.wording):
                assert words in article

    def test_every_quotation_of_the_real_article_stands_in_the_sample(self):
        article = real_article()
        quotations = re.findall(r"“[^“”]*”", article)
        assert len(quotations) == 8
        assert all(quotation in sample().text for quotation in quotations)

    def test_the_sample_borrows_no_six_words_of_the_articles_own(self):
        article = real_article()
        printed = [
            a.printed for a in Appearance.objects.filter(document=sample().document, mode__in=["direct", "mixed"])
        ]

        def sixes(text):
            for words in printed:
                text = text.replace(words, " | ")
            told = re.findall(r"[\w’|-]+", re.sub(r"“[^“”]*”", " | ", text).lower())
            return {" ".join(told[at : at + 6]) for at in range(len(told) - 5)}

        assert not sixes(article) & sixes(sample().text)
