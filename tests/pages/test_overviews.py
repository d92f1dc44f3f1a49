"""A speaker, an outlet, a topic at a glance: figures whose numbers are those of the lists they lead to."""

import datetime as dt

import pytest

from quotes import facets, record
from quotes.charts import sample
from quotes.charts.overviews import of_outlet, of_speaker, of_topic
from quotes.charts.sample import REST
from quotes.notation import parse
from quotes.querysets import roles_of
from quotes.record.topics import add_topic
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 26)


@pytest.fixture
def by():
    return factories.publisher()


def say(words, by="Emmanuel Macron", said="2022-12-03", topics=("Security guarantees",), chain=(), **fields):
    filed = [factories.topic(name) for name in topics]
    return factories.publish(words, *chain, by=by, said=said, topics=filed, **fields)


@pytest.fixture
def several():
    """What two said on two topics in some years, one of them by an imprecise date, in three outlets."""
    say("“One.”", said="2020-05-01")
    say(
        "“Two.”",
        said="2021-05-01",
        topics=("Grain", "Security guarantees"),
        chain=("spoken_to BBC", "published_by Le Monde"),
    )
    say("“Three.”", said="2022-05-01", topics=("Grain",), chain=("relayed_by TASS", "published_by Le Monde"))
    say("“Four.”", said="2021/2022-06", topics=("Grain",), chain=("issued_by Elysée", "relayed_by TASS"))
    say("“Five.”", said="/2022-07-01", topics=())
    say("“Six.”", "Olaf Scholz", said="2022-08-01", topics=("Grain",))


def speakers():
    return of_speaker(factories.speaker(), TODAY)


def topics(name="Grain"):
    return of_topic(factories.topic(name))


def outlets(name="TASS"):
    outlet = factories.outlet(name)
    return of_outlet(outlet, roles_of(outlet))


def number(text):
    return int(text.replace(",", "").rstrip("+"))


def total(client, address):
    """How many statements a list tells of."""
    return client.get(address).context["listing"].total.n


def told(figure, column=1):
    return [(row[0].text, row[column].text) for row in figure.table.rows]


# Each number is a list's


@pytest.mark.parametrize("made", [speakers, topics, outlets, lambda: outlets("Le Monde")])
def test_every_row_over_time_tells_the_number_of_its_list(client, several, made):
    figure = made().figure("over-time")
    rows = [(row, row[1].url) for row in figure.table.rows if row[1].url]
    assert len(rows) > 2
    for row, address in rows:
        assert number(row[2].text) + number(row[3].text) == total(client, address), address


@pytest.mark.parametrize(
    ("made", "least"), [(speakers, 1), (topics, 2), (outlets, 1), (lambda: outlets("Le Monde"), 1)]
)
def test_every_bar_tells_the_number_of_its_list(client, several, made, least):
    figures = [figure for figure in made().figures if figure.shape == "bars"]
    assert len(figures) == least
    for row in (row for figure in figures for row in figure.table.rows if row[0].url):
        assert number(row[1].text) == total(client, row[0].url), row


def test_what_is_drawn_leads_where_the_table_leads(several):
    figure = speakers().figure("over-time")
    drawn = [bar.url for strip in figure.drawn.strips for bar in strip.bars]
    assert drawn == [row[1].url for row in figure.table.rows]


def test_all_bars_together_are_the_whole_list(client, several):
    figure = speakers().figure("over-time")
    first = figure.drawn.strips[0]
    alone = [number(row[2].text) for row in figure.table.rows if row[0].text == "All statements"]
    assert sum(alone) == number(first.n) == total(client, first.url) == 5


def test_an_imprecise_date_stands_once_and_is_possible_before(several):
    rows = [[cell.text for cell in row] for row in speakers().figure("over-time").table.rows]
    alone = {period: (n, possibly) for name, period, n, possibly in rows if name == "All statements"}
    assert (alone["2022"], alone["2021"], alone["2020"]) == (("3", "0"), ("1", "2"), ("1", "1"))


def test_the_rest_is_what_is_of_none_of_the_leading_and_is_no_list(several):
    last = speakers().figure("over-time").drawn.strips[-1]
    assert (last.name, last.n, last.url) == ("All others", "1", "")


def test_a_topic_above_another_that_is_shown_is_not(client):
    war = factories.topic("War")
    add_topic("Grain", parent=war)
    say("“One.”", topics=("Grain",))
    say("“Two.”", topics=("War",))
    assert [strip.name for strip in speakers().figure("over-time").drawn.strips] == [
        "All statements", "Grain", "All others",
    ]  # fmt: skip
    assert [name for name, _n, _url in speakers().topics] == ["Grain"]


def test_topics_beside_a_topic_are_neither_above_nor_below_it(client):
    war = factories.topic("War")
    add_topic("Grain", parent=war)
    say("“One.”", topics=("Grain", "Missiles"))
    [(name, n, address)] = topics("War").topics
    assert (name, n, total(client, address)) == ("Missiles", 1, 1)


def test_more_than_are_counted_are_told_as_at_least(client, several, monkeypatch):
    monkeypatch.setattr(facets, "COUNT_LIMIT", 3)
    page = client.get("/speakers/emmanuel-macron/overview/").text
    assert "The newest 3 statements are counted; there are more." in page
    figure = speakers().figure("over-time")
    assert figure.drawn.strips[0].n == "3+"
    alone = [row[2].text for row in figure.table.rows if row[0].text == "All statements"]
    assert alone == ["1+", "1", "1"]
    assert all(n.endswith("+") for _name, n in told(speakers().figure("outlets")))


def test_an_outlet_tells_by_which_agencies_it_came_and_how_often_by_none(several):
    say("“Seven.”", chain=("published_by Le Monde",))
    found = outlets("Le Monde").figure("agencies")
    assert told(found) == [("by no agency on record", "2"), ("TASS", "1")]
    assert [row[2].text for row in found.table.rows] == ["67%", "33%"]


def test_an_agency_tells_who_printed_what_it_relayed(client):
    say("“Seven.”", chain=("relayed_by TASS", "published_by Le Monde"))
    [row] = outlets().figure("printed-by").table.rows
    assert row[0].text == "Le Monde"
    assert row[0].url == "/statements/?relay=tass&published_by=le-monde"


# Offices


def test_offices_lead_to_what_was_said_in_them(client, several):
    speaker = factories.speaker()
    speaker.roles.create(label="President of France", held="2021-01-01/..", held_min=dt.date(2021, 1, 1))
    speaker.roles.create(label="Minister", held="2020", held_min=dt.date(2020, 1, 1), held_max=dt.date(2020, 12, 31))
    figure = speakers().figure("offices")
    assert [(span.label, span.x) for span in figure.drawn.spans] == [
        ("President of France", "14.52%"),
        ("Minister", "0.00%"),
    ]
    assert [total(client, span.url) for span in figure.drawn.spans] == [4, 2]


def test_of_many_offices_the_latest_are_drawn_and_all_are_told(several):
    speaker = factories.speaker()
    for year in range(2000, 2014):
        speaker.roles.create(label=f"Mayor in {year}", held=str(year), held_min=dt.date(year, 1, 1))
    figure = speakers().figure("offices")
    assert (len(figure.drawn.spans), figure.drawn.spans[0].label) == (12, "Mayor in 2013")
    assert len(figure.table.rows) == 14


# What was answered, and corrected


def test_what_was_answered_most_stands_first_and_what_isnt_public_doesnt_count(client, by):
    one, two = say("“One.”"), say("“Two.”")
    for number_, (target, kind) in enumerate([(one, "denies"), (two, "responds_to"), (two, "confirms")]):
        record.link(say(f"“Answer {number_}.”", "Olaf Scholz"), target, kind, editor=by)
    gone = say("“Gone.”", "Olaf Scholz")
    record.link(gone, one, "denies", editor=by)
    record.link(say("“Again.”", "Olaf Scholz"), one, "repeats", editor=by)
    record.link(factories.draft("“Draft.”"), one, "denies", editor=by)
    record.retract(gone, editor=by, reason="A hoax")
    assert [(found, found.answers) for found in speakers().answered] == [(two, 2), (one, 1)]
    assert "2 answers on record" in " ".join(client.get("/speakers/emmanuel-macron/overview/").text.split())


def test_the_latest_corrections_stand_on_it_with_their_reasons(client, by):
    made = say("“One.”")
    record.correct(made, record.Changes(spans=parse("“Won.”")), editor=by, reason="A slip of the pen")
    for address in ("/speakers/emmanuel-macron/", "/topics/security-guarantees/", "/outlets/tf1/"):
        page = client.get(f"{address}overview/").text
        assert "A slip of the pen" in page
        assert f"/q/{made.pid}/history" in page


# Pages


@pytest.mark.parametrize("address", ["/speakers/emmanuel-macron/", "/outlets/tf1/", "/topics/security-guarantees/"])
def test_a_page_leads_to_its_overview_and_back(client, several, address):
    assert f'href="{address}overview/"' in client.get(address).text
    assert f'href="{address}"' in client.get(f"{address}overview/").text


def test_what_was_merged_away_leads_to_what_it_is_today(client, several, by):
    record.merge(factories.speaker("Olaf Scholz"), factories.speaker(), editor=by, reason="The same")
    answer = client.get("/speakers/olaf-scholz/overview/")
    assert (answer.status_code, answer["Location"]) == (301, "/speakers/emmanuel-macron/")


@pytest.mark.parametrize(
    "address",
    [
        "/speakers/nobody/overview/",
        "/outlets/nobody/overview/",
        "/topics/nothing/overview/",
        "/speakers/emmanuel-macron/overview/nothing.csv",
        "/outlets/tf1/overview/offices.csv",
    ],
)
def test_what_there_isnt_is_not_found(client, several, address):
    assert client.get(address).status_code == 404


def test_a_topic_that_nothing_is_filed_under_says_so(client):
    factories.topic("Grain")
    assert "Nothing is on record here." in client.get("/topics/grain/overview/").text


def test_each_figure_has_its_numbers_as_a_file(client, several):
    factories.speaker().roles.create(label="=President", held="2021-01-01/..", held_min=dt.date(2021, 1, 1))
    page = client.get("/speakers/emmanuel-macron/overview/").text
    for figure in speakers().figures:
        address = f"/speakers/emmanuel-macron/overview/{figure.key}.csv"
        assert f'href="{address}"' in page
        answer = client.get(address)
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        lines = answer.text.splitlines()
        assert len(lines) == len(figure.table.rows) + 1
        assert lines[0].endswith(",url")
    assert "'=President" in client.get("/speakers/emmanuel-macron/overview/offices.csv").text


@pytest.mark.parametrize(
    ("address", "most"), [("/speakers/emmanuel-macron/", 13), ("/outlets/le-monde/", 15), ("/topics/grain/", 15)]
)
def test_it_costs_the_same_however_much_there_is(client, by, several, django_assert_max_num_queries, address, most):
    for at in range(3):
        answered = say(
            f"“Number {at}.”",
            f"Speaker {at}",
            topics=(f"Topic {at}", "Grain"),
            chain=(f"spoken_to O{at}", "published_by Le Monde"),
        )
        record.link(say(f"“Answer {at}.”"), answered, "denies", editor=by)
        record.correct(answered, record.Changes(spans=parse("“Other.”")), editor=by, reason="A slip")
    with django_assert_max_num_queries(most):
        client.get(f"{address}overview/")


def test_what_was_counted_for_a_visitor_is_counted_for_no_editor_again(client, editor, several, monkeypatch):
    client.get("/speakers/emmanuel-macron/overview/")
    monkeypatch.setattr(sample, "sample_of", lambda _: pytest.fail("counted again"))
    assert "Signed in as" in client.get("/speakers/emmanuel-macron/overview/").text


def test_its_drawings_have_no_style_or_script_of_their_own(client, several):
    page = client.get("/speakers/emmanuel-macron/overview/").text
    drawings = page[page.index("<svg") : page.rindex("</svg>")]
    assert "<title" in drawings
    assert not any(mark in drawings for mark in ("style=", "<style", "<script", " on"))


def test_the_rest_has_a_name_that_no_token_has():
    assert not REST.startswith("_")
