"""The public ledger of corrections, as a page and as a feed."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from quotes.ledger import Entry, ledger
from quotes.revalidation import PRIVATE, is_personal, keep, ledger_tag, unchanged
from quotes.spans import clean

FEED_SIZE = 50


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What was done to published statements, newest first, by kind, speaker and day; at most eight queries.

    One where the copy that a visitor has is still good.
    """
    if is_personal(request):
        response = _page(request)
        response["Cache-Control"] = PRIVATE
        return response
    tag = ledger_tag("corrections", request.GET.urlencode())
    if same := unchanged(request, tag):
        return same
    response = _page(request)
    return keep(response, tag) if response.status_code == HTTPStatus.OK else response


def _page(request: HttpRequest) -> HttpResponse:
    found = ledger(request.GET)
    return render(request, "corrections/corrections.html", {"ledger": found}, status=found.status)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest acts, filtered like the page, as Atom; one query where the reader's copy is still good."""
    tag = ledger_tag("feed", request.GET.urlencode())
    if same := unchanged(request, tag):
        return same
    found = ledger(request.GET, size=FEED_SIZE)
    if found.status != HTTPStatus.OK:
        return HttpResponse(
            "These filters can't be read: see /corrections/.\n", content_type="text/plain; charset=utf-8", status=400
        )
    page = f"{settings.SITE_URL}{reverse('corrections')}{found.feed}"
    atom = Atom1Feed(
        title="On Record: corrections",
        link=page,
        description="",
        subtitle="Corrections, retractions, removals and merges of published statements",
        feed_url=f"{settings.SITE_URL}{reverse('corrections_feed')}{found.feed}",
        feed_guid=page,
        author_name="The editors of On Record",
        language="en",
    )
    for entry in found.entries:
        _add(atom, entry)
    return keep(HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type), tag)


def _add(atom: Atom1Feed, entry: Entry) -> None:
    """One act as an entry; its id is a tag URI (RFC 4151), which stays whatever becomes of the statement."""
    host, at, pid = urlsplit(settings.SITE_URL).hostname, entry.act.at, entry.statement.pid
    who = "" if entry.is_blank else f", {entry.statement.speaker}"
    told = " · ".join(filter(None, [_what(entry), entry.reason]))
    atom.add_item(
        title=clean(f"{entry.kind}: {pid}{who}"),
        link=f"{settings.SITE_URL}{entry.statement.get_absolute_url()}",
        description=clean(told),
        unique_id=f"tag:{host},{at:%Y-%m-%d}:corrections/{entry.act.pk}",
        pubdate=at,
        updateddate=at,
    )


def _what(entry: Entry) -> str:
    """What was done, without the words."""
    if entry.changed:
        return f"Version {entry.number} changes {entry.changed}"
    if entry.removed_for:
        return f"Removed for good: {entry.removed_for}"
    return f"The statement that stays: {entry.other}" if entry.other else ""
