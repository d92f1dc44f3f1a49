"""What may be wrong with a deployment, each with what to do about it: `manage.py doctor`.

Nothing is changed: what a look would have to write is looked at otherwise. Whoever runs it should be the account that
serves, with the settings that serve.
"""

import json
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, Error, connections

from config import preflight, probes

_OTHERS_MAY_READ = stat.S_IRWXG | stat.S_IRWXO
_CLOCK = 2
_MIN_DIGITS_OF_A_KEY = 20
_DAY = 24 * 60 * 60
_OLDEST_BACKUP = 2 * _DAY


class Grade(IntEnum):
    """How bad it is."""

    WELL, WARNING, FAULT = range(3)


@dataclass(frozen=True)
class Finding:
    """What was looked at, and what was found; `do` says what to do about it."""

    about: str
    grade: Grade
    told: str
    do: str = ""


Findings = Iterator[Finding]


def examine() -> Findings:
    """Look at everything, one thing after the other; what can't be looked at is a fault of its own."""
    has_tables = True
    for about, look in LOOKS.items():
        if about in _IN_TABLES and not has_tables:
            continue
        try:
            found = list(look())
        except Error as error:
            told, do = f"the database failed: {_line(error)}", "Check DATABASE_URL and that the server runs."
            found = [Finding(about, Grade.FAULT, told, do)]
        except OSError as error:
            told, do = _line(error), "Check the folder and whose it is."
            found = [Finding(about, Grade.FAULT, told, do)]
        if about == "migrations" and found:
            has_tables = False
        yield from found or [Finding(about, Grade.WELL, "")]


def _line(error: Exception) -> str:
    return " ".join(str(error).split())


def _look_at_settings() -> Findings:
    if settings.DEBUG:
        yield Finding("settings", Grade.FAULT, "DEBUG is on", "Serve with DEBUG=false: error pages show the code.")
    for message in checks.run_checks(include_deployment_checks=not settings.DEBUG):
        grade = Grade.FAULT if message.is_serious() else Grade.WARNING
        if not message.is_silenced():
            yield Finding("settings", grade, f"{message.id}: {message.msg}", message.hint or "")
    if not settings.HTTPS and not settings.DEBUG:
        told = f"SITE_URL is {settings.SITE_URL}: passwords and cookies travel in the clear"
        yield Finding("settings", Grade.WARNING, told, "Give it https://… and a proxy that ends TLS.")
    if not settings.CONTACT_EMAIL:
        told = "CONTACT_EMAIL is empty: nobody can ask for a correction or a removal by mail"
        yield Finding("settings", Grade.WARNING, told, "Set it; /about/ shows it.")
    if settings.SECOND_FACTOR == "none" and not settings.DEBUG:
        told = "SECOND_FACTOR is none: whoever finds out a publisher’s password can publish"
        yield Finding("settings", Grade.WARNING, told, "Set it to publishers, or to everyone.")
    if settings.ADMIN and not settings.DEBUG:
        told = "ADMIN is on: /admin/ is open to accounts of staff"
        yield Finding("settings", Grade.WARNING, told, "Switch it off when the housekeeping is done.")


def _look_at_secrets() -> Findings:
    if len(set(settings.SECRET_KEY)) < _MIN_DIGITS_OF_A_KEY:
        told = "SECRET_KEY repeats itself: it can be guessed"
        make = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        yield Finding("secrets", Grade.FAULT, told, f"Make one: {make}. It signs everybody out.")
    kept = settings.VAR_DIR / "secret-key"
    if kept.exists() and kept.stat().st_mode & _OTHERS_MAY_READ:
        yield Finding("secrets", Grade.FAULT, f"others may read {kept}", f"chmod 600 {kept}")
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < _MIN_DIGITS_OF_A_KEY:
        told = "METRICS_TOKEN is short"
        yield Finding("secrets", Grade.WARNING, told, f"Give it at least {_MIN_DIGITS_OF_A_KEY} random characters.")


def _look_at_database() -> Findings:
    for check, do in (
        (probes.can_read, "Check DATABASE_URL, and that the server runs."),
        (probes.can_write, "Make room, or let its account write; until then the record can be read only."),
    ):
        try:
            check()
        except probes.NotSo as error:
            yield Finding("database", Grade.FAULT, str(error), do)
            return
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        yield from _look_at_file(Path(str(connection.settings_dict["NAME"])))
    else:
        yield from _look_at_server()


def _look_at_file(file: Path) -> Findings:
    for one in (file, file.parent):
        if one.stat().st_mode & stat.S_IWOTH:
            yield Finding("database", Grade.FAULT, f"anybody may write to {one}", f"chmod o-w {one}")
    if settings.WORKERS > 1:
        told = f"SQLite serves {settings.WORKERS} processes: one of them writes at a time"
        yield Finding("database", Grade.WARNING, told, "Fine for a newsroom; PostgreSQL for several editors at once.")


def _look_at_server() -> Findings:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        names = ("max_connections", "fsync", "jit")
        cursor.execute(f"SELECT {', '.join(f'current_setting({name!r})' for name in names)}, clock_timestamp()")
        most, fsync, jit, now = cursor.fetchone()
    # Commands, this one too, do without the pool that servers have.
    if (needed := settings.WORKERS * settings.DATABASE_POOL_SIZE) > int(most) - 3:
        told = f"{settings.WORKERS} processes may open {needed} connections, and the server takes {most}"
        yield Finding("database", Grade.FAULT, told, "Lower DATABASE_POOL_SIZE or WORKERS, or put pgbouncer in front.")
    if settings.DATABASE_POOL_SIZE < settings.THREADS:
        told = "DATABASE_POOL_SIZE is less than THREADS: threads wait for each other"
        yield Finding("database", Grade.WARNING, told, f"Set it to {settings.THREADS} or more.")
    if fsync != "on":
        told = "the server's fsync is off: a power cut may destroy everything"
        yield Finding("database", Grade.FAULT, told, "Switch it on in postgresql.conf, and restart the server.")
    if jit != "off":
        told = "the server compiles queries (jit), which takes seconds for a list of a large record"
        yield Finding("database", Grade.WARNING, told, "As the database's owner: ALTER DATABASE … SET jit = off.")
    if (off := abs(now.timestamp() - time.time())) > _CLOCK:
        told = f"this machine's clock and the database's differ by {off:.0f} s"
        yield Finding("database", Grade.FAULT, told, "Let both follow a time server (timedatectl set-ntp true).")


def _look_at_migrations() -> Findings:
    try:
        probes.is_migrated()
    except probes.NotSo as error:
        yield Finding("migrations", Grade.FAULT, str(error), "Make a backup, then run manage.py migrate.")


def _look_at_index() -> Findings:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM quotes_reindexing")
        (unfinished,) = cursor.fetchone()
    if unfinished:
        told = "the search index is being made, or its making was interrupted: lists may lack statements"
        yield Finding("search index", Grade.WARNING, told, "Let manage.py reindex come to its end.")
    elif problem := preflight.unindexed(connections[DEFAULT_DB_ALIAS]):
        yield Finding("search index", Grade.FAULT, problem, "Run manage.py reindex.")


def _look_at_worker() -> Findings:
    try:
        probes.is_worked_for()
    except probes.NotSo as error:
        told, do = str(error), "Start one: manage.py db_worker (deploy/onrecord-worker.service)."
        yield Finding("worker", Grade.FAULT, told, do)
    if not settings.TASK_WORKER and not settings.DEBUG:
        told = "TASK_WORKER is off: whoever brings a page or a document waits for it"
        yield Finding("worker", Grade.WARNING, told, "Run a worker, and set TASK_WORKER=true.")


def _look_at_log() -> Findings:
    try:
        probes.is_logged()
    except probes.NotSo as error:
        do = "Let manage.py checkpoint run every minute (deploy/onrecord-checkpoint.timer)."
        yield Finding("log", Grade.FAULT, str(error), do)


def _look_at_disk() -> Findings:
    for name, folder in (("VAR_DIR", settings.VAR_DIR), ("MEDIA_DIR", settings.MEDIA_ROOT)):
        standing = next(path for path in (folder, *folder.parents) if path.exists())
        if not os.access(standing, os.W_OK | os.X_OK):
            told = f"{name} ({folder}) can't be written to by this account"
            yield Finding("disk", Grade.FAULT, told, f"chown -R it to the account that serves, now {os.geteuid()}.")
        elif standing.stat().st_mode & stat.S_IWOTH:
            yield Finding("disk", Grade.FAULT, f"anybody may write to {standing}", f"chmod o-w {standing}")
        if (free := shutil.disk_usage(standing).free) < 5 * probes.ROOM:
            grade = Grade.FAULT if free < probes.ROOM else Grade.WARNING
            told = f"{free // 1024**2} MB are left on the disk of {name}"
            yield Finding("disk", grade, told, "Make room: manage.py prune_db_task_results, older dumps, logs.")
    if settings.MEDIA_ROOT.is_relative_to(settings.STATIC_ROOT):
        told = "MEDIA_DIR lies within the static files: documents' originals are served to everybody"
        yield Finding("disk", Grade.FAULT, told, "Move it out of VAR_DIR/static.")


def _look_at_backups() -> Findings:
    if settings.BACKUP_DIR is None:
        told = "BACKUP_DIR isn't set: nobody here knows of a backup"
        yield Finding("backups", Grade.WARNING, told, "Set it, and enable deploy/onrecord-backup.timer.")
        return
    made = [when for path in settings.BACKUP_DIR.glob("[!.]*/manifest.json") if (when := _made_at(path))]
    age = time.time() - max(made, default=0)
    if age > _OLDEST_BACKUP:
        told = f"the newest is {age / _DAY:.0f} days old" if made else f"there is none in {settings.BACKUP_DIR}"
        do = "Run manage.py backup, and look at deploy/onrecord-backup.timer."
        yield Finding("backups", Grade.WARNING, told, do)
    if not settings.BACKUP_KEY and not settings.DEBUG:
        told = "BACKUP_KEY isn't set: who can read a backup can read accounts and drafts"
        yield Finding("backups", Grade.WARNING, told, "Set it; keep it elsewhere, too: none opens without.")


def _made_at(manifest: Path) -> float | None:
    try:
        return datetime.fromisoformat(json.loads(manifest.read_text())["made_at"]).timestamp()
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _look_at_static_files() -> Findings:
    if problem := preflight.uncollected():
        yield Finding("static files", Grade.FAULT, problem, "Run manage.py collectstatic --noinput.")


def _look_at_cache() -> Findings:
    if not settings.CACHE_URL:
        if settings.WORKERS > 1:
            told = f"no CACHE_URL: {settings.WORKERS} processes count limits and delays each for itself"
            yield Finding("cache", Grade.WARNING, told, "Give them a Redis or a Valkey.")
        return
    asked = os.urandom(8)
    cache.set("doctor", asked, 10)
    if cache.get("doctor") != asked:
        told = "the cache of CACHE_URL doesn't keep what it's given"
        yield Finding("cache", Grade.FAULT, told, "Check that it runs, and the password in the address.")


def _look_at_proxies() -> Findings:
    if settings.HTTPS and not settings.TRUSTED_PROXY_COUNT and settings.BIND_ADDRESS in ("127.0.0.1", "::1"):
        told = "TRUSTED_PROXY_COUNT is 0: behind a proxy every visitor has one address, and one share of every limit"
        yield Finding(
            "proxies", Grade.FAULT, told, "Set it to the number of proxies in front (1 with deploy/nginx.conf)."
        )
    if settings.TRUSTED_PROXY_COUNT and settings.BIND_ADDRESS not in ("127.0.0.1", "::1"):
        told = f"BIND_ADDRESS is {settings.BIND_ADDRESS}: who reaches it past the proxy can forge an address"
        yield Finding("proxies", Grade.WARNING, told, "Let a firewall admit the proxy alone.")


def _look_at_accounts() -> Findings:
    accounts = get_user_model().objects.filter(is_active=True)
    if not accounts.exists():
        yield Finding("accounts", Grade.WARNING, "there is no account", "Make one: manage.py make_editor.")
    if (count := accounts.filter(is_superuser=True).count()) and not settings.DEBUG:
        told = f"{count} account{'s are superusers' if count > 1 else ' is a superuser'}"
        yield Finding("accounts", Grade.WARNING, told, "Take that away where staff status and groups do.")


_IN_TABLES = {"search index", "worker", "log", "accounts"}
LOOKS: dict[str, Callable[[], Findings]] = {
    "settings": _look_at_settings,
    "secrets": _look_at_secrets,
    "database": _look_at_database,
    "migrations": _look_at_migrations,
    "search index": _look_at_index,
    "worker": _look_at_worker,
    "log": _look_at_log,
    "disk": _look_at_disk,
    "backups": _look_at_backups,
    "static files": _look_at_static_files,
    "cache": _look_at_cache,
    "proxies": _look_at_proxies,
    "accounts": _look_at_accounts,
}
