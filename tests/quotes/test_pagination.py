import datetime as dt

import pytest

from quotes import pagination
from quotes.models import Carriage, Statement
from quotes.pagination import BadCursor, Cursor, paginate, read_cursor
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def week():
    """Seven statements, two of each day but the last, oldest first."""
    return [factories.publish(f"“{n}.”", said=f"2022-11-0{1 + n // 2}") for n in range(7)]


def page(after=None, before=None, size=3, queryset=None):
    cursor = read_cursor({"after": str(after or ""), "before": str(before or "")})
    return paginate(Statement.objects.all() if queryset is None else queryset, cursor, size)


def words(shown):
    return "".join(statement.text[0] for statement in shown.rows)


def test_pages_go_from_the_latest_to_the_earliest_and_back(week):
    first = page()
    second = page(after=first.after)
    third = page(after=second.after)
    assert [words(first), words(second), words(third)] == ["654", "321", "0"]
    assert first.before is None
    assert third.after is None
    assert words(page(before=third.before)) == "321"
    assert words(page(before=page(before=third.before).before)) == "654"


def test_a_page_stays_what_it_was_while_statements_arrive(week):
    second = page(after=page().after)
    factories.publish("“New.”", said="2022-12-01")
    factories.publish("“Old.”", said="2022-10-01")
    again = page(after=page(size=4).after)
    assert words(second) == words(again) == "321"
    assert words(page(before=again.before)) == "654"
    assert words(page(before=page(before=again.before).before)) == "N"


def test_the_way_back_appears_when_something_newer_arrives(week):
    top = page(after="2022-12-31")
    assert top.before is None
    factories.publish("“New.”", said="2023-01-01", document=factories.document(published="2023-01-02"))
    assert words(page(before=page(after="2022-12-31").before)) == "N"


def test_a_cursor_outlives_the_statement_it_was_taken_from(week):
    cursor = page().after
    Statement.objects.filter(pk=cursor.key).update(state="retracted")
    assert words(page(after=cursor, queryset=Statement.objects.published())) == "321"


def test_a_day_alone_starts_with_what_was_said_by_then(week):
    assert words(page(after="2022-11-02")) == "321"
    assert words(page(before="2022-11-02")) == "654"
    assert words(page(before=page(after="2022-11-02").before)) == "654"


def test_beyond_either_end_there_is_an_empty_page(week):
    assert page(after="1900-01-01").rows == page(before="2100-01-01").rows == []


def test_a_page_is_one_query_without_offset(week, django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        page(after="2022-11-03.2")
    assert "OFFSET" not in queries.captured_queries[0]["sql"]


def test_a_database_finds_the_place_by_the_index_of_the_list(week, django_assert_num_queries):
    """The plan of the page's SQL on SQLite; PostgreSQL chooses by size, and scans seven rows faster."""
    published = Statement.objects.published()
    plan = published.filter(Cursor(dt.date(2022, 11, 3), 5).older).order_by("-said_max", "-pk")[:3].explain()
    if "SCAN" in plan or "SEARCH" in plan:
        assert "USING INDEX statement_list (said_max<?)" in plan
        assert "TEMP B-TREE" not in plan


def test_other_lists_with_the_two_keys_can_be_paged(week):
    first = paginate(Carriage.objects.all(), None, 4)
    assert len(first.rows) == 4
    assert len(paginate(Carriage.objects.all(), first.after, 4).rows) == 3


NO_PLACES = [
    *["x", "2022-13-01", "2022-12", "2022-W01-1", "0000-01-01", "٢٠٢٢-12-03", "\x00", "\ud800", "' OR 1=1 --"],
    *["2022-12-03.", "2022-12-03.x", "2022-12-03.-1", "2022-12-03.1.2", "2022-12-03.1\n", "2022-12-03." + "9" * 30],
    "9" * 10_000,
]


@pytest.mark.parametrize("parameter", ["after", "before"])
def test_what_is_no_place_is_refused(parameter):
    for text in NO_PLACES:
        with pytest.raises(BadCursor, match="is no place in this list"):
            read_cursor({parameter: text})


def test_two_places_at_once_are_refused():
    with pytest.raises(BadCursor):
        read_cursor({"after": "2022-12-03", "before": "2022-12-03"})


def test_a_cursor_reads_as_it_is_written():
    cursor = Cursor(dt.date(2022, 12, 3), 15)
    assert str(cursor) == "2022-12-03.15"
    assert read_cursor({"after": str(cursor)}) == cursor
    assert read_cursor({}) is None


def test_a_page_holds_twenty_unless_asked_otherwise():
    assert pagination.PAGE_SIZE == 20
