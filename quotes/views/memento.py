"""A statement's versions and links for machines: the TimeMap (RFC 7089) and the linkset (RFC 9264)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes import linking
from quotes.page_cache import shared
from quotes.revalidation import keep, mark, mark_of, page_tag, unchanged
from quotes.versions import Shown, find, series


@shared
@require_safe
def timemap(request: HttpRequest, typed: str) -> HttpResponse:
    """The original and every version with its time. Three queries, one where the client's copy is still good."""
    return _told(request, typed, "timemap", lambda shown: linking.timemap(series(shown.statement)), linking.LINK_FORMAT)


@shared
@require_safe
def linkset(request: HttpRequest, typed: str) -> HttpResponse:
    """Every link of the page, the versions and the exports, as a header writes them. Three queries, or one."""
    return _told(request, typed, "linkset", lambda shown: linking.linkset(_contexts(shown)), linking.LINKSET)


@shared
@require_safe
def linkset_json(request: HttpRequest, typed: str) -> HttpResponse:
    """The same links as JSON. Three queries, or one."""
    return _told(
        request, typed, "linkset_json", lambda shown: linking.linkset_json(_contexts(shown)), linking.LINKSET_JSON
    )


def _told(request: HttpRequest, typed: str, route: str, write: Callable[[Shown], str], media_type: str) -> HttpResponse:
    """What `write` tells of a statement, unless the client's copy is good, or it is gone or elsewhere."""
    known = mark(typed, even_merged=True) if "If-None-Match" in request.headers else None
    if known and (same := unchanged(request, page_tag(known, route))):
        return same
    shown = find(typed)
    if refused := _refused(request, shown, route):
        return refused
    return keep(HttpResponse(write(shown).encode(), content_type=media_type), page_tag(mark_of(shown), route))


def _refused(request: HttpRequest, shown: Shown, route: str) -> HttpResponse | None:
    """The tombstone of what was removed, the way to the address as it is written; None where all is well."""
    if shown.is_removed:
        return HttpResponse("This statement was removed.\n", content_type="text/plain; charset=utf-8", status=410)
    address = reverse(route, args=[shown.statement.pid])
    return HttpResponsePermanentRedirect(address) if request.path != address else None


def _contexts(shown: Shown) -> linking.Contexts:
    return linking.contexts(shown.cited, series(shown.statement), settings.RECORD_LICENCE)
