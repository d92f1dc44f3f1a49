"""Reading the epoch: which moment of the record a page is of.

Whoever makes a copy reads the epoch before anything that the copy holds, from the same database. So a copy may be newer
than its epoch, and never older.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connections, router
from django.http import HttpRequest

from quotes.models import Epoch

_ASK = "SELECT mark FROM quotes_epoch ORDER BY id"
# PostgreSQL moves the epoch once a transaction, as nobody else sees a part of it. Whoever reads the epoch in between
# has seen a part, so that it must move again with what comes.
_ASK_WITHIN = "SELECT mark, set_config('onrecord.moved', '', true) FROM quotes_epoch ORDER BY id"

_served: ContextVar[HttpRequest | None] = ContextVar("served", default=None)


def epoch() -> str:
    """The epoch as it stands now in the database that is read here. One query, of a row or a few."""
    connection = connections[router.db_for_read(Epoch)]
    within = connection.in_atomic_block and connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(_ASK_WITHIN if within else _ASK)
        return " ".join(str(row[0]) for row in cursor.fetchall())


def epoch_of(request: HttpRequest) -> str:
    """The epoch that a request met when it first asked. One query a request."""
    inner: Any = getattr(request, "_request", request)
    if not hasattr(inner, "epoch"):
        inner.epoch = epoch()
    return str(inner.epoch)


@contextmanager
def serving(request: HttpRequest) -> Iterator[None]:
    """Let whatever is read meanwhile know the request that it is read for."""
    token = _served.set(request)
    try:
        yield
    finally:
        _served.reset(token)


def epoch_served() -> str:
    """The epoch of the request that is being answered, for copies of parts of it; nothing where none may be kept.

    One query where the request hasn't asked yet, none otherwise.
    """
    request = _served.get()
    return "" if request is None or request.method not in ("GET", "HEAD") or settings.DEBUG else epoch_of(request)
