import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_programs_get_names_as_json(client):
    factories.publish()
    answer = client.get("/suggest/?q=mac").json()
    assert answer["suggestions"] == [
        {
            "kind": "speaker",
            "slug": "emmanuel-macron",
            "name": "Emmanuel Macron",
            "note": "Person",
            "url": "/speakers/emmanuel-macron/",
        }
    ]


def test_nothing_typed_is_no_name(client):
    assert client.get("/suggest/").json() == {"suggestions": []}


def test_one_kind_can_be_asked_for(client):
    factories.publish()
    assert client.get("/suggest/?q=mac&kind=outlet").json() == {"suggestions": []}
    refused = client.get("/suggest/?q=mac&kind=planet")
    assert refused.status_code == 400
    assert "choose speaker, outlet, topic" in refused.json()["error"]


def test_a_field_gets_options(client):
    factories.publish()
    fragment = client.get("/suggest/options/?q=mac").text
    assert 'role="option"' in fragment
    assert 'data-slug="emmanuel-macron"' in fragment
    assert "<html" not in fragment


def test_names_are_escaped(client):
    factories.topic("<i>Italic</i> moves")
    assert "&lt;i&gt;Italic" in client.get("/suggest/options/?q=ital").text


@pytest.mark.parametrize("typed", ["%00", "%ED%A0%80", "%25", "a" * 5000, "'--"])
def test_anything_can_be_typed(client, typed):
    assert client.get(f"/suggest/?q={typed}").status_code == 200


def test_only_reading_is_asked_for(client):
    assert client.post("/suggest/?q=mac").status_code == 405
