"""Where a developer starts: the resources, the schema, and the page to try them on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from rest_framework.request import Request

from quotes.api.described.schema import PREFIX, document
from quotes.api.formats import JSON, Format, as_json
from quotes.api.problems import Problem
from quotes.api.resource import Resource
from quotes.negotiation import choose
from quotes.page_cache import shared
from quotes.revalidation import code

SCHEMA = Format("openapi", "application/vnd.oai.openapi+json; version=3.1")
RESOURCES = {
    "statements": "Published statements, with the filters of the pages",
    "search": "Statements with some words",
    "facets": "How a list spreads over speakers, outlets, topics, years",
    "speakers": "Everybody heard on record",
    "outlets": "Who published and passed on",
    "topics": "What was spoken about",
    "documents": "What statements were found in",
    "links": "Who answers, denies or confirms whom",
    "check": "Was this said? A text’s quotations, held against the record",
    "corrections": "What was corrected, retracted, merged or removed",
}
# Swagger UI draws its icons from data: addresses; nothing of it is loaded from elsewhere, nothing is inline.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Index(Resource):
    """The addresses of all resources."""

    schema = None

    def tag(self, _request: Request, /) -> None:
        """By its bytes."""

    def answer(self, _request: Request, /) -> HttpResponse:
        """An address for each name."""
        start = f"{settings.SITE_URL}{PREFIX}"
        named = {name: f"{start}/{name}" for name in RESOURCES}
        return self.write(as_json({**named, "schema": f"{start}/schema.json", "docs": f"{start}/docs/"}))


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The page for people, the index for programs."""
    liked = choose(request.headers.get("Accept", ""), {"json": JSON.media_type, "page": "text/html"})
    response: HttpResponse = docs(request) if liked == "page" else Index.as_view()(request)
    patch_vary_headers(response, ["Accept"])
    return response


@shared
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The resources with examples, and where scripts run, every parameter to try."""
    resources = [(name, f"{PREFIX}/{name}", told) for name, told in RESOURCES.items()]
    response = render(request, "api/docs.html", {"resources": resources, "site": settings.SITE_URL, "section": "api"})
    response["Content-Security-Policy"] = POLICY
    return response


class OpenApi(Resource):
    """The OpenAPI 3.1 document."""

    schema = None
    formats = (SCHEMA, JSON)

    def tag(self, _request: Request, /) -> str:
        """It changes with the code alone."""
        return f'W/"{code()[:24]}-{self.format.name}"'

    def answer(self, _request: Request, /) -> HttpResponse:
        """The document, which is made once a process."""
        return self.write(document())


class Unknown(Resource):
    """Every address of the API that nothing is at."""

    schema = None

    def get(self, _request: Request, /, **_where: Any) -> HttpResponse:
        """Say so as all problems are said."""
        raise Problem(404, f"Nothing is at this address. What there is stands at {settings.SITE_URL}{PREFIX}/.")
