"""The log, for people and for programs that verify it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.citing.formats import TEXT, file_name
from quotes.log.tree import WIDTH
from quotes.page_cache import shared
from quotes.revalidation import PRIVATE, PUBLIC, is_personal
from quotes.sealing import shown
from quotes.sealing.keys import origin
from quotes.sealing.shown import NotInTheLog
from quotes.versions import find

SHOWN = 10
_FOR_EVER = "public, max-age=31536000, immutable"
_LARGEST = 15


@shared
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Tell people what the log is, and how to verify it. Two queries."""
    checkpoints = shown.published()[:SHOWN]
    context = {"checkpoints": checkpoints, "keys": shown.keys(), "origin": origin(), "site": settings.SITE_URL}
    response = render(request, "log.html", context)
    response["Cache-Control"] = PRIVATE if is_personal(request) else PUBLIC
    return response


@shared
@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """The latest checkpoint, as it was signed. One query."""
    found = shown.published()
    if not found:
        return HttpResponse("No checkpoint was signed yet.\n", content_type=TEXT, status=404)
    return HttpResponse(found[0].note, content_type=TEXT)


@shared
@require_safe
def checkpoints(request: HttpRequest) -> HttpResponse:
    """Every checkpoint, the latest first, fifty at a time. One query."""
    try:
        before = _number(request, "before")
    except NotInTheLog as error:
        return _refused(str(error), 400)
    found = shown.published(before)
    more = len(found) > shown.PAGE
    listed = found[: shown.PAGE]
    rows = [{"size": one.size, "at": one.at.isoformat(), "checkpoint": one.note} for one in listed]
    following = f"{settings.SITE_URL}/log/checkpoints?before={listed[-1].size}" if more else None
    return JsonResponse({"checkpoints": rows, "next": following})


@shared
@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    """The proof that an earlier log is the beginning of a later one."""
    try:
        return JsonResponse(shown.consistency(_number(request, "from") or 0, _number(request, "to")))
    except NotInTheLog as error:
        return _refused(str(error), 400)


@shared
@require_safe
def tile(_request: HttpRequest, level: str, number: str, width: str | None = None) -> HttpResponse:
    """Hashes of the tree, as C2SP's tlog-tiles has them."""
    try:
        found = shown.tile(int(level), int(number.replace("x", "").replace("/", "")), int(width or WIDTH))
    except NotInTheLog as error:
        return _refused(str(error), 404)
    response = HttpResponse(found, content_type="application/octet-stream")
    if width is None:
        response["Cache-Control"] = _FOR_EVER
    return response


@shared
@require_safe
def proof(request: HttpRequest, typed: str, number: str) -> HttpResponse:
    """The proof that a version is in the log; of a removed one too, for it holds no words."""
    asked = find(typed, int(number))
    address = asked.statement.version_url(int(number)) + "/proof"
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    try:
        response = JsonResponse(shown.proof(asked.revision), json_dumps_params={"indent": 1, "ensure_ascii": False})
    except NotInTheLog as error:
        return _refused(str(error), 404)
    name = f"{asked.statement.pid}-v{number}.proof.json" if asked.is_removed else file_name(asked.cited, ".proof.json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@shared
@require_safe
def verifier(_request: HttpRequest) -> HttpResponse:
    """The script that verifies all this without the record. No query."""
    text = (settings.BASE_DIR / "verify" / "onrecord_verify.py").read_text(encoding="utf-8")
    response = HttpResponse(text, content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="onrecord_verify.py"'
    return response


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name)
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= _LARGEST):
        raise NotInTheLog(f"{name} takes a number of leaves, and not {given[:80]!r}.")
    return int(given)


def _refused(why: str, status: int) -> HttpResponse:
    told: dict[str, Any] = {"detail": why}
    response = JsonResponse(told, status=status)
    response["Cache-Control"] = PRIVATE
    return response
