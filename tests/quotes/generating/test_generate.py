"""The command that generates a record: from a seed, all or nothing, and never over what is there."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from quotes.generating import names
from quotes.generating.engine import CannotGenerate, generate
from quotes.generating.plan import BATCH, Plan, pid
from quotes.generating.rows import TABLES
from quotes.models import Act, Appearance, Carriage, Hop, Link, Merge, Revision, Speaker, Statement, Topic
from quotes.permalinks import read_pid
from sources.models import Document, Outlet, Snapshot
from tests.factories import publish

pytestmark = pytest.mark.django_db


def made(statements, seed=7, **options):
    generate(statements, seed, say=lambda _: None, **options)


def shown():
    """What a record holds of statements, apart from the keys that a database hands out."""
    bodies_of = Revision.objects.order_by("pk").values_list(
        "sha256", "recorded_at", "statement__pid", "statement__state"
    )
    acts = Act.objects.order_by("pk").values_list("verb", "at", "statement__pid")
    return list(bodies_of), list(acts), list(Document.objects.order_by("pk").values_list("pid", "title", "url"))


def test_the_same_seed_makes_the_same_record():
    made(60)
    before = shown()
    fresh = [Revision, Act, Link, Carriage, Hop]
    empty(fresh)
    made(60)
    assert shown() == before


def empty(first):
    """Take away all that a record holds."""
    Statement.objects.update(primary_appearance=None, merged_into=None, state="removed")
    Merge.objects.all().delete()
    Act.objects.all().delete()
    for model in [*first, Appearance, Statement, Speaker, Snapshot, Document, Outlet]:
        model.objects.all().delete()
    for topic in Topic.objects.order_by("-path"):
        topic.delete()
    User.objects.all().delete()


def test_another_seed_makes_another_record():
    assert {pid(1, 0, number) for number in range(500)}.isdisjoint(pid(2, 0, number) for number in range(500))
    made(20, seed=1)
    made(20, seed=2, add=True)
    assert Statement.objects.count() == 40


def test_ids_are_valid_and_never_the_same():
    ids = [pid(3, kind, number) for kind in (0, 1) for number in range(5000)]
    assert len(set(ids)) == 10_000
    assert all(read_pid(one) == one for one in ids)


def test_a_record_that_holds_something_is_left_alone():
    publish()
    with pytest.raises(CommandError, match="isn't empty"):
        call_command("generate", "--statements", "10")
    assert Statement.objects.count() == 1


def test_add_puts_them_among_what_is_there():
    publish()
    out = StringIO()
    call_command("generate", "--statements", "10", "--add", stdout=out)
    assert Statement.objects.count() == 11
    assert re.search(r"Generated 10 statements in .* s", out.getvalue())


def test_the_same_seed_is_not_added_twice():
    made(10, seed=5)
    with pytest.raises(CannotGenerate, match="--seed 6"):
        made(10, seed=5, add=True)
    assert Statement.objects.count() == 10


@pytest.mark.parametrize("number", ["0", "-1", "many", "1e6", "200000001"])
def test_a_number_that_is_none_is_refused(number):
    with pytest.raises(CommandError, match="number of statements"):
        call_command("generate", f"--statements={number}")


def test_what_fails_half_way_leaves_nothing(monkeypatch):
    def fail(plan, players):
        raise RuntimeError("half-way")

    monkeypatch.setattr("quotes.generating.engine.act", fail)
    with pytest.raises(RuntimeError):
        made(10)
    assert not Statement.objects.exists()
    assert not Speaker.objects.exists()


def test_the_rows_have_every_column_of_their_tables():
    """A new column of a model belongs into its row, or here where the database fills it."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    for table, row in TABLES.items():
        columns = {field.column for field in models[table]._meta.concrete_fields if not field.generated}
        assert columns - set(row._fields) <= {"id"}, table


def test_the_people_are_many_and_different():
    assert len({names.person(number) for number in range(5000)}) == 5000


def test_a_batch_holds_what_its_plan_says():
    plan = Plan(BATCH + 5, 1, {})
    assert plan.batches == 2
    assert [len(plan.numbers(batch)) for batch in (0, 1)] == [BATCH, 5]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_large_record_is_written_by_several_processes_and_has_its_indexes_afterwards(monkeypatch):
    before = indexes()
    monkeypatch.setattr("quotes.generating.engine.BARE_FROM", 100)
    made(2 * BATCH + 100, processes=2)
    assert Statement.objects.count() == 2 * BATCH + 100
    assert indexes() == before
    connection.check_constraints()
    assert not Statement.objects.published().exclude(primary_appearance__statement=F("pk")).exists()


def indexes():
    """The names of all indexes and constraints."""
    with connection.cursor() as cursor:
        return {
            table: {
                name: (one["columns"], one["unique"], one["foreign_key"])
                for name, one in connection.introspection.get_constraints(cursor, table).items()
                if not name.startswith("__")
            }
            for table in TABLES
        }
