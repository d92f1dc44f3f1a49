"""The tour: a page for each step, which shows a part of a real one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from quotes.page_cache import shared
from quotes.touring import STEPS, sight


@shared
@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """Its first step."""
    return _page(request, 1)


@shared
@require_safe
def step(request: HttpRequest, number: int) -> HttpResponse:
    """A further one."""
    if number == 1:
        return redirect("tour", permanent=True)
    if number not in range(2, len(STEPS) + 1):
        raise Http404
    return _page(request, number)


def _page(request: HttpRequest, number: int) -> HttpResponse:
    here = STEPS[number - 1]
    seen = sight(here)
    context = {
        "steps": list(enumerate(STEPS, start=1)),
        "number": number,
        "step": here,
        "sight": seen,
        "before": number - 1,
        "next": number + 1 if number < len(STEPS) else None,
    }
    if seen:
        context |= {"statement": seen.statement, "cited": seen.shown.cited}
    return render(request, "tour/tour.html", context)
