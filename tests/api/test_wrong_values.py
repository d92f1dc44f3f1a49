"""Every parameter and every member, with values that are none of theirs: the problem names it."""

import itertools
import json

import pytest
from django.utils import timezone

from quotes import tokens
from quotes.api.described.schema import document
from quotes.models import Token
from tests import factories

SCHEMA = json.loads(document())
READ = sorted(path for path, known in SCHEMA["paths"].items() if "get" in known and "{suffix}" not in path)
WRITTEN = sorted(path for path, known in SCHEMA["paths"].items() if "post" in known)
PLACES = {"{id}": "7K2M9QX4TA", "{slug}": "emmanuel-macron", "{number}": "1"}
NO_TEXT = ["%00", "a%00b", "%ED%A0%80", "%FF%FE", "", "%20", "x" * 3_000, "%F0%9F%98%80" * 2_100]
NOTHING = [5, True, [[]], {"a": 1}, "x"]


def at(path):
    for name, value in PLACES.items():
        path = path.replace(name, value)
    return path


def key_of(account):
    """A key that may do all that its account may, which has signed in before."""
    account.last_login = timezone.now()
    account.save()
    return tokens.issue(account, "Wrong", Token.Scope.values, expires_at=None)[1]


def named(answer):
    """The parameters that a problem names."""
    assert answer["Content-Type"] == "application/problem+json"
    return {one["parameter"] for one in answer.json().get("errors", [])}


@pytest.mark.django_db
@pytest.mark.parametrize("path", READ)
def test_a_parameter_that_holds_no_value_of_its_own_is_named(client, settings, path):
    settings.API_REQUESTS_PER_MINUTE = 0
    factories.publish("“One.”", "relayed_by TASS", topics=[factories.topic()])
    key = key_of(factories.publisher())
    # A key that isn't needed is none the less asked about, which would be told instead.
    headers = {"Authorization": f"Bearer {key}"} if SCHEMA["paths"][path]["get"].get("security") else {}
    parameters = SCHEMA["paths"][path]["get"].get("parameters", [])
    for parameter in (one for one in parameters if one["in"] == "query"):
        for value in NO_TEXT:
            needed = "&text=a" if path.endswith("check") and parameter["name"] != "text" else ""
            needed += "&q=a" if path.endswith("search") and parameter["name"] != "q" else ""
            answer = client.get(f"{at(path)}?{parameter['name']}={value}{needed}", headers=headers)
            assert answer.status_code in (200, 400, 404), f"{path} {parameter['name']}={value[:20]}"
            assert "\x00" not in answer.text
            if answer.status_code == 200:
                # Words to look for, and addresses, may be any that there can be.
                assert parameter["name"] in ("q", "text", "speaker", "letter", "url")
                assert len(value) < 20
            elif "{id}" not in path or named(answer):
                assert named(answer) == {parameter["name"]}, f"{value[:20]}: {answer.text[:300]}"


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path in READ if "{" in path])
def test_a_part_of_the_path_that_is_none_is_named(client, path):
    for name in (one for one in PLACES if one in path):
        for value in ("%00", "a%00b", "%ED%A0%80", "x" * 3_000, "..%00", "%20"):
            answer = client.get(at(path.replace(name, value)))
            assert answer.status_code in (400, 404), f"{name} {value[:20]}"
            assert "\x00" not in answer.text
            # A number of a version stands in the route: what is none leads nowhere.
            assert named(answer) == (set() if name == "{number}" else {name.strip("{}")}), value[:20]


def shape_of(path):
    body = SCHEMA["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    return resolved(body)


def resolved(shape):
    for one in [shape, *shape.get("allOf", [])]:
        if "$ref" in one:
            return SCHEMA["components"]["schemas"][one["$ref"].rsplit("/", 1)[1]]
    return shape


def members(shape, path=""):
    """Every member of a body: its path, and its shape."""
    for name, raw in shape["properties"].items():
        one = resolved(raw)
        yield f"{path}{name}", one
        if one.get("type") == "object":
            yield from members(one, f"{path}{name}.")
        elif one.get("type") == "array" and "properties" in (inner := resolved(one["items"])):
            yield from members(inner, f"{path}{name}.0.")


def holding(path, value):
    """A body that holds a value at a path, and nothing else."""
    first, _, rest = path.partition(".")
    inner = holding(rest, value) if rest else value
    return [inner] if first.isdigit() else {first: inner}


def wrongs(shape):
    """The values that a member can't have, by its type alone."""
    own = {"object": dict, "array": list, "boolean": bool, "integer": int}.get(str(shape.get("type")), str)
    others = [value for value in NOTHING if type(value) is not own]
    return [*others, *(["x" * 501] if shape.get("maxLength", 501) < 501 else [])]


@pytest.mark.parametrize("path", WRITTEN)
def test_a_member_that_holds_no_value_of_its_own_is_named(client, settings, groups, path):
    settings.API_REQUESTS_PER_MINUTE = 0
    key = key_of(factories.publisher())
    acts = itertools.count()
    for member, shape in members(shape_of(path)):
        # What a text that is checked holds beside its letters is passed over.
        for value in [*wrongs(shape), *(() if path.endswith("check") else ("a\x00b", "\ud800"))]:
            headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": f"wrong {next(acts)}"}
            body = json.dumps(holding(member, value))
            answer = client.post(at(path), body, content_type="application/json", headers=headers)
            assert answer.status_code == 400, f"{member}={value!r:.20}: {answer.text[:300]}"
            told = named(answer)
            assert any(name.startswith(member) for name in told), f"{member}={value!r:.20}: {answer.text[:300]}"
