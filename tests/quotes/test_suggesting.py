import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes import record
from quotes.models import NameStart, Speaker
from quotes.record.names import know_names, starts_of
from quotes.suggesting import named, respelt, suggest
from tests import factories

pytestmark = pytest.mark.django_db


def names(text, *kinds):
    return [found.name for found in suggest(text, *([kinds] if kinds else []))]


@pytest.fixture
def on_record():
    """Macron, to TF1, relayed by TASS, on security guarantees."""
    speaker = factories.speaker("Emmanuel Macron")
    speaker.aliases.create(name="Макрон", language="ru")
    topic = factories.topic("Security guarantees")
    statement = factories.publish("“We must think.”", "spoken_to TF1", "relayed_by TASS")
    record.file_under(statement, [topic], editor=factories.editor())
    return statement


@pytest.mark.parametrize("typed", ["ma", "MACR", "emm", "Emmanuel Ma", "мак", "Mâcron", " macron "])
def test_a_speaker_is_found_by_the_beginning_of_any_of_their_names(on_record, typed):
    assert names(typed) == ["Emmanuel Macron"]


@pytest.mark.parametrize(("typed", "name"), [("tf", "TF1"), ("tas", "TASS"), ("guar", "Security guarantees")])
def test_outlets_and_topics_are_found_too(on_record, typed, name):
    assert names(typed) == [name]


@pytest.mark.parametrize("typed", ["", " ", "m", "%", "acron", "nobody", "\x00", "\ud800", "_a"])
def test_what_no_name_begins_with_finds_nothing(on_record, typed):
    assert names(typed) == []


def test_a_suggestion_says_where_it_leads_and_what_tells_it_apart(on_record):
    Speaker.objects.get(name="Emmanuel Macron").roles.create(label="President of France", held="2017/..")
    (found,) = suggest("macron")
    assert (found.kind, found.slug, found.note) == ("speaker", "emmanuel-macron", "President of France")
    assert found.url == "/speakers/emmanuel-macron/"


def test_names_that_only_drafts_hold_are_not_told():
    factories.draft()
    know_names(Speaker, Speaker.objects.values_list("pk", flat=True))
    assert names("macron") == []


def test_kinds_can_be_chosen(on_record):
    assert names("tass", "speaker") == []
    assert names("tass", "speaker", "outlet") == ["TASS"]


def test_whole_words_come_before_longer_ones(on_record):
    factories.topic("New Mac users")
    assert names("mac") == ["New Mac users", "Emmanuel Macron"]


def test_a_renamed_speaker_is_found_by_the_new_name_alone(on_record):
    record.rename(Speaker.objects.get(), editor=factories.editor(), name="Emmanuel Dupont")
    assert names("dupont") == ["Emmanuel Dupont"]
    assert names("macron") == []


def test_a_merged_outlet_is_no_longer_found(on_record):
    loser, survivor = factories.outlet("TASS"), factories.outlet("TF1")
    record.merge(loser, survivor, editor=factories.publisher(), reason="One")
    assert names("tass") == []


def test_a_suggestion_costs_seven_queries_whatever_is_found(on_record):
    with CaptureQueriesContext(connection) as queries:
        suggest("ma")
    assert len(queries) <= 7


def test_type_ahead_reads_an_index(on_record):
    NameStart.objects.bulk_create(
        NameStart(kind="speaker", key=n + 10**6, start=f"{chr(97 + n % 26)}{n}") for n in range(5000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = NameStart.objects.begun("speaker", "macr").explain()
    assert "name_start_" in plan


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Macron", 1), ("Emmanuel Macron", 1), ("emmanuel-macron", 1), ("Mac", 0), ("", 0), ("Макрон", 1)],
)
def test_a_name_is_known_by_whole_words(on_record, typed, found):
    assert len(named([(Speaker, typed)]).get((Speaker, typed), [])) == found


def test_misspelt_names_are_told_right(on_record):
    assert respelt(["Makron", "guarantes"]) == {
        "Makron": [("speaker", "macron")],
        "guarantes": [("topic", "guarantees")],
    }
    assert respelt(["macron", "two words", ""]) == {}


def test_a_word_that_no_name_has_any_more_is_not_proposed(on_record):
    record.rename(Speaker.objects.get(), editor=factories.editor(), name="Emmanuel Dupont")
    assert respelt(["makron"]) == {}


def test_a_name_starts_at_each_of_its_words():
    assert starts_of("Charles de Gaulle") == {"charles de gaulle", "de gaulle", "gaulle"}
    assert starts_of("…") == set()


def test_the_names_an_editor_adds_by_hand_lead_to_the_speaker(admin_client, on_record):
    speaker = Speaker.objects.get()
    page = admin_client.get(f"/admin/quotes/speaker/{speaker.pk}/change/")
    data = {"name": speaker.name, "slug": speaker.slug, "kind": "person"}
    for formset in page.context["inline_admin_formsets"]:
        prefix, number = formset.formset.prefix, formset.formset.initial_form_count()
        data |= {f"{prefix}-TOTAL_FORMS": number + 1, f"{prefix}-INITIAL_FORMS": number}
        for form in formset.formset.initial_forms:
            data |= {f"{form.prefix}-{name}": value or "" for name, value in form.initial.items()}
            data |= {f"{form.prefix}-id": form.instance.pk, f"{form.prefix}-speaker": speaker.pk}
    data |= {"aliases-1-name": "Jupiter", "aliases-1-language": "fr", "aliases-1-speaker": speaker.pk}
    admin_client.post(f"/admin/quotes/speaker/{speaker.pk}/change/", data)
    assert names("jupi") == ["Emmanuel Macron"]
