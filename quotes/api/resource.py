"""What every address of the API does alike: the limit, the format, entity tags, problems, links to the next page."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework.request import Request
from rest_framework.views import APIView

from quotes import limits
from quotes.addresses import client_address
from quotes.api import problems
from quotes.api.formats import JSON, Format, as_json, negotiated
from quotes.facets import Total
from quotes.patience import RETRY_AFTER, NoTurn, TookTooLong, in_turn, within
from quotes.revalidation import content_tag, epoch_tag, keep, unchanged


class Resource(APIView):
    """Something that is read. `answer` writes it; `tag` tells its age, or None where the bytes must."""

    authentication_classes = ()
    permission_classes = ()
    http_method_names: tuple[str, ...] = ("get", "head", "options")

    formats: tuple[Format, ...] = (JSON,)
    allowance = limits.Allowance(0, 0, 0)
    format = JSON

    @property
    def methods(self) -> str:
        """What its address takes, as headers tell it."""
        return ", ".join(name.upper() for name in self.http_method_names)

    def get_exception_handler(self) -> Any:
        """Tell what went wrong in our own words."""
        return problems.respond

    def initial(self, request: Request, *_args: Any, **kwargs: Any) -> None:
        """Before the answer: whether they may ask, and what they take."""
        self.allowance = limits.spend("requests", client_address(request), settings.API_REQUESTS_PER_MINUTE)
        if request.method == "POST":
            return
        self.format = negotiated(request.headers.get("Accept", ""), self.formats, kwargs.get("suffix", ""))

    def get(self, request: Request, /, **_where: Any) -> HttpResponse:
        """Answer within LIST_SECONDS, with a 304 where the client's copy is still good; `self.kwargs` says which."""
        tag = self.tag(request)
        same = unchanged(request, tag) if tag else None
        if same is not None:
            return same
        try:
            with in_turn(), within(settings.LIST_SECONDS):
                response = self.answer(request)
        except TookTooLong as error:
            told = f"This took longer than {settings.LIST_SECONDS} s. Ask for less, or again later."
            if isinstance(error, NoTurn):
                told = "As many as can be are being answered. Ask again in a moment."
            headers = {"Retry-After": str(RETRY_AFTER)}
            raise problems.Problem(HTTPStatus.SERVICE_UNAVAILABLE, told, headers=headers) from error
        if response.status_code != HTTPStatus.OK:
            return response
        keep(response, tag or content_tag(response))
        same = None if tag else get_conditional_response(request, response["ETag"], None, response)
        return same or response

    def tag(self, request: Request, /) -> str | None:
        """The entity tag: by default anything that changes in public renews it."""
        return epoch_tag(request, *self.identity(request))

    def identity(self, request: Request) -> tuple[str, ...]:
        """What tells one answer of this resource from another."""
        return ("api", request.path, request.GET.urlencode(), self.format.name)

    def answer(self, request: Request, /) -> HttpResponse:
        """The answer."""
        raise NotImplementedError

    def write(self, content: bytes, *, name: str = "") -> HttpResponse:
        """An answer in the client's format; a file where it has a `name`."""
        response = HttpResponse(content, content_type=self.format.media_type)
        if name:
            response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Put on what every answer says: problems and 304 too."""
        final = super().finalize_response(request, response, *args, **kwargs)
        final["Allow"] = self.methods
        if len(self.formats) > 1:
            patch_vary_headers(final, ["Accept"])
        self.allowance.put_on(final)
        return final


def page(
    results: list[Any], *, onward: str = "", back: str = "", total: Total | None = None, **more: Any
) -> dict[str, Any]:
    """The answer of a list: its rows, the addresses around them, and how many there are as far as they were counted."""
    return {
        "total": None if total is None else total.n - total.is_more,
        "total_is_more": bool(total and total.is_more),
        "next": f"{settings.SITE_URL}{onward}" if onward else None,
        "previous": f"{settings.SITE_URL}{back}" if back else None,
        **more,
        "results": results,
    }


def link_pages(response: HttpResponse, listed: Mapping[str, Any]) -> HttpResponse:
    """Tell the addresses of a list's other pages in the header too: a table has no other place for them (RFC 8288)."""
    links = [f'<{listed[name]}>; rel="{rel}"' for name, rel in (("next", "next"), ("previous", "prev")) if listed[name]]
    if links:
        response["Link"] = ", ".join(links)
    return response


def json_page(resource: Resource, listed: Mapping[str, Any]) -> HttpResponse:
    """A list as JSON, with its links."""
    return link_pages(resource.write(as_json(listed)), listed)
