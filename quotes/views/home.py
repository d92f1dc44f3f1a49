from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.models import Statement
from quotes.page_cache import shared

NEWEST = 6


@shared
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is new on record, a search, and the ways in."""
    newest = Statement.objects.published().newest_first().for_cards()[:NEWEST]
    return render(request, "home.html", {"statements": newest})
