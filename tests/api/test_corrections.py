"""The ledger for programs."""

import csv

import pytest
from django.conf import settings

from quotes import record
from quotes.notation import parse
from tests import factories

pytestmark = pytest.mark.django_db

LEDGER = "/api/v1/corrections"


@pytest.fixture
def editor():
    return factories.publisher()


@pytest.fixture
def acts(editor):
    """A correction, a retraction and a removal, of three speakers."""
    made = [factories.publish(f"“Words {who}.”", by=who, editor=editor) for who in ("Ann", "Bob", "Cid")]
    change = record.Changes(spans=parse("“Other words.”"))
    record.correct(made[0], change, editor=editor, reason="=A misprint")
    record.retract(made[1], editor=editor, reason="Doubtful")
    record.remove(made[2], editor=editor, reason_code="law", reason="A law")
    return made


def test_the_ledger_tells_what_its_page_tells(client, acts):
    told = client.get(LEDGER).json()
    assert [one["kind"] for one in told["results"]] == ["remove", "retract", "correct"]
    assert told["total"] == 3
    corrected = told["results"][2]
    assert (corrected["statement"], corrected["version"], corrected["changed"]) == (acts[0].pid, 2, ["spans"])
    assert corrected["comparison_url"] == f"{settings.SITE_URL}/q/{acts[0].pid}/history?from=1&to=2"
    assert corrected["speaker"]["name"] == "Ann"
    removed = told["results"][0]
    assert (removed["speaker"], removed["removed_for"]) == (None, "required by law")
    assert "Cid" not in client.get(LEDGER).text


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("kind=retract", ["retract"]),
        ("speaker=ann", ["correct"]),
        ("since=2020&until=9999", ["remove", "retract", "correct"]),
        ("until=2020", []),
    ],
)
def test_it_takes_the_filters_of_its_page(client, acts, query, kinds):
    told = client.get(f"{LEDGER}?{query}").json()
    assert [one["kind"] for one in told["results"]] == kinds
    assert told["total"] == len(kinds)


def test_its_pages_follow_one_another(client, acts):
    first = client.get(f"{LEDGER}?size=2&since=2020").json()
    assert [one["kind"] for one in first["results"]] == ["remove", "retract"]
    second = client.get(first["next"].removeprefix(settings.SITE_URL)).json()
    assert [one["kind"] for one in second["results"]] == ["correct"]
    assert client.get(second["previous"].removeprefix(settings.SITE_URL)).json()["results"] == first["results"]


def test_as_a_table_it_holds_no_formula(client, acts):
    answer = client.get(LEDGER, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert rows[2]["reason"] == "'=A misprint"
    assert rows[0]["speaker" if "speaker" in rows[0] else "removed_for"] == "required by law"


@pytest.mark.parametrize(
    ("query", "parameter", "status"),
    [
        ("kind=nothing", "kind", 400),
        ("speaker=nobody", "speaker", 404),
        ("speaker=%00", "speaker", 400),
        ("since=soon", "since", 400),
        ("since=2023&until=2022", "until", 400),
        ("after=nowhere", "after", 400),
        ("after=1&before=2", "after", 400),
        ("before=999999999", "before", 404),
    ],
)
def test_what_cant_be_read_is_named(client, acts, query, parameter, status):
    answer = client.get(f"{LEDGER}?{query}")
    assert answer.status_code == status
    assert answer.json()["errors"][0]["parameter"] == parameter


def test_a_page_of_it_takes_at_most_eleven_queries(client, acts, django_assert_max_num_queries):
    last = client.get(LEDGER).json()["results"][0]["id"]
    with django_assert_max_num_queries(11):
        client.get(f"{LEDGER}?speaker=ann&after={last}")
