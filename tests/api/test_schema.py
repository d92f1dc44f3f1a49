"""The OpenAPI document: valid, complete, and true of what is answered."""

import json
import re

import pytest
from django.conf import settings
from django.utils import timezone
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from quotes import record, tokens
from quotes.api.described import parameters
from quotes.api.described.schema import document
from quotes.filters import StatementFilter
from quotes.models import Statement
from quotes.parameters import MAX_SLUG_LENGTH, is_slug
from quotes.watching import keeping
from tests import factories

ADDRESSES = {
    "/api/v1/statements": "/api/v1/statements?expand=appearances,links,revisions",
    "/api/v1/statements/{id}": "/api/v1/statements/{pid}",
    "/api/v1/statements/{id}/revisions": "/api/v1/statements/{pid}/revisions",
    "/api/v1/statements/{id}/revisions/{number}": "/api/v1/statements/{pid}/revisions/2",
    "/api/v1/search": "/api/v1/search?q=security",
    "/api/v1/facets": "/api/v1/facets",
    "/api/v1/speakers": "/api/v1/speakers",
    "/api/v1/speakers/{slug}": "/api/v1/speakers/emmanuel-macron",
    "/api/v1/outlets": "/api/v1/outlets",
    "/api/v1/outlets/{slug}": "/api/v1/outlets/tass",
    "/api/v1/topics": "/api/v1/topics",
    "/api/v1/topics/{slug}": "/api/v1/topics/security-guarantees",
    "/api/v1/documents": "/api/v1/documents",
    "/api/v1/documents/{id}": "/api/v1/documents/{document}",
    "/api/v1/links": "/api/v1/links",
    "/api/v1/corrections": "/api/v1/corrections",
    "/api/v1/check": "/api/v1/check?text=“We must not think of security,” Macron said.",
}
WATCHES = "/api/v1/watches"
PROBLEMS = [
    ("/api/v1/statements", "/api/v1/statements?x=1", "400"),
    ("/api/v1/statements", "/api/v1/statements?speaker=nobody", "404"),
    ("/api/v1/statements/{id}", "/api/v1/statements/7K2M9QX4TA", "404"),
    ("/api/v1/statements/{id}", "/api/v1/statements/{gone}", "410"),
    ("/api/v1/check", "/api/v1/check?text=x&said=soon", "400"),
]


@pytest.fixture(scope="module")
def schema():
    return json.loads(document())


@pytest.fixture
def known(db):
    """A statement with all that a statement can have, and a removed one."""
    editor, topic = factories.publisher(), factories.topic()
    statement = factories.publish(
        "“We must think [of] security,” he said […].", "spoken_to TF1", "relayed_by TASS", topics=[topic], editor=editor
    )
    told = factories.publish("“He said so.”", "told_by Vladimir Putin", by="Ann", editor=editor, said="/2022-12-03")
    record.link(told, statement, "reports", editor=editor)
    record.correct(
        statement,
        record.Changes(is_translation=True, translated_from="fr"),
        editor=editor,
        reason="It was said in French",
    )
    statement.speaker.aliases.create(name="Макрон", language="ru")
    statement.speaker.roles.create(label="President of France", held="2017-05-14/..", held_min="2017-05-14")
    gone = factories.publish("“Gone.”", editor=editor)
    record.remove(gone, editor=editor, reason_code="law", reason="A law")
    where = statement.primary_appearance.document
    return {"pid": statement.pid, "document": where.pid, "gone": gone.pid}


def operations(schema):
    """Every operation with its path."""
    return [(path, one) for path, known in schema["paths"].items() for one in known.values()]


def judge(schema, path, status, media_type):
    """A validator of the answers of an operation."""
    answered = schema["paths"][path]["get"]["responses"][status]["content"][media_type]["schema"]
    closed = json.loads(json.dumps(schema["components"]).replace("#/components", "#/$defs/components"))
    # An answer with a field that nobody described is a mistake too.
    for name, one in closed["schemas"].items():
        if not name.endswith(("ProblemTold", "RemovedTold")):
            one.setdefault("additionalProperties", False)
    whole = json.loads(json.dumps(answered).replace("#/components", "#/$defs/components"))
    return Draft202012Validator({**whole, "$defs": {"components": closed}})


def test_it_is_a_valid_openapi_3_1_document(schema):
    assert schema["openapi"].startswith("3.1")
    validate_schema(schema)


def test_it_is_made_without_a_warning(capsys):
    document.__wrapped__()
    assert capsys.readouterr().err == ""


def test_every_resource_is_described(schema):
    without_suffix = {path for path, known in schema["paths"].items() if "{suffix}" not in path and "get" in known}
    assert without_suffix == set(ADDRESSES) | {WATCHES}


def test_what_is_written_takes_a_token_and_a_key_of_the_act(schema):
    posted = {path: known["post"] for path, known in schema["paths"].items() if "post" in known}
    written = {path: one for path, one in posted.items() if path != "/api/v1/check"}
    assert set(written) == {"/api/v1/statements", "/api/v1/statements/{id}/publish", "/api/v1/documents", WATCHES}
    for one in written.values():
        assert one["security"] == [{"token": []}]
        assert {told["name"] for told in one["parameters"] if told["in"] == "header"} == {"Idempotency-Key"}
        assert {"400", "401", "403", "409", "422"} < set(one["responses"])


@pytest.mark.django_db
@pytest.mark.parametrize("path", ADDRESSES)
def test_an_answer_is_as_described(client, schema, known, path):
    answer = client.get(ADDRESSES[path].format(**known))
    assert answer.status_code == 200, answer.text
    judge(schema, path, "200", "application/json").validate(answer.json())


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "address", "status"), PROBLEMS)
def test_a_problem_is_as_described(client, schema, known, path, address, status):
    answer = client.get(address.format(**known))
    assert str(answer.status_code) == status
    judge(schema, path, status, "application/problem+json").validate(answer.json())


def test_what_is_an_accounts_own_takes_a_token(schema):
    own = [schema["paths"][WATCHES]["get"], schema["paths"][f"{WATCHES}/{{id}}"]["delete"]]
    for one in own:
        assert one["security"] == [{"token": []}]
        assert {"400", "401", "403", "404"} < set(one["responses"])


@pytest.mark.django_db
def test_a_list_of_watches_is_as_described(client, schema, known, groups):
    account = factories.user("Reader", last_login=timezone.now())
    keeping.watch(account, query="speaker=emmanuel-macron", name="Macron", mail="daily")
    keeping.watch(account, statement=Statement.objects.get(pid=known["pid"]), mail="at_once")
    key = tokens.issue(account, "Own", ["watch"], expires_at=None)[1]
    answer = client.get(WATCHES, headers={"Authorization": f"Bearer {key}"})
    judge(schema, WATCHES, "200", "application/json").validate(answer.json())
    refused = client.get(WATCHES)
    judge(schema, WATCHES, "401", "application/problem+json").validate(refused.json())


def test_every_filter_of_the_pages_is_a_parameter(schema):
    for path in ("/api/v1/statements", "/api/v1/statements.{suffix}", "/api/v1/search", "/api/v1/facets"):
        named = {one["name"] for one in schema["paths"][path]["get"]["parameters"]}
        assert set(StatementFilter.base_filters) <= named


def test_every_parameter_says_what_can_be_read(schema):
    for path, operation in operations(schema):
        for one in operation.get("parameters", []):
            assert one["description"], f"{path} {one['name']}"
            told = one["schema"].get("items", one["schema"])
            assert {"pattern", "enum", "maxLength", "maximum"} & set(told), f"{path} {one['name']}"
            assert (one["in"] == "path") == (f"{{{one['name']}}}" in path)


def test_operations_have_names_of_their_own(schema):
    names = [operation["operationId"] for _, operation in operations(schema)]
    assert len(set(names)) == len(names)


def test_every_format_of_an_address_is_described(schema):
    answered = schema["paths"]["/api/v1/statements"]["get"]["responses"]["200"]["content"]
    assert {media_type.partition(";")[0] for media_type in answered} == {
        "application/json",
        "text/csv",
        "application/ld+json",
        "application/x-bibtex",
        "application/x-research-info-systems",
    }


@pytest.mark.parametrize(
    "slug", ["tf1", "李明", "a_b-c", "x" * MAX_SLUG_LENGTH, "x" * 121, "", "a b", "a.b", "\x00", "a/"]
)
def test_the_pattern_of_slugs_is_what_is_read(slug):
    assert bool(re.search(parameters.SLUG["pattern"], slug)) == is_slug(slug)


@pytest.mark.parametrize(
    ("schema_of", "name", "good", "bad"),
    [
        (
            parameters.DAY,
            "said_after",
            ["2022", "2022-12", "2022-12-03"],
            ["0000", "2022-13", "2022-1", "x", "2022-12-32"],
        ),
        (parameters.PLACE, "after", ["2022-12-03", "2022-12-03.5"], ["2022-12", "2022-12-03.", "5", "0000-01-01"]),
    ],
)
@pytest.mark.django_db
def test_a_pattern_is_what_is_read(client, schema_of, name, good, bad):
    for text in good + bad:
        matches = bool(re.search(schema_of["pattern"], text))
        assert matches == (text in good)
        assert client.get(f"/api/v1/statements?{name}={text}").status_code == (200 if matches else 400), text


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_it_is_served(client, db, suffix):
    answer = client.get(f"/api/v1/schema{suffix}")
    assert answer.status_code == 200
    expected = "application/json" if suffix else "application/vnd.oai.openapi+json"
    assert answer["Content-Type"].partition(";")[0] == expected
    assert answer.json()["servers"] == [{"url": "/"}]
    assert answer.json()["info"]["license"]["url"] == settings.RECORD_LICENCE
