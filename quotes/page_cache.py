"""Middleware that answers for public pages from copies, and lets nobody keep what isn't public.

A copy's key is made of the epoch and of all else that the page depends on, so a write makes every copy old, in every
process and at once: none of them has to be told. Only views that say so (`shared`) have copies, and only visitors get
them who bring no session and no message.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate
from django.utils.translation import get_language

from quotes import revalidation
from quotes.compressing import as_taken, compress
from quotes.epoch import epoch_of, serving
from quotes.kept_pages import LARGEST, Kept, pages
from quotes.revalidation import PRIVATE, PUBLIC, content_tag, is_personal, keep

BY_EPOCH, BY_CONTENT = "epoch", "content"
SAFE = {"GET", "HEAD"}
# They answer while the database is away, and tell a load balancer that this process lives.
WITHOUT_DATABASE = {"/about/", "/glossary/", "/robots.txt", "/opensearch.xml"}
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH")
_IN_THE_KEY = {"", "cookie", "accept-encoding", "accept-language"}
_OF_A_304 = {"cache-control", "content-location", "etag", "vary"}

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Answer = TypeVar("Answer", bound=HttpResponseBase)


def shared(view: View) -> View:
    """Say that a view answers all visitors alike. Any write that shows on some page makes copies of it old."""
    view.__dict__["tagged_by"] = BY_EPOCH
    return view


def shared_by_content(view: View) -> View:
    """Say so of what is fetched again and again: a copy is good as long as it would be written alike."""
    view.__dict__["tagged_by"] = BY_CONTENT
    return view


@dataclass(frozen=True)
class Asked:
    """What is asked for, in which language, at which epoch, on which day, of which release."""

    key: str

    @property
    def tag(self) -> str:
        """The weak entity tag of an answer that nothing else depends on. Who has it got it from us."""
        return f'W/"{self.key}"'

    def as_in(self, request: HttpRequest, headers: tuple[str, ...]) -> str:
        """The key of the answer to a request with these headers."""
        return _digest(self.key, *(request.headers.get(name, "") for name in headers))


class PageCache:
    """Middleware: answer from a copy where there is one, and keep one where there may be one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.pages = pages()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """One query where there is a copy, here or at the client; one more than the page takes where there is none."""
        asked = self._asked(request) if _may_share(request) else None
        if asked and (copy := self._from_copy(request, asked)):
            return copy
        with serving(request):
            return self._finished(request, self.get_response(request), asked)

    def _asked(self, request: HttpRequest) -> Asked:
        now, meta = epoch_of(request), request.META
        self.pages.begin(now)
        where = (request.scheme or "", meta.get("HTTP_HOST", ""), request.path_info, meta.get("QUERY_STRING", ""))
        spoken = get_language() or settings.LANGUAGE_CODE
        return Asked(_digest(now, revalidation.code(), localdate().isoformat(), spoken, *where))

    def _from_copy(self, request: HttpRequest, asked: Asked) -> HttpResponseBase | None:
        if asked.key in request.META.get("HTTP_IF_NONE_MATCH", ""):
            same = HttpResponseNotModified()
            same["Vary"] = "Cookie, Accept-Encoding"
            return keep(same, asked.tag)
        found = self.pages.get(asked.key)
        if found and found.varies:
            found = self.pages.get(asked.as_in(request, found.varies))
        return _written(request, found) if found else None

    def _finished(self, request: HttpRequest, response: HttpResponseBase, asked: Asked | None) -> HttpResponseBase:
        """What a view answered, with what may become of it."""
        tagged_by = _tagged_by(request)
        if not tagged_by or not isinstance(response, HttpResponse):
            return _to_nobody_else(response)
        if asked and is_personal(request):
            asked = None
        if _lacks_a_tag(response):
            if tagged_by == BY_CONTENT or (asked and _varies(response)):
                keep(response, content_tag(response))
            elif asked:
                keep(response, asked.tag)
        if asked and _may_be_kept(response):
            compress(response)
            if request.method == "GET":
                self._keep(asked, request, response)
        return as_taken(request, _conditional(request, _to_nobody_else(response)))

    def _keep(self, asked: Asked, request: HttpRequest, response: HttpResponse) -> None:
        has_body = response.status_code == HTTPStatus.OK
        page = Kept(tuple(response.items()), response.content if has_body else None)
        if not (varies := _varies(response)):
            self.pages.put(asked.key, page)
        elif "*" not in varies:
            self.pages.put(asked.key, Kept(varies=varies))
            self.pages.put(asked.as_in(request, varies), page)


def _may_share(request: HttpRequest) -> bool:
    """Whether an answer from a copy may do. While somebody works on the code, never."""
    if request.method not in SAFE or request.path_info in WITHOUT_DATABASE or settings.DEBUG:
        return False
    return "HTTP_COOKIE" not in request.META or not request.COOKIES.keys() & {settings.SESSION_COOKIE_NAME, "messages"}


def _tagged_by(request: HttpRequest) -> str:
    match = request.resolver_match
    return getattr(match.func, "tagged_by", "") if match else ""


def _lacks_a_tag(response: HttpResponse) -> bool:
    """Whether a view left it to us to say how long a copy of its answer is good."""
    is_public = response.get("Cache-Control", PUBLIC) == PUBLIC
    return response.status_code == HTTPStatus.OK and is_public and "ETag" not in response


def _may_be_kept(response: HttpResponse) -> bool:
    """Whether an answer is for everybody, and so is that a copy is still good."""
    return (
        response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
        and response.get("Cache-Control") == PUBLIC
        and "ETag" in response
        and not response.cookies
        and len(response.content) <= LARGEST
    )


def _varies(response: HttpResponse) -> tuple[str, ...]:
    """The request's headers that an answer depends on. Nobody with a cookie that matters comes here.

    Of what is compressed one copy does for all; the language that was chosen by a header stands in the key.
    """
    names = (name.strip().lower() for name in response.get("Vary", "").split(","))
    return tuple(sorted({name for name in names if name not in _IN_THE_KEY}))


def _written(request: HttpRequest, found: Kept) -> HttpResponse | None:
    """A kept page as an answer; None where only its tag is known, and the client has another."""
    response = HttpResponse(found.body or b"", headers=dict(found.headers))
    answer = _conditional(request, response)
    return None if found.body is None and answer is response else as_taken(request, answer)


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, or that the client has it already."""
    is_asked = any(name in request.META for name in _CONDITIONS)
    if not is_asked or response.status_code != HTTPStatus.OK or "ETag" not in response:
        return response
    answer = get_conditional_response(request, response["ETag"], None, response)
    if answer is None or answer is response:
        return response
    for name, value in response.items():
        if name.lower() in _OF_A_304 or name.startswith("Access-Control-"):
            answer[name] = value
    return answer


def _to_nobody_else(response: Answer) -> Answer:
    """Let no cache keep what no view said may be kept."""
    if "Cache-Control" not in response:
        response["Cache-Control"] = PRIVATE
    return response


def _digest(*parts: str) -> str:
    # A list's own form keeps the parts apart, whatever characters stand in them.
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
