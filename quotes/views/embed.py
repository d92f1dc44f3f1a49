"""What other sites load: the page for their frames, the oEmbed answer, the picture of a version."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from quotes import embedding, pictures
from quotes.citing.record import CitedStatement
from quotes.models import Statement
from quotes.page_cache import shared_by_content

THEMES = ("light", "dark")
# The one page that others may frame loads nothing but its own style and script.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors *"
)


@shared_by_content
@require_safe
@xframe_options_exempt
def embed(request: HttpRequest, typed: str) -> HttpResponse:
    """A statement for other sites' frames: its latest version, or `?v=N` with a banner where a later one exists."""
    response = _framed(request, typed)
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _framed(request: HttpRequest, typed: str) -> HttpResponse:
    statement = embedding.find(typed)
    if statement.state == Statement.State.MERGED:
        return _moved(request, embedding.current(statement), keep=("theme",))
    if typed != statement.pid:
        return _moved(request, statement, keep=("theme", "v"))
    asked = request.GET.get("theme", "")
    context = {"statement": statement, "theme": asked if asked in THEMES else ""}
    try:
        context["shown"] = embedding.embedded(statement, embedding.number_in(request.GET.get("v", "")))
    except embedding.Removed:
        return render(request, "embed/removed.html", context, status=410)
    return render(request, "embed/embed.html", context)


def _moved(request: HttpRequest, statement: Statement, keep: tuple[str, ...]) -> HttpResponse:
    query = request.GET.copy()
    for name in [name for name in query if name not in keep]:
        del query[name]
    address = f"{statement.get_absolute_url()}/embed"
    return HttpResponsePermanentRedirect(f"{address}?{query.urlencode()}" if query else address)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """The oEmbed endpoint: 501 for any format but JSON, 404 for any address that isn't a statement of ours."""
    if request.GET.get("format", "json") != "json":
        return _refused("This endpoint answers in JSON only.", 501)
    try:
        shown = embedding.at_address(request.GET.get("url", ""))
    except embedding.Removed:
        return _refused("This statement was removed.", 410)
    except Http404:
        return _refused("No statement of this record has that address.", 404)
    response = JsonResponse(embedding.oembed(shown, _size(request, "maxwidth"), _size(request, "maxheight")))
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=300"
    return response


def _refused(why: str, status: int) -> HttpResponse:
    return HttpResponse(f"{why}\n", content_type="text/plain; charset=utf-8", status=status)


def _size(request: HttpRequest, name: str) -> int | None:
    """How much room the asker has; none given, and nonsense, is no limit."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and text.strip("0") and len(text) < len("1000000") else None


@require_safe
def qr_code(request: HttpRequest, typed: str, number: str) -> HttpResponse:
    """A version's address as a QR code, which a printed page shows."""
    return _drawn(request, typed, int(number), ".qr.svg", lambda cited: pictures.qr_code(cited.version_url))


@require_safe
def picture(request: HttpRequest, typed: str, number: str) -> HttpResponse:
    """A version's picture."""
    return _drawn(request, typed, int(number), ".png", pictures.draw)


_MEDIA_TYPES = {".png": "image/png", ".qr.svg": "image/svg+xml"}


def _drawn(
    request: HttpRequest, typed: str, number: int, suffix: str, draw: Callable[[CitedStatement], bytes]
) -> HttpResponse:
    """What is drawn of a version, only for those who don't have it already."""
    statement = embedding.find(typed)
    address = statement.version_url(number) + suffix
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    try:
        shown = embedding.embedded(statement, number)
    except embedding.Removed:
        return _refused("This statement was removed.", 410)
    etag = f'"{shown.revision.sha256[:32]}-{pictures.DRAWING}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(draw(shown.cited), content_type=_MEDIA_TYPES[suffix])
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=0"
    return response
