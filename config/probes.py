"""What machines ask of a process: whether it lives, whether it can serve, what it counted.

Answered before everything else: whatever the host's name, without a redirect to HTTPS, unlogged and uncounted, kept by
no cache.
"""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from config import metrics

ROOM = 200 * 1024 * 1024
"""Bytes of disk below which writing may soon fail."""
LONGEST_WAIT = timedelta(minutes=10)
"""How long a task may wait before its worker counts as missing."""
LONGEST_OUTSIDE = timedelta(hours=1)
"""How long a version may wait for its place in the log."""
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


class NotSo(Exception):
    """A check failed; the message is ours, and names no server, file or person."""


@dataclass(frozen=True)
class Check:
    """Something that should hold; where it is `needed`, nothing can be served without it."""

    name: str
    look: Callable[[], None]
    needed: bool

    def made(self) -> dict[str, Any]:
        """What came of it, and how long it took."""
        began, problem = time.perf_counter(), ""
        try:
            self.look()
        except NotSo as error:
            problem = str(error)
        except Error:
            problem = "the database failed"
        except OSError:
            problem = "the disk failed"
        seconds = round(time.perf_counter() - began, 4)
        return {"ok": not problem, "needed": self.needed, "seconds": seconds, **({"says": problem} if problem else {})}


def can_read() -> None:
    """From the primary or, while it is away, from any replica."""
    for alias in (DEFAULT_DB_ALIAS, *settings.REPLICAS):
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
        except Error:
            connections[alias].close()
        else:
            return
    raise NotSo("no database answers")


def can_write() -> None:
    """Whether the database takes changes: reading goes on without."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::bool")
        else:
            # Nothing changes, but a file that can't be written to says so here.
            cursor.execute("PRAGMA query_only")
        (refuses,) = cursor.fetchone()
    if refuses or (connection.vendor == "sqlite" and not _file_is_writable(connection.settings_dict["NAME"])):
        raise NotSo("the database can be read only")


def _file_is_writable(name: str) -> bool:
    with open(name, "r+b"):  # noqa: PTH123 - nothing is written: to open it says whether one may
        return True


def is_migrated() -> None:
    """Whether the database is of this release or a later one."""
    applied = MigrationRecorder(connections[DEFAULT_DB_ALIAS]).applied_migrations()
    if waiting := _newest() - set(applied):
        raise NotSo(f"migrations wait in {len(waiting)} application{'s' if len(waiting) > 1 else ''}")


@cache
def _newest() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def has_room() -> None:
    """Whether there is room on the disks of VAR_DIR and MEDIA_DIR."""
    for folder in {settings.VAR_DIR, settings.MEDIA_ROOT}:
        standing = next(path for path in (folder, *folder.parents) if path.exists())
        if shutil.disk_usage(standing).free < ROOM:
            raise NotSo(f"less than {ROOM // 1024**2} MB are left on a disk")


def is_worked_for() -> None:
    """Whether a worker takes what waits."""
    waiting = apps.get_model("django_tasks_database", "DBTaskResult")._default_manager.filter(
        status="READY", enqueued_at__lt=timezone.now() - LONGEST_WAIT
    )
    if settings.TASK_WORKER and (count := waiting[:1000].count()):
        raise NotSo(f"{count} task{'s have' if count > 1 else ' has'} waited longer than ten minutes: is a worker up?")


def is_logged() -> None:
    """Whether versions and acts get their places in the log."""
    leaf = apps.get_model("quotes", "Leaf")._default_manager.filter(position=None).order_by("pk")
    first = leaf.values_list("revision__recorded_at", "act__at").first()
    since = first and (first[0] or first[1])
    if since and since < timezone.now() - LONGEST_OUTSIDE:
        raise NotSo("versions wait since more than an hour for a checkpoint of the log")


# What must hold for this process to be asked, and what somebody should look at. One line each.
CHECKS = (
    Check("database", can_read, needed=True),
    Check("migrations", is_migrated, needed=True),
    Check("writing", can_write, needed=False),
    Check("disk", has_room, needed=False),
    Check("worker", is_worked_for, needed=False),
    Check("log", is_logged, needed=False),
)


def healthz(_request: HttpRequest) -> HttpResponse:
    """The process lives. Nothing is touched."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """Whether requests should come here: 503 where what is needed fails; each check with its time."""
    found = {check.name: check.made() for check in CHECKS}
    failed = [one for one in found.values() if not one["ok"]]
    is_ready = not any(one["needed"] for one in failed)
    status = "unready" if not is_ready else "degraded" if failed else "ready"
    return JsonResponse({"status": status, "checks": found}, status=200 if is_ready else 503)


def tell_metrics(request: HttpRequest) -> HttpResponse:
    """The counts, for who has METRICS_TOKEN; without one set, for this machine alone."""
    if not _may_see(request):
        told = "Metrics are for those who have METRICS_TOKEN, or for this machine.\n"
        return HttpResponse(told, content_type="text/plain", status=403)
    return HttpResponse(metrics.told(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_see(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    # What came through a proxy came from elsewhere, whoever connects.
    is_here = request.META.get("REMOTE_ADDR", "") in ("127.0.0.1", "::1", "")
    return is_here and not any(name in request.META for name in _FORWARDED)


PROBES = {"/healthz": healthz, "/readyz": readyz, "/metrics": tell_metrics}


class Probes:
    """Middleware: answer what machines ask."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The probe's answer, or that of all below."""
        probe = PROBES.get(request.path_info)
        if probe is None or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        response = probe(request)
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response
