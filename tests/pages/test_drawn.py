"""Who answered whom, and all roads of a statement, as drawings."""

import pytest
from django.core.management import call_command

from quotes import record
from quotes.charts import thread as drawing
from quotes.charts.roads import tree_of_roads
from quotes.charts.thread import thread
from quotes.exchange import exchanges
from quotes.models import Statement
from quotes.pages import roads_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return factories.publisher()


def say(words, by="Emmanuel Macron", said="2022-12-03", **fields):
    fields.setdefault("document", factories.document(published="2023-06-01"))
    return factories.publish(words, by=by, said=said, topics=[factories.topic()], **fields)


@pytest.fixture
def exchange(by):
    """One is denied, the denial answered, and one is repeated."""
    one = say("“One.”", said="2022-12-01")
    denial = say("“No.”", "Olaf Scholz", "2022-12-02")
    again = say("“Yes.”", said="2022-12-03")
    echo = say("“One!”", "Ann Echo", "2022-12-04")
    record.link(denial, one, "denies", editor=by)
    record.link(again, denial, "responds_to", editor=by)
    record.link(echo, one, "repeats", editor=by)
    return [echo, again, denial, one]


# Exchanges


def test_statements_stand_in_the_order_they_were_said_and_say_what_they_do(exchange):
    figure = thread(exchanges(exchange))
    assert [(row[2].text, row[3].text) for row in figure.table.rows] == [
        ("Emmanuel Macron", ""),
        ("Olaf Scholz", "denies 1"),
        ("Emmanuel Macron", "responds to 2"),
        ("Ann Echo", "repeats 1"),
    ]
    assert [point.url for point in figure.drawn.points] == [row[4].url for row in figure.table.rows]


def test_each_speaker_has_a_lane_and_each_answer_a_line(exchange):
    drawn = thread(exchanges(exchange)).drawn
    one, denial, again, echo = (point.x for point in drawn.points)
    assert one == again != denial != echo
    assert [line.kind for line in drawn.lines] == ["denies", "responds_to", "repeats"]


def test_a_statement_with_two_answers_to_it_and_in_two_threads_stands_once(by, exchange):
    both = say("“Both.”", "Ann Echo", "2022-12-05")
    other = say("“Other.”", "Olaf Scholz", "2022-12-01")
    record.link(both, exchange[-1], "confirms", editor=by)
    record.link(both, other, "confirms", editor=by)
    figure = thread(exchanges([*exchange, both, other]))
    assert [row[3].text for row in figure.table.rows if row[4].text == "“Both.”"] == ["confirms 1, confirms 2"]


def test_what_nobody_answered_isnt_drawn(client):
    say("“Alone.”")
    assert "<svg" not in client.get("/topics/security-guarantees/exchange/").text


def test_the_page_draws_as_many_as_it_tells(client, exchange):
    say("“Alone.”")
    page = client.get("/topics/security-guarantees/exchange/").text
    assert "4 statements that answer another or were answered" in page
    drawing_ = page[page.index("<svg") : page.index("</svg>")]
    assert drawing_.count("<circle") == 4
    for statement in exchange:
        assert f'href="/q/{statement.pid}"' in drawing_


def test_of_many_exchanges_whole_ones_are_drawn_and_the_rest_is_said(by, monkeypatch):
    said = []
    for at in range(3):
        one = say(f"“One {at}.”", said=f"2022-11-0{at + 1}")
        record.link(say(f"“Reply {at}.”", "Olaf Scholz"), one, "denies", editor=by)
        said.append(one)
    figure = thread(exchanges(said[::-1]), most=5)
    assert len(figure.drawn.points) == 4
    assert "aren’t drawn" in figure.told


def test_of_many_speakers_the_later_ones_share_a_lane(by):
    one = say("“One.”", said="2022-12-01")
    for at in range(9):
        record.link(say(f"“Reply {at}.”", f"Speaker {at}"), one, "denies", editor=by)
    assert len({point.x for point in thread(exchanges([one])).drawn.points}) == drawing.LANES


def test_an_exchange_is_had_as_a_file_with_the_pages_filters(client, exchange):
    address = "/topics/security-guarantees/exchange/"
    lines = client.get(f"{address}thread.csv").text.splitlines()
    assert lines[0] == "Number,Said,Speaker,What it does,Words,url"
    assert len(lines) == 5
    assert f'href="{address}thread.csv?mode=direct"' in client.get(f"{address}?mode=direct").text
    assert client.get(f"{address}thread.csv?speaker=nobody").status_code == 400
    assert client.get("/topics/nothing/exchange/thread.csv").status_code == 404


# Roads


@pytest.fixture
def told():
    """The second passage of the founding article's interview, which several printed."""
    call_command("load_founding_record", verbosity=0)
    return Statement.objects.get(text__startswith="This issue will be part")


def test_roads_are_one_tree_in_which_what_they_share_stands_once(told, groups):
    figure = tree_of_roads(roads_of(told))
    stops = [(row[0].text, row[1].text, row[2].text) for row in figure.table.rows]
    assert stops[:2] == [("", "said by", "Emmanuel Macron"), ("Emmanuel Macron", "said to", "TF1")]
    assert ("TF1", "relayed by", "TASS") in stops
    assert len(stops) == len(set(stops)) == len(figure.drawn.branches)
    ends = [how for _from, how, _who in stops if how in ("found in", "attested by")]
    assert len(ends) == len(roads_of(told))


def test_a_page_draws_roads_where_there_are_several(client, told, groups):
    page = client.get(told.get_absolute_url()).text
    assert "All roads" in page
    assert f'href="/q/{told.pid}/roads-drawn.csv"' in page
    alone = factories.publish("“One road.”")
    assert "All roads" not in client.get(alone.get_absolute_url()).text


def test_roads_are_had_as_a_file(client, told, groups):
    answer = client.get(f"/q/{told.pid}/roads-drawn.csv")
    assert answer.text.splitlines()[0] == "From,How,Who,When,url"
    assert client.get(f"/q/{told.pid.lower()}/roads-drawn.csv")["Location"] == f"/q/{told.pid}/roads-drawn.csv"


def test_roads_of_what_is_removed_merged_or_unknown(client, by):
    gone, other, left = (factories.publish(f"“{words}.”") for words in ("Gone", "Other", "Left"))
    record.remove(gone, editor=by, reason="A ruling", reason_code="court")
    answer = client.get(f"/q/{gone.pid}/roads-drawn.csv")
    assert (answer.status_code, "Gone" in answer.text) == (410, False)
    record.merge(other, left, editor=by, reason="The same")
    assert client.get(f"/q/{other.pid}/roads-drawn.csv")["Location"] == f"/q/{left.pid}/roads-drawn.csv"
    assert client.get(f"/q/{factories.draft().pid}/roads-drawn.csv").status_code == 404
    assert client.get("/q/7K2M9QX4TB/roads-drawn.csv").status_code == 404
