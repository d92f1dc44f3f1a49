import datetime as dt

import pytest

from quotes import record
from quotes.filters import StatementFilter, carried_by, filed_under
from quotes.models import Appearance, Carriage, Link, Speaker, Statement, Topic
from quotes.querysets import outlets_on_record, roles_of
from sources.models import Outlet
from tests import factories

pytestmark = pytest.mark.django_db


def day(text):
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize("state", ["retracted", "removed"])
def test_lists_hold_published_statements_alone(state):
    shown, other = factories.publish("“Shown.”"), factories.publish("“Other.”")
    factories.draft("“Draft.”")
    Statement.objects.filter(pk=other.pk).update(state=state)
    assert list(Statement.objects.published()) == [shown]


def test_what_was_merged_away_is_in_no_list():
    survivor, loser = factories.publish("“A.”"), factories.publish("“B.”")
    Statement.objects.filter(pk=loser.pk).update(state="merged", merged_into=survivor)
    assert list(Statement.objects.published()) == [survivor]


def test_drafts_are_listed_newest_first():
    first, second = factories.draft("“A.”"), factories.draft("“B.”")
    factories.publish("“C.”")
    assert list(Statement.objects.drafts()) == [second, first]


def test_lists_begin_with_what_was_said_last():
    early, late = factories.publish("“A.”", said="2021"), factories.publish("“B.”", said="2022-12-03")
    same_day = factories.publish("“C.”", said="2022-12-03")
    assert list(Statement.objects.latest_first()) == [same_day, late, early]


def test_what_is_new_begins_with_what_was_recorded_last():
    first, second = factories.publish("“A.”", said="2022-12-03"), factories.publish("“B.”", said="2021")
    assert list(Statement.objects.published().newest_first()) == [second, first]


@pytest.mark.parametrize(
    ("said", "first", "last", "found"),
    [
        ("2022-12-03", "2022-12-03", "2022-12-03", True),
        ("2022-12-03", "2022-12-04", None, False),
        ("2022-12-03", None, "2022-12-02", False),
        ("2021-12?", "2021-12-31", "2022-01-31", True),
        ("2021-12?", "2022-01-01", None, False),
        ("2021-12?", None, "2021-12-01", True),
        ("2021-12?", None, "2021-11-30", False),
        ("/2022-12-04", None, "1900-01-01", True),
        ("/2022-12-04", "2022-12-05", None, False),
        ("2022-12-03", None, None, True),
    ],
)
def test_a_period_holds_what_can_have_been_said_in_it(said, first, last, found):
    factories.publish(said=said)
    assert Statement.objects.said_within(day(first), day(last)).exists() is found


def test_a_period_of_publication_goes_by_the_earliest_document():
    factories.publish(document=factories.document(published="2022-12-04"))
    assert Statement.objects.published_within(day("2022-12-04"), day("2022-12-04")).exists()
    assert not Statement.objects.published_within(day("2022-12-05"), None).exists()


def test_an_outlets_statements_are_those_it_carried_in_the_role_asked_for():
    statement = factories.publish("“A.”", "spoken_to TF1", "relayed_by TASS")
    tass = factories.outlet("TASS")
    assert list(StatementFilter(within=carried_by([tass], "relayed_by")).qs) == [statement]
    assert not StatementFilter(within=carried_by([tass], "spoken_to", "issued_by")).qs.exists()


def test_a_statement_that_an_outlet_carried_twice_is_listed_once():
    statement = factories.publish("“A.”", "spoken_to TF1", "published_by TF1")
    twice = carried_by([factories.outlet()], "spoken_to", "published_by")
    assert list(StatementFilter(within=twice).qs) == [statement]


def test_a_topic_holds_what_is_filed_below_it_once():
    root = factories.topic("Security")
    below = [factories.topic(name, parent=root) for name in ("Guarantees", "Missiles")]
    statement = factories.publish(topics=below)
    factories.publish("“Other.”", topics=[factories.topic("Peace")])
    assert list(StatementFilter(within=filed_under([root])).qs) == [statement]


@pytest.mark.parametrize("count", [1, 5])
def test_cards_take_three_queries_however_many(count, django_assert_num_queries):
    for number in range(count):
        factories.publish(f"“{number}.”", "spoken_to TF1", "relayed_by TASS", topics=[factories.topic()])
    with django_assert_num_queries(3):
        for statement in Statement.objects.published().for_cards():
            assert statement.speaker.name
            assert statement.carried["relayed_by"][0].name
            assert list(statement.topics.all())


def test_a_permalink_takes_two_queries(django_assert_num_queries):
    pid = factories.publish(topics=[factories.topic()], speaks_for=factories.speaker("France")).pid
    with django_assert_num_queries(2):
        statement = Statement.objects.for_permalink().get(pid=pid)
        shown = statement.speaker.name, statement.speaks_for.name, len(statement.topics.all())
    assert shown == ("Emmanuel Macron", "France", 1)


@pytest.mark.parametrize("count", [1, 5])
def test_roads_take_five_queries_at_most(count, django_assert_max_num_queries):
    found = [factories.appearance("A.", "told_by Vladimir Putin", "spoken_to TF1") for _ in range(count)]
    statement = factories.publish("“A.”", appearances=found)
    with django_assert_max_num_queries(5):
        for appearance in Appearance.objects.with_roads().filter(statement=statement):
            assert [hop.carrier.name for hop in appearance.hops.all()] == ["Vladimir Putin", "TF1"]


def test_a_document_shows_its_published_statements_in_the_order_of_the_text():
    document = factories.document()
    unplaced, second, first = (factories.publish(f"“{n}.”", document=document) for n in range(3))
    factories.draft("“Draft.”", document=document)
    attested = factories.appearance("", document=document, attested=True)
    record.add_appearance(first, attested, editor=factories.publisher())
    snapshot = document.snapshots.create(text="x" * 50, sha256="x", taken_at="2022-12-04T00:00:00Z")
    for statement, start in [(second, 20), (first, 10)]:
        statement.appearances.filter(attested=False).update(snapshot=snapshot, start=start, end=start + 5)
    shown = [appearance.statement for appearance in Appearance.objects.in_document(document)]
    assert shown == [first, second, unplaced]


def test_links_are_seen_from_both_ends_where_the_other_is_published():
    one, other, draft = factories.publish("“A.”"), factories.publish("“B.”"), factories.draft("“C.”")
    link = Link.objects.create(source=one, target=other, kind="responds_to")
    Link.objects.create(source=one, target=draft, kind="responds_to")
    Link.objects.create(source=draft, target=one, kind="denies")
    assert list(Link.objects.around(one)) == list(Link.objects.around(other)) == [link]


def test_speakers_on_record_have_spoken_been_spoken_for_or_told():
    factories.publish("“A.”", "told_by Vladimir Putin", by="Emmanuel Macron", speaks_for=factories.speaker("Élysée"))
    factories.speaker("Nobody Yet")
    factories.draft("“B.”", by="A Drafted")
    found = {speaker.name for speaker in Speaker.objects.on_record()}
    assert found == {"Emmanuel Macron", "Vladimir Putin", "Élysée"}


def test_unnamed_sources_and_the_merged_away_are_not_on_record():
    unnamed = Speaker.objects.create(kind="unnamed", name="An official", document=factories.document())
    factories.publish("“A.”", by=unnamed)
    gone = factories.speaker("Gone")
    factories.publish("“B.”", by=gone)
    Speaker.objects.filter(pk=gone.pk).update(merged_into=factories.speaker("Left"))
    assert not Speaker.objects.on_record().exists()


def test_a_speaker_counts_published_statements():
    factories.publish("“A.”")
    factories.publish("“B.”")
    factories.draft("“C.”")
    silent = factories.speaker("Vladimir Putin")
    counts = {speaker.name: speaker.statement_count for speaker in Speaker.objects.with_counts()}
    assert counts == {"Emmanuel Macron": 2, silent.name: 0}


def test_topics_count_their_published_statements():
    factories.publish(topics=[factories.topic()])
    factories.draft("“B.”", topics=[factories.topic()])
    assert [topic.statement_count for topic in Topic.objects.with_counts()] == [1]


def test_outlets_on_record_carried_something_published_and_count_it_once():
    factories.publish("“A.”", "spoken_to TF1", "published_by TF1")
    factories.draft("“B.”", "spoken_to LCI")
    found = outlets_on_record(Carriage.objects.all())
    assert [(outlet.name, outlet.statement_count) for outlet in found] == [("TF1", 1)]


def test_the_roles_of_an_outlet_take_one_query_however_much_it_carried(django_assert_num_queries):
    for number in range(3):
        factories.publish(f"“Peace {number}.”", "spoken_to TF1", "relayed_by TASS", "published_by TASS")
    tass = Outlet.objects.get(name="TASS")
    with django_assert_num_queries(1):
        assert roles_of(tass) == {"relayed_by", "published_by"}
