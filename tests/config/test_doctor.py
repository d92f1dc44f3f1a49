"""`manage.py doctor`: nothing to say of what is well, and of what isn't, what to do."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config import doctor, preflight, probes
from tests import factories

pytestmark = pytest.mark.django_db
KEY = "q8Zr1-tW5yBn7mKd3_fHs9LxVc2PgJ4uEa6TiRoNwQbXzYjMkC"


@pytest.fixture
def well(settings, tmp_path, monkeypatch):
    """A deployment of which nothing is to be said."""
    settings.DEBUG = False
    settings.SECRET_KEY = KEY
    settings.ALLOWED_HOSTS, settings.SITE_URL, settings.HTTPS = ["record.example"], "https://record.example", True
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS, settings.TRUSTED_PROXY_COUNT = 3600, 1
    settings.CONTACT_EMAIL, settings.ADMIN, settings.TASK_WORKER = "desk@record.example", False, True
    settings.SECOND_FACTOR = "publishers"
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.BACKUP_DIR, settings.BACKUP_KEY = tmp_path / "backups", "a key"
    manifest = settings.BACKUP_DIR / "newest" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text(json.dumps({"made_at": timezone.now().isoformat()}))
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")
    # A test's own server is set up to be fast, and its connection is older than what the database was told.
    look, ours = doctor._look_at_server, ("fsync", "jit")
    monkeypatch.setattr(
        doctor, "_look_at_server", lambda: (one for one in look() if not any(n in one.told for n in ours))
    )
    factories.editor()
    return settings


def examined(*arguments):
    """What it prints, and the status it ends with."""
    out, status = StringIO(), 0
    try:
        call_command("doctor", *arguments, stdout=out)
    except SystemExit as end:
        status = end.code
    return out.getvalue(), status


def test_of_what_is_well_there_is_nothing_to_say(well):
    out, status = examined("--strict")
    assert status == 0, out
    assert [line.split()[0] for line in out.splitlines()] == ["well"] * 13


def let_wait(_settings, _patch):
    task = DBTaskResult.objects.create(
        task_path="quotes.tasks.read_arrival",
        args_kwargs={"args": [1], "kwargs": {}},
        backend_name="default",
        run_after=timezone.now(),
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - dt.timedelta(hours=1))


def wait_for_the_log(_settings, patch):
    factories.publish()
    patch.setattr(probes, "LONGEST_OUTSIDE", dt.timedelta(0))


def put(**values):
    def change(settings, _patch):
        for name, value in values.items():
            setattr(settings, name, value)

    return change


def open_to_all(settings, _patch):
    key = settings.VAR_DIR / "secret-key"
    key.write_text(KEY)
    key.chmod(0o644)


def forgetful(settings, patch):
    settings.CACHE_URL = "redis://x"
    patch.setattr(cache, "get", lambda _key: None)


def within_static(settings, _patch):
    settings.MEDIA_ROOT = settings.STATIC_ROOT / "media"


def backed_up(told):
    def change(settings, _patch):
        (settings.BACKUP_DIR / "newest" / "manifest.json").write_text(told)

    return change


FAULTS = {
    "debugging": (put(DEBUG=True), "DEBUG is on", "Serve with DEBUG=false"),
    "cookies in the clear": (put(SESSION_COOKIE_SECURE=False), "security.W012", ""),
    "a poor key": (put(SECRET_KEY="ab" * 30), "can be guessed", "secrets.token_urlsafe"),
    "a key for all to read": (open_to_all, "others may read", "chmod 600"),
    "migrations": (
        lambda _settings, patch: patch.setattr(MigrationRecorder, "applied_migrations", lambda _self: {}),
        "migrations wait",
        "manage.py migrate",
    ),
    "no index": (
        lambda _settings, patch: patch.setattr(preflight, "unindexed", lambda _connection: "not in the index"),
        "not in the index",
        "manage.py reindex",
    ),
    "no worker": (let_wait, "1 task has waited longer than ten minutes", "manage.py db_worker"),
    "no checkpoint": (wait_for_the_log, "an hour for a checkpoint", "manage.py checkpoint"),
    "no room": (lambda _settings, patch: patch.setattr(probes, "ROOM", 2**62), "are left on the disk", "Make room"),
    "a folder for all to write": (lambda s, _patch: s.VAR_DIR.chmod(0o777), "anybody may write to", "chmod o-w"),
    "static files": (
        lambda s, _patch: (s.STATIC_ROOT / "staticfiles.json").unlink(),
        "aren't collected",
        "manage.py collectstatic",
    ),
    "originals in public": (
        within_static,
        "served to everybody",
        "Move it",
    ),
    "a cache that forgets": (
        forgetful,
        "doesn't keep",
        "Check that it runs",
    ),
    "a proxy that isn't counted": (put(TRUSTED_PROXY_COUNT=0), "TRUSTED_PROXY_COUNT is 0", "Set it to the number"),
}
WARNINGS = {
    "no contact": (put(CONTACT_EMAIL=""), "CONTACT_EMAIL is empty", "Set it"),
    "an open admin": (put(ADMIN=True), "/admin/ is open", "Switch it off"),
    "a password alone": (put(SECOND_FACTOR="none"), "SECOND_FACTOR is none", "Set it to publishers"),
    "no TLS": (put(HTTPS=False, SITE_URL="http://record.example"), "in the clear", "https://"),
    "tasks that requests wait for": (put(TASK_WORKER=False), "waits for it", "Run a worker"),
    "counts apart": (put(WORKERS=2), "each for itself", "a Redis or a Valkey"),
    "no place for backups": (put(BACKUP_DIR=None), "nobody here knows of a backup", "onrecord-backup.timer"),
    "no backup": (backed_up("{}"), "there is none in", "manage.py backup"),
    "no backup of late": (backed_up('{"made_at": "2024-01-01T00:00:00+00:00"}'), "days old", "manage.py backup"),
    "backups in the clear": (put(BACKUP_KEY=""), "who can read a backup", "keep it elsewhere"),
    "a short token": (put(METRICS_TOKEN="short"), "METRICS_TOKEN is short", "random characters"),
    "a door past the proxy": (put(BIND_ADDRESS="0.0.0.0"), "past the proxy", "firewall"),  # noqa: S104 - what is told
    "nobody": (lambda _s, _patch: type(factories.editor()).objects.all().delete(), "no account", "make_editor"),
}


@pytest.mark.parametrize(("breaking", "told", "to_do"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_what_to_do_and_ends_with_one(well, monkeypatch, breaking, told, to_do):
    breaking(well, monkeypatch)
    out, status = examined()
    assert status == 1 or "security.W" in told
    assert told in out
    assert to_do in out


@pytest.mark.parametrize(("breaking", "told", "to_do"), WARNINGS.values(), ids=WARNINGS.keys())
def test_what_should_be_looked_at_ends_with_one_where_that_is_asked(well, monkeypatch, breaking, told, to_do):
    breaking(well, monkeypatch)
    out, status = examined()
    assert status == 0, out
    assert told in out
    assert to_do in out
    assert examined("--strict")[1] == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connections to run out of")
def test_more_connections_than_the_server_takes_are_foreseen(well):
    well.WORKERS, well.DATABASE_POOL_SIZE, well.CACHE_URL = 1000, 8, ""
    out, status = examined()
    assert status == 1
    assert "1000 processes may open 8000 connections" in out
    well.WORKERS, well.DATABASE_POOL_SIZE = 1, 2
    assert "threads wait for each other" in examined()[0]


def test_without_a_database_the_rest_is_still_looked_at(well, monkeypatch):
    def away(*_arguments, **_more):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", away)
    out, status = examined()
    assert status == 1
    assert "MEND  database: no database answers" in out
    assert "well  disk" in out
    assert "accounts" not in out
