from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from quotes.filters import filed_under
from quotes.indexes import asked
from quotes.listing import listing
from quotes.models import Statement, Topic
from quotes.topic_tree import topic_tree
from sources.slugs import resolve


def index(request: HttpRequest) -> HttpResponse:
    """The tree of topics, or the topics whose names hold what was typed."""
    typed, letter = asked(request.GET)
    context = {"index": topic_tree(typed, letter), "typed": typed, "section": "topics"}
    return render(request, "topics/index.html", context)


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic, the topics above and below it, and what was said about them."""
    found = resolve(Topic, [slug]).get(slug)
    if found is None:
        raise Http404("unknown")
    if found.slug != slug:
        return redirect(found, permanent=True)
    shown = listing(request.GET, Statement.objects.filter(filed_under([found])), path=request.path)
    context = {
        "topic": found,
        "section": "topics",
        "above": Topic.objects.filter(pk__in=found.above).order_by("path"),
        "below": Topic.objects.filter(parent=found).with_counts(),
        "listing": shown,
    }
    return render(request, "topics/topic.html", context, status=shown.status)
