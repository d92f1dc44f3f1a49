"""The cache that processes share: a real server of the test's own, and what happens without it."""

import gzip
import os
import signal
import socket
import subprocess
import sys

import pytest
from django.core.cache import caches
from django.test import Client

from config import caches as backend
from quotes import record
from quotes.epoch import epoch
from quotes.kept_pages import InRedis, Kept
from quotes.models import Speaker
from tests import factories, servers
from tests.config.site import ROOT, Site, Visitor

PAGE = Kept((("ETag", 'W/"a"'),), b"<p>")
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def program():
    found = servers.redis_server()
    if found is None:
        pytest.skip("Needs redis-server; `python -m tests` says so too, and fails for it in CI")
    return found


@pytest.fixture
def use(settings, monkeypatch):
    """Let the site use the cache at an address."""
    monkeypatch.setattr(backend.Redis, "outage", backend.Outage())

    def use(address):
        settings.CACHE_URL = address
        settings.CACHES = {"default": {"BACKEND": "config.caches.Redis", "LOCATION": address, "KEY_PREFIX": "onrecord"}}

    return use


@pytest.fixture
def redis(program, use):
    with servers.throwaway_redis(program) as (address, server):
        use(address)
        yield server


@pytest.mark.pure
def test_what_one_process_kept_another_one_reads(redis):
    InRedis().put("key", PAGE)
    assert InRedis().get("key") == PAGE
    assert InRedis().get("other") is None


@pytest.mark.pure
def test_requests_are_counted_there(redis):
    cache = caches["default"]
    assert cache.add("count", 0, 60)
    assert not cache.add("count", 0, 60)
    assert [cache.incr("count") for _ in range(3)] == [1, 2, 3]
    with pytest.raises(ValueError, match="missing"):
        cache.incr("missing")


@pytest.mark.pure
def test_nothing_that_stands_there_is_ever_run(redis):
    with pytest.raises(TypeError):
        caches["default"].set("key", {"a": 1})
    caches["default"].set("key", b"cos\nsystem\n(S'true'\ntR.")
    assert caches["default"].get("key") == b"cos\nsystem\n(S'true'\ntR."


@pytest.mark.pure
def test_a_page_is_kept_for_an_hour_at_most(redis):
    InRedis().put("key", PAGE)
    cache = caches["default"]
    client = cache._cache.get_client()
    [key] = client.keys("*")
    assert 0 < client.ttl(key) <= 3600


@pytest.mark.pure
@pytest.mark.parametrize("away", ["nowhere", "ended", "hanging"])
def test_a_cache_that_is_away_is_as_an_empty_one_and_told_in_the_log(away, request, use, caplog):
    if away == "nowhere":
        use(NOWHERE)
    else:
        server = request.getfixturevalue("redis")
        InRedis().put("key", PAGE)
        server.send_signal(signal.SIGSTOP if away == "hanging" else signal.SIGKILL)
        if away == "ended":
            server.wait()
    try:
        pages = InRedis()
        pages.put("key", PAGE)
        assert pages.get("key") is None
        assert not caches["default"].add("count", 0, 60)
        with pytest.raises(ValueError, match="count"):
            caches["default"].incr("count")
    finally:
        if away == "hanging":
            server.send_signal(signal.SIGCONT)
    assert backend.Redis.outage.failures == 1
    assert "the shared cache failed, the 1. time in this process" in caplog.text


@pytest.mark.pure
def test_a_cache_that_comes_back_is_used_again(redis, monkeypatch):
    pages = InRedis()
    backend.Redis.outage.note(ConnectionError("gone"))
    pages.put("key", PAGE)
    assert pages.get("key") is None
    monkeypatch.setattr(backend.Redis.outage, "until", 0)
    pages.put("key", PAGE)
    assert pages.get("key") == PAGE


@pytest.mark.pure
def test_clearing_takes_nothing_of_others(redis):
    InRedis().put("key", PAGE)
    client = caches["default"]._cache.get_client()
    client.set("others", b"1")
    caches["default"].clear()
    assert client.keys("*") == [b"others"]


@pytest.mark.django_db
def test_a_removal_empties_the_shared_cache(redis, django_capture_on_commit_callbacks):
    statement = factories.publish()
    Client().get(statement.get_absolute_url())
    client = caches["default"]._cache.get_client()
    kept = [Kept.unpacked(client.get(key)) for key in client.keys("*")]
    assert any(b"think about security" in gzip.decompress(page.body) for page in kept if page.body)
    with django_capture_on_commit_callbacks(execute=True):
        record.remove(statement, editor=factories.publisher(), reason_code="law", reason="An order")
    assert client.keys("*") == []


@pytest.mark.django_db
def test_pages_are_answered_from_the_shared_cache_until_a_write(redis, django_assert_num_queries):
    factories.publish()
    first = Client().get("/statements/")
    with django_assert_num_queries(1):
        assert Client().get("/statements/").content == first.content
    Speaker.objects.update(name="President M.")
    assert "President M." in Client().get("/statements/").text


@pytest.mark.django_db
def test_without_the_shared_cache_pages_are_made_each_time(use):
    use(NOWHERE)
    factories.publish()
    for _ in range(2):
        assert Client().get("/statements/").status_code == 200
        assert Client().get("/api/v1/statements").status_code == 200
    assert epoch()


@pytest.mark.slow
@pytest.mark.pure
def test_a_served_site_shares_its_copies_and_outlives_its_cache(program, tmp_path):
    with servers.throwaway_redis(program) as (address, server):
        site = Site(tmp_path, CACHE_URL=address, WORKERS="2", DATABASE_URL=f"sqlite:///{tmp_path / 'record.sqlite3'}")
        site.manage("migrate", "--verbosity=0")
        site.collect()
        site.manage("load_founding_record")
        with site.served():
            visits = [Visitor(site.address).get("/statements/") for _ in range(6)]
            assert {page.status for page in visits} == {200}
            assert len({page.text for page in visits}) == 1
            rename(site, "Emmanuel Macron", "President M.")
            assert all("President M." in Visitor(site.address).get("/statements/").text for _ in range(6))
            os.kill(server.pid, signal.SIGKILL)
            server.wait()
            rename(site, "President M.", "Macron, E.")
            assert all("Macron, E." in Visitor(site.address).get("/statements/").text for _ in range(6))
    assert "the shared cache failed" in site.log.read_text()


@pytest.mark.slow
@pytest.mark.pure
def test_processes_with_memories_of_their_own_see_a_write_with_the_next_request(tmp_path):
    site = Site(tmp_path, WORKERS="2", DATABASE_URL=f"sqlite:///{tmp_path / 'record.sqlite3'}")
    site.manage("migrate", "--verbosity=0")
    site.collect()
    site.manage("load_founding_record")
    with site.served():
        for name, other in (("Emmanuel Macron", "President M."), ("President M.", "Macron, E.")):
            assert all(name in Visitor(site.address).get("/statements/").text for _ in range(8))
            rename(site, name, other)
            assert all(other in Visitor(site.address).get("/statements/").text for _ in range(8))


def rename(site, name, other):
    """Rename a speaker in a process of its own."""
    code = f"from quotes.models import Speaker; Speaker.objects.filter(name={name!r}).update(name={other!r})"
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", code]
    subprocess.run(command, check=True, cwd=ROOT, env={**site.environment, "DATABASE_POOL": "false"})


@pytest.mark.pure
def test_nothing_listens_where_these_tests_say_so():
    with socket.socket() as free, pytest.raises(OSError, match="refused"):
        free.connect(("127.0.0.1", 1))
