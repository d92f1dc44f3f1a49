"""Lets programs in other sites' pages read what is public: the API, feeds, exports. Nobody is signed in there."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

# By the names of their addresses: what programs read, and no page.
SHARED = frozenset(
    {
        "newest_feed",
        "statements_feed",
        "corrections_feed",
        "statement",
        "version",
        "export",
        "version_export",
        "timemap",
        "linkset",
        "linkset_json",
        "oembed",
        "picture",
        "statements_download",
        "lists_package",
        "dump_file",
    }
)
_METHODS = "GET, HEAD, OPTIONS"
_HEADERS = "Accept, Accept-Datetime, Accept-Language, If-None-Match"
# Where a text too long for an address is posted: it is read, and nothing is kept of it.
_POSTED = f"{settings.API_PATH}v1/check"
_EXPOSED = (
    "ETag, Link, Content-Disposition, Content-Location, Retry-After, RateLimit-Limit, RateLimit-Remaining,"
    " RateLimit-Reset, Memento-Datetime, Record-As-Of"
)


class CrossOrigin:
    """Middleware: every origin may read what is shared, without cookies; its preflights are answered here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put the headers on what is shared, whatever became of the request."""
        response = self.get_response(request)
        if _is_shared(request):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = _EXPOSED
        return response

    def process_view(self, request: HttpRequest, view: Any, *_where: Any) -> HttpResponse | None:
        """Answer OPTIONS: what may be asked, and that any reading header may be sent."""
        if request.method != "OPTIONS" or not _is_shared(request):
            return None
        response = HttpResponse(status=204)
        is_posted = request.path.rstrip("/") == _POSTED
        response["Allow"] = _allowed(view)
        # What is written takes a key, which no page of another site has any business with.
        response["Access-Control-Allow-Methods"] = f"{_METHODS}, POST" if is_posted else _METHODS
        response["Access-Control-Allow-Headers"] = f"{_HEADERS}, Content-Type" if is_posted else _HEADERS
        response["Access-Control-Max-Age"] = "86400"
        return response


def _allowed(view: Any) -> str:
    """The methods that a view answers, as headers tell them."""
    if resource := getattr(view, "cls", None):
        names = getattr(view, "initkwargs", {}).get("http_method_names", resource.http_method_names)
        return ", ".join(name.upper() for name in names)
    return _METHODS


def _is_shared(request: HttpRequest) -> bool:
    match = getattr(request, "resolver_match", None)
    return request.path.startswith(settings.API_PATH) or (match is not None and match.url_name in SHARED)
