"""What a load balancer, a supervisor and Prometheus are told."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config import probes
from quotes.sealing.sequence import checkpoint
from quotes.tasks import read_arrival
from sources.models import Arrival
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(settings):
    """A site that speaks HTTPS under a name of its own."""
    settings.ALLOWED_HOSTS = ["record.example"]
    settings.SECURE_SSL_REDIRECT = True


def checks(client, status=200):
    answer = client.get("/readyz")
    assert answer.status_code == status
    return answer.json()["checks"]


def test_a_process_lives_whatever_becomes_of_the_database(client, public, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz", headers={"Host": "10.0.0.3:8000"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics"])
def test_probes_are_kept_by_nobody_and_told_nowhere(client, public, settings, caplog, address):
    settings.LOG_REQUESTS = True
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert not caplog.records
    assert client.post(address, headers={"Host": "record.example"}, secure=True).status_code == 404


def test_a_site_that_is_well_is_ready_and_each_check_has_its_time(client):
    answer = client.get("/readyz").json()
    assert answer["status"] == "ready"
    assert list(answer["checks"]) == ["database", "migrations", "writing", "disk", "worker", "log"]
    for check in answer["checks"].values():
        assert check["ok"]
        assert check["seconds"] >= 0


def test_without_a_database_nobody_should_be_sent_here(client, monkeypatch):
    def away(*_arguments, **_more):
        raise OperationalError("could not connect to db1.internal as record")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unready"
    assert answer.json()["checks"]["database"]["says"] == "no database answers"
    assert "internal" not in answer.text


def test_a_migration_that_waits_makes_it_unready(client, monkeypatch):
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _self: {})
    assert not checks(client, 503)["migrations"]["ok"]


def test_a_database_that_can_be_read_only_is_still_read(client):
    with connection.cursor() as cursor:
        on = "PRAGMA query_only=1" if connection.vendor == "sqlite" else "SET TRANSACTION READ ONLY"
        cursor.execute(on)
    found = checks(client)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only=0")
    assert found["writing"] == {**found["writing"], "ok": False, "says": "the database can be read only"}
    assert client.get("/about/").status_code == 200


def test_a_disk_that_is_nearly_full_is_told(client, monkeypatch):
    monkeypatch.setattr(probes, "ROOM", 2**62)
    found = checks(client)
    assert not found["disk"]["ok"]
    assert client.get("/readyz").json()["status"] == "degraded"


def waiting(minutes):
    read_arrival.using(backend="default")
    return DBTaskResult.objects.create(
        task_path="quotes.tasks.read_arrival",
        args_kwargs={"args": [1], "kwargs": {}},
        status="READY",
        backend_name="default",
        run_after=timezone.now(),
        enqueued_at=timezone.now() - dt.timedelta(minutes=minutes),
    )


def let_wait(minutes):
    task = waiting(minutes)
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - dt.timedelta(minutes=minutes))


def test_a_version_that_gets_no_place_in_the_log_is_told_after_an_hour(client, monkeypatch):
    factories.publish()
    assert checks(client)["log"]["ok"]
    monkeypatch.setattr(probes, "LONGEST_OUTSIDE", dt.timedelta(0))
    assert "wait" in checks(client)["log"]["says"]
    checkpoint()
    assert checks(client)["log"]["ok"]


def test_a_worker_that_takes_nothing_is_missed_after_ten_minutes(client, settings):
    settings.TASK_WORKER = True
    let_wait(minutes=9)
    assert checks(client)["worker"]["ok"]
    let_wait(minutes=11)
    found = checks(client)["worker"]
    assert not found["ok"]
    assert "is a worker up?" in found["says"]
    settings.TASK_WORKER = False
    assert checks(client)["worker"]["ok"]


# Metrics


def test_metrics_tell_what_waits_and_the_epoch(client):
    let_wait(minutes=5)
    Arrival.objects.create(by=factories.editor(), arrived_at=timezone.now(), url="https://news.example/1")
    first = samples(client)
    assert first["onrecord_tasks_waiting"] == 1
    assert 290 < first["onrecord_tasks_oldest_seconds"] < 330
    assert first['onrecord_arrivals{state="fetching"}'] == 1
    assert first["onrecord_database_up"] == 1
    assert first["onrecord_database_bytes"] > 100_000
    assert first["onrecord_disk_free_bytes"] > 0
    factories.publish()
    assert samples(client)["onrecord_epoch"] != first["onrecord_epoch"]


def test_metrics_tell_how_large_the_log_is_and_what_waits_for_it(client):
    factories.publish()
    assert (samples(client)["onrecord_log_leaves"], samples(client)["onrecord_log_waiting"]) == (0, 1)
    checkpoint()
    told = samples(client)
    assert (told["onrecord_log_leaves"] >= 1, told["onrecord_log_waiting"]) == (True, 0)


def samples(client):
    lines = [line for line in client.get("/metrics").text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_metrics_are_told_without_a_database_too(client, monkeypatch):
    def away(*_arguments, **_more):
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", away)
    assert samples(client)["onrecord_database_up"] == 0


def test_metrics_are_for_this_machine_alone_and_for_nobody_behind_a_proxy(client):
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9").status_code == 403
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 403


def test_or_for_who_has_the_token(client, settings):
    settings.METRICS_TOKEN = "a long enough token"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 403
    headers = {"Authorization": "Bearer a long enough token", "X-Forwarded-For": "10.0.0.9"}
    assert client.get("/metrics", headers=headers, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_the_file_of_the_database_is_opened_not_changed(tmp_path: Path):
    file = tmp_path / "file"
    file.write_text("x")
    assert probes._file_is_writable(str(file))
    assert file.read_text() == "x"
