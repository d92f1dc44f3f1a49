"""What researchers read files with, and nobody here wrote: DuckDB, pandas, Arrow, frictionless."""

import datetime as dt
import json
import subprocess
import sys

import duckdb
import frictionless
import pandas as pd
import pytest
from django.core.management import call_command

from quotes.dumping.write import dump
from quotes.exporting.columns import NAMES
from quotes.models import Statement
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def files(client, tmp_path):
    """The founding record, and a statement that is hard on tables, in each form."""
    call_command("load_founding_record", verbosity=0)
    factories.publish('=He said, "so"; “and\n\nso”', label="@home", topics=[factories.topic("“Peace”; war")])
    found = {}
    for form in ("csv", "jsonl", "parquet"):
        found[form] = tmp_path / f"statements.{form}"
        found[form].write_bytes(b"".join(client.get(f"/statements.{form}")))
    return found


def test_duckdb_reads_the_same_from_all_three(files):
    count = Statement.objects.published().count()
    for form, path in files.items():
        rows = duckdb.sql(f"SELECT id, version, said_max, words FROM '{path}'").fetchall()  # noqa: S608  # our own file
        assert len(rows) == count
        by_id = {row[0]: row for row in rows}
        for statement in Statement.objects.published():
            words = statement.words
            escaped = f"'{words}" if form == "csv" and words[0] == "=" else words
            assert by_id[statement.pid] == (statement.pid, 1, statement.said_max, escaped)


def test_duckdb_knows_lists_days_and_truths_of_parquet(files):
    path = files["parquet"]
    kinds = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{path}')").fetchall())  # noqa: S608  # our own file
    assert list(kinds) == list(NAMES)
    assert kinds["topics"] == "VARCHAR[]"
    assert kinds["said_min"] == "DATE"
    assert kinds["recorded"] == "TIMESTAMP WITH TIME ZONE"
    assert kinds["is_translation"] == "BOOLEAN"


def test_pandas_reads_the_same_from_all_three(files):
    table = pd.read_parquet(files["parquet"])
    assert list(table["id"]) == list(pd.read_json(files["jsonl"], lines=True)["id"])
    assert list(table["id"]) == list(pd.read_csv(files["csv"])["id"])
    assert table["said_max"].map(type).eq(dt.date).all()


def test_frictionless_finds_nothing_wrong_with_a_list(client, files):
    package = client.get("/data/statements.json").json()
    package["resources"][0]["path"] = files["csv"].name
    described = files["csv"].parent / "datapackage.json"
    described.write_text(json.dumps(package))
    report = frictionless.validate(str(described))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert report.tasks[0].stats["rows"] == Statement.objects.published().count()


def test_frictionless_sees_a_damaged_list(client, files):
    package = client.get("/data/statements.json").json()
    package["resources"][0]["path"] = files["csv"].name
    (files["csv"].parent / "datapackage.json").write_text(json.dumps(package))
    text = files["csv"].read_text()
    files["csv"].write_text(text.replace(",direct,", ",shouted,", 1))
    assert not frictionless.validate(str(files["csv"].parent / "datapackage.json")).valid


def test_frictionless_finds_nothing_wrong_with_a_dump(files, tmp_path):
    manifest = dump(tmp_path / "dump")
    # In a process of its own: it leaves packed files open.
    command = [sys.executable, "-m", "frictionless", "validate", str(tmp_path / "dump" / "datapackage.json"), "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    report = json.loads(done.stdout)
    assert report["valid"], done.stdout
    rows = {task["name"]: task["stats"]["rows"] for task in report["tasks"]}
    assert rows == {one.name.partition(".")[0]: one.rows for one in manifest.files if one.rows}
    assert rows["statements"] == Statement.objects.published().count()


def test_duckdb_joins_the_tables_of_a_dump(files, tmp_path):
    call_command("dump", tmp_path / "dump", verbosity=0)
    [[count]] = duckdb.sql(
        f"SELECT count(*) FROM '{tmp_path}/dump/revisions.jsonl.gz' AS revisions "  # noqa: S608  # our own files
        f"JOIN '{tmp_path}/dump/statements.jsonl.gz' AS statements ON revisions.statement_id = statements.id"
    ).fetchall()
    assert count == Statement.objects.published().count()
