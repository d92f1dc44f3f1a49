"""The API's page, and every example of docs/api.md."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from quotes import tokens
from quotes.api.views.start import RESOURCES
from quotes.models import Statement
from tests import factories

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", DOCS.read_text(), re.MULTILINE | re.DOTALL)
COMMANDS = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
PROGRAMS = [text for kind, text in BLOCKS if kind == "python"]


@pytest.fixture
def served(live_server, settings, groups):
    """The founding record on a running site; a function that puts its address, and a true id, into an example."""
    settings.SITE_URL = live_server.url
    call_command("load_founding_record", verbosity=0)
    relayed = Statement.objects.filter(carriages__role="relayed_by").first()
    return lambda text: text.replace("https://record.example", live_server.url).replace("7K2M9QX4TA", relayed.pid)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_docs_answers(served, tmp_path, command):
    if not shutil.which("curl"):
        pytest.skip("curl isn't installed")
    done = subprocess.run(
        ["bash", "-c", served(command).replace("curl ", "curl -sS ", 1)],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    [*files] = tmp_path.iterdir()
    said = files[0].read_text() if files else done.stdout
    assert said
    assert ('"errors"' in said) == ("nobody" in command)


@pytest.fixture
def _key(served, monkeypatch):
    """A key that may do what the examples do, where they look for it."""
    account = factories.editor()
    account.last_login = timezone.now()
    account.save()
    monkeypatch.setenv("ON_RECORD_KEY", tokens.issue(account, "Example", ["record", "watch"], expires_at=None)[1])


@pytest.mark.usefixtures("_key")
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda text: text.split()[1])
def test_a_program_of_the_docs_runs(served, capsys, program):
    exec(compile(served(program), "docs/api.md", "exec"), {})  # noqa: S102  # our own
    assert "assert" in program or capsys.readouterr().out


@pytest.mark.django_db
def test_the_problem_of_the_docs_is_the_one_that_is_answered(client):
    [told] = [json.loads(text) for kind, text in BLOCKS if kind == "json"]
    assert client.get("/api/v1/statements?speaker=nobody&year=20222").json() == told


@pytest.mark.django_db
def test_every_resource_stands_in_the_docs_and_on_the_page(client):
    page = client.get("/api/v1/docs/")
    for name in RESOURCES:
        assert f"/{name}" in DOCS.read_text()
        assert f'href="/api/v1/{name}"' in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/docs", "/api/v1/schema", "/api/v1/statements"])
def test_an_address_is_answered_with_a_slash_at_its_end_and_without(client, address):
    assert (client.get(address).status_code, client.get(f"{address}/").status_code) == (200, 200)


@pytest.mark.django_db
def test_the_page_holds_nothing_inline_and_nothing_from_elsewhere(client):
    page = client.get("/api/v1/docs/")
    assert "'unsafe" not in page["Content-Security-Policy"]
    assert re.search(r"<script(?![^>]*\bsrc=)", page.text) is None
    assert "<style" not in page.text
    assert re.search(r"\son\w+=|\sstyle=", page.text) is None
    assert all(address.startswith("/static/") for address in re.findall(r'src="([^"]*)"', page.text))


@pytest.mark.django_db
def test_programs_get_the_index_and_people_the_page(client):
    told = client.get("/api/v1/")
    assert told["Content-Type"] == "application/json"
    assert set(RESOURCES) < set(told.json())
    page = client.get("/api/v1/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page["Content-Type"].startswith("text/html")
    for answer in (told, page):
        assert "Accept" in answer["Vary"]


@pytest.mark.django_db
def test_every_address_of_the_index_answers(client, settings):
    factories.publish()
    for name, address in client.get("/api/v1/").json().items():
        query = {"search": "?q=security", "check": "?text=security"}.get(name, "")
        assert client.get(address.removeprefix(settings.SITE_URL) + query).status_code == 200, name


@pytest.mark.django_db
def test_pages_tell_programs_where_the_api_is(client):
    page = client.get("/")
    assert '<link rel="service-desc"' in page.text
    assert 'href="/api/v1/docs"' in page.text
    statement = factories.publish()
    assert f'href="/api/v1/statements/{statement.pid}"' in client.get(statement.get_absolute_url()).text
