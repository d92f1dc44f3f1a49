"""How long a list may take: what a crawler piles up in an address must not keep everybody else waiting."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quotes.models import Entry
from quotes.turns import Turns

RETRY_AFTER = 30
"""Seconds after which whoever was turned away may ask again."""

WAIT = 0.25
"""Seconds to wait for a turn: a moment's crowd is served, a standing one is told."""

_turns = Turns()
logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


class TookTooLong(Exception):
    """The database didn't answer within the time that a list may take."""


class NoTurn(TookTooLong):
    """As many lists are being looked for as may be at once."""


class _Watch:
    """Ends what a connection is at once its time is up, and nothing that comes after."""

    def __init__(self, connection: BaseDatabaseWrapper, seconds: float) -> None:
        self.connection, self.is_over, self.rang = connection, False, False
        self.lock = threading.Lock()
        self.timer = threading.Timer(seconds, self.ring)
        self.timer.daemon = True

    def ring(self) -> None:
        """Interrupt the connection, unless what was watched is over."""
        with self.lock:
            if self.is_over or self.connection.connection is None:
                return
            self.rang = True
            if self.connection.vendor == "sqlite":
                self.connection.connection.interrupt()
            else:
                self.connection.connection.cancel()

    def end(self) -> None:
        """Let nothing be interrupted any more."""
        self.timer.cancel()
        with self.lock:
            self.is_over = True


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let the database that lists are read from work so long at most. Raises TookTooLong; without seconds, never."""
    connection = connections[router.db_for_read(Entry)]
    connection.ensure_connection()
    watch = _Watch(connection, seconds)
    if seconds:
        watch.timer.start()
    try:
        yield
    except DatabaseError as error:
        if watch.rang:
            raise TookTooLong from error
        raise
    finally:
        watch.end()


@contextmanager
def in_turn() -> Iterator[None]:
    """Look for a list when fewer than LISTS_AT_ONCE are being looked for. Raises NoTurn after a quarter of a second."""
    if not _turns.take(settings.LISTS_AT_ONCE, WAIT):
        raise NoTurn
    try:
        yield
    finally:
        _turns.give_back()


def patient(view: View) -> View:
    """Answer 503 where a list takes longer than LIST_SECONDS, or gets no turn, and tell it in the log."""
    turned_away = 0

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        nonlocal turned_away
        try:
            with in_turn(), within(settings.LIST_SECONDS):
                return view(request, *args, **kwargs)
        except NoTurn:
            logger.warning("no turn for %s: LISTS_AT_ONCE are being looked for", request.path)
        except TookTooLong:
            turned_away += 1
            logger.warning("%s took longer than LIST_SECONDS, the %d. time in this process", request.path, turned_away)
        response = render(request, "too_long.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer
