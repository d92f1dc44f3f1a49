"""Lists of statements as JSON."""

import pytest
from django.conf import settings

from quotes import record
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db

LIST = "/api/v1/statements"
MARKED = "“We must think [about them] about security,” he said."


def read(client, address, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(listed):
    return [row["id"] for row in listed["results"]]


def test_a_row_holds_what_a_citing_program_wants(client):
    topic = factories.topic()
    statement = factories.publish(MARKED, "spoken_to TF1", "relayed_by TASS", topics=[topic], label="President")
    [row] = read(client, LIST)["results"]
    assert row["id"] == statement.pid
    assert row["url"] == f"{settings.SITE_URL}/q/{statement.pid}"
    assert row["words"] == MARKED
    assert {"mode": "insertion", "text": "about them", "by": "record"} in row["spans"]
    assert (row["mode"], row["language"], row["translation"]) == ("mixed", "en", None)
    assert (row["speaker"]["slug"], row["label"]) == ("emmanuel-macron", "President")
    assert row["said"]["edtf"] == row["said"]["min"] == row["said"]["max"] == "2022-12-03"
    assert row["said"]["basis"] == "stated"
    assert row["published"]["edtf"] == "2022-12-04"
    assert [(stop["role"], stop["outlet"]["slug"]) for stop in row["road"]] == [
        ("spoken_to", "tf1"),
        ("relayed_by", "tass"),
    ]
    assert [one["slug"] for one in row["carriage"]["relayed_by"]] == ["tass"]
    assert [one["slug"] for one in row["topics"]] == ["security-guarantees"]
    assert row["document"]["outlet"]["slug"] == "le-monde"
    assert row["version"]["number"] == 1
    assert row["version"]["sha256"] == statement.revisions.get().sha256
    assert row["version"]["url"].endswith(f"/q/{statement.pid}/v1")


def test_a_list_takes_the_filters_of_the_page(client):
    wanted = factories.publish("“One.”", "spoken_to TF1", "relayed_by TASS")
    factories.publish("“Two.”", "relayed_by Reuters")
    factories.publish("“Three.”", "relayed_by TASS", by="Vladimir Putin")
    listed = read(client, f"{LIST}?speaker=emmanuel-macron&outlet=tf1&relay=tass")
    assert ids(listed) == [wanted.pid]
    assert (listed["total"], listed["total_is_more"]) == (1, False)


def test_pages_follow_one_another_and_lead_back(client):
    days = ["2022-12-03", "2022-12-02", "2022-12-01"]
    made = [factories.publish(f"“Words of {day}.”", said=day) for day in days]
    first = read(client, f"{LIST}?size=2&fields=id")
    assert ids(first) == [made[0].pid, made[1].pid]
    assert first["total"] == 3
    assert first["previous"] is None
    second = read(client, first["next"].removeprefix(settings.SITE_URL))
    assert ids(second) == [made[2].pid]
    assert second["next"] is None
    assert ids(read(client, second["previous"].removeprefix(settings.SITE_URL))) == ids(first)


def test_other_pages_stand_in_the_link_header_too(client):
    for number in range(3):
        factories.publish(f"“Words {number}.”")
    answer = client.get(f"{LIST}.csv?size=1")
    assert answer["Link"].startswith(f"<{settings.SITE_URL}{LIST}.csv?size=1&after=2022-12-03.")
    assert answer["Link"].endswith('; rel="next"')


def test_fields_are_told_as_asked_and_nothing_else(client):
    factories.publish()
    [row] = read(client, f"{LIST}?fields=words,id&fields=speaker")["results"]
    assert list(row) == ["id", "words", "speaker"]


def test_what_costs_more_is_told_on_request(client):
    statement, other = factories.publish("“One.”"), factories.publish("“Other.”", by="Vladimir Putin")
    record.link(other, statement, "denies", editor=factories.publisher())
    plain = read(client, f"{LIST}?speaker=emmanuel-macron")["results"][0]
    assert not {"appearances", "links", "revisions"} & set(plain)
    [row] = read(client, f"{LIST}?speaker=emmanuel-macron&expand=appearances,links,revisions")["results"]
    assert row["appearances"][0]["printed"] == "“One.”"
    assert [(link["kind"], link["direction"], link["statement"]) for link in row["links"]] == [
        ("denies", "in", other.pid)
    ]
    assert [one["number"] for one in row["revisions"]] == [1]


def test_a_list_tells_of_corrections(client):
    statement = factories.publish()
    words = record.Changes(spans=parse("“We must think about our security.”"))
    record.correct(statement, words, editor=factories.publisher(), reason="A word was missing")
    [row] = read(client, LIST)["results"]
    assert [(one["version"], one["reason"]) for one in row["corrections"]] == [(2, "A word was missing")]
    assert row["version"]["number"] == 2
    assert row["modified"] == row["corrections"][0]["on"]


def test_a_statement_that_may_fall_outside_the_dates_says_possibly(client):
    factories.publish(said="2022-12")
    [row] = read(client, f"{LIST}?said_after=2022-12-02")["results"]
    assert row["said"]["possibly"] is True
    assert row["said"]["min"] == "2022-12-01"


@pytest.mark.parametrize("act", ["retract", "remove", "merge"])
def test_what_isnt_published_any_more_is_in_no_list(client, act):
    statement, editor = factories.publish(), factories.publisher()
    if act == "merge":
        record.merge(statement, factories.publish("“Kept.”"), editor=editor, reason="One")
    elif act == "remove":
        record.remove(statement, editor=editor, reason_code="law", reason="A law")
    else:
        record.retract(statement, editor=editor, reason="Doubtful")
    for place in (LIST, "/api/v1/search?q=security", f"{LIST}.csv", f"{LIST}.bib", f"{LIST}.jsonld", f"{LIST}.ris"):
        assert statement.pid not in client.get(place).text
        assert "think about security" not in client.get(place).text


def test_search_is_the_list_with_words(client):
    wanted = factories.publish("“A most particular phrase.”")
    factories.publish("“Other words.”")
    assert ids(read(client, "/api/v1/search?q=particular")) == [wanted.pid]
    refused = client.get("/api/v1/search")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["parameter"] == "q"


def test_facets_count_the_same_list(client):
    factories.publish("“One.”", "relayed_by TASS")
    factories.publish("“Two.”", "relayed_by TASS", by="Vladimir Putin")
    told = read(client, "/api/v1/facets?relay=tass")
    assert told["total"] == 2
    assert {"value": "vladimir-putin", "label": "Vladimir Putin", "count": 1, "count_is_least": False} in told[
        "facets"
    ]["speaker"]
    assert told["facets"]["year"] == [{"value": "2022", "label": "2022", "count": 2, "count_is_least": False}]


def many(number):
    editor, article = factories.publisher(), factories.document()
    topics = [factories.topic("One"), factories.topic("Other")]
    previous = None
    for one in range(number):
        statement = factories.publish(
            f"“Words number {one}.”",
            "spoken_to TF1",
            "relayed_by TASS",
            by=f"Speaker {one % 7}",
            editor=editor,
            document=article,
            topics=topics,
        )
        if one % 3 == 0:
            record.correct(statement, record.Changes(language="fr"), editor=editor, reason="It was French")
        if previous:
            record.link(statement, previous, "repeats", editor=editor)
        previous = statement


@pytest.mark.parametrize(
    ("query", "most"),
    [("", 9), ("?speaker=speaker-1&topic=one&relay=tass", 10), ("?expand=appearances,links,revisions", 11)],
)
def test_a_page_costs_the_same_however_many_rows_it_has(client, django_assert_max_num_queries, query, most):
    many(12)
    # Two of them for the entity tag, for which the list below asks too.
    with django_assert_max_num_queries(most + 2):
        listed = read(client, LIST + query)
    assert listed["results"]


@pytest.mark.parametrize("suffix", [".csv", ".bib", ".ris", ".jsonld"])
def test_a_file_costs_no_more(client, django_assert_max_num_queries, suffix):
    many(12)
    with django_assert_max_num_queries(11):
        client.get(LIST + suffix)


def test_fields_that_arent_asked_for_cost_nothing(client, django_assert_max_num_queries):
    many(4)
    with django_assert_max_num_queries(9):
        read(client, f"{LIST}?fields=id,words")


def test_an_address_answers_with_a_slash_at_its_end_too(client):
    statement = factories.publish()
    assert ids(read(client, f"{LIST}/")) == [statement.pid]
    assert read(client, f"{LIST}/{statement.pid}/")["id"] == statement.pid
