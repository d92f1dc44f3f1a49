"""Permalinks: the latest version, every version, and their exports, by suffix and by what a client accepts."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from quotes.charts.roads import tree_of_roads
from quotes.citing import head, jsonld, text_fragment
from quotes.citing.box import box
from quotes.citing.formats import BY_SUFFIX, FORMATS, TEXT, available, file_name
from quotes.citing.present import Present
from quotes.embedding import snippet
from quotes.history import present, standing
from quotes.linking import export_links, gate_links, http_date, link_header, page_links, version_links
from quotes.models import Statement
from quotes.negotiation import MalformedDatetime, choose, read_datetime, refuses
from quotes.page_cache import shared
from quotes.pages import statement_page
from quotes.revalidation import PRIVATE, PUBLIC, export_tag, is_personal, keep, mark, mark_of, page_tag, unchanged
from quotes.versions import Shown, find, series
from sources.slugs import survivor

PAGE = ""
"""The page itself, among the suffixes that a client may choose from."""
_HTML = "text/html; charset=utf-8"
# Of the formats in plain text, a client that asks for plain text gets the one of that name.
_BY_ACCEPT = [one for one in FORMATS if one.media_type != TEXT or one.key == "text"]


@shared
@require_safe
def latest(request: HttpRequest, typed: str) -> HttpResponse:
    """The latest version of a statement; the survivor's page where it was merged away; a past one by its date."""
    is_dated = "Accept-Datetime" in request.headers
    suffix = _accepted(request)
    response = None if is_dated else _unchanged(request, typed, None, suffix)
    if response is None:
        shown = find(typed)
        response = _elsewhere(request, shown.statement) or (
            _as_of(request, shown) if is_dated else _negotiated(request, shown, suffix, versioned=False)
        )
    patch_vary_headers(response, ["Accept-Datetime", "Accept"])
    return response


@shared
@require_safe
def version(request: HttpRequest, typed: str, number: str) -> HttpResponse:
    """One version, frozen; a banner tells where a later one exists."""
    suffix = _accepted(request)
    response = _unchanged(request, typed, int(number), suffix)
    if response is None:
        shown = find(typed, int(number))
        address = shown.statement.version_url(int(number))
        if request.path != address:
            return HttpResponsePermanentRedirect(address)
        response = _negotiated(request, shown, suffix, versioned=True)
    patch_vary_headers(response, ["Accept"])
    return response


@shared
@require_safe
def latest_export(request: HttpRequest, typed: str, suffix: str) -> HttpResponse:
    """The latest version in the format that `suffix` names, as it stands today."""
    if same := _unchanged(request, typed, None, suffix):
        return same
    shown = find(typed)
    return _elsewhere(request, shown.statement, suffix) or _export(request, shown, suffix, versioned=False)


@shared
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
    if "If-None-Match" not in request.headers or suffix is None or (suffix == PAGE and is_personal(request)):
        return None
    known = mark(typed, number)
    if known is None:
        return None
    today = localdate()
    tag = export_tag(known, suffix, today=_told(suffix, number, today)) if suffix else page_tag(known, today)
    return unchanged(request, tag)


def _told(suffix: str, number: int | None, today: dt.date) -> dt.date | None:
    """The day that an export tells the state of; None for what is frozen."""
    chosen = BY_SUFFIX.get(suffix)
    return None if number is not None or (chosen and chosen.is_frozen) else today


def _keeping(request: HttpRequest) -> str:
    """Who may keep a page."""
    return PRIVATE if is_personal(request) else PUBLIC


def _elsewhere(request: HttpRequest, statement: Statement, suffix: str = "") -> HttpResponse | None:
    """A redirect to the survivor of a merge, which may be undone, or to the address as it is written."""
    if statement.state == Statement.State.MERGED:
        response = HttpResponsePermanentRedirect(survivor(statement).get_absolute_url() + suffix)
        response["Cache-Control"] = PUBLIC
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
    response["Cache-Control"] = PUBLIC
    return response


def _negotiated(request: HttpRequest, shown: Shown, suffix: str | None, *, versioned: bool) -> HttpResponse:
    """The page or an export, as the client accepts: `suffix` of all there are, unless this statement lacks it."""
    if shown.is_removed:
        return _removed(request, shown)
    if suffix not in (PAGE, None):
        suffix = _accepted(request, shown)
    if suffix is None:
        return _not_acceptable(request, shown, versioned=versioned)
    if suffix == PAGE:
        return _page(request, shown, versioned=versioned)
    response = _export(request, shown, suffix, versioned=versioned)
    response["Content-Location"] = request.path + suffix
    return response


def _page(request: HttpRequest, shown: Shown, *, versioned: bool) -> HttpResponse:
    """The page, which tells of today whatever version it shows: an old one may have been retracted since."""
    statement, cited, today = shown.statement, shown.cited, localdate()
    known = standing(statement, shown.revision.number)
    now = present(statement, known, today)
    page = statement_page(statement)
    context = {
        "page": page,
        # Of one road the stops themselves are a drawing.
        "figures": [tree_of_roads(page.roads)] if len(page.roads) > 1 else [],
        "csv_base": f"{statement.get_absolute_url()}/",
        "statement": statement,
        "standing": known,
        "revision": shown.revision,
        "logged_at": shown.logged_at,
        "cited": cited,
        "snippet": snippet(cited, retracted=statement.state == Statement.State.RETRACTED),
        "box": box(cited, now),
        "address": statement.version_url(shown.revision.number),
        "files": statement.version_url(shown.revision.number) if versioned else statement.get_absolute_url(),
        "is_version": versioned,
        "latest_number": shown.latest,
        "section": "statements",
        **_told_to_programs(shown, now, cited.version_url if versioned else cited.url),
    }
    response = render(request, "statements/permalink.html", context)
    if versioned:
        response["Memento-Datetime"] = http_date(shown.revision.recorded_at)
        response["Link"] = link_header(version_links(cited, shown.latest, settings.RECORD_LICENCE))
    else:
        response["Link"] = link_header(page_links(cited, settings.RECORD_LICENCE))
    response["Cache-Control"] = _keeping(request)
    return keep(response, page_tag(mark_of(shown), today)) if response["Cache-Control"] == PUBLIC else response


def _told_to_programs(shown: Shown, now: Present, base: str) -> dict[str, object]:
    """What the page's head holds for reference managers, search engines and sites that link here."""
    cited = shown.cited
    return {
        "metadata": head.metadata(cited, now),
        "description": head.description(cited),
        "structured_data": jsonld.write_small(cited, now),
        "alternates": available(cited),
        "alternate_base": base,
        "source_address": text_fragment.url(shown.in_context),
    }


def _export(request: HttpRequest, shown: Shown, suffix: str, *, versioned: bool) -> HttpResponse:
    """A file: of a version the frozen bytes; of the latest with how it stands today, for one more query."""
    if shown.is_removed:
        return _removed(request, shown, as_text=True)
    cited, chosen = shown.cited, BY_SUFFIX.get(suffix)
    if chosen is None or not chosen.applies(cited):
        raise Http404("format")
    today = _told(suffix, shown.revision.number if versioned else None, localdate())
    if today is None:
        text = chosen.write(cited)
    else:
        text = chosen.write(shown.in_context, present(shown.statement, standing(shown.statement), today))
    response = HttpResponse(text.encode(), content_type=chosen.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(cited, suffix)}"'
    response["Link"] = link_header(export_links(cited, cited.version_url if versioned else cited.url))
    return keep(response, export_tag(mark_of(shown), suffix, today=today))


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
