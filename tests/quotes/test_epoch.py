"""The epoch moves with every transaction that changes what a public page shows, whoever writes; with no other."""

import datetime as dt
import threading
from contextlib import contextmanager
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction

from quotes import record
from quotes.epoch import epoch
from quotes.models import Act, Alias, Epoch, NameWord, Role, SavedSearch, Speaker, Statement, Topic
from quotes.notation import parse
from quotes.record.reindex import sweep
from sources.documents import archive
from sources.models import Document, Outlet
from tests import factories

pytestmark = pytest.mark.django_db
AT = dt.datetime(2022, 12, 9, tzinfo=dt.UTC)
WHERE = import_module("quotes.migrations.0011_epoch").WHERE | import_module("quotes.migrations.0017_log").WHERE

# Tables that no public page is made of, and why.
PRIVATE = {
    "quotes_epoch": "the epoch itself",
    "quotes_candidate": "suggestions, for editors",
    "quotes_candidate_replaces": "suggestions, for editors",
    "quotes_decision": "suggestions, for editors",
    "quotes_reading": "suggestions, for editors",
    "quotes_report": "reports of problems, for editors; what came of them is an act",
    "quotes_savedsearch": "its owner's",
    "quotes_discarded": "whoever discarded it's",
    "quotes_savedcheck": "whoever has its key's, and never kept by a cache",
    "quotes_import": "files on their way in, for editors",
    "quotes_imported": "what came of them, for editors",
    "quotes_importfinding": "what didn't, for editors",
    "quotes_importtemplate": "its owner's",
    "quotes_token": "its owner's",
    "quotes_watch": "its owner's",
    "quotes_accountevent": "what happened to accounts, for administrators",
    "quotes_accountsession": "its owner's",
    "quotes_factor": "its owner's",
    "quotes_recoverycode": "its owner's",
    "quotes_mailbox": "its owner's",
    "quotes_endpoint": "its owner's",
    "quotes_happening": "what nobody was told of yet; what happened is an act",
    "quotes_notice": "what a watch was told of",
    "quotes_digest": "what was sent by e-mail",
    "quotes_delivery": "what was sent to endpoints",
    "quotes_answered": "what programs were answered",
    "quotes_reindexing": "how far a command has come",
    "quotes_movedrow": "what undoing a merge needs",
    "quotes_leaf": "written with what it is of, and shown with a checkpoint",
    "quotes_logkey": "shown with its first checkpoint",
    "quotes_node": "follows from leaves, and is shown with a checkpoint",
    "sources_arrival": "documents on their way in, for editors",
}


@pytest.fixture
def editor():
    return factories.publisher()


@pytest.fixture
def statement(editor):
    return factories.publish(topics=[factories.topic()], editor=editor)


@contextmanager
def moved():
    before = epoch()
    yield
    assert epoch() != before


@contextmanager
def unmoved():
    before = epoch()
    yield
    assert epoch() == before


def test_every_table_either_moves_the_epoch_or_is_private():
    models = [model for app in ("quotes", "sources") for model in apps.get_app_config(app).get_models(True)]
    tables = {model._meta.db_table for model in models}
    assert tables == WHERE.keys() | PRIVATE.keys()
    assert not WHERE.keys() & PRIVATE.keys()


def test_every_public_table_has_its_triggers():
    asked = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'epoch%%'"
    if connection.vendor == "postgresql":
        asked = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'epoch%%'"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        found = [table for (table,) in cursor.fetchall()]
    fewest = 3 if connection.vendor == "sqlite" else 1
    assert {table for table in found if found.count(table) >= fewest} == WHERE.keys(), (
        "a migration rebuilt a table: it must call 0011_epoch.create for it again"
    )


class Done:
    """What may be done to a public statement; each prepares what it needs, and returns the act itself."""

    def __init__(self, statement, editor):
        self.statement, self.by = statement, {"editor": editor}
        self.why = {"editor": editor, "reason": "A reason"}

    def publish(self):
        draft = factories.draft()
        return lambda: record.publish(draft, **self.by)

    def publish_many(self):
        return lambda: record.publish_many([factories.spec("“Many.”")], **self.by)

    def retract_many(self):
        return lambda: record.retract_many([self.statement.pk], **self.why)

    def correct(self):
        return lambda: record.correct(self.statement, record.Changes(spans=parse("“Words.”")), **self.why)

    def retract(self):
        return lambda: record.retract(self.statement, **self.why)

    def restore(self):
        self.retract()()
        return lambda: record.restore(self.statement, **self.why)

    def remove(self):
        return lambda: record.remove(self.statement, reason_code="law", **self.why)

    def merge(self):
        survivor = factories.speaker("E. Macron")
        return lambda: record.merge(self.statement.speaker, survivor, **self.why)

    def undo_merge(self):
        merge = self.merge()()
        return lambda: record.undo_merge(merge, **self.by)

    def link(self):
        other = factories.publish("“No.”", by="Olaf Scholz")
        return lambda: record.link(other, self.statement, "denies", **self.by)

    def unlink(self):
        link = self.link()()
        return lambda: record.unlink(link, **self.by)

    def add_appearance(self):
        spec = factories.appearance("“We must think about security.”", "published_by BBC")
        return lambda: record.add_appearance(self.statement, spec, **self.by)

    def withdraw_appearance(self):
        appearance = self.add_appearance()()
        return lambda: record.withdraw_appearance(appearance, **self.by)

    def mark_copy(self):
        copy = self.add_appearance()()
        source = self.statement.primary_appearance
        return lambda: record.mark_copy(copy, source, **self.why)

    def unmark_copy(self):
        self.mark_copy()()
        copy = self.statement.appearances.get(copy_of__isnull=False)
        return lambda: record.unmark_copy(copy, **self.why)

    def rename(self):
        return lambda: record.rename(self.statement.speaker, name="President Macron", **self.by)

    def add_topic(self):
        return lambda: record.add_topic("Peace")

    def move_topic(self):
        peace = factories.topic("Peace")
        return lambda: record.move_topic(self.statement.topics.get(), peace)

    def file_under(self):
        peace = factories.topic("Peace")
        return lambda: record.file_under(self.statement, [peace], **self.by)

    def know_names(self):
        NameWord.objects.all().delete()
        return lambda: record.know_names(Speaker, [self.statement.speaker_id])

    def refingerprint(self):
        return lambda: record.refingerprint([self.statement.pk])


VERBS = [name for name in vars(Done) if not name.startswith("_")]
# Verbs that change only what editors see.
UNSEEN = {"draft", "redraft", "discard", "blank_suggestions", "check", "draft_many", "discard_many"}


def test_every_verb_of_the_record_is_tried_here():
    verbs = {name for name in record.__all__ if name[0].islower()}
    assert verbs == {*VERBS, *UNSEEN}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_moves_the_epoch(verb, statement, editor):
    act = getattr(Done(statement, editor), verb)()
    with moved():
        act()


HOUSEKEEPING = {
    "an alias": lambda s: Alias.objects.create(speaker=s.speaker, name="Macron", language="fr"),
    "an office": lambda s: Role.objects.create(speaker=s.speaker, label="President", held="2017-05-14/.."),
    "a speaker's identifier": lambda _: Speaker.objects.update(wikidata="Q3052772"),
    "an outlet's domain": lambda _: Outlet.objects.filter(name="TF1").update(domain="tf1.fr"),
    "a topic's description": lambda _: Topic.objects.update(description="What it is"),
    "a document's title": lambda _: Document.objects.update(title="Another"),
    "a text of a quoted document": lambda s: archive(s.appearances.get().document, "Said: peace.", AT),
    "an entry of the index": lambda s: (s.entry.delete(), sweep()),
    "a member of a group": lambda s: s.speaker.members.add(factories.speaker("Jane Roe")),
}


@pytest.mark.parametrize("change", HOUSEKEEPING.values(), ids=HOUSEKEEPING.keys())
def test_what_has_no_act_moves_the_epoch_too(change, statement):
    with moved():
        change(statement)


def test_whoever_writes_at_a_prompt_moves_the_epoch(statement):
    with moved(), connection.cursor() as cursor:
        cursor.execute("UPDATE quotes_speaker SET wikidata = 'Q3052772'")


def test_rows_added_in_bulk_move_the_epoch(statement):
    rows = [NameWord(word=word, speaker=statement.speaker) for word in ("one", "two")]
    with moved():
        NameWord.objects.bulk_create(rows, ignore_conflicts=True)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="COPY is PostgreSQL's")
def test_copied_rows_move_the_epoch(statement):
    with (
        moved(),
        connection.cursor() as cursor,
        cursor.copy("COPY quotes_nameword (word, speaker_id) FROM STDIN") as to,
    ):
        to.write_row(("three", statement.speaker_id))


def test_what_only_editors_see_moves_nothing(statement, editor):
    factories.speaker("Olaf Scholz")
    spec = factories.spec("“Not yet.”", by="Olaf Scholz")
    with unmoved():
        draft = record.draft(spec, editor=editor)
        draft = record.redraft(draft, spec, seen=draft.touched)
        record.discard(draft, seen=draft.touched)
        factories.snapshot("Olaf Scholz said: “Not yet.”", published="2022-12-04")
        factories.candidate("“Not yet.”")
        SavedSearch.objects.create(owner=editor, name="Mine", query="q=peace")
        factories.editor().save()


def test_a_draft_moves_the_epoch_when_it_is_published_with_all_its_details(editor):
    draft = factories.draft()
    with moved():
        record.publish(draft, editor=editor)


def test_a_link_to_a_draft_shows_nowhere_until_both_ends_are_public(statement, editor):
    draft = factories.draft("“No.”", by="Olaf Scholz")
    with unmoved():
        draft.links_out.create(target=statement, kind="denies")
    with moved():
        record.publish(draft, editor=editor)


def change_and_take_back():
    with transaction.atomic():
        Speaker.objects.update(wikidata="Q3052772")
        transaction.set_rollback(True)


def test_what_is_taken_back_moves_nothing(statement):
    with unmoved():
        change_and_take_back()


def test_a_change_after_a_part_was_taken_back_moves_the_epoch(statement):
    with moved():
        change_and_take_back()
        Speaker.objects.update(wikidata="Q1")


def test_two_changes_move_it_twice_for_whoever_looked_in_between(statement):
    seen = {epoch()}
    for name in ("Q1", "Q2", "Q3"):
        Speaker.objects.update(wikidata=name)
        seen.add(epoch())
    assert len(seen) == 4


@pytest.mark.django_db(transaction=True)
def test_an_emptied_record_has_another_epoch():
    factories.speaker()
    with moved():
        Speaker.objects.all().delete()
        Epoch.objects.all().delete()
        factories.speaker()


@pytest.mark.django_db(transaction=True)
def test_nobody_sees_the_epoch_move_before_the_change():
    factories.speaker()
    other = connection.copy()
    try:
        with transaction.atomic():
            Speaker.objects.update(wikidata="Q1")
            inside = epoch()
            assert seen_by(other) != inside
        assert seen_by(other) == epoch()
    finally:
        other.close()


def seen_by(other):
    with other.cursor() as cursor:
        cursor.execute("SELECT mark FROM quotes_epoch ORDER BY id")
        return " ".join(str(mark) for (mark,) in cursor.fetchall())


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_writers_do_not_wait_for_one_another_and_each_moves_the_epoch():
    factories.speaker("Jane Roe")
    factories.speaker("Ann Abel")
    seen = [epoch()]
    other = connection.copy()
    try:
        with transaction.atomic():
            Speaker.objects.filter(name="Jane Roe").update(wikidata="Q1")
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
                cursor.execute("UPDATE quotes_speaker SET wikidata = 'Q2' WHERE name = 'Ann Abel'")
            seen.append(seen_by(other))
        seen.append(seen_by(other))
        Speaker.objects.filter(name="Jane Roe").update(wikidata="Q3")
        seen.append(epoch())
        assert len(set(seen)) == 4
        assert Epoch.objects.count() <= 2
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_leave_few_rows_to_read():
    keys = [factories.speaker(f"Speaker {letter}").pk for letter in "ABCD"]

    def write(key):
        try:
            for number in range(5):
                Speaker.objects.filter(pk=key).update(wikidata=f"Q{number}")
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= Epoch.objects.count() <= len(keys)


def test_acts_are_public(statement, editor):
    with moved():
        Act.objects.create(verb=Act.Verb.RENAME, actor=editor, at=AT)


def test_a_state_that_hides_a_statement_moves_the_epoch(statement):
    with moved():
        Statement.objects.filter(pk=statement.pk).update(state="draft")
