"""The command that generates a record: from a seed, all or nothing, and never over what is there."""

import datetime as dt
import re
from collections import defaultdict
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F, Min

from quotes.generating import names
from quotes.generating.engine import CannotGenerate, generate
from quotes.generating.plan import BATCH, Plan, pid
from quotes.generating.rows import TABLES
from quotes.models import (
    Act,
    Appearance,
    Carriage,
    Epoch,
    Fingerprint,
    Hop,
    Leaf,
    Link,
    LogKey,
    Merge,
    Revision,
    Speaker,
    Statement,
    Topic,
)
from quotes.permalinks import read_pid
from quotes.record.fingerprinting import refingerprint
from quotes.record.reindex import lacking
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
    Leaf.objects.all().delete()
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


EMPTY = {"quotes_leaf": ("position", "act_id", "key_id")}
"""A version's leaf is no act's and no key's, and gets its place with a checkpoint."""


def test_the_rows_have_every_column_of_their_tables():
    """A new column of a model belongs into its row, or here where the database fills it."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    for table, row in TABLES.items():
        columns = {field.column for field in models[table]._meta.concrete_fields if not field.generated}
        assert columns - set(row._fields) <= {"id", *EMPTY.get(table, ())}, table


def test_the_people_are_many_and_different():
    assert len({names.person(number) for number in range(5000)}) == 5000


def test_a_batch_holds_what_its_plan_says():
    plan = Plan(BATCH + 5, 1, {})
    assert plan.batches == 2
    assert [len(plan.numbers(batch)) for batch in (0, 1)] == [BATCH, 5]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_large_record_is_written_by_several_processes(bare):
    made(2 * BATCH + 100, processes=2)
    assert Statement.objects.count() == 2 * BATCH + 100


@pytest.fixture
def bare(monkeypatch):
    """Even a small record is written without indexes and triggers."""
    monkeypatch.setattr("quotes.generating.engine.BARE_FROM", 10)


@pytest.mark.django_db(transaction=True)
def test_indexes_constraints_and_triggers_are_afterwards_what_they_were(bare):
    before, epoch = catalogue(), marks()
    made(200)
    assert catalogue() == before
    assert marks() != epoch
    connection.check_constraints()
    assert not Statement.objects.published().exclude(primary_appearance__statement=F("pk")).exists()


@pytest.mark.django_db(transaction=True)
def test_what_an_empty_record_holds_beside_statements_stays(bare):
    key = LogKey.objects.create(key="a key", since=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    leaf = Leaf.objects.create(hash=bytes(32), key=key)
    made(20)
    assert Leaf.objects.get(key=key) == leaf
    assert Leaf.objects.count() > 20


@pytest.mark.django_db(transaction=True)
def test_what_was_written_without_indexes_is_found_by_its_words(bare, client):
    made(20)
    for statement in Statement.objects.published().filter(mode="direct")[:3]:
        assert statement.pid in client.get("/statements/", {"q": " ".join(statement.text.split()[:5])}).text


@pytest.mark.django_db(transaction=True)
def test_a_fingerprint_that_many_have_is_kept_of_the_newest_alone(bare, monkeypatch):
    monkeypatch.setattr("quotes.generating.sparing.MOST_READ", few := 4)
    monkeypatch.setattr("quotes.record.fingerprinting.MOST_READ", few)
    monkeypatch.setattr("quotes.generating.engine.act", lambda *_: None)
    made(120)
    kept = set(Fingerprint.objects.values_list("hash", "statement_id"))
    Fingerprint.objects.all().delete()
    refingerprint(Statement.objects.values_list("pk", flat=True))
    every = defaultdict(list)
    for number, key in Fingerprint.objects.order_by("-statement_id", "hash").values_list("hash", "statement_id"):
        every[number].append(key)
    newest = {(number, key) for number, keys in every.items() for key in keys[:few]}
    assert newest < kept
    first = Fingerprint.objects.values("statement_id").annotate(first=Min("hash")).values_list("first", "statement_id")
    assert kept == newest | set(first)
    refingerprint(Statement.objects.values_list("pk", flat=True), sparing=True)
    assert set(Fingerprint.objects.values_list("hash", "statement_id")) == kept
    assert not lacking()


def marks():
    return set(Epoch.objects.values_list("mark", flat=True))


def catalogue():
    """Everything that the database keeps of tables, as it would be written to make it anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT type, tbl_name, name, sql FROM sqlite_master WHERE name <> 'sqlite_stat1'")
            return set(cursor.fetchall())
        cursor.execute(CATALOGUE)
        return set(cursor.fetchall())


CATALOGUE = """
SELECT relname, pg_get_indexdef(indexrelid) || indisvalid::text FROM pg_index JOIN pg_class ON oid = indexrelid
    WHERE relnamespace = 'public'::regnamespace
UNION SELECT conname, pg_get_constraintdef(oid) || convalidated::text FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
UNION SELECT tgname, pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
UNION SELECT relname, relpersistence::text || coalesce(reloptions::text, '') FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
"""
