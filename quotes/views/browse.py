from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.limits import limited
from quotes.listing import listing
from quotes.page_cache import shared
from quotes.patience import patient


@shared
@require_safe
@limited("lists")
@patient
def browse(request: HttpRequest) -> HttpResponse:
    """Show all statements, narrowed by the filters of the address; eight queries at most."""
    found = listing(request.GET, path=request.path, ranked=True)
    context = {"listing": found, "section": "statements"}
    return render(request, "statements/browse.html", context, status=found.status)
