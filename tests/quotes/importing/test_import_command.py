"""`manage.py import_statements`: tries a file, imports it, and undoes it, by one command."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from quotes.importing import beginning
from quotes.importing.mapping import ColumnMap
from quotes.models import Import, Statement
from tests import factories
from tests.quotes.importing import csv_file, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    made = factories.publisher()
    made.username = "editor"
    made.save()
    return made


@pytest.fixture
def sheet(tmp_path):
    """Write a file, and say where it is."""

    def written(data, name="rows.csv"):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return written


def run(*arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_statements", *map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_a_file_is_imported_as_drafts_and_undone(editor, sheet):
    said, _ = run(sheet(csv_file(row(1), row(2))))
    of = Import.objects.get()
    assert said.splitlines() == [
        "2 rows: 2 new, 0 already there, 0 conflicting, 0 refused.",
        "Made new: 2 documents, 1 speakers, 1 outlets, 1 topics.",
        f"Import {of.pk}: 2 drafts. Undo it with --undo {of.pk}.",
    ]
    assert Statement.objects.drafts().count() == 2
    said, _ = run(undo=of.pk, reason="The wrong file")
    assert said == f"Import {of.pk} is undone: 0 retracted, 2 discarded, 0 left.\n"
    assert not Statement.objects.exists()


def test_a_file_is_published_where_that_is_asked_for(editor, sheet):
    run(sheet(csv_file(row(1))), "--publish")
    assert Statement.objects.published().count() == 1


def test_a_dry_run_keeps_nothing(editor, sheet, media):
    said, _ = run(sheet(csv_file(row(1))), "--dry-run")
    assert "1 new" in said
    assert not Import.objects.exists()
    assert not Statement.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_rows_that_were_refused_end_it_with_3_and_stop_no_others(editor, sheet, options):
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 rows were refused") as ended:
        call_command(
            "import_statements", str(sheet(csv_file(row(1), row(2, said="soon")))), *options, stdout=out, stderr=out
        )
    assert ended.value.returncode == 3
    assert "Row 3, said: refused. “soon” is not a date" in out.getvalue()
    assert Statement.objects.count() == (0 if options else 1)


def test_an_import_that_was_stopped_is_gone_on_with(editor, sheet):
    path = sheet(csv_file(row(1), row(2)))
    with path.open("rb") as file:
        of = beginning.begin(file, "rows.csv", editor=editor)
    opened, rows = beginning.preview(of)
    beginning.try_out(of, beginning.suggested(of, opened.heads, rows), ask=False)
    Import.objects.update(state="running", rows=2, cursor=1, publish=True)
    said, _ = run(path)
    assert f"Going on with import {of.pk}, at row 1 of 2." in said
    assert f"Import {of.pk}: 1 published." in said


def test_the_columns_come_from_a_template_or_a_file(editor, sheet):
    data = csv_file({"Zitat": "Ja.", "Wer": "Olaf Scholz"})
    columns = ColumnMap(
        {"words": "Zitat", "speaker": "Wer"},
        {"language": "de", "outlet": "ARD", "document_published": "2022"},
        "direct",
    )
    beginning.save_template(editor, "Blatt", columns)
    assert "1 new" in run(sheet(data), "--dry-run", "--template", "Blatt")[0]
    written = sheet(json.dumps(columns.as_json()).encode(), "columns.json")
    run(sheet(data), "--mapping", written)
    assert Statement.objects.get().words == "“Ja.”"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "Name a file to import"),
        (("rows.csv", "--undo", "1"), "Name a file to import"),
        (("nowhere.csv",), "No such file"),
        (("--undo", "12345"), "There is no import 12345"),
        (("rows.csv", "--editor", "nobody"), "There is no account “nobody”"),
        (("rows.csv", "--template", "None"), "keeps no template “None”, but none"),
        (("rows.csv", "--mapping", "rows.csv"), "is no JSON"),
        (("empty.csv",), "There is nothing in it"),
        (("bare.csv",), "Nothing tells: Published, Language, Outlet or web address"),
    ],
)
def test_what_cannot_be_done_says_so_and_leaves_nothing(editor, sheet, monkeypatch, arguments, why):
    monkeypatch.chdir(sheet(csv_file(row(1))).parent)
    sheet(b"", "empty.csv")
    sheet(b"words,speaker\na,b\n", "bare.csv")
    with pytest.raises(CommandError, match=why) as ended:
        run(*arguments)
    assert ended.value.returncode == 1
    assert not Import.objects.exists()


def test_it_takes_the_right_to_publish(sheet):
    made = factories.editor()
    with pytest.raises(CommandError, match="may not publish"):
        run(sheet(csv_file(row(1))), "--publish", "--editor", made.username)


def test_an_import_is_undone_once_and_for_a_reason(editor, sheet):
    run(sheet(csv_file(row(1))), "--publish")
    of = Import.objects.get()
    with pytest.raises(CommandError, match="Say why"):
        run(undo=of.pk)
    run(undo=of.pk, reason="The wrong file")
    with pytest.raises(CommandError, match="only once"):
        run(undo=of.pk, reason="Again")
