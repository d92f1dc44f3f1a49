import re

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from quotes import record
from quotes.indexes import PAGE, index
from quotes.models import Alias, Carriage, Speaker
from quotes.querysets import outlets_on_record
from sources.models import Outlet
from tests import factories

pytestmark = pytest.mark.django_db


def names(page):
    return [row.name for row in page.rows]


def speakers(**params):
    return index(params, Speaker.objects.all())


def symbols(page):
    return [letter.symbol for letter in page.letters]


@pytest.fixture
def three():
    return known(*(factories.speaker(name) for name in ("Vladimir Putin", "Emmanuel Macron", "Angela Merkel")))


def known(*things):
    """The same, with names that lead to them as if they were on record."""
    record.know_names(type(things[0]), [thing.pk for thing in things])
    return list(things)


def test_people_stand_under_their_family_names(three):
    assert names(speakers()) == ["Emmanuel Macron", "Angela Merkel", "Vladimir Putin"]


def test_letters_are_those_that_have_names(three):
    assert symbols(speakers()) == ["M", "P"]


@pytest.mark.parametrize("letter", ["m", "M"])
def test_a_letter_shows_its_names(three, letter):
    page = speakers(letter=letter)
    assert names(page) == ["Emmanuel Macron", "Angela Merkel"]
    assert [one.symbol for one in page.letters if one.chosen] == ["M"]


def test_every_letter_leads_to_its_names():
    for name in ("Élysée", "école", "Ärzte", "Макрон", "新华社", "7 Days", "_x"):
        factories.outlet(name)
    for letter in index({}, Outlet.objects.all()).letters:
        assert index({"letter": letter.symbol}, Outlet.objects.all()).rows


def test_a_letter_in_either_case_is_one_letter():
    factories.outlet("Élysée")
    factories.outlet("école")
    page = index({"letter": "É"}, Outlet.objects.all())
    assert set(names(page)) == {"école", "Élysée"}
    assert symbols(page) == ["É"]


@pytest.mark.parametrize("typed", ["mac", "MÂC", "emm", "emmanuel-ma"])
def test_the_box_finds_names_with_a_word_that_begins_so(three, typed):
    assert names(speakers(q=typed)) == ["Emmanuel Macron"]


def test_the_box_finds_nothing_inside_a_word(three):
    assert names(speakers(q="acron")) == []


def test_the_box_finds_an_alias_and_shows_the_speaker_once(three):
    for name in ("Макрон", "Макрон Э."):
        Alias.objects.create(speaker=three[1], name=name)
    known(three[1])
    assert names(speakers(q="Макрон")) == ["Emmanuel Macron"]


def test_what_the_box_finds_stands_in_the_order_of_the_words_that_begin_so(three):
    assert names(speakers(q="m")) == ["Emmanuel Macron", "Angela Merkel"]
    assert names(speakers(q="e")) == ["Emmanuel Macron"]


def test_the_box_finds_an_outlet_by_its_domain():
    known(factories.outlet("Le Monde", domain="lemonde.fr"))
    assert names(index({"q": "lemonde.f"}, Outlet.objects.all())) == ["Le Monde"]


def test_what_is_typed_goes_before_a_letter(three):
    page = speakers(q="mac", letter="p")
    assert names(page) == ["Emmanuel Macron"]
    assert not any(letter.chosen for letter in page.letters)


def test_a_misspelt_name_is_likened_to_one_that_somebody_has(three):
    (way,) = speakers(q="Emmanuel Makron").meant
    assert (way.words, way.url) == ("emmanuel macron", "?q=emmanuel+macron")


def test_a_name_is_likened_to_none_that_only_drafts_hold(three):
    assert index({"q": "makron"}, Speaker.objects.on_record()).meant == []


def test_an_outlet_is_likened_to_no_speaker(three):
    assert index({"q": "makron"}, Outlet.objects.all()).meant == []


def test_for_whom_somebody_spoke_is_found_by_name():
    factories.publish("“One.”", speaks_for=factories.speaker("The Kremlin", kind="government"))
    assert names(index({"q": "krem"}, Speaker.objects.on_record())) == ["The Kremlin"]


def test_who_told_what_another_said_is_found_by_name():
    factories.publish("“One.”", "told_by Dmitry Peskov", "spoken_to TF1")
    assert names(index({"q": "pesk"}, Speaker.objects.on_record())) == ["Dmitry Peskov"]


@pytest.mark.parametrize("params", [{"q": "x\x00y"}, {"letter": "\x00"}, {"after": "\x00"}, {"after": "nobody"}])
def test_what_nobody_is_called_is_no_error(three, params):
    assert speakers(**params).letters


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'; --", "a" * 10_000, "\u202e🎈"])
def test_signs_that_a_database_knows_are_just_signs(three, typed):
    assert names(speakers(q=typed)) == []


def test_a_page_goes_on_after_its_last_name():
    Outlet.objects.bulk_create(
        Outlet(name=f"Outlet {n // 2:03}", slug=f"o{n}", kind="website") for n in range(PAGE + 5)
    )
    first = index({}, Outlet.objects.all())
    after = first.onward.partition("after=")[2]
    second = index({"after": after}, Outlet.objects.all())
    assert len(first.rows) == PAGE
    assert len({row.pk for row in [*first.rows, *second.rows]}) == PAGE + 5
    assert second.onward == ""


def test_a_page_that_goes_on_keeps_what_was_typed():
    many = [Outlet(name=f"Zé Zé {n // 2:03}", slug=f"z{n}", kind="website") for n in range(PAGE + 5)]
    known(*Outlet.objects.bulk_create(many))
    first = index({"q": "Zé"}, Outlet.objects.all())
    assert first.onward.startswith("?q=Z%C3%A9&after=z")
    second = index({"q": "Zé", "after": first.onward.partition("after=")[2]}, Outlet.objects.all())
    assert [row.slug for row in [*first.rows, *second.rows]] == [one.slug for one in many]
    assert second.onward == ""


def test_a_page_that_goes_on_keeps_its_letter():
    Outlet.objects.bulk_create(Outlet(name=f"Z {n}", slug=f"z{n}", kind="website") for n in range(PAGE + 1))
    assert index({"letter": "z"}, Outlet.objects.all()).onward.startswith("?letter=z&after=z")


@pytest.mark.parametrize(
    ("params", "queries"),
    [
        ({"letter": "m", "after": "angela-merkel"}, 3),
        ({"q": "m", "after": "emmanuel-macron"}, 4),
        ({"q": "m"}, 3),
        ({"q": "makron"}, 5),
    ],
)
def test_an_index_takes_few_queries(three, django_assert_num_queries, params, queries):
    with django_assert_num_queries(queries):
        speakers(**params)


def test_an_index_of_annotated_rows_has_each_letter_once(three):
    page = index({}, Speaker.objects.annotate(number=F("pk")))
    assert symbols(page) == ["M", "P"]


def test_letters_are_of_those_whose_pages_are_listed(three):
    factories.publish("“One.”", by=three[1])
    Speaker.objects.create(kind="unnamed", name="a senior official", document=factories.document())
    assert symbols(index({}, Speaker.objects.on_record())) == ["M"]


def test_a_letter_whose_first_name_is_unheard_is_there_all_the_same(three):
    factories.publish("“One.”", by=three[2])
    assert symbols(index({}, Speaker.objects.on_record())) == ["M"]


def _outlets():
    return outlets_on_record(Carriage.objects.all())


@pytest.mark.parametrize(
    ("params", "rows", "at", "letters"),
    [
        ({}, Speaker.objects.on_record, "speaker_pages", "speaker_letters"),
        ({"letter": "m"}, Speaker.objects.on_record, "speaker_letters", "speaker_letters"),
        ({}, _outlets, "outlet_index", "outlet_letters"),
        ({"letter": "m"}, _outlets, "outlet_letters", "outlet_letters"),
    ],
)
def test_names_and_letters_are_found_by_an_index(three, django_assert_num_queries, params, rows, at, letters):
    with django_assert_num_queries(2) as asked:
        index(params, rows())
    if connection.vendor == "sqlite":
        plans = [plan_of(query["sql"]) for query in asked.captured_queries]
        assert at in plans[0]
        assert letters in plans[1]
        assert not any("TEMP B-TREE" in plan for plan in plans)


@pytest.mark.parametrize("params", [{"q": "macr"}, {"q": "s"}, {"q": "s", "after": "s2000"}])
def test_what_is_typed_reads_no_table_from_end_to_end(three, params):
    many = [Speaker(name=f"Speaker {n}", slug=f"s{n}", kind="group") for n in range(3000)]
    known(*Speaker.objects.bulk_create(many))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        index(params, Speaker.objects.on_record().with_counts())
    plans = [plan_of(query["sql"]) for query in asked.captured_queries if "quotes_namestart" in query["sql"]]
    assert "name_start_in_order" in plans[-1]
    assert not [plan for plan in plans if WHOLE.search(plan)]


WHOLE = re.compile(r"SCAN|TEMP B-TREE|Seq Scan on quotes_(namestart|speaker)")


def plan_of(sql):
    """The plan of a query. PostgreSQL chooses by size, and scans three rows faster than it looks them up."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {sql}")
        return "\n".join(step for *_, step in cursor.fetchall())
