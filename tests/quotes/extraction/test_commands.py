import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

TEXT = "“The harbour will be open again by the spring,” said Marta Oliveira.\r\nThe harbour is forty metres deep.\r\n"


def run(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "harbour.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_extract_prints_one_json_object_a_file(article):
    lines = run("extract", article, article, jsonl=True).splitlines()
    assert [json.loads(line)["file"] for line in lines] == ["harbour.txt", "harbour.txt"]


def test_ranges_count_in_the_file_as_it_is_on_disk(article):
    (found,) = json.loads(run("extract", article, jsonl=True))["attributions"]
    ((start, end),) = found["content"]
    assert article.read_bytes().decode()[start:end] == "“The harbour will be open again by the spring,”"
    assert {"source", "cue", "content", "confidence"} <= found.keys()


def test_without_jsonl_a_person_can_read_it(article):
    printed = run("extract", article)
    assert printed.startswith("harbour.txt: 1 attribution\n")
    assert "Marta Oliveira | said" in printed
    assert "“The harbour will be open again by the spring,”" in printed


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.txt can't be read"):
        run("extract", tmp_path / "nowhere.txt")


def test_a_file_that_is_not_text_is_named(tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(CommandError, match="isn't text in UTF-8"):
        run("extract", tmp_path / "picture.png")


def test_one_bad_file_stops_none_of_the_rest(article, tmp_path):
    out = StringIO()
    with pytest.raises(CommandError, match=r"nowhere\.txt can't be read"):
        call_command("extract", tmp_path / "nowhere.txt", article, jsonl=True, stdout=out)
    assert json.loads(out.getvalue())["file"] == "harbour.txt"


def test_an_empty_file_has_no_attributions(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    assert json.loads(run("extract", tmp_path / "empty.txt", jsonl=True)) == {"file": "empty.txt", "attributions": []}


def test_a_folder_without_a_model_is_named(article, tmp_path):
    with pytest.raises(CommandError, match=r"model\.json"):
        run("extract", article, model=tmp_path)


def test_the_setting_names_the_model(article, tmp_path, settings):
    settings.EXTRACTOR_MODEL = tmp_path
    with pytest.raises(CommandError, match=str(tmp_path)):
        run("extract", article)
