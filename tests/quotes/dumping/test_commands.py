import gzip
import hashlib
import json
import shutil

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

from quotes.dumping import load as loading
from quotes.dumping import write as writing
from quotes.dumping.tables import TABLES
from quotes.epoch import epoch
from quotes.models import Speaker, Statement
from sources.models import Outlet
from tests import factories
from tests.quotes.dumping.emptying import empty

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def dumped(tmp_path, shelf):
    """A dump of two statements, from a record that was emptied since; made once, and copied for each test."""
    if not (shelf / "dump").exists():
        for number in (1, 2):
            factories.publish(f"“Words {number}.”", "spoken_to TF1", topics=[factories.topic()])
        call_command("dump", shelf / "dump")
    empty()
    return shutil.copytree(shelf / "dump", tmp_path / "dump")


def rewritten(folder, table, change, *, honest=True):
    """Change the rows of a table; an honest manifest says so."""
    path = folder / f"{table}.jsonl.gz"
    rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in change(rows)).encode()))
    if honest:
        manifest = json.loads((folder / "manifest.json").read_text())
        for file in manifest["files"]:
            if file["name"] == path.name:
                file["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
        (folder / "manifest.json").write_text(json.dumps(manifest))


def manifest_with(folder, **fields):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, **fields}))


def with_column(name, value):
    return lambda rows: [{**row, name: value} for row in rows]


def refused(folder, words):
    with pytest.raises(CommandError, match="Nothing was loaded") as told:
        call_command("load", folder)
    assert words in str(told.value), told.value
    assert not Statement.objects.exists()
    assert not Outlet.objects.exists()
    assert not User.objects.filter(username=loading.ACCOUNT).exists()


def test_a_dump_says_how_much_it_holds(tmp_path, capsys):
    factories.publish()
    call_command("dump", tmp_path / "new" / "dump")
    assert "Dumped 1 statements to" in capsys.readouterr().out
    names = {path.name for path in (tmp_path / "new" / "dump").iterdir()}
    assert names == {"manifest.json", "datapackage.json", *(f"{table.name}.jsonl.gz" for table in TABLES)}


def test_a_manifest_tells_licence_moment_and_the_hash_of_every_file(dumped, settings):
    manifest = json.loads((dumped / "manifest.json").read_text())
    assert manifest["licence"] == settings.RECORD_LICENCE
    assert manifest["site"] == settings.SITE_URL
    assert manifest["made_at"].endswith("+00:00")
    for file in manifest["files"]:
        content = (dumped / file["name"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["bytes"] == len(content)
        if file["rows"] is not None:
            assert file["rows"] == len(gzip.decompress(content).splitlines())


def test_a_dump_goes_to_no_folder_that_holds_something(tmp_path):
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(CommandError, match="isn't empty"):
        call_command("dump", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_interrupted_dump_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "_package", interrupted)
    with pytest.raises(KeyboardInterrupt):
        call_command("dump", tmp_path / "dump")
    assert list(tmp_path.iterdir()) == []


def test_a_load_says_what_it_loaded_and_of_when(dumped, capsys, settings):
    call_command("load", dumped)
    assert "Loaded 2 statements, as of " in capsys.readouterr().out
    assert Statement.objects.published().count() == 2


def test_a_record_that_holds_anything_is_left_alone(dumped):
    factories.speaker("Somebody Else")
    with pytest.raises(CommandError, match="isn't empty: it has speakers"):
        call_command("load", dumped)
    assert Speaker.objects.count() == 1


def test_a_damaged_file_is_named(dumped):
    path = dumped / "hops.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    refused(dumped, f"{path} is damaged: its sha256 is ")


def test_a_missing_file_is_named(dumped):
    (dumped / "links.jsonl.gz").unlink()
    refused(dumped, f"{dumped / 'links.jsonl.gz'} can't be read: No such file")


def test_a_folder_that_is_no_dump_is_refused(tmp_path):
    refused(tmp_path, f"{tmp_path} is no dump: it has no manifest.json")
    refused(tmp_path / "nowhere", "is no dump")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"format": "something-else"}, "is of a 'something-else'"),
        ({"version": 2}, "is of version 2 of the form; this program reads version 1"),
        ({"files": []}, "is no whole dump: its manifest names no "),
        (
            {"files": [{"name": "../secret-key", "sha256": "", "bytes": 1, "rows": 1}]},
            "names '../secret-key', which is no",
        ),
        ({"files": "many"}, "is no manifest of a dump"),
        ({"more": 1}, "is no manifest of a dump"),
    ],
)
def test_a_manifest_of_something_else_is_refused(dumped, fields, words):
    manifest_with(dumped, **fields)
    refused(dumped, words)


def test_a_manifest_that_is_no_json_is_refused(dumped):
    (dumped / "manifest.json").write_text("{")
    refused(dumped, "is no manifest of a dump")


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        (
            "revisions",
            with_column("body", "{}"),
            "isn't what was hashed",
        ),
        ("revisions", with_column("reason", "Another"), "isn’t what was logged"),
        ("leaves", with_column("hash", "00" * 32), "isn’t what was logged"),
        ("revisions", lambda rows: rows[:-1], "has 1 rows, and the manifest says 2"),
        (
            "statements",
            with_column("more", 1),
            "other columns than this program reads: more",
        ),
        (
            "statements",
            with_column("mode", "shouted"),
            "statements.jsonl.gz can't be loaded",
        ),
        (
            "statements",
            with_column("said_max", "soon"),
            "statements.jsonl.gz can't be loaded",
        ),
        ("statements", with_column("said_max", ""), "statements.jsonl.gz can't be loaded"),
        ("statements", with_column("said_max", None), "statements.jsonl.gz can't be loaded"),
        ("statements", lambda rows: [rows[0], rows[0]], "statements.jsonl.gz can't be loaded"),
        ("statements", lambda _: [[1], [2]], "line 1: no object"),
    ],
)
def test_rows_that_contradict_themselves_are_refused(dumped, table, change, words):
    rewritten(dumped, table, change)
    refused(dumped, words)


def test_rows_that_name_what_is_not_there_are_refused(dumped):
    rewritten(dumped, "filings", with_column("topic_id", 999))
    refused(dumped, f"{dumped} names what it doesn't hold")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL’s triggers fire for statements, and stay")
def test_a_load_moves_the_epoch_and_so_does_what_comes_after_it(dumped):
    before = epoch()
    call_command("load", dumped)
    loaded = epoch()
    assert loaded != before
    factories.publish("“Later.”")
    assert epoch() != loaded


def test_an_interrupted_load_leaves_nothing(dumped, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(loading._Loading, "derive", interrupted)
    with pytest.raises(KeyboardInterrupt):
        call_command("load", dumped)
    assert not Statement.objects.exists()
    monkeypatch.undo()
    call_command("load", dumped)
    assert Statement.objects.count() == 2


def test_without_a_folder_dumps_go_to_their_shelf_by_day_and_old_ones_can_go(tmp_path, settings, capsys):
    with pytest.raises(CommandError, match="set DUMPS_DIR"):
        call_command("dump")
    settings.DUMPS_DIR = tmp_path
    for day in ("2024-01-01", "2024-01-02", "2024-01-03"):
        call_command("dump", tmp_path / day)
        manifest_with(tmp_path / day, made_at=f"{day}T02:00:00+00:00")
    (tmp_path / "notes").mkdir()
    call_command("dump", keep=2)
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept[0] == "2024-01-03"
    assert kept[2] == "notes"
    assert kept[3:] == ["removals.jsonl"]
    assert "Deleted" in capsys.readouterr().out
    with pytest.raises(CommandError, match="--keep"):
        call_command("dump", tmp_path / "other", keep=0)
