"""Origins as readers see them, and copies as editors mark them."""

import re

import pytest

from quotes import record
from quotes.copying import printings, suspected
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "“We must think about the security structure of tomorrow.”"
WIRE = """The ministers met on Tuesday in the old palace by the lake, and left it without a word to those who had waited
in the rain since the early morning. Nobody came out again before the lamps were lit. He said: {words} The talks go on
on Thursday, those who were there say, with another delegation and with the same two drafts on the table."""


def printed(outlet, *chain, text=WIRE, published="2022-12-04"):
    """A printing in an archived text."""
    where = factories.snapshot(text.format(words=WORDS), outlet_name=outlet, published=published)
    start = where.text.index(WORDS)
    return factories.appearance(
        WORDS, *chain, document=where.document, snapshot=where, start=start, end=start + len(WORDS)
    )


@pytest.fixture
def statement():
    """Said to TF1, relayed by TASS; a day later the same article stands in another paper, which names nobody."""
    made = factories.publish(WORDS, appearances=[printed("Le Monde", "spoken_to TF1", "relayed_by TASS")])
    late = printed("The Daily", "published_by The Daily", published="2022-12-05")
    record.add_appearance(made, late, editor=factories.publisher())
    return made


@pytest.fixture
def single():
    return factories.publish(WORDS, "spoken_to TF1", "relayed_by TASS", "published_by Le Monde")


def text_of(page):
    return " ".join(re.sub("</?bdi>", "", page.text).split())


def test_one_origin_is_said_plainly(client, single):
    page = text_of(client.get(single.get_absolute_url()))
    assert '1 origin</a></strong> (<a href="/outlets/tf1/">TF1</a>, stated) in <strong>2 outlets</strong>' in page
    assert "1 origin (TF1, stated) in 2 outlets" in text_of(client.get("/statements/"))


def test_a_list_is_narrowed_by_origins_with_a_count_beside_each(client, single, statement):
    page = client.get("/statements/")
    assert 'id="origins-1"' in page.text
    assert 'id="origins-2"' in page.text
    narrowed = client.get("/statements/?origins=2")
    assert "Statements from 2 origins" in narrowed.text
    assert statement.pid in narrowed.text
    assert single.pid not in narrowed.text


@pytest.mark.parametrize("address", ["/statements/feed.atom", "/api/v1/statements", "/api/v1/statements.csv"])
def test_feeds_and_programs_narrow_alike(client, single, statement, address):
    answer = client.get(f"{address}?origins=1")
    assert single.pid in answer.text
    assert statement.pid not in answer.text


@pytest.mark.parametrize(
    ("query", "finds_one", "finds_two"),
    [
        ("origins:1", True, False),
        ("origins:2", False, True),
        ("origins:2..", False, True),
        ("origins:..1", True, False),
        ("origins:1..3", True, True),
        ("origins:5..99", False, False),
        ("-origins:1", False, True),
    ],
)
def test_a_search_asks_for_so_many_origins_or_for_more(client, single, statement, query, finds_one, finds_two):
    page = client.get("/statements/", {"q": query}).text
    assert (single.get_absolute_url() in page, statement.get_absolute_url() in page) == (finds_one, finds_two)


@pytest.mark.parametrize("value", ["6", "-1", "one", "٢"])
def test_another_number_of_origins_is_refused(client, single, value):
    answer = client.get("/api/v1/statements", {"origins": value})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "origins"


def test_programs_are_told_which_they_are(client, statement):
    for answer in (client.get("/api/v1/statements"), client.get(f"/api/v1/statements/{statement.pid}")):
        told = answer.json()
        [one] = told.get("results", [told])
        assert [(each["outlet"]["slug"], each["held"]) for each in one["origins"]] == [
            ("tf1", False),
            ("the-daily", True),
        ]
    assert "tf1 (stated); the-daily (held)" in client.get("/api/v1/statements.csv").text


def test_a_list_costs_no_more_for_its_origins(client, single, django_assert_max_num_queries):
    for name in ("A", "B", "C"):
        factories.publish("“Other words.”", f"spoken_to {name}")
    with django_assert_max_num_queries(9):
        client.get("/statements/")


# Copies


def test_a_printing_whose_reporter_wrote_the_same_is_suspected(statement):
    [one] = suspected(printings(statement))
    assert (one.copy.document.outlet.name, one.source.document.outlet.name) == ("The Daily", "Le Monde")
    assert one.percent > 90


def test_another_article_about_the_same_words_is_not_suspected(single):
    own = "By our own correspondent, who stood beside him in the hall and asked the question that he answered so: "
    own += "{words} It was late by then, and most of the others had gone home to write what they had not heard."
    record.add_appearance(single, printed("The Daily", "spoken_to The Daily", text=own), editor=factories.publisher())
    assert suspected(printings(single)) == []


def test_what_has_the_same_origin_anyway_is_not_suspected(statement):
    spec = printed("The Evening", "spoken_to TF1", published="2022-12-06")
    record.add_appearance(statement, spec, editor=factories.publisher())
    assert {one.copy.document.outlet.name for one in suspected(printings(statement))} == {"The Daily"}


def test_an_editor_marks_a_copy_and_takes_it_back(client, statement):
    client.force_login(factories.publisher())
    address = f"/desk/statements/{statement.pid}/copies/"
    first, copy = statement.appearances.order_by("pk")
    page = client.get(address)
    assert f'href="?copy={copy.pk}&amp;source={first.pk}"' in page.text
    client.post(address, {"copy": copy.pk, "source": first.pk, "reason": "The same article"})
    assert "1 origin (TF1, stated)" in text_of(client.get("/statements/"))
    assert "copied from another printing without saying so" in client.get(statement.get_absolute_url()).text
    page = client.get(address)
    assert f'href="?copy={copy.pk}&amp;source="' in page.text
    client.post(address, {"copy": copy.pk, "source": "", "reason": "Two reporters after all"})
    assert "2 origins (TF1, stated; The Daily, held)" in text_of(client.get("/statements/"))


def test_marks_stand_in_the_ledger_and_in_the_history(client, statement):
    first, copy = statement.appearances.order_by("pk")
    record.mark_copy(copy, first, editor=factories.publisher(), reason="The same article")
    for address in ("/corrections/", "/corrections/?kind=mark_copy", f"{statement.get_absolute_url()}/history"):
        assert "The same article" in client.get(address).text, address
    ledger = client.get("/corrections/").text
    assert f'href="/documents/{copy.document.pid}/"' in ledger
    assert client.get("/api/v1/corrections?kind=mark_copy").json()["total"] == 1
    assert "The same article" in client.get("/corrections/feed.atom").text


def test_a_mark_without_a_reason_is_refused_beside_its_field(client, statement):
    client.force_login(factories.publisher())
    first, copy = statement.appearances.order_by("pk")
    page = client.post(f"/desk/statements/{statement.pid}/copies/", {"copy": copy.pk, "source": first.pk, "reason": ""})
    assert "Say why: the reason is public." in page.text


@pytest.mark.parametrize("who", [None, factories.editor])
def test_only_publishers_mark_copies(client, statement, who):
    if who:
        client.force_login(who())
    assert client.get(f"/desk/statements/{statement.pid}/copies/").status_code in (302, 403)
