"""What is counted for Prometheus. Every process counts into files of its own, and any of them tells the sum.

Labels are names of routes, methods and statuses: never a path, an address or a word.
"""

import os
import shutil
import time
from collections.abc import Iterator
from functools import cache
from zlib import crc32

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import REGISTRY, Collector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_MOST_WAITING = 1000
_QUERIES = (0, 1, 2, 4, 8, 12, 20, 50, 100)

REQUESTS = Counter("onrecord_requests", "Requests answered", ["route", "method", "status"])
SECONDS = Histogram("onrecord_request_seconds", "Until the answer began", ["route"], buckets=_SECONDS)
QUERIES = Histogram("onrecord_request_queries", "Queries of a request", ["route"], buckets=_QUERIES)
SEARCHES = Histogram("onrecord_search_seconds", "Requests with words to search for", buckets=_SECONDS)
COPIES = Counter("onrecord_copies", "Public pages answered, from a copy or made", ["answer"])
TURNED_AWAY = Counter("onrecord_turned_away", "Requests that waited too long before their turn came")


@cache
def _children(route: str, method: str, status: int) -> tuple[Counter, Histogram, Histogram]:
    return REQUESTS.labels(route, method, status), SECONDS.labels(route), QUERIES.labels(route)


def note(route: str, method: str, status: int, seconds: float, queries: int) -> None:
    """Count a request. There are as many labels as routes, methods and statuses: few."""
    requests, took, asked = _children(route, method, status)
    requests.inc()
    took.observe(seconds)
    asked.observe(queries)


def process_ended(pid: int) -> None:
    """Let go of what only a living process has."""
    if FOLDER in os.environ:
        mark_process_dead(pid)  # type: ignore[no-untyped-call]


def told() -> bytes:
    """All of it in Prometheus's text format."""
    if FOLDER not in os.environ:
        registry: CollectorRegistry = REGISTRY
    else:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        ProcessCollector(registry=registry)
    return generate_latest(registry) + generate_latest(_now())


def _now() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(State())
    return registry


class State(Collector):
    """What the database and the disk say when they are asked."""

    def collect(self) -> Iterator[Metric]:
        """Seven queries. While the database is away it is told so, and nothing else of it."""
        began = time.perf_counter()
        yield _gauge("onrecord_disk_free_bytes", "Room left in VAR_DIR", shutil.disk_usage(settings.VAR_DIR).free)
        try:
            found = [*_queue(), *_arrivals(), *_log(), *_database()]
        except Error:
            yield _gauge("onrecord_database_up", "Whether the database answers", 0)
            return
        yield _gauge("onrecord_database_up", "Whether the database answers", 1)
        yield from found
        yield _gauge("onrecord_state_seconds", "What asking for these took", time.perf_counter() - began)


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=value)


def _queue() -> Iterator[Metric]:
    waiting = apps.get_model("django_tasks_database", "DBTaskResult")._default_manager.filter(status="READY")
    found = waiting.aggregate(count=Count("pk"), oldest=Min("enqueued_at"))
    age = (timezone.now() - found["oldest"]).total_seconds() if found["oldest"] else 0
    yield _gauge("onrecord_tasks_waiting", "Tasks that wait for a worker", found["count"])
    yield _gauge("onrecord_tasks_oldest_seconds", "How long the first of them has waited", max(0, age))


def _arrivals() -> Iterator[Metric]:
    family = GaugeMetricFamily("onrecord_arrivals", "Documents that have arrived and wait", labels=["state"])
    arrivals = apps.get_model("sources", "Arrival")._default_manager.order_by()
    for state, count in arrivals.values_list("state").annotate(count=Count("pk")):
        family.add_metric([state], count)
    yield family


def _log() -> Iterator[Metric]:
    newest = apps.get_model("quotes", "Checkpoint")._default_manager.values_list("size", flat=True).first()
    waiting = apps.get_model("quotes", "Leaf")._default_manager.filter(position=None)[:_MOST_WAITING]
    yield _gauge("onrecord_log_leaves", "Leaves under the newest checkpoint of the log", newest or 0)
    yield _gauge("onrecord_log_waiting", f"Leaves that wait for one, {_MOST_WAITING:,} at most", len(waiting))


def _database() -> Iterator[Metric]:
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark FROM quotes_epoch ORDER BY id")
        mark = crc32(repr(cursor.fetchall()).encode())
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        (size,) = cursor.fetchone()
    yield _gauge("onrecord_epoch", "A number that is another one after each public change", mark)
    yield _gauge("onrecord_database_bytes", "What the database takes", size)
