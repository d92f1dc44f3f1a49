"""Overviews of a speaker, an outlet, a topic: their figures, and each figure's numbers as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from quotes.charts import overviews
from quotes.charts.overviews import Overview
from quotes.figure_files import figure_file
from quotes.limits import limited
from quotes.models import Speaker, Topic
from quotes.moved import to_present_name
from quotes.page_cache import shared
from quotes.patience import patient
from quotes.querysets import roles_of
from sources.models import Outlet


@shared
@require_safe
@limited("lists")
@patient
def speaker(request: HttpRequest, slug: str, figure: str = "") -> HttpResponse:
    """A speaker over time: what they said, the offices they held, where it was printed. Thirteen queries at most."""
    found = Speaker.objects.on_record().filter(slug=slug).first()
    if found is None:
        return to_present_name(Speaker, slug)
    overview = overviews.of_speaker(found, localdate())
    if figure:
        return _file(overview, figure)
    context = {"speaker": found, "section": "speakers", **_shown(overview, "speaker", slug)}
    return render(request, "speakers/overview.html", context)


@shared
@require_safe
@limited("lists")
@patient
def outlet(request: HttpRequest, slug: str, figure: str = "") -> HttpResponse:
    """An outlet over time: whom it carried, by which agencies. Fifteen queries at most."""
    found = Outlet.objects.filter(slug=slug, merged_into=None).first()
    if found is None:
        return to_present_name(Outlet, slug)
    roles = roles_of(found)
    if not roles:
        raise Http404("unknown")
    overview = overviews.of_outlet(found, roles)
    if figure:
        return _file(overview, figure)
    context = {"outlet": found, "section": "outlets", **_shown(overview, "outlet", slug)}
    return render(request, "outlets/overview.html", context)


@shared
@require_safe
@limited("lists")
@patient
def topic(request: HttpRequest, slug: str, figure: str = "") -> HttpResponse:
    """A topic over time: who spoke, where it was printed, what stands beside it. Fifteen queries at most."""
    found = Topic.objects.filter(slug=slug).first()
    if found is None:
        return to_present_name(Topic, slug)
    overview = overviews.of_topic(found)
    if figure:
        return _file(overview, figure)
    above, below = overviews.neighbours(found)
    context = {"topic": found, "section": "topics", "above": above, "below": below}
    return render(request, "topics/overview.html", {**context, **_shown(overview, "topic", slug)})


def _shown(overview: Overview, of: str, slug: str) -> dict[str, object]:
    return {"overview": overview, "figures": overview.figures, "csv_base": reverse(f"{of}_overview", args=[slug])}


def _file(overview: Overview, key: str) -> HttpResponse:
    figure = overview.figure(key)
    if figure is None:
        raise Http404("figure")
    return figure_file(figure, figure.key)
