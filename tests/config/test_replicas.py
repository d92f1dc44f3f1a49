"""Which server a request reads; servers that really stream and stop are in test_beyond_one_machine.py."""

import socket
from contextlib import nullcontext
from types import SimpleNamespace

import psycopg
import pytest
from django.core import signing
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, InternalError, OperationalError, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from config import replicas, watching
from config.replicas import COOKIE, ReadFromReplicas, Router, journey
from config.watching import PATIENCE, Fleet, Sight
from quotes import epoch
from quotes.models import Statement
from tests import factories

SYSTEM, BOUND = 7, 5


class Clock:
    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(watching, "time", clock)
    return clock


@pytest.fixture
def fleet(clock):
    return Fleet("default", ["one", "two"], BOUND)


def primary_says(fleet, position, *, standby=False):
    fleet.hear(fleet.primary, Sight(SYSTEM, standby, position))


def replica_says(fleet, number, position, *, standby=True, system=SYSTEM):
    fleet.hear(fleet.replicas[number], Sight(system, standby, position))


def chosen(fleet, wrote=None):
    """The names of those that are read in turn."""
    found = [fleet.choose(wrote) for _ in fleet.replicas]
    return {watched.alias for watched in found if watched}


def test_replicas_that_hold_what_the_primary_had_are_read_in_turn(fleet):
    primary_says(fleet, 100)
    replica_says(fleet, 0, 100)
    replica_says(fleet, 1, 120)
    assert chosen(fleet) == {"one", "two"}


def test_before_the_servers_have_spoken_the_primary_is_read(fleet):
    assert not chosen(fleet)
    replica_says(fleet, 0, 100)
    assert not chosen(fleet)


def test_a_replica_may_be_behind_by_the_bound_and_no_more(fleet, clock):
    primary_says(fleet, 100)
    replica_says(fleet, 0, 100)
    primary_says(fleet, 200)
    assert chosen(fleet) == {"one"}
    for _ in range(BOUND * 4):
        clock.now += 0.25
        primary_says(fleet, 200)
        replica_says(fleet, 0, 100)
    assert not chosen(fleet)
    replica_says(fleet, 0, 200)
    assert chosen(fleet) == {"one"}


def test_an_idle_primary_makes_no_replica_late(fleet, clock):
    for _ in range(100):
        primary_says(fleet, 100)
        replica_says(fleet, 0, 100)
        clock.now += 1
    primary_says(fleet, 100)
    replica_says(fleet, 0, 100)
    assert chosen(fleet) == {"one"}


def test_a_replica_that_was_far_behind_when_this_process_began_is_not_read(fleet):
    primary_says(fleet, 100)
    replica_says(fleet, 0, 99)
    assert not chosen(fleet)


def test_whoever_wrote_reads_a_replica_that_has_what_they_wrote(fleet):
    primary_says(fleet, 100)
    replica_says(fleet, 0, 150)
    replica_says(fleet, 1, 100)
    assert chosen(fleet, wrote=150) == {"one"}
    assert not chosen(fleet, wrote=151)


def test_a_replica_that_says_nothing_for_a_second_is_not_read(fleet, clock):
    primary_says(fleet, 100)
    replica_says(fleet, 0, 100)
    clock.now += PATIENCE + 0.1
    primary_says(fleet, 100)
    assert not chosen(fleet)


def test_a_replica_that_failed_is_not_read_until_it_speaks_again(fleet):
    primary_says(fleet, 100)
    replica_says(fleet, 0, 100)
    fleet.replicas[0].distrust()
    assert not chosen(fleet)
    replica_says(fleet, 0, 100)
    assert chosen(fleet) == {"one"}


@pytest.mark.parametrize("wrong", [{"system": SYSTEM + 1}, {"standby": False}])
def test_another_clusters_standby_and_a_server_that_follows_nobody_are_not_read(fleet, wrong):
    primary_says(fleet, 100)
    replica_says(fleet, 0, 100, **wrong)
    assert not chosen(fleet)


def test_while_the_primary_is_silent_any_replica_is_read(fleet, clock):
    primary_says(fleet, 100)
    clock.now += PATIENCE + 0.1
    replica_says(fleet, 0, 1)
    assert chosen(fleet, wrote=100) == {"one"}


def test_a_primary_that_follows_another_server_counts_as_silent(fleet, clock):
    primary_says(fleet, 100)
    clock.now += PATIENCE + 0.1
    primary_says(fleet, 100, standby=True)
    replica_says(fleet, 0, 1)
    assert chosen(fleet) == {"one"}


def test_after_a_failover_that_lost_something_replicas_are_measured_by_the_new_primary(fleet):
    primary_says(fleet, 200)
    primary_says(fleet, 150)
    replica_says(fleet, 0, 150)
    assert chosen(fleet) == {"one"}


def test_outside_a_request_the_primary_is_read():
    assert Router().db_for_read(Statement) == "default"


def test_a_request_reads_its_replica_until_it_writes_and_then_the_primary():
    with journey("one") as made:
        assert Router().db_for_read(Statement) == "one"
        assert Router().db_for_write(Statement) == "default"
        assert Router().db_for_read(Statement) == "default"
    assert made.wrote


@pytest.mark.django_db
def test_a_transaction_reads_the_primary():
    with journey("one"), transaction.atomic():
        assert Router().db_for_read(Statement) == "default"


@pytest.mark.django_db
def test_rows_about_to_be_locked_are_read_from_the_primary(settings):
    settings.DATABASE_ROUTERS = ["config.replicas.Router"]
    with journey("one"):
        assert Statement.objects.select_for_update().db == "default"


def test_tables_are_made_on_the_primary_alone():
    assert Router().allow_migrate("default", "quotes")
    assert not Router().allow_migrate("one", "quotes")


def test_without_replicas_the_middleware_is_left_out(settings):
    settings.REPLICAS = []
    with pytest.raises(MiddlewareNotUsed):
        ReadFromReplicas(lambda _request: HttpResponse())


class Server:
    """A replica's connection, of which nothing is asked for real."""

    def __init__(self):
        self.wires = socket.socketpair()
        self.connection = SimpleNamespace(closed=False, fileno=self.wires[0].fileno)
        self.wrappers = []

    def ensure_connection(self):
        if self.connection.closed:
            raise OperationalError("gone")

    def execute_wrapper(self, wrapper):
        self.wrappers.append(wrapper)
        return nullcontext()

    def close(self):
        pass


@pytest.fixture
def reading(settings, clock, monkeypatch):
    """Ask a site with one replica; `view` is told which database it reads and how to ask it."""
    settings.REPLICAS = ["one"]
    settings.DATABASE_REPLICA_LAG = BOUND
    server = Server()
    monkeypatch.setattr(replicas, "connections", {"default": connections["default"], "one": server})
    monkeypatch.setattr(replicas, "_end_of_log", lambda: 123)

    def ask(view, method="GET", cookie=None):
        def answer(_request):
            seen.append(Router().db_for_read(Statement))
            return view(server) or HttpResponse(seen[-1])

        seen = []
        middleware = ReadFromReplicas(answer)
        middleware.fleet.begin = lambda: None
        primary_says(middleware.fleet, 100)
        replica_says(middleware.fleet, 0, 100)
        request = RequestFactory().generic(method, "/")
        if cookie:
            request.COOKIES[COOKIE] = cookie
        response = middleware(request)
        return SimpleNamespace(read=seen, response=response, fleet=middleware.fleet)

    yield ask
    for wire in server.wires:
        wire.close()


def nothing(_server):
    return None


def failing(error):
    """A view whose first query fails on the replica."""

    def view(server):
        def execute(*_arguments):
            raise error

        if Router().db_for_read(Statement) == "one":
            with pytest.raises(type(error)):
                server.wrappers[-1](execute, "SELECT 1", None, False, {})

    return view


def caused(kind, cause):
    error = kind(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(("method", "database"), [("GET", "one"), ("HEAD", "one"), ("POST", "default")])
def test_getting_reads_a_replica_and_sending_reads_the_primary(reading, method, database):
    asked = reading(nothing, method)
    assert asked.read == [database]
    assert not asked.response.cookies


def test_whoever_wrote_is_given_a_cookie_that_tells_how_far(reading):
    asked = reading(lambda _server: Router().db_for_write(Statement) and None, "POST")
    cookie = asked.response.cookies[COOKIE]
    assert cookie["max-age"] > BOUND
    assert cookie["httponly"]
    assert reading(nothing, cookie=cookie.value).read == ["default"]


def test_a_cookie_of_a_write_that_has_arrived_changes_nothing(reading):
    signed = signing.get_cookie_signer(salt=COOKIE).sign("100")
    assert reading(nothing, cookie=signed).read == ["one"]


@pytest.mark.parametrize("cookie", ["999", "999:x:y", "\x00"])
def test_a_forged_cookie_counts_for_nothing(reading, cookie):
    assert reading(nothing, cookie=cookie).read == ["one"]


@pytest.mark.parametrize(
    "error",
    [
        caused(OperationalError, psycopg.OperationalError("server closed the connection")),
        caused(OperationalError, psycopg.errors.SerializationFailure("conflict with recovery")),
        caused(InternalError, psycopg.errors.ReadOnlySqlTransaction("cannot execute INSERT")),
        InterfaceError("the connection is closed"),
    ],
)
def test_what_fails_on_a_replica_is_asked_of_the_primary(reading, error):
    asked = reading(failing(error))
    assert asked.read == ["one", "default"]
    assert asked.response.text == "default"


def test_a_query_that_ran_out_of_its_time_is_not_tried_again(reading):
    asked = reading(failing(caused(OperationalError, psycopg.errors.QueryCanceled("statement timeout"))))
    assert asked.read == ["one"]


def test_a_replica_whose_connection_broke_is_not_asked_again(reading):
    def view(server):
        if not server.connection.closed:
            failing(OperationalError("gone"))(server)
            server.connection.closed = True

    asked = reading(view)
    assert asked.fleet.choose() is None


def test_a_replica_that_accepts_no_connection_costs_nobody_their_page(reading, monkeypatch):
    monkeypatch.setattr(Server, "ensure_connection", lambda _self: (_ for _ in ()).throw(OperationalError("refused")))
    assert reading(nothing).read == ["default"]


def test_the_epoch_is_that_of_the_database_which_the_request_reads(settings, monkeypatch):
    settings.DATABASE_ROUTERS = ["config.replicas.Router"]
    monkeypatch.setattr(epoch, "connections", {name: At(name) for name in ("default", "one")})
    with journey("one") as made:
        assert epoch.epoch() == "one"
        made.wrote = True
        assert epoch.epoch() == "default"


class At:
    """A connection to a database whose epoch is its name."""

    vendor, in_atomic_block = "postgresql", False

    def __init__(self, name):
        self.name = name

    def cursor(self):
        return nullcontext(SimpleNamespace(execute=lambda _: None, fetchall=lambda: [(self.name,)]))


@pytest.mark.django_db
def test_statements_of_both_databases_may_meet(settings):
    settings.DATABASE_ROUTERS = ["config.replicas.Router"]
    made = factories.draft()
    made.speaker._state.db = "one"
    assert Statement(speaker=made.speaker).speaker == made.speaker
