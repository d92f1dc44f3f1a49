"""Permalinks: the latest version, every version, and their exports, by suffix and by what a client accepts."""

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from quotes.citing import head, jsonld, text_fragment
from quotes.citing.box import box
from quotes.citing.formats import BY_SUFFIX, FORMATS, TEXT, available, file_name
from quotes.citing.record import CitedStatement
from quotes.embedding import snippet
from quotes.linking import export_links, gate_links, http_date, link_header, page_links, version_links
from quotes.models import Statement
from quotes.negotiation import MalformedDatetime, choose, read_datetime, refuses
from quotes.pages import statement_page
from quotes.revalidation import export_tag, mark, mark_of, page_tag
from quotes.versions import Shown, find, series
from sources.slugs import survivor

PAGE = ""
"""The page itself, among the suffixes that a client may choose from."""
_HTML = "text/html; charset=utf-8"
# Of the formats in plain text, a client that asks for plain text gets the one of that name.
_BY_ACCEPT = [one for one in FORMATS if one.media_type != TEXT or one.key == "text"]
_PUBLIC, _PRIVATE = "public, max-age=0, must-revalidate", "private"


@require_safe
def latest(request: HttpRequest, typed: str) -> HttpResponse:
    """The latest version of a statement; the survivor's page where it was merged away; a past one by its date."""
    is_dated = "Accept-Datetime" in request.headers
    response = None if is_dated else _unchanged(request, typed, None, _accepted(request))
    if response is None:
        shown = find(typed)
        response = _elsewhere(request, shown.statement) or (
            _as_of(request, shown) if is_dated else _negotiated(request, shown, versioned=False)
        )
    patch_vary_headers(response, ["Accept-Datetime", "Accept"])
    return response


@require_safe
def version(request: HttpRequest, typed: str, number: str) -> HttpResponse:
    """One version, frozen; a banner tells where a later one exists."""
    response = _unchanged(request, typed, int(number), _accepted(request))
    if response is None:
        shown = find(typed, int(number))
        address = shown.statement.version_url(int(number))
        if request.path != address:
            return HttpResponsePermanentRedirect(address)
        response = _negotiated(request, shown, versioned=True)
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def latest_export(request: HttpRequest, typed: str, suffix: str) -> HttpResponse:
    """The latest version in the format that `suffix` names."""
    if same := _unchanged(request, typed, None, suffix):
        return same
    shown = find(typed)
    return _elsewhere(request, shown.statement, suffix) or _export(request, shown, suffix, versioned=False)


@require_safe
def version_export(request: HttpRequest, typed: str, number: str, suffix: str) -> HttpResponse:
    """One version in a format: the same bytes for ever."""
    if same := _unchanged(request, typed, int(number), suffix):
        return same
    shown = find(typed, int(number))
    address = shown.statement.version_url(int(number)) + suffix
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    return _export(request, shown, suffix, versioned=True)


def _accepted(request: HttpRequest, shown: Shown | None = None) -> str | None:
    """The suffix of the format that a client accepts, PAGE for the page, None for none of them."""
    formats = [one for one in _BY_ACCEPT if shown is None or one.applies(shown.cited)]
    return choose(request.headers.get("Accept", ""), {PAGE: _HTML, **{one.suffix: one.media_type for one in formats}})


def _unchanged(request: HttpRequest, typed: str, number: int | None, suffix: str | None) -> HttpResponse | None:
    """A 304 where the client's copy is still good: one query, and none where it names no copy."""
    if "If-None-Match" not in request.headers or suffix is None or (suffix == PAGE and _is_personal(request)):
        return None
    known = mark(typed, number)
    if known is None:
        return None
    tag = export_tag(known, suffix, versioned=number is not None) if suffix else page_tag(known)
    response = get_conditional_response(request, etag=tag)
    if response is not None:
        response["ETag"], response["Cache-Control"] = tag, _PUBLIC
    return response


def _is_personal(request: HttpRequest) -> bool:
    """Whether the page is for one reader alone: they are signed in, or about to be told something."""
    return request.user.is_authenticated or len(get_messages(request)) > 0


def _keeping(request: HttpRequest) -> str:
    """Who may keep a page."""
    return _PRIVATE if _is_personal(request) else _PUBLIC


def _elsewhere(request: HttpRequest, statement: Statement, suffix: str = "") -> HttpResponse | None:
    """A redirect to the survivor of a merge, which may be undone, or to the address as it is written."""
    if statement.state == Statement.State.MERGED:
        response = HttpResponsePermanentRedirect(survivor(statement).get_absolute_url() + suffix)
        response["Cache-Control"] = _PUBLIC
        return response
    address = statement.get_absolute_url() + suffix
    return HttpResponsePermanentRedirect(address) if request.path != address else None


def _as_of(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The way to the version that was current at a time (RFC 7089)."""
    if shown.is_removed:
        return _removed(request, shown)
    try:
        when = read_datetime(request.headers["Accept-Datetime"])
    except MalformedDatetime:
        line = "Accept-Datetime takes a date like “Sat, 03 Dec 2022 20:00:00 GMT”.\n"
        return HttpResponse(line, content_type=TEXT, status=400)
    versions = series(shown.statement)
    response = HttpResponseRedirect(versions.version_url(versions.at(when)))
    response["Link"] = link_header(gate_links(versions))
    response["Cache-Control"] = _PUBLIC
    return response


def _negotiated(request: HttpRequest, shown: Shown, *, versioned: bool) -> HttpResponse:
    """The page or an export, as the client accepts."""
    if shown.is_removed:
        return _removed(request, shown)
    suffix = _accepted(request, shown)
    if suffix is None:
        return _not_acceptable(request, shown, versioned=versioned)
    if suffix == PAGE:
        return _page(request, shown, versioned=versioned)
    response = _export(request, shown, suffix, versioned=versioned)
    response["Content-Location"] = request.path + suffix
    return response


def _page(request: HttpRequest, shown: Shown, *, versioned: bool) -> HttpResponse:
    statement, cited = shown.statement, shown.cited
    context = {
        "page": statement_page(statement),
        "statement": statement,
        "revision": shown.revision,
        "cited": cited,
        "snippet": snippet(shown.cited, retracted=shown.statement.state == Statement.State.RETRACTED),
        "box": box(cited),
        "address": statement.version_url(shown.revision.number),
        "is_version": versioned,
        "latest_number": shown.latest,
        "section": "statements",
        **_told_to_programs(cited, cited.version_url if versioned else cited.url),
    }
    response = render(request, "statements/permalink.html", context)
    if versioned:
        response["Memento-Datetime"] = http_date(shown.revision.recorded_at)
        response["Link"] = link_header(version_links(cited, shown.latest, settings.RECORD_LICENCE))
    else:
        response["Link"] = link_header(page_links(cited, settings.RECORD_LICENCE))
    response["Cache-Control"] = _keeping(request)
    if response["Cache-Control"] == _PUBLIC:
        response["ETag"] = page_tag(mark_of(shown))
    return response


def _told_to_programs(cited: CitedStatement, base: str) -> dict[str, object]:
    """What the page's head holds for reference managers, search engines and sites that link here."""
    return {
        "metadata": head.metadata(cited),
        "description": head.description(cited),
        "structured_data": jsonld.write(cited),
        "alternates": available(cited),
        "alternate_base": base,
        "source_address": text_fragment.url(cited),
    }


def _export(request: HttpRequest, shown: Shown, suffix: str, *, versioned: bool) -> HttpResponse:
    if shown.is_removed:
        return _removed(request, shown, as_text=True)
    cited, chosen = shown.cited, BY_SUFFIX.get(suffix)
    if chosen is None or not chosen.applies(cited):
        raise Http404("format")
    response = HttpResponse(chosen.write(cited).encode(), content_type=chosen.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(cited, suffix)}"'
    response["Link"] = link_header(export_links(cited, cited.version_url if versioned else cited.url))
    response["Cache-Control"] = _PUBLIC
    response["ETag"] = export_tag(mark_of(shown), suffix, versioned=versioned)
    return response


def _removed(request: HttpRequest, shown: Shown, *, as_text: bool = False) -> HttpResponse:
    if as_text:
        return HttpResponse("This statement was removed.\n", content_type=TEXT, status=410)
    response = render(request, "statements/removed.html", {"statement": shown.statement}, status=410)
    response["Cache-Control"] = _keeping(request)
    return response


def _not_acceptable(request: HttpRequest, shown: Shown, *, versioned: bool) -> HttpResponse:
    """What there is instead, as a page; as plain text for those who refuse pages by name."""
    base = shown.cited.version_url if versioned else shown.cited.url
    offers = [("Page", _HTML.partition(";")[0], base)]
    offers += [(one.label, one.media_type, base + one.suffix) for one in available(shown.cited)]
    if refuses(request.headers.get("Accept", ""), "text/html"):
        lines = ["None of the accepted media types is on offer here. These are:"]
        lines += [f"{media_type} {address}" for _, media_type, address in offers]
        return HttpResponse("\n".join(lines) + "\n", content_type=TEXT, status=406)
    response = render(request, "statements/not_acceptable.html", {"offers": offers}, status=406)
    response["Cache-Control"] = _keeping(request)
    return response
