"""`manage.py backup`: all of one moment, files included, in a folder that is there whole or not at all."""

import errno
import fcntl
import gzip
import hashlib
import json
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from quotes.backups import media, parts, write
from quotes.backups.manifest import backups_in, chosen, read_backup
from quotes.dumping import removals
from quotes.models import Statement
from sources.models import Snapshot
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.VAR_DIR, settings.MEDIA_ROOT, settings.BACKUP_KEY = tmp_path / "var", tmp_path / "media", ""
    settings.BACKUP_DIR = tmp_path / "shelf"
    settings.VAR_DIR.mkdir()
    return settings.BACKUP_DIR


def backed_up(*arguments, **options):
    out = StringIO()
    call_command("backup", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def with_file(name="ab/page.html", content=b"a page"):
    kept = factories.snapshot(f"Macron said {name}")
    kept.original.save(name, ContentFile(content))
    return kept


def packed(backup):
    """The names of the files in a backup that isn't sealed."""
    with tarfile.open(backup.folder / backup.manifest.media.name) as tar:
        return tar.getnames()


def rows(backup, tmp_path):
    """What a backup that isn't sealed holds of the statements' ids."""
    path = backup.folder / backup.manifest.database.name
    if connection.vendor == "postgresql":
        command = ["pg_restore", "--data-only", "--table=quotes_statement", "--file=-", str(path)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
    (tmp_path / "copy").write_bytes(gzip.decompress(path.read_bytes()))
    with closing(sqlite3.connect(tmp_path / "copy")) as opened:
        return " ".join(pid for (pid,) in opened.execute("SELECT pid FROM quotes_statement"))


def left_over(shelf):
    return [path.name for path in shelf.iterdir()] if shelf.exists() else []


def test_a_backup_holds_the_database_and_its_files_and_says_what_it_is(shelf, settings, tmp_path):
    statement = factories.publish()
    kept = with_file()
    (settings.MEDIA_ROOT / "originals" / "nobodys").write_text("no row names it")
    assert "Backed up 1 statements and 1 files to" in backed_up()
    [backup] = backups_in(shelf)
    assert packed(backup) == [kept.original.name]
    assert statement.pid in rows(backup, tmp_path)
    told = backup.manifest
    assert told.rows["quotes_statement"] == 1
    assert told.release == settings.VERSION
    assert told.engine == connection.vendor
    assert "quotes.0001_the_record" in told.migrations
    for part in told.parts:
        content = (backup.folder / part.name).read_bytes()
        assert (part.sha256, part.bytes) == (hashlib.sha256(content).hexdigest(), len(content))
    assert {path.stat().st_mode & 0o777 for path in backup.folder.iterdir()} == {0o600}
    assert backup.folder.stat().st_mode & 0o777 == 0o700
    assert not (settings.VAR_DIR / "backup-scratch").exists()


@pytest.mark.slow
def test_it_tells_how_far_the_log_had_come(shelf):
    factories.publish()
    call_command("checkpoint", stdout=StringIO())
    backed_up()
    log = backups_in(shelf)[0].manifest.log
    assert log.size == 2
    assert log.checkpoint.splitlines()[1] == "2"


def test_what_is_written_after_its_moment_is_in_no_backup(shelf, tmp_path, monkeypatch):
    factories.publish()
    copy = write.ENGINES[connection.vendor].copy

    def meanwhile(*arguments):
        # Another connection, while this one's transaction goes on: as any process of the site writes.
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("UPDATE quotes_statement SET pid = 'AAAAAAAAAA'")
        other.close()
        copy(*arguments)

    monkeypatch.setattr(write.ENGINES[connection.vendor], "copy", meanwhile)
    backed_up()
    assert Statement.objects.get().pid == "AAAAAAAAAA"
    assert "AAAAAAAAAA" not in rows(backups_in(shelf)[0], tmp_path)


def test_a_file_that_is_deleted_meanwhile_is_in_it_or_isnt_named(shelf, monkeypatch):
    early, late = with_file("ab/early.html"), with_file("ab/late.html")
    take, moment = media.Packing.take, write.one_moment

    def taken(self, name):
        # The late one came when most files had been taken in, and went before its turn.
        return take(self, name) if deleted or name != late.original.name else True

    deleted = []

    def at_last():
        if not deleted:
            deleted.append(late.original.name)
            for one in (early, late):
                one.original.storage.delete(one.original.name)
            Snapshot.objects.filter(pk=late.pk).update(original="")
        return moment()

    monkeypatch.setattr(media.Packing, "take", taken)
    monkeypatch.setattr(write, "one_moment", at_last)
    backed_up()
    [backup] = backups_in(shelf)
    assert packed(backup) == [early.original.name]
    assert backup.manifest.missing == []


def test_a_file_that_is_named_between_two_looks_and_gone_at_the_second_takes_another_moment(shelf, monkeypatch):
    kept = with_file()
    path = kept.original.path
    named = media.named
    looks = []

    def look():
        looks.append(1)
        found = list(named())
        if len(looks) == 2:
            # Deleted by somebody else right after this moment began.
            kept.original.storage.delete(kept.original.name)
            other = connection.copy()
            with other.cursor() as cursor:
                cursor.execute("UPDATE sources_snapshot SET original = ''")
            other.close()
        return found if len(looks) != 1 else []

    monkeypatch.setattr(media, "named", look)
    backed_up()
    assert backups_in(shelf)[0].manifest.missing == []
    assert not packed(backups_in(shelf)[0])
    assert path


def test_files_that_are_missing_are_named_and_no_older_backup_is_deleted(shelf):
    kept = with_file()
    backed_up(keep=1)
    kept.original.storage.delete(kept.original.name)
    with pytest.raises(CommandError, match="names 1 files that aren't in MEDIA_DIR: originals/ab/page"):
        backed_up(keep=1)
    newer, older = backups_in(shelf)
    assert newer.manifest.missing == [kept.original.name]
    assert packed(older) == [kept.original.name]


@pytest.mark.slow
def test_old_ones_go_when_a_new_one_is_there(shelf):
    for _ in range(3):
        backed_up()
    (shelf / "notes").mkdir()
    oldest_first = [one.folder.name for one in backups_in(shelf)][::-1]
    assert len(set(oldest_first)) == 3
    for number, name in enumerate(oldest_first):
        path = shelf / name / "manifest.json"
        manifest = json.loads(path.read_text())
        path.write_text(json.dumps({**manifest, "made_at": f"2024-01-0{number + 1}T00:00:00+00:00"}))
    told = backed_up(keep=2)
    assert told.count("Deleted") == 2
    assert len(backups_in(shelf)) == 2
    assert (shelf / "notes").is_dir()
    with pytest.raises(CommandError, match="--keep"):
        backed_up(keep=0)


def full(monkeypatch, after):
    """Let the disk of backups be full after so many bytes."""
    write_on = parts.Hashed.write

    def written(self, data):
        if self.size + len(data) > after:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_on(self, data)

    monkeypatch.setattr(parts.Hashed, "write", written)


@pytest.mark.parametrize("key", ["", "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="], ids=["plain", "sealed"])
def test_a_full_disk_leaves_nothing_that_looks_like_a_backup(shelf, settings, monkeypatch, key):
    factories.publish()
    settings.BACKUP_KEY = key
    full(monkeypatch, after=1000)
    with pytest.raises(CommandError, match="No space left on device"):
        backed_up()
    assert left_over(shelf) == []
    assert not (settings.VAR_DIR / "backup-scratch").exists()
    monkeypatch.undo()
    backed_up()
    assert len(backups_in(shelf)) == 1


def test_a_folder_that_cant_be_written_to_is_named(shelf):
    shelf.write_text("no folder")
    with pytest.raises(CommandError, match=f"No backup was made: .*{shelf}"):
        backed_up()


def test_an_interrupted_backup_leaves_nothing(shelf, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(write, "_told", interrupted)
    with pytest.raises(KeyboardInterrupt):
        backed_up()
    assert left_over(shelf) == []


def test_one_is_made_at_a_time(settings):
    with (settings.VAR_DIR / "backup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="under way already"):
            backed_up()


@pytest.mark.slow
def test_what_a_killed_one_left_goes_with_the_next_but_not_what_may_still_grow(shelf, settings, monkeypatch):
    (settings.VAR_DIR / "backup-scratch").mkdir()
    (settings.VAR_DIR / "backup-scratch" / "copy.sqlite3").write_text("half")
    (shelf / ".growing-x").mkdir(parents=True)
    backed_up()
    assert ".growing-x" in left_over(shelf)
    monkeypatch.setattr(write, "_STALE", -1)
    backed_up()
    assert ".growing-x" not in left_over(shelf)


@pytest.mark.slow
def test_a_backup_needs_a_place(settings, tmp_path):
    settings.BACKUP_DIR = None
    with pytest.raises(CommandError, match="set BACKUP_DIR"):
        backed_up()
    with pytest.raises(CommandError, match="Set BACKUP_DIR"):
        call_command("restore", "--list")
    backed_up(tmp_path / "other" / "place")
    assert len(backups_in(tmp_path / "other" / "place")) == 1


@pytest.mark.slow
def test_the_list_of_removals_lies_beside(shelf):
    from quotes import record  # noqa: PLC0415

    statement = factories.publish()
    record.remove(statement, editor=factories.publisher(), reason_code="law", reason="A law")
    backed_up()
    [told] = removals.read(shelf / removals.NAME)
    assert told.id == statement.pid


def test_what_is_sealed_tells_nothing_of_what_it_holds(shelf, settings):
    settings.BACKUP_KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
    factories.publish("“A secret until it is published.”")
    with_file(content=b"a secret page")
    assert "sealed with the key" in backed_up()
    [backup] = backups_in(shelf)
    for path in backup.folder.iterdir():
        assert b"secret" not in path.read_bytes()
    assert all(part.name.endswith(".sealed") for part in backup.manifest.parts)
    out = StringIO()
    call_command("verify_backup", stdout=out)
    assert "is what was written: 1 statements, 1 files" in out.getvalue()


@pytest.mark.slow
def test_files_that_would_lie_elsewhere_are_refused(shelf, tmp_path):
    with_file()
    backed_up()
    [backup] = backups_in(shelf)
    path = backup.folder / backup.manifest.media.name
    with tarfile.open(path, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo("../outside"))
    manifest = json.loads((backup.folder / "manifest.json").read_text())
    manifest["parts"][1] |= {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
    (backup.folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(CommandError, match="outside', which is no file of MEDIA_DIR"):
        call_command("verify_backup")


@pytest.mark.slow
def test_a_name_or_a_path_picks_one(shelf):
    backed_up()
    [backup] = backups_in(shelf)
    assert chosen(backup.folder.name, shelf) == chosen(str(backup.folder), None) == chosen("", shelf) == backup
    assert read_backup(backup.folder) == backup
