"""Which language the pages speak: what the address says, else what its reader chose before, else what they read.

A path is either for readers or English alone. What programs read is English, always: the same bytes for everybody.
Whoever stands below (copies of pages, entity tags, views) finds the language active, and one of LANGUAGES.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

PARAMETER = "lang"
_KNOWN = dict(settings.LANGUAGES)
# The API and the admin, what is made for programs alone, and all that has a suffix.
_ENGLISH = re.compile(
    r"/(?:api|admin|static)/|/(?:oembed|suggest/)$|/(?:log|data)/.|.*/(?:timemap|linkset|proof)$|.*\.[^/]*$"
)
# The reader's own browser may keep a page that tells it to remember something; nobody in between.
_OWN = "private, max-age=0, must-revalidate"


# A frame stands on somebody else's page, which says its language by the address alone: it is kept for everybody.
_FRAME = re.compile(r"/q/[^/]+/embed$")


def is_english(path: str) -> bool:
    """Whether what stands at a path is English in every language."""
    return _ENGLISH.match(path) is not None


def language_of(request: HttpRequest) -> str:
    """The language for a reader: of `?lang=`, the cookie and Accept-Language the first that we speak, else English."""
    return _asked(request) or translation.get_language_from_request(request)


def _asked(request: HttpRequest) -> str:
    # Taking parameters apart takes longer than all else here, and few addresses have this one.
    if f"{PARAMETER}=" not in request.META.get("QUERY_STRING", ""):
        return ""
    asked = request.GET.get(PARAMETER, "").lower()
    return asked if asked in _KNOWN else ""


class InterfaceLanguage:
    """Middleware: answer in the reader's language, say in which, and remember what they chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; a copy that somebody else keeps depends on what the language was chosen by."""
        if is_english(request.path_info):
            with translation.override(settings.LANGUAGE_CODE):
                return self.get_response(request)
        if _FRAME.match(request.path_info):
            with translation.override(_asked(request) or settings.LANGUAGE_CODE):
                return self.get_response(request)
        request.LANGUAGE_CODE = language = language_of(request)
        with translation.override(language):
            response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
        if asked := _asked(request):
            _remember(request, response, asked)
        return response


def _remember(request: HttpRequest, response: HttpResponseBase, language: str) -> None:
    name = settings.LANGUAGE_COOKIE_NAME
    if request.COOKIES.get(name) == language:
        return
    response.set_cookie(
        name,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    if "no-store" not in response.get("Cache-Control", ""):
        response["Cache-Control"] = _OWN
