"""`among` finds what `in` finds, of thousands of values at once; `in_any_case` texts whatever their capitals."""

import sqlite3

import pytest
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Upper

from quotes.models import Speaker, Statement
from tests import factories

pytestmark = pytest.mark.django_db


def slugs(**asked):
    return set(Speaker.objects.filter(**asked).values_list("slug", flat=True))


def test_texts_are_found_whatever_they_hold():
    names = ["Ann O’Hara", "a, {b} \"c\" 'd' \\e", "%s NULL ✓"]
    for name in names:
        factories.speaker(name=name)
    factories.speaker(name="Somebody else")
    found = Speaker.objects.filter(name__among=[*names, "Nobody"]).values_list("name", flat=True)
    assert sorted(found) == sorted(names)


def test_keys_and_what_is_joined_are_found():
    statements = [factories.publish(speaker=factories.speaker(name=name)) for name in ("Ann", "Bob", "Cid")]
    wanted = [one.speaker_id for one in statements[:2]]
    assert set(Statement.objects.filter(speaker_id__among=wanted)) == set(statements[:2])
    assert set(Statement.objects.filter(speaker__pk__among=wanted)) == set(statements[:2])


def test_it_takes_part_in_other_conditions():
    one, other = factories.speaker(name="Ann Arbor"), factories.speaker(name="Bob Bell")
    found = Speaker.objects.alias(upper=Upper("name")).filter(Q(upper__among={"ANN ARBOR"}) | Q(pk__among=[other.pk]))
    assert set(found) == {one, other}
    assert set(found.exclude(slug__among=[one.slug])) == {other}


def test_no_values_find_nothing():
    factories.speaker()
    assert slugs(slug__among=[]) == set()


def test_postgresql_gets_one_array():
    sql = str(Speaker.objects.filter(slug__among=["a", "b"]).query)
    assert ("= ANY (" in sql) == (connection.vendor == "postgresql")


@pytest.fixture
def twenty_variables():
    """Let SQLite take no more variables in a statement; PostgreSQL knows no such limit."""
    if connection.vendor != "sqlite":
        yield
        return
    kind = sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER
    usual = connection.connection.setlimit(kind, 20)
    yield
    connection.connection.setlimit(kind, usual)


def test_more_values_are_looked_for_than_a_statement_may_have_variables(twenty_variables):
    one, other = factories.speaker(name="Ann Arbor"), factories.speaker(name="Bob Bell")
    names = [f"Nobody {number}" for number in range(100)]
    assert set(Speaker.objects.filter(name__among=[one.name, *names, other.name])) == {one, other}
    assert set(Speaker.objects.filter(pk__among=range(one.pk, one.pk + 1000))) == {one, other}


@pytest.mark.parametrize("asked", ["Émile Weiß", "émile weiß", "ÉMILE WEIß", "Émile WEIß"])
def test_a_name_is_found_in_any_case(asked):
    found = factories.speaker(name="Émile Weiß")
    factories.speaker(name="Emile Weiss")
    assert list(Speaker.objects.filter(name__in_any_case=["Nobody", asked])) == [found]
