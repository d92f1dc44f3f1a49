"""A prepared query answers as the queryset it was made of, and is written as SQL once."""

import pytest
from django.db.models import F

from quotes import prepared
from quotes.models import Revision, Statement
from quotes.prepared import Prepared, keep
from tests import factories

pytestmark = pytest.mark.django_db


def by_pid(pid):
    return Statement.objects.filter(pid=pid).select_related("speaker")


def test_a_prepared_query_finds_what_its_queryset_finds():
    statement = factories.publish("“We must think.”")
    (found,) = Prepared(by_pid, str)(statement.pid)
    assert vars(found).keys() == vars(by_pid(statement.pid).get()).keys()
    assert (found, found.spans, found.said_max) == (statement, statement.spans, statement.said_max)


def test_what_stands_beside_a_row_costs_no_query_of_its_own(django_assert_num_queries):
    statement = factories.publish(by="Vladimir Putin")
    with django_assert_num_queries(1):
        (found,) = Prepared(by_pid, str)(statement.pid)
        assert found.speaker.name == "Vladimir Putin"


def test_a_prepared_query_is_asked_with_one_value_after_the_other():
    first, second = factories.publish("“One.”"), factories.publish("“Two.”")
    asked = Prepared(by_pid, str)
    assert [asked(one.pid) for one in (first, second, first)] == [[first], [second], [first]]
    assert asked("0000000000") == []


def test_threads_that_begin_at_once_never_compile_one_queryset_together(monkeypatch):
    """Compiling changes a queryset; what came of two at once was wrong for as long as a connection lasted."""
    compiled, compile_alone = [], prepared._compile

    def watched(queryset, using, marks):
        assert not prepared._ALONE.acquire(blocking=False), "somebody else could compile now"
        compiled.append(queryset)
        return compile_alone(queryset, using, marks)

    monkeypatch.setattr(prepared, "_compile", watched)
    query = Prepared(by_pid, str)
    query("0000000000")
    assert len(compiled) == 1
    assert query._queryset is not compiled[0]


def test_each_of_several_values_stands_in_its_own_place():
    statement = factories.publish()
    prepared = Prepared(lambda key, number: Revision.objects.filter(statement=key, number=number), int, int)
    assert [found.number for found in prepared(statement.pk, 1)] == [1]
    assert prepared(statement.pk, 2) == []


def test_a_value_may_stand_in_a_query_twice():
    statement = factories.publish()
    prepared = Prepared(lambda key: Statement.objects.filter(pk=key, revisions__statement=key), int)
    assert prepared(statement.pk) == [statement]


def test_a_value_is_never_read_as_sql():
    factories.publish()
    assert Prepared(by_pid, str)("' OR '1'='1") == []


def test_annotations_come_along():
    statement = factories.publish()
    prepared = Prepared(
        lambda pid: Revision.objects.filter(statement__pid=pid).annotate(whose=F("statement__pid")), str
    )
    assert [found.whose for found in prepared(statement.pid)] == [statement.pid]


def test_a_query_is_written_as_sql_once(monkeypatch):
    statement = factories.publish()
    prepared = Prepared(by_pid, str)
    prepared(statement.pid)
    monkeypatch.setattr("quotes.prepared._compile", None)
    assert prepared(statement.pid) == [statement]


def test_related_objects_that_are_kept_cost_no_query(django_assert_num_queries):
    statement, topic = factories.publish(), factories.topic("Peace")
    keep(statement, "topics", [topic], type(topic))
    with django_assert_num_queries(0):
        assert list(statement.topics.all()) == [topic]
