"""Any list of statements as a file, in the memory of a few thousand rows however long it is."""

import json
import logging
from collections.abc import Iterator
from http import HTTPStatus
from itertools import chain

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from quotes.exporting.asked import NotAsked, read_asked
from quotes.exporting.described import lists_package
from quotes.exporting.forms import FORMS
from quotes.exporting.rows import batches
from quotes.exporting.turns import take_turn
from quotes.limits import limited
from quotes.page_cache import shared
from quotes.patience import RETRY_AFTER, TookTooLong

logger = logging.getLogger(__name__)


@require_safe
@limited("lists")
def statements(request: HttpRequest, form: str) -> HttpResponseBase:
    """A list with the filters of its address, latest said first, streamed.

    Five queries for a thousand rows. What goes wrong before the first row is told by the status; later the answer
    breaks off, without the end that would make it whole, and `after` goes on from the last row that came.
    """
    try:
        asked = read_asked(request.GET)
    except NotAsked as error:
        return _text("\n".join([*error.lines, ""]), HTTPStatus.BAD_REQUEST)
    as_of = timezone.now().isoformat(timespec="seconds")
    if request.method == "HEAD":
        return _headed(HttpResponse(), form, as_of)
    turn = take_turn()
    if turn is None:
        return _busy("As many downloads as may be are under way. Ask again in half a minute.\n")
    try:
        rows = batches(asked.demand, asked.after, asked.most)
        first = next(rows, [])
    except BaseException as error:
        turn.close()
        if isinstance(error, TookTooLong):
            logger.warning("%s took longer than LIST_SECONDS", request.path)
            return _busy("This took too long. Ask for less, or again later.\n")
        raise
    about = {
        "source": f"{settings.SITE_URL}{request.get_full_path()}",
        "licence": settings.RECORD_LICENCE,
        "as_of": as_of,
        "described_by": f"{settings.SITE_URL}{reverse('lists_package')}",
    }
    written = FORMS[form].write(chain([first] if first else [], rows), about)
    return _headed(StreamingHttpResponse(turn.serve(_told(written, request.path))), form, as_of)


@shared
@require_safe
def package(_request: HttpRequest) -> HttpResponse:
    """What the columns of the lists tell, as a Data Package (https://specs.frictionlessdata.io/)."""
    return HttpResponse(
        json.dumps(lists_package(), ensure_ascii=False, indent=1) + "\n", content_type="application/json"
    )


def _told(written: Iterator[bytes], path: str) -> Iterator[bytes]:
    try:
        yield from written
    except TookTooLong:
        # No status can tell it any more; an answer that breaks off does.
        logger.warning("%s broke off: a part of it took longer than LIST_SECONDS", path)
        raise


def _headed(response: HttpResponseBase, form: str, as_of: str) -> HttpResponseBase:
    response["Content-Type"] = FORMS[form].media_type
    response["Content-Disposition"] = f'attachment; filename="statements.{form}"'
    response["Link"] = (
        f'<{settings.RECORD_LICENCE}>; rel="license", '
        f'<{settings.SITE_URL}{reverse("lists_package")}>; rel="describedby"; type="application/json"'
    )
    response["Record-As-Of"] = as_of
    response["Cache-Control"] = "no-store"
    # Compressing or keeping it whole is what a proxy would need the whole of it for.
    response["X-Accel-Buffering"] = "no"
    return response


def _busy(words: str) -> HttpResponse:
    response = _text(words, HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _text(words: str, status: HTTPStatus) -> HttpResponse:
    response = HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
    response["Cache-Control"] = "no-store"
    return response
