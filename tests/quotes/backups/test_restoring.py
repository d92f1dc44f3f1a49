"""Backups of records that are written to, restored elsewhere and in their place: the drill, and what can go wrong."""

import base64
import json
import os
import shutil
import subprocess
import sys
from secrets import token_hex
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.config.site import ROOT, Visitor
from tests.quotes.backups.apart import drop, maintain

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KEY, OTHER = (base64.b64encode(letter * 32).decode() for letter in (b"k", b"o"))


def well(done):
    assert done.status == 0, done.err
    return done.out


def refused(done, *words):
    assert done.status == 1, done.out
    for one in words:
        assert one in done.err, done.err


def test_a_record_that_is_written_to_is_backed_up_and_restored_elsewhere_as_of_one_moment(apart):
    site = apart("site", BACKUP_KEY=KEY)
    site.fill("Words to keep")
    with site.publishing() as publisher:
        publisher.goes_on(5)
        well(site.run("backup"))
        publisher.goes_on(5)
    well(site.run("checkpoint"))
    well(site.run("verify_backup", "--restore"))
    other = apart("other", is_migrated=False, BACKUP_KEY=KEY, SITE_URL=site.address)
    assert "as they were" in well(other.run("restore", site.backups[0]))
    was, now = site.told(), other.told()
    assert statements(was) >= statements(now) + 5
    assert len(now["answers"]) > 20
    # What was logged before the backup has the same proofs; the rest got its place later.
    there = {path: answer for path, answer in now["answers"].items() if not path.endswith("/proof")}
    assert there == {path: was["answers"][path] for path in there}
    assert now["files"] == was["files"]
    assert len(now["files"]) == 2
    assert "is what was logged" in well(other.run("verify_log", "--key", key_of(site)))
    assert "is what was logged" in well(site.run("verify_log"))


def statements(told):
    return int(told["tables"]["quotes_statement"].split()[0])


def key_of(site):
    page = subprocess.run(
        [
            sys.executable,
            "manage.py",
            "shell",
            "-c",
            "from quotes.sealing.keys import own_key; print(own_key().written)",
        ],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=site.environment,
    )
    return page.stdout.strip().splitlines()[-1]


def test_a_record_that_is_restored_in_its_place_is_what_it_was_and_the_other_is_kept(apart):
    site = apart("site")
    site.fill("Words to keep")
    before = site.told()
    well(site.run("backup"))
    site.fill("Words that came later")
    (kept,) = (site.media / "originals" / "ab").glob("page.html")
    kept.write_text("another file in its place")
    refused(site.run("restore"), "isn't empty", "--replace")
    refused(site.run("restore", "--replace"), "give --noinput")
    told = well(site.run("restore", "--replace", "--noinput"))
    assert "The former record is kept as" in told
    assert "the later ones were public" in told
    assert site.told() == before
    assert "some were taken away" in site.run("verify_log").out
    (aside,) = site.media.glob(".before-*/originals/ab/page.html")
    assert aside.read_text() == "another file in its place"


def test_a_record_that_is_served_is_not_replaced_and_no_copy_of_a_page_counts_afterwards(apart):
    site = apart("site")
    pid, _ = site.fill("Words to keep")
    well(site.run("backup"))
    well(site.run("collectstatic", "--noinput", "--verbosity=0", "--ignore=redoc", "--ignore=swagger-ui*"))
    with site.served():
        was = epoch(site)
        assert Visitor(site.address).get(f"/q/{pid}").status == 200
        refused(site.run("restore", "--replace", "--noinput"), "stop the site")
        assert Visitor(site.address).get(f"/q/{pid}").status == 200
        assert epoch(site) == was
    well(site.run("restore", "--replace", "--noinput"))
    with site.served():
        assert Visitor(site.address).get(f"/q/{pid}").status == 200
        assert epoch(site) != was


def epoch(site):
    lines = Visitor(site.address).get("/metrics").text.splitlines()
    return next(line for line in lines if line.startswith("onrecord_epoch "))


def test_what_was_removed_since_is_removed_again_and_named(apart):
    site = apart("site")
    pid, kept = site.fill("Words that a court took away")
    well(site.run("backup"))
    remove = (
        "from quotes import record; from quotes.models import Statement; from django.contrib.auth.models import User;"
        f"record.remove(Statement.objects.get(pid='{pid}'), editor=User.objects.first(),"
        "reason_code='court', reason='An order')"
    )
    well(site.run("shell", "-c", remove))
    told = well(site.run("restore", "--replace", "--noinput"))
    assert f"Removed again, as they were since: {pid}." in told
    answers = site.told()["answers"]
    assert answers[f"/q/{pid}"].startswith("410")
    assert answers[f"/q/{kept}"].startswith("200")
    # The page that was brought held the words: its file went with them.
    assert not (site.media / "originals" / "ab" / "page.html").exists()
    # A list that was saved elsewhere does for a record that is lost.
    listed = site.folder / "saved.jsonl"
    well(site.run("removals", listed))
    elsewhere = apart("elsewhere", is_migrated=False)
    assert f"Removed again, as they were since: {pid}." in well(
        elsewhere.run("restore", site.backups[0], "--removals", listed)
    )
    assert elsewhere.told()["answers"][f"/q/{pid}"].startswith("410")


def test_a_backup_is_picked_by_time(apart):
    site = apart("site")
    for day, words in ((1, "Words of the first"), (2, "Words of the second")):
        site.fill(words)
        well(site.run("backup"))
        told_at(site.backups[-1], site.shelf / f"2026-11-0{day}", f"2026-11-0{day}T03:00:00+00:00")
    listed = well(site.run("restore", "--list")).splitlines()
    assert [line.split()[0] for line in listed] == ["2026-11-02", "2026-11-01"]
    refused(site.run("restore", "--as-of", "2026-10-31"), "holds no backup of 2026-10-31")
    other = apart("other", is_migrated=False, SITE_URL=site.address)
    assert "as of 2026-11-01T03:00:00" in well(other.run("restore", "--as-of", "2026-11-02T02:59"))
    assert "as of 2026-11-02T03:00:00" in well(other.run("restore", "--as-of", "2026-11-02", "--replace", "--noinput"))


def told_at(folder, name, made_at):
    changed(folder, made_at=made_at)
    folder.rename(name)


def changed(folder, **fields):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, **fields}))


def test_a_restore_that_fails_leaves_what_was_there(apart):
    site = apart("site")
    site.fill("Words to keep")
    well(site.run("backup"))
    before = site.told()
    (folder,) = site.backups
    manifest = json.loads((folder / "manifest.json").read_text())
    database, media = (folder / part["name"] for part in manifest["parts"])
    whole = {path: path.read_bytes() for path in (database, media)}

    def broken(path, content, *words):
        path.write_bytes(content)
        for command in (["restore", "--replace", "--noinput"], ["verify_backup", "--restore"]):
            refused(site.run(*command), *words)
        path.write_bytes(whole[path])

    middle = len(whole[database]) // 2
    broken(database, whole[database][:middle], "database.")
    broken(database, whole[database][:-1] + b"x", "database.")
    broken(media, whole[media][:-30], "media.tar.gz")
    media.unlink()
    refused(site.run("restore", "--replace", "--noinput"), "media.tar.gz is missing")
    media.write_bytes(whole[media])
    changed(folder, rows={**manifest["rows"], "quotes_statement": 100})
    refused(site.run("restore", "--replace", "--noinput"), "quotes_statement has 2 rows, and the manifest says 100")
    changed(folder, rows=manifest["rows"], log={**manifest["log"], "root": "00" * 32})
    refused(site.run("restore", "--replace", "--noinput"), "The log isn't the one")
    changed(folder, log=manifest["log"])
    assert site.told() == before
    assert not [path for path in site.media.iterdir() if path.name.startswith(".")]
    well(site.run("restore", "--replace", "--noinput"))


def test_what_is_sealed_is_opened_by_its_own_key_alone(apart, tmp_path):
    site = apart("site", BACKUP_KEY=KEY)
    site.fill("Words to keep")
    well(site.run("backup"))
    refused(site.run("verify_backup", BACKUP_KEY=""), "is sealed: set BACKUP_KEY")
    refused(site.run("restore", "--replace", "--noinput", BACKUP_KEY=OTHER), "was sealed with the key", "--key")
    (folder,) = site.backups
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o077 == 0
        assert b"Words to keep" not in path.read_bytes()
    (tmp_path / "former").write_text(f"{KEY}\n")
    well(site.run("verify_backup", "--key", tmp_path / "former", BACKUP_KEY=OTHER))
    part = next(folder.glob("database.*"))
    part.write_bytes(part.read_bytes()[:-20])
    refused(site.run("verify_backup"), "was changed or cut short")
    changed(folder, site="https://elsewhere.example")
    refused(site.run("verify_backup"), "manifest.json was changed")


def test_a_backup_of_a_later_release_or_of_the_other_database_is_refused(apart):
    site = apart("site")
    well(site.run("backup"))
    (folder,) = site.backups
    manifest = json.loads((folder / "manifest.json").read_text())
    changed(folder, release="9.0.0", migrations=[*manifest["migrations"], "quotes.0999_later"])
    refused(site.run("restore"), "is of a later release (9.0.0", "knows no quotes.0999_later", "install that one")
    others = {"sqlite": ("postgresql", "database.pgdump"), "postgresql": ("sqlite", "database.sqlite3.gz")}
    engine, name = others[connection.vendor]
    parts = [{**manifest["parts"][0], "name": name}, manifest["parts"][1]]
    changed(folder, migrations=manifest["migrations"], engine=engine, engine_version="Another 1", parts=parts)
    refused(site.run("restore"), "is of Another 1, and DATABASE_URL names", "manage.py dump and load")


def test_a_record_that_is_not_what_was_logged_is_restored_on_purpose_alone(apart):
    site = apart("site")
    site.fill("Words to keep")
    tamper = "from quotes.models import Act; Act.objects.filter(verb='correct').update(reason='Another reason')"
    well(site.run("shell", "-c", tamper))
    well(site.run("backup"))
    other = apart("other", is_migrated=False)
    refused(other.run("restore", site.backups[0]), "isn't what was logged")
    refused(site.run("verify_backup", "--restore"), "isn't what was logged")
    told = well(other.run("restore", site.backups[0], "--despite-findings"))
    assert "isn’t what was logged" in told


def test_a_backup_can_be_restored_into_a_database_that_is_not_put_to_use(apart, new_address, tmp_path):
    site = apart("site")
    site.fill("Words to keep")
    well(site.run("backup"))
    before = site.told()
    address = new_address("elsewhere")
    refused(site.run("restore", "--into", address), "--media")
    well(site.run("restore", "--into", address, "--media", tmp_path / "files"))
    assert site.told() == before
    site.environment |= {"DATABASE_URL": address, "MEDIA_DIR": str(tmp_path / "files")}
    assert site.told() == before
    refused(site.run("restore", "--into", address, "--media", tmp_path / "files"), "--into")


def test_a_database_that_cant_be_read_is_replaced(apart):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's server answers for its files")
    site = apart("site")
    site.fill("Words to keep")
    well(site.run("backup"))
    before = site.told()
    path = site.folder.parent / "site.sqlite3"
    path.write_bytes(b"no database any more" * 1000)
    refused(site.run("restore"), "--replace")
    well(site.run("restore", "--replace", "--noinput"))
    assert site.told() == before
    (aside,) = path.parent.glob("site.sqlite3.before-*")
    assert aside.read_bytes().startswith(b"no database")


def test_a_role_that_may_make_no_database_is_told_what_to_do(apart, new_address):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles")
    site, address = apart("site"), new_address("poor")
    well(site.run("backup"))
    poor, parts = f"apart_{token_hex(4)}", urlsplit(address)
    name = parts.path.removeprefix("/")
    maintain(f"CREATE ROLE {poor} LOGIN")
    try:
        maintain(f"ALTER DATABASE {name} OWNER TO {poor}")
        theirs = parts._replace(netloc=f"{poor}@{parts.netloc.rpartition('@')[2]}").geturl()
        refused(site.run("restore", DATABASE_URL=theirs), f"ALTER ROLE {poor} CREATEDB", "--into")
    finally:
        drop(name)
        maintain(f"DROP ROLE {poor}")


def test_pg_dump_that_is_missing_or_too_old_is_asked_for(apart, tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite needs no program")
    site = apart("site")
    code = (
        "import pathlib; from django.core.management import call_command; from quotes.backups import postgres;"
        "postgres._DEBIAN = pathlib.Path('/nowhere'); call_command('backup')"
    )
    refused(site.run("shell", "-c", code, PATH=str(tmp_path)), "pg_dump isn't here: apt-get install postgresql-client-")
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n")
    old.chmod(0o755)
    refused(site.run("shell", "-c", code, PATH=f"{tmp_path}:{os.environ['PATH']}"), "is of PostgreSQL 9 and the server")
    shutil.rmtree(site.shelf, ignore_errors=True)
