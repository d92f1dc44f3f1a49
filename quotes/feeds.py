"""Feeds of statements: what is new on record, and any filtered list, as Atom and as JSON Feed.

A speaker's, outlet's, agency's or topic's feed is the list's, with that one filter.
"""

import datetime as dt

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes.citing.shortening import shortened
from quotes.limits import limited
from quotes.listing import Listing, listing
from quotes.models import Revision, Statement
from quotes.page_cache import shared_by_content
from quotes.patience import patient
from quotes.querysets import StatementQuerySet
from quotes.spans import clean, render
from quotes.syndication import FORMS, SIZE, Feed, Item, tag_uri


@shared_by_content
@require_safe
def newest(request: HttpRequest, form: str) -> HttpResponse:
    """What came on record last; three queries."""
    statements = _dated(Statement.objects.published().newest_first().for_cards())[:SIZE]
    feed = Feed(
        title="On Record: new statements",
        subtitle="Public statements as they come on record, with the road their words travelled",
        page=f"{settings.SITE_URL}/",
        address=f"{settings.SITE_URL}{request.path}",
        items=[_item(statement) for statement in statements],
    )
    return _answer(feed, form)


@shared_by_content
@require_safe
@limited("lists")
@patient
def statements(request: HttpRequest, form: str) -> HttpResponse:
    """A list with the filters of its address, latest said first; four queries."""
    found = listing(request.GET, _dated(Statement.objects.all()), path=request.path, counted=False, size=SIZE)
    if not found.is_valid:
        return _refused(found)
    query = f"?{found.feed_query}" if found.feed_query else ""
    feed = Feed(
        title=f"On Record: {found.title}",
        subtitle="Latest said first",
        page=f"{settings.SITE_URL}{reverse('statements')}{query}",
        address=f"{settings.SITE_URL}{request.path}{query}",
        items=[_item(statement) for statement in found.statements],
        onward=f"{settings.SITE_URL}{found.next_url}" if found.next_url else "",
    )
    return _answer(feed, form)


def _dated(statements: StatementQuerySet) -> StatementQuerySet:
    """With the time of the latest version: an entry is renewed when its statement is corrected."""
    latest = Revision.objects.filter(statement=OuterRef("pk")).order_by("-number")
    return statements.annotate(renewed_at=Subquery(latest.values("recorded_at")[:1]))


def _item(statement: Statement) -> Item:
    recorded: dt.datetime = statement.recorded_at or statement.renewed_at  # type: ignore[attr-defined]  # annotated
    return Item(
        id=tag_uri(recorded.date(), f"q/{statement.pid}"),
        url=f"{settings.SITE_URL}{statement.get_absolute_url()}",
        title=clean(f"{statement.speaker}: {render(shortened(statement.wording))}").replace("\n", " "),
        html=render_to_string("feeds/statement.html", {"statement": statement}).strip(),
        published=recorded,
        updated=statement.renewed_at,  # type: ignore[attr-defined]  # annotated
        author=statement.speaker.name,
        language=statement.language,
        tags=tuple(topic.name for topic in statement.topics.all()),
    )


def _answer(feed: Feed, form: str) -> HttpResponse:
    chosen = FORMS[form]
    response = HttpResponse(chosen.write(feed), content_type=chosen.media_type)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _refused(found: Listing) -> HttpResponse:
    lines = [found.misplaced] if found.misplaced else []
    lines += [f"{active.label}: “{active.words}”. {active.problem}" for active in found.problems]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8", status=400)
