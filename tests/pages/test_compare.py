"""Two speakers side by side, and what was said on a day of the year."""

import datetime as dt

import pytest

from quotes.models import Statement
from quotes.on_this_day import Day, NoDay, read_day, said_on
from tests import factories

pytestmark = pytest.mark.django_db

BOTH = "/compare/?topic=security-guarantees&speaker=emmanuel-macron&speaker=olaf-scholz"


def say(words, by="Emmanuel Macron", said="2022-12-03", topic="Security guarantees", **fields):
    fields.setdefault("document", factories.document(published="2023-06-01"))
    return factories.publish(words, by=by, said=said, topics=[factories.topic(topic)], **fields)


def columns(client, address):
    return client.get(address).context["comparison"].columns


def words(column):
    return [one.text for one in column.listing.statements]


# Two side by side


def test_each_stands_in_a_column_of_their_own_on_the_topic_alone(client):
    say("“One.”")
    say("“Two.”", "Olaf Scholz")
    say("“Three.”", "Olaf Scholz", topic="Grain")
    one, other = columns(client, BOTH)
    assert (words(one), words(other)) == (["One."], ["Two."])
    assert [column.listing.total.n for column in (one, other)] == [1, 1]


def test_a_column_is_the_list_of_the_same_filters(client):
    for at in range(3):
        say(f"“Number {at}.”", said=f"202{at}-12-03")
        say(f"“Number {at}!”", "Olaf Scholz")
    one, _other = columns(client, f"{BOTH}&year=2021")
    listed = client.get("/statements/?topic=security-guarantees&speaker=emmanuel-macron&year=2021").context["listing"]
    assert words(one) == [one.text for one in listed.statements] == ["Number 1."]


def test_a_column_turns_alone_and_back(client, monkeypatch):
    monkeypatch.setattr("quotes.comparison.SIZE", 2)
    for at in range(5):
        say(f"“Number {at}.”", said=f"2022-12-0{at + 1}")
        say(f"“Reply {at}.”", "Olaf Scholz", f"2022-12-0{at + 1}")
    first, second = columns(client, BOTH)
    assert (words(first), words(second)) == (["Number 4.", "Number 3."], ["Reply 4.", "Reply 3."])
    turned, still = columns(client, first.next_url.partition("#")[0])
    assert (words(turned), words(still)) == (["Number 2.", "Number 1."], ["Reply 4.", "Reply 3."])
    kept, also = columns(client, still.next_url.partition("#")[0])
    assert (words(kept), words(also)) == (["Number 2.", "Number 1."], ["Reply 2.", "Reply 1."])
    back, _also = columns(client, kept.previous_url.partition("#")[0])
    assert words(back) == words(first)


def test_where_fewer_than_two_are_named_they_can_be_chosen(client):
    say("“One.”")
    say("“Two.”", "Olaf Scholz")
    page = client.get("/compare/?topic=security-guarantees&speaker=emmanuel-macron").text
    assert "/compare/?topic=security-guarantees&amp;speaker=emmanuel-macron&amp;speaker=olaf-scholz" in page
    assert "/compare/?topic=security-guarantees" in client.get("/compare/").text


def test_the_third_is_left_out_and_it_is_said(client):
    for name in ("Emmanuel Macron", "Olaf Scholz", "Ann Third"):
        say(f"“By {name}.”", name)
    page = client.get(f"{BOTH}&speaker=ann-third")
    assert "Two are compared at a time" in page.text
    assert len(page.context["comparison"].columns) == 2


@pytest.mark.parametrize(
    ("more", "status", "told"),
    [
        ("&speaker=nobody", 200, "not every filter could be read"),
        ("&after_1=soon", 400, "soon"),
        ("&after_2=2022-12-03.1&before_2=2022-12-03.1", 400, "2022-12-03.1"),
    ],
)
def test_what_cant_be_read_is_said(client, more, status, told):
    say("“One.”")
    say("“Two.”", "Olaf Scholz")
    answer = client.get(BOTH + more)
    assert (answer.status_code, told in answer.text) == (status, True)


def test_it_costs_the_same_however_much_was_said(client, django_assert_max_num_queries):
    for at in range(3):
        say(f"“Number {at}.”")
        say(f"“Reply {at}.”", "Olaf Scholz")
    with django_assert_max_num_queries(16):
        client.get(BOTH)


def test_a_topic_leads_to_it(client):
    say("“One.”")
    assert 'href="/compare/?topic=security-guarantees"' in client.get("/topics/security-guarantees/overview/").text


# On this day


def on(client, day):
    return [one.text for one in client.get(f"/on-this-day/?day={day}").context["page"].rows]


def test_what_was_said_on_a_day_stands_under_it_the_latest_year_first(client):
    for said in ("2020-12-03", "2022-12-03", "1999-12-03", "2022-12-02", "2022-12-04", "2022-11-03"):
        say(f"“{said}”", said=said)
    assert on(client, "12-03") == ["2022-12-03", "2020-12-03", "1999-12-03"]


def test_what_may_be_of_the_day_alone_is_left_out(client):
    for said in ("/2022-12-03", "2022-11-03/2022-12-03", "2022-12-02/2022-12-03", "2022-12", "2022"):
        say(f"“{said}”", said=said)
    say("“Known.”", said="2022-12-31")
    assert on(client, "12-03") == []
    assert on(client, "12-31") == ["Known."]


def test_a_day_has_as_many_as_statements_have_that_very_date(client):
    for at in range(3):
        say(f"“Number {at}.”", said="2022-12-03")
    exactly = Statement.objects.filter(said_min=dt.date(2022, 12, 3), said_max=dt.date(2022, 12, 3))
    assert len(on(client, "12-03")) == exactly.count() == 3


def test_the_leap_day_is_of_leap_years_alone(client):
    say("“Leap.”", said="2020-02-29")
    say("“Not.”", said="2021-02-28")
    assert on(client, "02-29") == ["Leap."]


def test_todays_day_is_shown_where_none_is_named(client):
    today = dt.datetime.now(dt.UTC).date()
    say("“Today.”", said=today.replace(year=2020).isoformat())
    assert "Today." in client.get("/on-this-day/").text


def test_a_day_has_pages():
    for at in range(5):
        say(f"“Number {at}.”", said=f"202{at % 3}-12-03")
    first = said_on(Day(12, 3), None, 2)
    second = said_on(Day(12, 3), first.after, 2)
    assert len({one.pk for one in [*first.rows, *second.rows]}) == 4
    assert second.before
    third = said_on(Day(12, 3), second.after, 2)
    assert (len(third.rows), third.after) == (1, None)


@pytest.mark.parametrize("day", ["13-01", "02-30", "3 December", "2022-12-03", "12-3", "١٢-٠٣"])
def test_what_is_no_day_is_said(client, day):
    answer = client.get("/on-this-day/", {"day": day})
    assert (answer.status_code, "That is no day of the year" in answer.text) == (400, True)
    with pytest.raises(NoDay):
        read_day(day, dt.date(2022, 12, 3))


def test_a_place_that_is_none_is_said(client):
    assert client.get("/on-this-day/?day=12-03&after=soon").status_code == 400


def test_the_days_beside_it_are_at_hand(client):
    page = client.get("/on-this-day/?day=12-31").text
    assert 'href="?day=12-30"' in page
    assert 'href="?day=01-01"' in page


def test_a_day_costs_few_queries_however_many_years(client, django_assert_max_num_queries):
    for year in range(1990, 2002):
        say(f"“In {year}.”", said=f"{year}-12-03")
    with django_assert_max_num_queries(6):
        assert len(on(client, "12-03")) == 12
