"""What no address of a page holds isn't looked for: PostgreSQL refuses a text with NUL, and SQLite finds nothing."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase


class WithoutNul:
    """Middleware: there is no page at an address with NUL in its path. The API says itself which part is wrong."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Refuse an address with NUL, whichever page it is for. Raises Http404."""
        if "\x00" in request.path and not request.path.startswith(settings.API_PATH):
            raise Http404
