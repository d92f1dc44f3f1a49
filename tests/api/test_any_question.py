"""Whatever is asked, the answer is one that the schema describes: questions are drawn from the schema itself."""

import json
import re
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from quotes.api.described.schema import document
from tests import factories
from tests.api.beyond import ASKED

SCHEMA = json.loads(document())
READ = sorted(path for path, known in SCHEMA["paths"].items() if "get" in known)
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


def values(schema):
    """Values that a parameter's schema allows."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "pattern" in schema:
        return st.from_regex(re.compile(schema["pattern"]), fullmatch=True)
    if schema["type"] == "integer":
        return st.integers(schema["minimum"], schema["maximum"]).map(str)
    if schema["type"] == "array":
        return st.lists(values(schema["items"]), min_size=schema.get("minItems", 0), max_size=3)
    return TEXT.filter(lambda text: len(text) >= schema.get("minLength", 0)).map(
        lambda text: text[: schema["maxLength"]]
    )


def pairs(name, value, schema):
    if not isinstance(value, list):
        return [(name, value)]
    return [(name, one) for one in value] if schema.get("explode") else [(name, ",".join(value))]


@st.composite
def questions(draw, *, wild):
    """A path, an address that it describes, and whether the schema allows it."""
    path = draw(st.sampled_from(READ))
    address, query = path, []
    for one in SCHEMA["paths"][path]["get"].get("parameters", []):
        if one["in"] == "query" and not one.get("required") and draw(st.integers(0, 3)):
            continue
        drawn = draw(TEXT if wild and draw(st.booleans()) else values(one["schema"]))
        if one["in"] == "path":
            address = address.replace(f"{{{one['name']}}}", quote(drawn or "x", safe=""))
        else:
            query += pairs(one["name"], drawn, one)
    return path, f"{address}?{urlencode(query)}"


def judge(client, path, address):
    answer = client.get(address)
    responses = SCHEMA["paths"][path]["get"]["responses"]
    status, media_type = str(answer.status_code), answer.get("Content-Type", "")
    assert status in responses or status == "301", f"{address}: {status} {answer.text[:300]}"
    if status == "301":
        return status
    assert media_type in responses[status]["content"], f"{address}: {media_type}"
    if media_type.endswith("json") and "ld+json" not in media_type:
        shape = {**responses[status]["content"][media_type]["schema"], "components": SCHEMA["components"]}
        Draft202012Validator(shape).validate(answer.json())
    return status


@pytest.fixture
def asked(client, db, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    factories.publish("“One.”", "relayed_by TASS", topics=[factories.topic()])
    return client


many = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.mark.slow
@many
@given(question=questions(wild=True))
def test_no_question_is_too_wild(asked, question):
    path, address = question
    # A path that a slash or nothing was drawn into is another one.
    if address.partition("?")[0].count("/") == path.count("/") and "%2F" not in address.partition("?")[0]:
        judge(asked, path, address)


@pytest.mark.slow
@many
@given(question=questions(wild=False))
def test_what_the_schema_allows_is_answered_or_not_found(asked, question):
    path, address = question
    status = judge(asked, path, address)
    if status == "400":
        errors = json.loads(asked.get(address).content)["errors"]
        told = [one["detail"] for one in errors if one["code"] == "malformed"]
        assert all(ASKED.search(detail) for detail in told), f"{address}: {told}"
