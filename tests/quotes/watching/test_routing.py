"""Who is told of an act: every watch that it concerns, once, and no other."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from quotes import record
from quotes.models import Act, Happening, Notice, Watch
from quotes.notation import parse
from quotes.record.appear import add_appearance
from quotes.record.topics import file_under
from quotes.watching import keeping, routing
from quotes.watching.routing import route
from tests import factories
from tests.quotes.watching.watchers import Watcher

pytestmark = pytest.mark.django_db


def told(watch):
    route()
    return [notice.act.verb for notice in watch.notices.select_related("act").order_by("act_id")]


def forget(watch):
    """As if it had never been told of anything."""
    watch.notices.all().delete()


@pytest.fixture
def by():
    return factories.publisher()


@pytest.fixture
def macron(watcher):
    factories.speaker()
    return watcher.watch("speaker=emmanuel-macron")


def test_a_speakers_watch_is_told_of_a_new_statement(macron):
    factories.publish()
    factories.publish("“No.”", by="Olaf Scholz")
    assert told(macron) == ["publish"]


def test_nothing_is_told_twice(macron):
    factories.publish()
    assert told(macron) == told(macron) == ["publish"]
    assert not Happening.objects.exists()


def test_what_happened_before_the_watch_is_not_told(watcher):
    factories.publish()
    assert told(watcher.watch("speaker=emmanuel-macron")) == []


def test_drafts_are_not_told(macron):
    factories.draft()
    assert told(macron) == []


def test_where_nothing_is_watched_nothing_is_kept():
    factories.publish()
    assert not Happening.objects.exists()


def test_whoever_writes_an_act_tells_it(macron, by):
    made = factories.publish(editor=by)
    Happening.objects.all().delete()
    Act.objects.bulk_create([Act(verb="retract", statement=made, actor=by, at=made.recorded_at, reason="Invented")])
    assert [one.act.verb for one in Happening.objects.all()] == ["retract"]


def test_the_trigger_that_keeps_what_happened_is_there():
    asked = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name = 'act_happens'"
    if connection.vendor == "postgresql":
        asked = "SELECT COUNT(*) FROM pg_trigger WHERE tgname = 'act_happens'"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchone() == (1,), "a migration rebuilt quotes_act: it must call 0013_watches.create again"


def test_acts_that_change_nothing_public_for_readers_are_not_kept(macron, by):
    one, other = factories.publish(editor=by), factories.publish("“No.”", by="Olaf Scholz", editor=by)
    route()
    record.link(other, one, "denies", editor=by)
    assert not Happening.objects.exists()


@pytest.mark.parametrize(
    ("act", "verb"),
    [
        (lambda made, why: record.correct(made, record.Changes(spans=parse("“Peace.”")), **why), "correct"),
        (lambda made, why: record.retract(made, **why), "retract"),
        (lambda made, why: record.remove(made, reason_code="law", **why), "remove"),
    ],
)
def test_what_was_told_of_is_told_of_again_when_it_changes(macron, by, act, verb):
    made = factories.publish(editor=by)
    route()
    act(made, {"editor": by, "reason": "A reason"})
    assert told(macron) == ["publish", verb]


def test_a_correction_of_an_older_statement_is_told(watcher, by):
    made = factories.publish(editor=by)
    watch = watcher.watch("q=security")
    record.correct(made, record.Changes(said="2022-12-02"), editor=by, reason="A slip")
    assert told(watch) == ["correct"]


def test_a_retraction_of_an_older_statement_is_told_though_no_list_has_it_any_more(watcher, by):
    made = factories.publish(topics=[factories.topic()], editor=by)
    lists = ["q=security", "topic=security-guarantees", "outlet=tf1", "spoken_to=tf1", "year=2022", "mode=direct"]
    watches = [watcher.watch(query) for query in lists]
    others = [watcher.watch(query) for query in ("q=fish", "relay=tf1", "year=2021", "said_before=2022-12-02")]
    record.retract(made, editor=by, reason="Invented")
    assert [told(watch) for watch in watches] == [["retract"]] * len(lists)
    assert [told(watch) for watch in others] == [[]] * 4


def test_a_restoration_is_told(macron, by):
    made = factories.publish(editor=by)
    record.retract(made, editor=by, reason="Invented")
    record.restore(made, editor=by, reason="Not invented")
    assert told(macron) == ["publish", "retract", "restore"]


def test_a_list_is_told_of_the_correction_that_takes_a_statement_out_of_it(watcher, by):
    made = factories.publish(editor=by)
    watches = [watcher.watch("speaker=emmanuel-macron"), watcher.watch("q=security"), watcher.watch("q=fish")]
    changes = record.Changes(spans=parse("“We must eat fish.”"), speaker=factories.speaker("Olaf Scholz"))
    record.correct(made, changes, editor=by, reason="Mixed up")
    assert [told(watch) for watch in watches] == [["correct"]] * 3


def test_a_removal_is_told_to_nobody_who_doesnt_know_of_the_statement(watcher, by):
    made = factories.publish(editor=by)
    watch, other = watcher.watch("speaker=emmanuel-macron"), watcher.watch(statement=made)
    record.remove(made, editor=by, reason_code="privacy", reason="Private")
    assert told(watch) == []
    assert told(other) == ["remove"]


def test_a_topics_watch_is_told_of_what_lies_below_it(watcher, by):
    above = factories.topic("Security")
    below = factories.topic("Security guarantees", parent=above)
    watch = watcher.watch("topic=security")
    factories.publish(topics=[below], editor=by)
    assert told(watch) == ["publish"]


def test_a_topic_gets_an_older_statement_by_filing(watcher, by):
    peace, fish = factories.topic("Peace"), factories.topic("Fish")
    made = factories.publish(topics=[fish], editor=by)
    watches = [watcher.watch(query) for query in ("topic=peace", "topic=fish", "q=security")]
    file_under(made, [peace, fish], editor=by)
    assert [told(watch) for watch in watches] == [["set_topics"], [], []]
    file_under(made, [fish], editor=by)
    file_under(made, [peace, fish], editor=by)
    assert [told(watch) for watch in watches] == [["set_topics"], [], []]


def test_an_agency_gets_a_statement_when_its_dispatch_is_found(watcher, by):
    made = factories.publish(editor=by)
    factories.outlet("TASS", kind="agency")
    watches = [watcher.watch("relay=tass"), watcher.watch("outlet=tf1"), watcher.watch(statement=made)]
    add_appearance(made, factories.appearance("“We must think.”", "relayed_by TASS"), editor=by)
    assert [told(watch) for watch in watches] == [["add_appearance"], [], ["add_appearance"]]


def test_a_statements_watch_follows_it_into_a_merge(watcher, by):
    one, other = factories.publish(editor=by), factories.publish("“We must think of security.”", editor=by)
    watch = watcher.watch(statement=one)
    record.merge(one, other, editor=by, reason="The same")
    record.correct(other, record.Changes(said="2022-12-02"), editor=by, reason="A slip")
    assert told(watch) == ["merge", "correct"]


def test_a_watch_follows_its_speaker_through_a_rename_and_a_merge(macron, by):
    old, new = factories.speaker(), factories.speaker("Emmanuel Jean-Michel Macron")
    record.merge(old, new, editor=by, reason="The same man")
    factories.publish(by=new, editor=by)
    assert told(macron) == ["publish"]


def test_a_paused_watch_and_a_closed_account_are_told_nothing(macron, watcher):
    keeping.pause(macron)
    other = Watcher(factories.user(is_active=False)).watch("speaker=emmanuel-macron")
    factories.publish()
    assert told(macron) == told(other) == []


def test_a_resumed_watch_is_told_of_what_comes_from_then_on(macron):
    keeping.pause(macron)
    factories.publish()
    route()
    keeping.resume(macron)
    factories.publish("“Peace.”")
    assert told(macron) == ["publish"]


def test_a_worker_that_died_halfway_is_followed_by_one_that_tells_the_rest_and_nothing_twice(
    macron, watcher, monkeypatch
):
    others = [Watcher(factories.user()).watch("q=security") for _ in range(3)]
    factories.publish()
    monkeypatch.setattr(routing, "CHUNK", 2)
    note, calls = routing._note, []

    def dies(concerned):
        calls.append(concerned)
        if len(calls) == 2:
            raise KeyboardInterrupt
        note(concerned)

    monkeypatch.setattr(routing, "_note", dies)
    with pytest.raises(KeyboardInterrupt):
        route()
    assert Notice.objects.count() == 2
    assert route() == 0, "another worker leaves it alone while its lease runs"
    Happening.objects.update(due_at=F("due_at") - routing.LEASE)
    assert [told(watch) for watch in (macron, *others)] == [["publish"]] * 4


def test_a_watch_that_is_deleted_meanwhile_is_told_nothing_and_hinders_nobody(macron, watcher, monkeypatch):
    other = watcher.watch("q=security")
    factories.publish()
    note = routing._note

    def deletes(concerned):
        Watch.objects.filter(pk=macron.pk).delete()
        note(concerned)

    monkeypatch.setattr(routing, "_note", deletes)
    assert told(other) == ["publish"]


def test_work_grows_by_a_few_queries_for_every_five_hundred_watches(macron):
    def many(number):
        made = User.objects.bulk_create([User(username=f"reader{number}-{n}") for n in range(100)])
        query = {"query": macron.query, "name": "Macron", "mail": "daily", "created_at": macron.created_at}
        Watch.objects.bulk_create([Watch(owner=owner, **query) for owner in made])

    def queries():
        factories.publish("“Peace.”")
        with CaptureQueriesContext(connection) as asked:
            assert route() == 1
        return len(asked)

    many(1)
    few = queries()
    many(2)
    # The database takes so many rows at once, and no more.
    assert few <= queries() <= few + 2
    assert few <= 25
    assert Notice.objects.count() == 101 + 201


def test_a_publishing_editor_waits_for_no_watcher(macron, by):
    factories.publish("“First.”", editor=by)
    draft, other = factories.draft(editor=by), factories.draft("“We must think about peace.”", editor=by)
    with CaptureQueriesContext(connection) as watched:
        record.publish(draft, editor=by)
    Watch.objects.all().delete()
    with CaptureQueriesContext(connection) as unwatched:
        record.publish(other, editor=by)
    assert len(watched) == len(unwatched)
