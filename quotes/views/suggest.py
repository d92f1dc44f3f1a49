"""Names that begin as typed: for programs as JSON, for the page's own fields as the options of a list."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.limits import limited
from quotes.page_cache import shared
from quotes.suggesting import KINDS, suggest


@shared
@require_safe
@limited("suggestions")
def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer with names as JSON: of all kinds, or of the one that `kind` says."""
    kind = request.GET.get("kind", "")
    if kind and kind not in KINDS:
        return JsonResponse({"error": f"There is no such kind; choose {', '.join(KINDS)}."}, status=400)
    found = suggest(request.GET.get("q", ""), [kind] if kind else KINDS)
    return JsonResponse({"suggestions": [asdict(one) for one in found]})


@shared
@require_safe
@limited("suggestions")
def options(request: HttpRequest) -> HttpResponse:
    """Answer with the same names as a fragment of a page; what is typed stands in `q`."""
    return render(request, "_suggestions.html", {"suggestions": suggest(request.GET.get("q", ""))})
