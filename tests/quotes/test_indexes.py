import pytest
from django.db import connection
from django.db.models import F

from quotes.indexes import PAGE, index
from quotes.models import Alias, Carriage, Speaker
from quotes.querysets import outlets_on_record
from sources.models import Outlet
from tests import factories

pytestmark = pytest.mark.django_db


def names(page):
    return [row.name for row in page.rows]


def speakers(**params):
    return index(params, Speaker.objects.all(), "aliases__name")


def symbols(page):
    return [letter.symbol for letter in page.letters]


@pytest.fixture
def three():
    return [factories.speaker(name) for name in ("Vladimir Putin", "Emmanuel Macron", "Angela Merkel")]


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


def test_the_box_finds_part_of_a_name(three):
    assert names(speakers(q="mac")) == ["Emmanuel Macron"]


def test_the_box_finds_an_alias_and_shows_the_speaker_once(three):
    for name in ("Макрон", "Макрон Э."):
        Alias.objects.create(speaker=three[1], name=name)
    assert names(speakers(q="Макрон")) == ["Emmanuel Macron"]


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


def test_a_page_that_goes_on_keeps_what_was_asked():
    Outlet.objects.bulk_create(Outlet(name=f"Zé {n}", slug=f"z{n}", kind="website") for n in range(PAGE + 1))
    page = index({"q": "Zé", "letter": "z"}, Outlet.objects.all())
    assert page.onward.startswith("?q=Z%C3%A9&letter=z&after=z")


def test_an_index_takes_three_queries(three, django_assert_num_queries):
    with django_assert_num_queries(3):
        speakers(q="mac", letter="m", after="vladimir-putin")


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


def plan_of(sql):
    """The plan on SQLite; PostgreSQL chooses by size, and scans three rows faster."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(step for *_, step in cursor.fetchall())
