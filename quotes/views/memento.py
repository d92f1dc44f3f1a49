"""A statement's versions and links for machines: the TimeMap (RFC 7089) and the linkset (RFC 9264)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes import linking
from quotes.versions import Shown, find, series


@require_safe
def timemap(request: HttpRequest, typed: str) -> HttpResponse:
    """The original and every version with its time. Three queries."""
    shown = find(typed)
    if refused := _refused(request, shown, "timemap"):
        return refused
    return _answer(linking.timemap(series(shown.statement)), linking.LINK_FORMAT)


@require_safe
def linkset(request: HttpRequest, typed: str) -> HttpResponse:
    """Every link of the page, the versions and the exports, as a header writes them. Three queries."""
    shown = find(typed)
    if refused := _refused(request, shown, "linkset"):
        return refused
    return _answer(linking.linkset(_contexts(shown)), linking.LINKSET)


@require_safe
def linkset_json(request: HttpRequest, typed: str) -> HttpResponse:
    """The same links as JSON. Three queries."""
    shown = find(typed)
    if refused := _refused(request, shown, "linkset_json"):
        return refused
    return _answer(linking.linkset_json(_contexts(shown)), linking.LINKSET_JSON)


def _refused(request: HttpRequest, shown: Shown, route: str) -> HttpResponse | None:
    """The tombstone of what was removed, the way to the address as it is written; None where all is well."""
    if shown.is_removed:
        return HttpResponse("This statement was removed.\n", content_type="text/plain; charset=utf-8", status=410)
    address = reverse(route, args=[shown.statement.pid])
    return HttpResponsePermanentRedirect(address) if request.path != address else None


def _contexts(shown: Shown) -> linking.Contexts:
    return linking.contexts(shown.cited, series(shown.statement), settings.RECORD_LICENCE)


def _answer(text: str, media_type: str) -> HttpResponse:
    response = HttpResponse(text.encode(), content_type=media_type)
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
