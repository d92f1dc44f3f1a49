from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.comparison import compared
from quotes.limits import limited
from quotes.page_cache import shared
from quotes.patience import patient


@shared
@require_safe
@limited("lists")
@patient
def compare(request: HttpRequest) -> HttpResponse:
    """Two speakers side by side; sixteen queries at most."""
    found = compared(request.GET, request.path)
    context = {"comparison": found, "listing": found.listing, "section": "speakers"}
    return render(request, "statements/compare.html", context, status=found.status)
