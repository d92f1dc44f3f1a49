"""What a backup says of itself, and which of several is meant."""

import datetime as dt
import json

import pytest

from quotes.backups.errors import BackupFailed, BadBackup
from quotes.backups.keys import setting_key
from quotes.backups.manifest import Log, Manifest, backups_in, chosen, part_names, read_backup
from quotes.backups.parts import Part
from quotes.backups.sealed import fingerprint

KEY, OTHER = b"k" * 32, b"o" * 32


def made(shelf, name="one", key=b"", **fields):
    """A backup's folder, of which the manifest alone is there."""
    names = part_names("sqlite", key)
    told = {
        "made_at": "2026-11-01T03:00:00+00:00",
        "release": "1",
        "site": "https://record.example",
        "engine": "sqlite",
        "engine_version": "SQLite 3",
        "migrations": ["quotes.0001_the_record"],
        "rows": {"quotes_statement": 1},
        "log": Log(1, "00"),
        "files": 0,
        "parts": [Part(one, "00", 1) for one in names],
        "key": fingerprint(key),
    }
    (shelf / name).mkdir()
    (shelf / name / "manifest.json").write_text(Manifest(**{**told, **fields}).written(key))
    return shelf / name


def change(folder, how):
    path = folder / "manifest.json"
    path.write_text(json.dumps(how(json.loads(path.read_text()))))


CHANGES = {
    "a later form": (lambda told: told | {"version": 2}, "is of the form 'on-record-backup', 2"),
    "another form": (lambda told: told | {"format": "other"}, "is of the form 'other'"),
    "more than it may say": (lambda told: told | {"more": 1}, "is no manifest of a backup"),
    "no day": (lambda told: told | {"made_at": "soon"}, "is no manifest of a backup"),
    "no zone": (lambda told: told | {"made_at": "2024-01-01T00:00:00"}, "names no time"),
    "a part less": (lambda told: told | {"parts": told["parts"][:1]}, "other files than a backup has"),
    "a file elsewhere": (
        lambda told: told | {"parts": [{**told["parts"][0], "name": "../secret-key"}, told["parts"][1]]},
        "other files than a backup has",
    ),
    "no object": (lambda _: [], "is no manifest of a backup"),
}


@pytest.mark.parametrize(("how", "words"), CHANGES.values(), ids=CHANGES.keys())
def test_a_manifest_of_something_else_is_refused_and_passed_over_on_the_shelf(tmp_path, how, words):
    folder = made(tmp_path)
    assert read_backup(folder).manifest.statements == 1
    change(folder, how)
    with pytest.raises(BadBackup) as told:
        read_backup(folder)
    assert words in str(told.value)
    assert backups_in(tmp_path) == []


def test_a_folder_that_is_no_backup_is_named(tmp_path):
    with pytest.raises(BadBackup, match="is no backup: it has no manifest"):
        read_backup(tmp_path)


def test_the_newest_is_meant_or_the_newest_that_was_there_at_a_time(tmp_path):
    first = made(tmp_path, "first", made_at="2026-11-01T03:00:00+00:00")
    second = made(tmp_path, "second", made_at="2026-11-02T03:00:00+00:00")
    assert chosen("", tmp_path).folder == second
    assert chosen("", tmp_path, dt.datetime(2026, 11, 2, 2, 59, tzinfo=dt.UTC)).folder == first
    assert chosen("", tmp_path, dt.datetime(2026, 11, 2, 3, 0, tzinfo=dt.UTC)).folder == second
    with pytest.raises(BackupFailed, match="holds no backup of 2026-10-31"):
        chosen("", tmp_path, dt.datetime(2026, 10, 31, tzinfo=dt.UTC))
    with pytest.raises(BackupFailed, match="set BACKUP_DIR"):
        chosen("", None)


def test_a_name_or_a_path_picks_one(tmp_path):
    folder = made(tmp_path, "first")
    made(tmp_path, "second", made_at="2026-11-02T03:00:00+00:00")
    assert chosen("first", tmp_path) == chosen(str(folder), None) == read_backup(folder)


def test_a_sealed_one_wants_its_own_key_and_stands_as_it_was_signed(tmp_path):
    folder = made(tmp_path, key=KEY)
    read_backup(folder).manifest.check(KEY, folder)
    for key, words in ((b"", "is sealed: set BACKUP_KEY"), (OTHER, "was sealed with the key")):
        with pytest.raises(BadBackup, match=words):
            read_backup(folder).manifest.check(key, folder)
    change(folder, lambda told: told | {"site": "https://elsewhere.example"})
    with pytest.raises(BadBackup, match="was changed"):
        read_backup(folder).manifest.check(KEY, folder)


@pytest.mark.parametrize("content", ["", "short", "a2tr", "k" * 100])
def test_a_file_that_holds_no_key_is_refused(tmp_path, content):
    (tmp_path / "key").write_text(content)
    with pytest.raises(BackupFailed, match="key"):
        setting_key(tmp_path / "key")
    with pytest.raises(BackupFailed, match="can't be read as a key"):
        setting_key(tmp_path / "nowhere")
