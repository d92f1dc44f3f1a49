from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from quotes.charts.thread import thread
from quotes.exchange import exchanges
from quotes.figure_files import figure_file
from quotes.filters import filed_under
from quotes.indexes import asked
from quotes.limits import limited
from quotes.listing import Listing, listing
from quotes.models import Topic
from quotes.moved import to_present_name
from quotes.page_cache import shared
from quotes.patience import patient
from quotes.topic_tree import topic_tree

_TURNS = 25


@shared
@require_safe
@limited("lists")
@patient
def index(request: HttpRequest) -> HttpResponse:
    """The tree of topics, or the topics whose names hold what was typed."""
    typed, letter = asked(request.GET)
    context = {"index": topic_tree(typed, letter), "typed": typed, "section": "topics"}
    return render(request, "topics/index.html", context)


@shared
@require_safe
@limited("lists")
@patient
def exchange(request: HttpRequest, slug: str) -> HttpResponse:
    """What was said on a topic, each with what was said to it; and where no answer is on record."""
    found = Topic.objects.filter(slug=slug).first()
    if found is None:
        return to_present_name(Topic, slug)
    shown = _said_on(request, found)
    turns = exchanges(shown.statements)
    context = {
        "topic": found,
        "section": "topics",
        "listing": shown,
        "exchanges": turns,
        "figures": [figure for figure in [thread(turns)] if not figure.is_empty],
        "csv_base": request.path,
        "csv_query": f"?{request.GET.urlencode()}" if request.GET else "",
        "today": localdate(),
    }
    return render(request, "topics/exchange.html", context, status=shown.status)


@shared
@require_safe
@limited("lists")
@patient
def exchange_file(request: HttpRequest, slug: str) -> HttpResponse:
    """What the drawing of the same page shows, as a file."""
    found = Topic.objects.filter(slug=slug).first()
    if found is None:
        return to_present_name(Topic, slug)
    shown = _said_on(request, found)
    if not shown.is_valid:
        return HttpResponse("These filters can’t be read.\n", content_type="text/plain; charset=utf-8", status=400)
    return figure_file(thread(exchanges(shown.statements)), "exchange")


def _said_on(request: HttpRequest, topic: Topic) -> Listing:
    within, path = filed_under([topic]), reverse("exchange", args=[topic.slug])
    return listing(request.GET, within=within, path=path, subject=("topic", topic.slug), counted=False, size=_TURNS)


@shared
@require_safe
@limited("lists")
@patient
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic, the topics above and below it, and what was said about them."""
    found = Topic.objects.filter(slug=slug).first()
    if found is None:
        return to_present_name(Topic, slug)
    shown = listing(request.GET, within=filed_under([found]), path=request.path, subject=("topic", slug))
    near = list(Topic.objects.filter(Q(pk__in=found.above) | Q(parent=found)).with_counts())
    context = {
        "topic": found,
        "section": "topics",
        "above": sorted((one for one in near if one.parent_id != found.pk), key=lambda one: len(one.path)),
        "below": [one for one in near if one.parent_id == found.pk],
        "listing": shown,
    }
    return render(request, "topics/topic.html", context, status=shown.status)
