import gzip
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from quotes import record
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(tmp_path, settings):
    """A folder with today's dump of one statement."""
    settings.DUMPS_DIR = tmp_path / "dumps"
    factories.publish("“In the dump.”")
    call_command("dump")
    return settings.DUMPS_DIR


def test_the_page_tells_of_lists_columns_and_licence(client, settings):
    page = client.get("/data/")
    assert page.status_code == 200
    assert 'href="/statements.parquet"' in page.text
    assert "said_basis" in page.text
    assert settings.RECORD_LICENCE in page.text
    assert "This site offers no dump just now" in page.text


def test_every_page_leads_to_it(client):
    assert 'href="/data/"' in client.get("/").text


def test_the_page_lists_each_dump_with_its_files_sizes_and_hashes(client, shelf):
    page = client.get("/data/").text
    day = timezone.localdate().isoformat()
    manifest = json.loads((shelf / day / "manifest.json").read_text())
    assert f'href="/data/dumps/{day}/manifest.json"' in page
    for file in manifest["files"]:
        assert f'href="/data/dumps/{day}/{file["name"]}"' in page
        assert file["sha256"] in page


def test_the_files_of_a_dump_can_be_had(client, shelf, settings):
    day = timezone.localdate().isoformat()
    answer = client.get(f"/data/dumps/{day}/statements.jsonl.gz")
    assert answer["Content-Type"] == "application/gzip"
    assert answer["Content-Disposition"] == f'attachment; filename="{day}-statements.jsonl.gz"'
    assert answer["Link"] == f'<{settings.RECORD_LICENCE}>; rel="license"'
    assert answer["Access-Control-Allow-Origin"] == "*"
    content = b"".join(answer)
    assert int(answer["Content-Length"]) == len(content)
    assert json.loads(gzip.decompress(content))["text"] == "In the dump."
    described = b"".join(client.get(f"/data/dumps/{day}/datapackage.json"))
    assert json.loads(described)["name"] == "on-record"


@pytest.mark.parametrize("path", ["statements.jsonl", "..", "%2e%2e/secret-key", "hops.jsonl.gz.", "MANIFEST.JSON"])
def test_nothing_else_of_the_disk_can_be_had(client, shelf, path):
    (shelf / "secret-key").write_text("secret")
    day = timezone.localdate().isoformat()
    assert client.get(f"/data/dumps/{day}/{path}").status_code == 404
    assert client.get(f"/data/dumps/{path}/manifest.json").status_code == 404
    assert client.get("/data/dumps/2024-01-01/manifest.json").status_code == 404


def test_a_dump_from_before_a_removal_is_withdrawn_with_it(client, shelf):
    day = timezone.localdate().isoformat()
    statement = factories.publish("“To be removed.”")
    record.remove(statement, editor=factories.publisher(), reason_code="law", reason="An order")
    assert "This site offers no dump just now" in client.get("/data/").text
    assert client.get(f"/data/dumps/{day}/statements.jsonl.gz").status_code == 404


def test_what_is_no_dump_is_passed_over(client, shelf):
    (shelf / "notes").mkdir()
    (shelf / "half").mkdir()
    (shelf / "half" / "manifest.json").write_text("{")
    (shelf / "file").write_text("")
    assert client.get("/data/").text.count("Manifest</a>") == 1
