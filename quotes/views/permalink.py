"""Permalinks: the latest version, every version, and their exports."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from quotes.citing.box import box
from quotes.citing.formats import BY_SUFFIX, file_name
from quotes.citing.record import CitedStatement, read
from quotes.models import Revision, Statement
from quotes.pages import statement_page
from quotes.permalinks import Mistyped, read_pid
from sources.slugs import survivor


def latest(request: HttpRequest, typed: str) -> HttpResponse:
    """The latest version of a statement; the survivor's page where it was merged away."""
    statement = _find(typed)
    if statement.state == Statement.State.MERGED:
        return HttpResponsePermanentRedirect(survivor(statement).get_absolute_url())
    if typed != statement.pid:
        return HttpResponsePermanentRedirect(statement.get_absolute_url())
    return _show(request, statement, _revision(statement))


def version(request: HttpRequest, typed: str, number: str) -> HttpResponse:
    """One version, frozen; a banner tells where a later one exists."""
    statement = _find(typed)
    address = statement.version_url(int(number))
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    return _show(request, statement, _revision(statement, int(number)), is_version=True)


def latest_export(request: HttpRequest, typed: str, suffix: str) -> HttpResponse:
    """The latest version in the format that `suffix` names."""
    statement = _find(typed)
    address = statement.get_absolute_url() + suffix
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    return _export(_revision(statement), suffix)


def version_export(request: HttpRequest, typed: str, number: str, suffix: str) -> HttpResponse:
    """One version in a format: the same bytes for ever."""
    statement = _find(typed)
    address = statement.version_url(int(number)) + suffix
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    return _export(_revision(statement, int(number)), suffix)


def _find(typed: str) -> Statement:
    """The statement that visitors may read at an address. Unknown ids and drafts are the same 404."""
    try:
        pid = read_pid(typed)
    except Mistyped as error:
        raise Http404("mistyped") from error
    statement = Statement.objects.for_permalink().filter(pid=pid).exclude(state=Statement.State.DRAFT).first()
    if statement is None:
        raise Http404("unknown")
    return statement


def _revision(statement: Statement, number: int | None = None) -> Revision:
    """Version `number`, or the latest."""
    versions = statement.revisions.all()
    revision = versions.filter(number=number).first() if number is not None else versions.last()
    if revision is None:
        raise Http404("version")
    return revision


def _show(request: HttpRequest, statement: Statement, revision: Revision, *, is_version: bool = False) -> HttpResponse:
    if not revision.body:
        return render(request, "statements/removed.html", {"statement": statement}, status=410)
    cited = _cited(revision)
    context = {
        "page": statement_page(statement),
        "statement": statement,
        "revision": revision,
        "cited": cited,
        "box": box(cited),
        "address": statement.version_url(revision.number),
        "is_version": is_version,
        "section": "statements",
    }
    return render(request, "statements/permalink.html", context)


def _export(revision: Revision, suffix: str) -> HttpResponse:
    if not revision.body:
        return HttpResponse("This statement was removed.\n", content_type="text/plain; charset=utf-8", status=410)
    cited = _cited(revision)
    chosen = BY_SUFFIX.get(suffix)
    if chosen is None or not chosen.applies(cited):
        raise Http404("format")
    response = HttpResponse(chosen.write(cited).encode(), content_type=chosen.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(cited, suffix)}"'
    return response


def _cited(revision: Revision) -> CitedStatement:
    return read(json.loads(revision.body), settings.SITE_URL)
