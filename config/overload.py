"""More requests than can be answered: who has waited too long is sent away at once, so that the rest needn't.

A request waits for a thread inside gunicorn's worker, where Django doesn't see it: the worker notes for how long, and
the middleware answers 503 in place of a page that nobody may be waiting for any more.
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, get_language_bidi, gettext
from gunicorn.workers.gthread import ThreadWorker

from config import metrics
from config.closing import Closing

RETRY_AFTER = 10
waited: ContextVar[float] = ContextVar("waited", default=0.0)
"""Seconds that this thread's connection waited for it."""
_PAGE = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{title} — On Record</title>
  </head>
  <body>
    <h1>{heading}</h1>
    <p>{told}</p>
  </body>
</html>
"""


class Worker(ThreadWorker):
    """Gunicorn's, which knows how long a connection waited for a thread, and whom no client holds up by not leaving."""

    def run(self) -> None:
        """Take connections in till the end."""
        self.closing = Closing(self.poller, self._closed)
        super().run()

    def _closed(self) -> None:
        self.nr_conns -= 1

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Go on once a connection was answered: gunicorn's way, unless it is to be closed."""
        is_over = self.alive and not fs.cancelled() and not fs.exception() and not fs.result()
        if is_over:
            self.closing.begin(conn)
        else:
            super().finish_request(conn, fs)

    def murder_pending(self) -> None:
        """Close what waited too long."""
        super().murder_pending()
        self.closing.end_late()

    def enqueue_req(self, conn: Any) -> None:
        """Note when the connection joined the queue."""
        conn.joined = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Tell the thread for how long its connection waited."""
        token = waited.set(time.monotonic() - conn.joined)
        try:
            return super().handle(conn)
        finally:
            waited.reset(token)


class TurnAway:
    """Middleware: answer 503 for what waited longer than QUEUE_SECONDS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, if it is still worth making."""
        if not settings.QUEUE_SECONDS or waited.get() <= settings.QUEUE_SECONDS:
            return self.get_response(request)
        metrics.TURNED_AWAY.inc()
        headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
        return HttpResponse(_page(), status=503, headers=headers)


def _page() -> str:
    return _PAGE.format(
        language=get_language(),
        direction="rtl" if get_language_bidi() else "ltr",
        title=gettext("Too busy just now"),
        heading=gettext("Too many ask at once"),
        told=gettext(
            "Nothing was done, nothing is lost. Try again in a moment; "
            "if you sent a form, go back: it is still filled in."
        ),
    )
