"""The public ledger of corrections, as a page and as a feed."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from quotes.ledger import Entry, ledger
from quotes.page_cache import shared
from quotes.spans import clean
from quotes.syndication import FORMS, SIZE, Feed, Item, tag_uri


@shared
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What was done to published statements, newest first, by kind, speaker and day; at most eight queries."""
    found = ledger(request.GET)
    return render(request, "corrections/corrections.html", {"ledger": found}, status=found.status)


@shared
@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """The newest acts, filtered like the page, as a feed."""
    found = ledger(request.GET, size=SIZE)
    if found.status != HTTPStatus.OK:
        return HttpResponse(
            "These filters can't be read: see /corrections/.\n", content_type="text/plain; charset=utf-8", status=400
        )
    written = Feed(
        title="On Record: corrections",
        subtitle="Corrections, retractions, removals and merges of published statements",
        page=f"{settings.SITE_URL}{reverse('corrections')}{found.feed}",
        address=f"{settings.SITE_URL}{request.path}{found.feed}",
        items=[_item(entry) for entry in found.entries],
    )
    return HttpResponse(FORMS[form].write(written), content_type=FORMS[form].media_type)


def _item(entry: Entry) -> Item:
    """One act as an entry, whose id stays whatever becomes of the statement."""
    at, pid = entry.act.at, entry.statement.pid
    who = "" if entry.is_blank else f", {entry.statement.speaker}"
    told = " · ".join(filter(None, [_what(entry), entry.reason]))
    return Item(
        id=tag_uri(at.date(), f"corrections/{entry.act.pk}"),
        url=f"{settings.SITE_URL}{entry.statement.get_absolute_url()}",
        title=clean(f"{entry.kind}: {pid}{who}"),
        html=escape(clean(told)),
        published=at,
        updated=at,
    )


def _what(entry: Entry) -> str:
    """What was done, without the words."""
    if entry.changed:
        return f"Version {entry.number} changes {entry.changed}"
    if entry.removed_for:
        return f"Removed for good: {entry.removed_for}"
    return f"The statement that stays: {entry.other}" if entry.other else ""
