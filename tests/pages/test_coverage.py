"""The figures of any list: who relays whom, from how many origins, who spoke, how soon it was answered."""

import pytest

from quotes import facets, record
from quotes.charts.coverage import coverage
from quotes.filters import StatementFilter
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return factories.publisher()


def say(words, by="Emmanuel Macron", said="2022-12-03", chain=(), **fields):
    fields.setdefault("topics", [factories.topic()])
    fields.setdefault("document", factories.document(published="2023-06-01"))
    return factories.publish(words, *chain, by=by, said=said, **fields)


@pytest.fixture
def relayed():
    """What three papers printed of two agencies, and one of none."""
    say("“One.”", chain=("relayed_by TASS", "published_by Le Monde"))
    say("“Two.”", chain=("relayed_by TASS", "published_by Le Monde"))
    say("“Three.”", chain=("relayed_by TASS", "published_by Bild"))
    say("“Four.”", "Olaf Scholz", chain=("relayed_by Reuters", "published_by Bild"))
    say("“Five.”", "Olaf Scholz", chain=("relayed_by Reuters", "relayed_by TASS", "published_by Figaro"))
    say("“Six.”", chain=("published_by Le Monde",), topics=[factories.topic("Grain")])


def figures_of(**asked):
    pairs = list(asked.items())
    return coverage(StatementFilter(asked), pairs)


def number(text):
    return int(text.replace(",", "").rstrip("+"))


def total(client, address):
    return client.get(address).context["listing"].total.n


def rows(figure):
    return [tuple(cell.text for cell in row) for row in figure.table.rows]


def test_outlets_stand_against_agencies_with_how_many_they_share(relayed):
    assert set(rows(figures_of().figure("relays"))) == {
        ("Le Monde", "TASS", "2"),
        ("Bild", "TASS", "1"),
        ("Bild", "Reuters", "1"),
        ("Figaro", "TASS", "1"),
        ("Figaro", "Reuters", "1"),
    }


@pytest.mark.parametrize(
    "asked",
    [{}, {"speaker": "olaf-scholz"}, {"relay": "tass"}, {"topic": "grain"}, {"origins": "1", "published_by": "bild"}],
)
def test_every_number_is_that_of_its_list(client, relayed, asked):
    for figure in figures_of(**asked).figures:
        for row in figure.table.rows:
            if address := next((cell.url for cell in row if cell.url.startswith("/statements/")), ""):
                n = (
                    number(row[2].text) + number(row[3].text)
                    if figure.key == "over-time"
                    else number(row[-2 if figure.shape == "bars" else 2].text)
                )
                assert n == total(client, address), address


def test_the_points_lead_where_the_table_leads_and_the_more_the_larger(relayed):
    figure = figures_of().figure("relays")
    assert [dot.url for dot in figure.drawn.dots] == [row[1].url for row in figure.table.rows]
    sizes = {dot.told: float(dot.size) for dot in figure.drawn.dots}
    assert max(sizes, key=sizes.get) == "Published by Le Monde, relayed by TASS: 2"


def test_it_says_what_share_has_one_origin(client, relayed):
    page = client.get("/coverage/")
    assert "100% come from one origin alone" in page.text
    assert rows(figures_of().figure("origins")) == [("1 origin", "6", "100%")]


def test_a_filter_narrows_all_figures_but_those_it_is_itself_a_number_of(client, relayed):
    page = client.get("/coverage/?speaker=olaf-scholz").text
    assert "Speaker: <bdi>Olaf Scholz</bdi>" in page
    found = figures_of(speaker="olaf-scholz")
    assert {row[0] for row in rows(found.figure("relays"))} == {"Bild", "Figaro"}
    assert {row[0] for row in rows(found.figure("speakers"))} == {"Olaf Scholz", "Emmanuel Macron"}


def test_more_than_are_counted_are_told_as_at_least(client, relayed, monkeypatch):
    monkeypatch.setattr(facets, "COUNT_LIMIT", 4)
    assert "The newest 4 statements are counted; there are more." in client.get("/coverage/").text
    assert all(row[2].endswith("+") for row in rows(figures_of().figure("relays")))


def test_an_empty_record_says_so(client):
    assert "Nothing is on record here." in client.get("/coverage/").text


def test_a_filter_that_cant_be_read_draws_nothing_and_says_why(client, relayed):
    page = client.get("/coverage/?speaker=nobody")
    assert "not every filter could be read" in page.text
    assert "<svg" not in page.text
    answer = client.get("/coverage/relays.csv?speaker=nobody")
    assert (answer.status_code, "nobody" in answer.text) == (400, True)


def test_each_figure_has_its_numbers_as_a_file(client, relayed):
    page = client.get("/coverage/?topic=security-guarantees").text
    for figure in figures_of(topic="security-guarantees").figures:
        address = f"/coverage/{figure.key}.csv?topic=security-guarantees"
        assert f'href="{address}"' in page
        assert len(client.get(address).text.splitlines()) == len(figure.table.rows) + 1
    assert client.get("/coverage/nothing.csv").status_code == 404


def test_lists_lead_to_their_figures(client, relayed):
    assert 'href="/coverage/?speaker=olaf-scholz"' in client.get("/statements/?speaker=olaf-scholz").text
    assert 'href="/coverage/?speaker=olaf-scholz"' in client.get("/speakers/olaf-scholz/").text
    assert 'href="/coverage/"' in client.get("/").text


def test_it_leads_to_who_and_what_has_more_figures(client, relayed):
    page = client.get("/coverage/").text
    for address in ("/speakers/emmanuel-macron/", "/topics/security-guarantees/", "/outlets/tass/"):
        assert f'href="{address}overview/"' in page


def test_it_costs_the_same_however_much_there_is(client, by, relayed, django_assert_max_num_queries):
    for at in range(4):
        one = say(f"“Number {at}.”", f"Speaker {at}", chain=(f"relayed_by A{at}", f"published_by O{at}"))
        record.link(say(f"“Answer {at}.”", said="2022-12-04"), one, "denies", editor=by)
    with django_assert_max_num_queries(21):
        client.get("/coverage/?speaker=emmanuel-macron&relay=tass&origins=1&year=2022&lag=next")


# Answers


@pytest.mark.parametrize(
    ("said", "answered", "spell"),
    [
        ("2022-12-03", "2022-12-03", "the same day"),
        ("2022-12-03", "2022-12-04", "the day after"),
        ("2022-11-27", "2022-12-04", "within a week"),
        ("2022-11-26", "2022-12-04", "within a month"),
        ("2022-11-02", "2022-12-04", "within a year"),
        ("2019-12-03", "2022-12-04", "later"),
        ("2022-11", "2022-12-04", "not known to the day"),
        ("2022-12-03", "2022-12-02", "not known to the day"),
    ],
)
def test_an_answer_is_counted_by_the_days_it_took(by, said, answered, spell):
    record.link(say("“Answer.”", "Olaf Scholz", answered), say("“One.”", said=said), "responds_to", editor=by)
    assert rows(figures_of().figure("reply-lag")) == [(spell, "1", "100%")]


def test_a_spell_leads_to_its_answers_as_many_as_it_tells(client, by):
    one = say("“One.”", said="2022-12-01")
    for at in range(3):
        record.link(say(f"“Answer {at}.”", "Olaf Scholz", "2022-12-02"), one, "denies", editor=by)
    record.link(say("“Late.”", "Olaf Scholz", "2022-12-30"), one, "denies", editor=by)
    record.link(say("“One.”", said="2022-12-02"), one, "repeats", editor=by)
    found = {row[0].text: row for row in figures_of().figure("reply-lag").table.rows}
    assert {name: row[1].text for name, row in found.items()} == {"the day after": "3", "within a month": "1"}
    page = client.get(found["the day after"][0].url.partition("#")[0]).text
    assert [page.count(f"Answer {at}") for at in range(3)] == [1, 1, 1]
    assert "Late" not in page


def test_a_spell_that_there_isnt_shows_no_answers(client, relayed):
    assert 'id="pairs"' not in client.get("/coverage/?lag=soon").text
