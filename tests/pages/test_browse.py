import datetime as dt
import re
from html import unescape
from itertools import product

import pytest
from django.db import connection
from django.urls import reverse

from quotes import record
from quotes.models import Carriage, Statement
from quotes.permalinks import new_pid
from quotes.record.index import index
from tests import factories

pytestmark = pytest.mark.django_db


def browse(client, query=""):
    return client.get(f"/statements/{query}")


def listed(page):
    """The words on the cards, from the top."""
    return [
        re.sub("<[^>]+>", "", words).strip()
        for words in re.findall(r'<p class="words">(.*?)</p>', page.text, re.DOTALL)
    ]


def links(page):
    return [unescape(address) for address in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', page.text)]


def text(page):
    """What a reader reads, in one line."""
    return " ".join(unescape(re.sub("<[^>]+>", " ", page.text.partition("<body>")[2])).split())


def many(number, statement):
    """`number` more statements like one, a day apart each, with its carriages and topics."""
    fields = {field.attname: getattr(statement, field.attname) for field in Statement._meta.concrete_fields}
    rows = []
    for n in range(number):
        said = statement.said_max - dt.timedelta(days=n)
        own = {"id": None, "pid": new_pid(), "said": said.isoformat(), "said_min": said, "said_max": said}
        rows.append(Statement(**(fields | own)))
    Statement.objects.bulk_create(rows)
    Carriage.objects.bulk_create(
        Carriage(statement=row, outlet_id=carriage.outlet_id, role=carriage.role, said_max=row.said_max)
        for row in rows
        for carriage in statement.carriages.all()
    )
    filed = Statement.topics.through
    filed.objects.bulk_create(filed(statement=row, topic=topic) for row in rows for topic in statement.topics.all())
    index(row.pk for row in rows)
    # A live database knows how much it holds; one that was empty a moment ago plans as if it still were.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture
def interview():
    """Macron to TF1 and by TASS; Macron to the BBC; Putin to TF1."""
    factories.publish("“Guarantees.”", "spoken_to TF1", "relayed_by TASS", topics=[factories.topic()])
    factories.publish("“Elsewhere.”", "spoken_to BBC")
    factories.publish("“Nyet.”", "spoken_to TF1", by="Vladimir Putin", said="2021-12")


def test_all_statements_are_listed_latest_first(client, interview):
    page = browse(client)
    assert page.status_code == 200
    assert reverse("statements") == "/statements/"
    assert listed(page) == ["“Elsewhere.”", "“Guarantees.”", "“Nyet.”"]
    assert "3 statements , latest first" in text(page)


def test_the_filters_of_the_founding_question(client, interview):
    page = browse(client, "?speaker=emmanuel-macron&outlet=tf1&relay=tass")
    assert listed(page) == ["“Guarantees.”"]
    assert "<title>Statements by Emmanuel Macron, carried by TF1, relayed by TASS — On Record</title>" in page.text


TITLES = [
    ("?speaker=vladimir-putin&speaker=emmanuel-macron", "Statements by Vladimir Putin or Emmanuel Macron"),
    ("?mode=direct&language=en&year=2022", "Statements in direct speech, in English, said in 2022"),
    ("?q=%3Cb%3E", "Statements with “&lt;b&gt;”"),
    ("?topic=security-guarantees&said_after=2022-12", "Statements on Security guarantees, said from December 2022"),
    ("?speaker=nobody&outlet=tf1", "Statements carried by TF1"),
    ("", "Statements"),
]


def test_the_title_names_the_filters(client, interview):
    for query, title in TITLES:
        assert f"<title>{title} — On Record</title>" in browse(client, query).text


def test_filters_are_removable_one_by_one(client, interview):
    page = browse(client, "?speaker=emmanuel-macron&outlet=tf1&tab=said&after=2022-12-04")
    assert "Remove Speaker: Emmanuel Macron" in text(page)
    assert "/statements/?outlet=tf1&tab=said" in links(page)
    assert "/statements/?speaker=emmanuel-macron&tab=said" in links(page)
    assert "/statements/?tab=said" in links(page)


def test_facets_add_a_value_and_let_go_of_a_chosen_one(client, interview):
    page = browse(client, "?speaker=emmanuel-macron")
    assert "/statements/?speaker=emmanuel-macron&speaker=vladimir-putin" in links(page)
    assert "/statements/?speaker=emmanuel-macron&relay=tass" in links(page)
    assert page.text.count('aria-current="true"') == 1
    assert "Emmanuel Macron , chosen: remove 2" in text(page)


def test_a_chosen_value_written_by_a_former_slug_can_be_let_go_of(client, interview):
    record.rename(factories.speaker("Emmanuel Macron"), editor=factories.publisher(), slug="macron")
    page = browse(client, "?speaker=emmanuel-macron&speaker=macron&year=2022")
    assert links(page).count("/statements/?year=2022") == 1


def test_the_form_carries_the_other_filters_along(client, interview):
    page = browse(client, "?speaker=emmanuel-macron&q=guarantees&after=2023-01-01")
    assert '<input type="hidden" name="speaker" value="emmanuel-macron">' in page.text
    assert 'name="q"\n         value="guarantees"' in page.text
    assert 'name="after"' not in page.text


def test_an_empty_result_says_what_to_loosen(client, interview):
    page = browse(client, "?speaker=vladimir-putin&relay=tass&mode=direct")
    assert listed(page) == []
    assert "No statement meets all of these filters." in text(page)
    assert "Without Speaker: Vladimir Putin (1 statement)" in text(page)
    assert "Without Speech: Direct (none either)" in text(page)
    assert "/statements/?speaker=vladimir-putin&mode=direct" in links(page)


def test_an_empty_record_says_so(client):
    assert "Nothing is on record here yet." in browse(client).text


def test_what_is_only_possible_says_so(client):
    factories.publish("“Month.”", said="2021-12")
    assert "December 2021 (possibly)" in text(browse(client, "?said_after=2021-12-10"))
    assert "(possibly)" not in text(browse(client, "?said_after=2021-12"))


def test_drafts_and_retracted_statements_are_not_listed(client):
    factories.draft("“Draft.”")
    retracted = factories.publish("“Retracted.”")
    Statement.objects.filter(pk=retracted.pk).update(state="retracted")
    for query in ("", "?speaker=emmanuel-macron", "?q=draft", "?after=2100-01-01"):
        assert listed(browse(client, query)) == []


# The order of a search


@pytest.fixture
def talks():
    """Peace in the reporter's words, later than in the speaker's own."""
    factories.publish("“Peace.”", said="2022-11-30")
    factories.publish("He wants peace.", said="2022-12-03")


def test_a_search_gives_the_best_first_and_its_newest_on_demand(client, talks):
    page = browse(client, "?q=peace&year=2022")
    assert listed(page) == ["“Peace.”", "reporter’s words: He wants peace."]
    assert "the best first · all, latest first" in text(page)
    by_date = "/statements/?q=peace&year=2022&sort=date"
    assert by_date in links(page)
    page = client.get(by_date)
    assert listed(page) == ["reporter’s words: He wants peace.", "“Peace.”"]
    assert "/statements/?q=peace&year=2022" in links(page)


def test_a_place_in_a_searchs_list_is_a_place_in_time(client, talks):
    assert listed(browse(client, "?q=peace&after=2022-12-31")) == ["reporter’s words: He wants peace.", "“Peace.”"]


def test_a_list_without_a_search_has_one_order(client, talks):
    assert "the best first" not in text(browse(client))
    assert "the best first" not in text(client.get("/speakers/emmanuel-macron/?q=peace"))


# Pages of a list


def test_pages_keep_all_other_parameters(client, interview):
    many(30, Statement.objects.get(text="Guarantees."))
    first = browse(client, "?outlet=tf1&tab=said")
    assert len(listed(first)) == 20
    (onward,) = [address for address in links(first) if re.search(r"after=[-\d]+\.", address)]
    assert onward.startswith("/statements/?outlet=tf1&tab=said&after=2022-11-1")
    second = client.get(onward)
    assert len(listed(second)) == 12
    assert "32 statements" in text(second)
    (back,) = [address for address in links(second) if "before=" in address]
    assert listed(client.get(back)) == listed(first)


def test_a_place_that_is_none_leads_to_the_first_page(client, interview):
    page = browse(client, "?outlet=tf1&after=<script>")
    assert page.status_code == 400
    assert "“<script>” is no place in this list." in text(page)
    assert "/statements/?outlet=tf1" in links(page)
    assert listed(page) == []


def test_a_place_beyond_the_end_leads_to_the_first_page(client, interview):
    page = browse(client, "?after=1900-01-01")
    assert page.status_code == 200
    assert "No statement lies beyond this place." in text(page)


def test_a_list_of_several_pages_leads_to_any_year_and_month_in_one_step(client, interview):
    many(30, Statement.objects.get(text="Guarantees."))
    page = browse(client, "?outlet=tf1")
    assert "/statements/?outlet=tf1&after=2021-12-31" in links(page)
    assert "/statements/?outlet=tf1&after=2022-11-30" in links(page)
    there = browse(client, "?outlet=tf1&after=2021-12-31")
    assert listed(there) == ["“Nyet.”"]
    assert "/statements/?outlet=tf1&after=2021-12-31" in links(there)


def test_a_short_list_has_no_years_to_go_to(client, interview):
    assert 'aria-label="Go to a time"' not in browse(client).text


def test_a_place_of_another_list_leads_to_the_nearest_and_says_so(client, interview):
    elsewhere = Statement.objects.get(text="Elsewhere.")
    page = browse(client, f"?outlet=tf1&after=2022-12-03.{elsewhere.pk}")
    assert page.status_code == 200
    assert listed(page) == ["“Guarantees.”", "“Nyet.”"]
    assert "This list doesn’t hold the statement that the address points to: here are the nearest." in text(page)
    own = Statement.objects.get(text="Guarantees.")
    assert "here are the nearest" not in text(browse(client, f"?outlet=tf1&after=2022-12-03.{own.pk}"))
    assert "here are the nearest" not in text(browse(client, "?outlet=tf1&after=2022-12-31"))


def test_a_number_that_no_statement_has_is_a_place_all_the_same(client, interview):
    assert len(listed(browse(client, f"?after=2022-12-03.{'9' * 18}"))) == 3


# Bad input

PARAMETERS = ["q", "speaker", "outlet", "relay", "spoken_to", "issued_by", "published_by", "topic", "mode", "language"]
PARAMETERS += ["year", "said_after", "said_before", "published_after", "published_before"]


HOSTILE = ["<script>alert(1)</script>", "'; DROP TABLE quotes_statement; --", "\x00", "x" * 10_000, "{x}%s"]


@pytest.mark.parametrize("value", HOSTILE)
def test_whatever_is_typed_is_shown_as_text(client, interview, value):
    for parameter in PARAMETERS:
        page = client.get("/statements/", {parameter: value})
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert len(page.content) < 40_000
    assert Statement.objects.count() == 3


def test_bytes_that_are_no_text_have_a_message(client, interview):
    for parameter in PARAMETERS:
        page = browse(client, f"?{parameter}=%ED%A0%80%00&year=2022" if parameter != "year" else "?year=%ED%A0%80%00")
        assert page.status_code == 200
        assert listed(page) == []
        message = "Nothing is listed, because not every filter could be read."
        assert (message if parameter != "q" else "There is no word in this to look for.") in text(page)


def test_a_wrong_filter_has_its_message_beside_it_and_a_link_that_removes_it(client, interview):
    page = browse(client, "?speaker=nobody&said_after=soon&outlet=tf1")
    assert listed(page) == []
    assert "Speaker, “nobody”: No speaker goes by this name. Remove this filter" in text(page)
    assert "/statements/?said_after=soon&outlet=tf1" in links(page)
    assert "/statements/?speaker=nobody&outlet=tf1" in links(page)
    assert 'aria-describedby="dates-help filter-said_after-problem"' in page.text
    assert 'value="soon"' in page.text


def test_only_reading_is_allowed(client):
    assert client.post("/statements/").status_code == 405
    assert client.head("/statements/").status_code == 200


# Numbers

EVERY_FILTER = (
    "?q=guarantees&speaker=emmanuel-macron&outlet=tf1&relay=tass&spoken_to=tf1&issued_by=elysee&published_by=le-monde"
    "&topic=security-guarantees&mode=direct&language=en&year=2022&said_after=2022-01-01&said_before=2022-12-31"
    "&published_after=2022&published_before=2022"
)


LISTS = ["/statements/", "/speakers/emmanuel-macron/", "/outlets/tf1/", "/topics/security-guarantees/"]


@pytest.fixture
def guarantees():
    """A statement that every filter finds, by a speaker with roles and names, about a topic with neighbours."""
    macron, topic = factories.speaker(), factories.topic(parent=factories.topic("Security"))
    macron.roles.create(label="President of France", held="2017-05-14/..", held_min="2017-05-14")
    macron.aliases.create(name="Макрон", language="ru")
    factories.topic("Guarantees for neighbours", parent=topic)
    chain = ("spoken_to TF1", "issued_by Elysee", "relayed_by TASS", "published_by Le Monde")
    return factories.publish("“Guarantees.”", *chain, by=macron, topics=[topic])


@pytest.mark.parametrize("number", [10, 2000])
def test_a_list_takes_at_most_nine_queries(client, guarantees, django_assert_max_num_queries, number):
    many(number, guarantees)
    for address, query in product(LISTS, ("", EVERY_FILTER, "?after=2022-11-30", "?before=2022-11-25")):
        with django_assert_max_num_queries(9):
            page = client.get(address + query)
        assert len(listed(page)) >= 2


@pytest.mark.parametrize("address", LISTS)
def test_a_list_filtered_by_former_names_takes_at_most_nine_queries(
    client, guarantees, django_assert_max_num_queries, address
):
    for thing in (factories.outlet("TASS"), factories.outlet("Elysee")):
        record.rename(thing, editor=factories.editor(), slug=f"{thing.slug}-of-old")
    double = factories.publish(by="E Macron").speaker
    record.merge(double, guarantees.speaker, editor=factories.publisher(), reason="The same person")
    with django_assert_max_num_queries(9):
        page = client.get(address + EVERY_FILTER.replace("emmanuel-macron", "e-macron"))
    assert len(listed(page)) == 1


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_result_takes_at_most_nine_queries(client, guarantees, django_assert_max_num_queries, address):
    factories.publish("“Never.”", "spoken_to BBC")
    with django_assert_max_num_queries(9):
        page = client.get(f"{address}{EVERY_FILTER}&published_by=bbc".replace("le-monde", "bbc"))
    assert "Without" in page.text
