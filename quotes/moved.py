"""Addresses of what was renamed or merged away lead to where it is today, those beside a permalink too."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from quotes.models import Statement
from quotes.permalinks import Mistyped, read_pid
from sources.slugs import resolve, survivor


def to_present_name(model: type[models.Model], slug: str) -> HttpResponse:
    """Redirect from the page of a slug that was given up, or of what was merged away. Raises Http404 for others.

    Two queries; one more for every further merge in a chain.
    """
    found: Any = resolve(model, [slug]).get(slug)  # a speaker, an outlet or a topic
    if found is None or found.slug == slug:
        raise Http404("unknown")
    return HttpResponsePermanentRedirect(found.get_absolute_url())


def beside_permalink(
    request: HttpRequest, typed: str, page: str, show: Callable[[Statement], HttpResponse]
) -> HttpResponse:
    """What `show` makes of the statement; or where it went, or that it was removed. One query before.

    `page` is the end of its address after the permalink. Raises Http404 for an id that is mistyped or isn't public.
    """
    try:
        pid = read_pid(typed)
    except Mistyped as error:
        raise Http404("mistyped") from error
    statement = Statement.objects.for_permalink().filter(pid=pid).first()
    if statement is None or statement.state == Statement.State.DRAFT:
        raise Http404("unknown")
    if not statement.spans:
        return render(request, "statements/removed.html", {"statement": statement}, status=410)
    if statement.state == Statement.State.MERGED or pid != typed:
        return HttpResponsePermanentRedirect(f"{survivor(statement).get_absolute_url()}/{page}")
    return show(statement)
