"""What the database itself refuses of the log: whatever would change it, but the two changes that it has room for."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from quotes.log.entries import digest
from quotes.models import Checkpoint, Leaf, LogKey, Node
from quotes.models.log import log, log_missing
from tests import factories
from tests.quotes.models.breaking import Attempts, assert_refused

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)

breaks = Attempts()


@pytest.fixture
def leaf():
    factories.publish()
    return Leaf.objects.get()


def another(**fields):
    return Leaf.objects.create(**({"hash": b"h" * 32} | fields))


@breaks("one_leaf_a_place")
def two_leaves_in_one_place():
    another(position=1)
    another(position=1)


@breaks("one_leaf_a_version")
def two_leaves_of_one_version():
    log(revisions=[factories.revision(factories.publish())])


@breaks("one_leaf_an_act")
def two_leaves_of_one_act():
    act = factories.publish().acts.get()
    another(act=act)
    another(act=act)


@breaks("one_leaf_a_key")
def two_leaves_of_one_key():
    key = LogKey.objects.create(key="k", since=AT)
    another(key=key)
    another(key=key)


@breaks("leaf_is_of_one_thing")
def a_leaf_of_an_act_and_a_key():
    another(act=factories.publish().acts.get(), key=LogKey.objects.create(key="k", since=AT))


@breaks("leaf_is_of_one_thing")
def a_leaf_of_a_version_and_an_act():
    made = factories.revision(factories.publish())
    Leaf.objects.filter(revision=made).delete()
    another(revision=made, act=made.acts.get())


@breaks("leaf_is_of_one_thing")
def a_leaf_of_a_version_and_a_key():
    made = factories.revision(factories.publish())
    Leaf.objects.filter(revision=made).delete()
    another(revision=made, key=LogKey.objects.create(key="k", since=AT))


@breaks("one_node_a_place")
def two_nodes_in_one_place():
    for _ in range(2):
        Node.objects.create(level=1, index=0, hash=b"h" * 32)


@breaks("key_begins_once")
def a_key_that_begins_twice():
    for _ in range(2):
        LogKey.objects.create(key="k", since=AT)


@breaks.each
def test_the_database_refuses(name, attempt):
    assert_refused(name, attempt)


def refused(rows, **fields):
    attempt = (lambda: rows.update(**fields)) if fields else (lambda: rows._raw_delete(rows.db))
    with pytest.raises(IntegrityError, match="log_is_append_only"), transaction.atomic():
        attempt()


def place(leaf, position=0):
    Leaf.objects.filter(pk=leaf.pk).update(position=position)


VALUES = {
    "id": 1000,
    "position": 9,
    "hash": b"x" * 32,
    "revision_id": None,
    "act_id": 1,
    "key_id": 1,
    "reason_seal": b"x" * 16,
    "own_seal": b"x" * 16,
}


@pytest.mark.parametrize("field", [field.attname for field in Leaf._meta.concrete_fields])
def test_no_column_of_a_leaf_in_its_place_can_be_updated(leaf, field):
    place(leaf)
    refused(Leaf.objects.filter(pk=leaf.pk), **{field: VALUES[field]})


@pytest.mark.parametrize("field", [f.attname for f in Leaf._meta.concrete_fields if f.attname != "position"])
def test_nothing_can_be_updated_along_with_getting_its_place(leaf, field):
    refused(Leaf.objects.filter(pk=leaf.pk), position=0, **{field: VALUES[field]})


def test_a_leaf_gets_its_place_once(leaf):
    place(leaf)
    refused(Leaf.objects.filter(pk=leaf.pk), position=None)


def test_a_digest_may_take_the_place_of_a_reasons_salt_and_nothing_that_of_a_digest(leaf):
    closed = digest(leaf.seals.reason, "")
    Leaf.objects.filter(pk=leaf.pk).update(reason_seal=closed)
    refused(Leaf.objects.filter(pk=leaf.pk), reason_seal=b"x" * 32)
    refused(Leaf.objects.filter(pk=leaf.pk), own_seal=b"x" * 32)


def test_a_leaf_in_its_place_cannot_be_deleted(leaf):
    place(leaf)
    refused(Leaf.objects.filter(pk=leaf.pk))


MADE = {
    Node: {"level": 1, "index": 0, "hash": b"h" * 32},
    Checkpoint: {"size": 1, "at": AT, "note": "n"},
    LogKey: {"key": "k", "since": AT},
}


@pytest.mark.parametrize("model", MADE)
def test_nodes_checkpoints_and_keys_are_never_changed_or_deleted(model):
    made = model.objects.create(**MADE[model])
    for field in model._meta.concrete_fields:
        refused(model.objects.filter(pk=made.pk), **{field.attname: getattr(made, field.attname)})
    refused(model.objects.filter(pk=made.pk))


def test_the_triggers_stand_in_the_database():
    asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'append_only_%%'"
    if connection.vendor == "postgresql":
        asked = "SELECT tgname FROM pg_trigger WHERE tgenabled = 'O' AND tgname LIKE 'append_only_%%'"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        found = {name for (name,) in cursor.fetchall()}
    tables = {model._meta.db_table for model in (Leaf, Node, Checkpoint, LogKey)}
    assert found >= {f"append_only_{table}_{event}" for table in tables for event in ("update", "delete")}


def test_what_was_loaded_past_the_log_is_logged_once(leaf):
    act = factories.publish("“More words.”").acts.get()
    act.verb = "retract"
    act.save()
    Leaf.objects.all().delete()
    assert max(log_missing()) == 3
    assert Leaf.objects.filter(act=act).count() == 1
    assert list(log_missing()) == []
