"""Which database is read: whole requests go to one replica, all else to the primary.

Visitors' GET and HEAD requests read from a replica that keeps up (config/watching.py). The primary is read by whoever
wrote until a replica has caught up with what they wrote, by every other request, inside transactions, in streamed
answers, and by commands and tasks. One request reads one replica to its end, or the primary from some moment on:
what it reads never grows older.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, Error, InterfaceError, InternalError, OperationalError, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from psycopg.errors import QueryCanceled

from config.watching import PATIENCE, Fleet, Watched

log = logging.getLogger(__name__)

COOKIE = "wrote"
SAFE = {"GET", "HEAD"}


@dataclass
class Journey:
    """One pass of a request through the site: what it reads, and what befell it."""

    reads: str = DEFAULT_DB_ALIAS
    wrote: bool = False
    failed: bool = False


_journey: ContextVar[Journey | None] = ContextVar("journey", default=None)


@contextmanager
def journey(reads: str) -> Iterator[Journey]:
    begun = Journey(reads)
    token = _journey.set(begun)
    try:
        yield begun
    finally:
        _journey.reset(token)


class Router:
    """Django's question which database to use, answered by the request that is being served."""

    def db_for_read(self, _model: type[Model], **_hints: Any) -> str:
        now = _journey.get()
        if now is None or now.wrote or connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return DEFAULT_DB_ALIAS
        return now.reads

    def db_for_write(self, _model: type[Model], **_hints: Any) -> str:
        # Rows about to be locked ask here too.
        if now := _journey.get():
            now.wrote = True
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Model, _other: Model, **_hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class ReadFromReplicas:
    """Middleware: answer from a replica where one may, and from the primary where that fails."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.REPLICAS:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.fleet = Fleet(DEFAULT_DB_ALIAS, settings.REPLICAS, settings.DATABASE_REPLICA_LAG)
        # No replica that is read lacks what is older than this, so that nothing more need be remembered.
        self.memory = settings.DATABASE_REPLICA_LAG + 2 * int(PATIENCE) + 1

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        self.fleet.begin()
        replica = self.fleet.choose(self.wrote(request)) if request.method in SAFE else None
        answer = self.from_replica(replica, request) if replica else None
        return answer or self.from_primary(request)

    def from_replica(self, replica: Watched, request: HttpRequest) -> HttpResponseBase | None:
        """The answer as the replica gives it, or None where it failed."""
        connection = connections[replica.alias]
        with journey(replica.alias) as made:
            try:
                connection.ensure_connection()
                with replica.using(connection.connection), connection.execute_wrapper(_noticing):
                    answer = self.get_response(request)
            except Error:
                made.failed = True
        if not made.failed:
            return self.remembering(answer, made)
        log.warning("replica %r failed, %s is asked of the primary", replica.alias, request.path)
        if connection.connection is None or connection.connection.closed:
            replica.distrust()
        connection.close()
        return None

    def from_primary(self, request: HttpRequest) -> HttpResponseBase:
        with journey(DEFAULT_DB_ALIAS) as made:
            answer = self.get_response(request)
        return self.remembering(answer, made)

    def process_exception(self, _request: HttpRequest, _exception: Exception) -> HttpResponse | None:
        """Keep a fault that the primary will mend out of the log of errors."""
        now = _journey.get()
        return HttpResponse(status=503) if now and now.failed else None

    def wrote(self, request: HttpRequest) -> int | None:
        """The position in the primary's log where this person's last write ended."""
        said = request.get_signed_cookie(COOKIE, default=None, max_age=self.memory)
        return int(said) if said else None

    def remembering(self, answer: HttpResponseBase, made: Journey) -> HttpResponseBase:
        if made.wrote and (position := _end_of_log()) is not None:
            answer.set_signed_cookie(
                COOKIE,
                str(position),
                max_age=self.memory,
                httponly=True,
                secure=bool(settings.SESSION_COOKIE_SECURE),
                samesite="Lax",
            )
        return answer


def _noticing(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 - Django fixes the signature
    """Note that the replica failed a query: gone, stopped, or unable to replay the log while it ran.

    A query that is wrong, or that ran out of its time, would fail on the primary too.
    """
    try:
        return execute(sql, params, many, context)
    except (OperationalError, InterfaceError, InternalError) as error:
        now = _journey.get()
        if now and not isinstance(error.__cause__, QueryCanceled):
            now.failed = True
        raise


def _end_of_log() -> int | None:
    """Where the primary's log ends, with every commit before this; one query. None if the primary went since."""
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")
            return int(cursor.fetchone()[0])
    except Error:
        return None
