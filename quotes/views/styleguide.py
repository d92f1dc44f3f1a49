from types import SimpleNamespace

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.forms.reports import ReportForm
from quotes.styleguide import colours, examples


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Everything that pages are made of, by their own templates and styles; where DEBUG is on. Asks no database."""
    if not settings.DEBUG:
        raise Http404
    form = ReportForm({"message": "", "email": "nobody"})
    messages.info(request, "A message stands above the page that it came with.")
    context = {
        "pairs": list(colours.pairs()),
        "form": form,
        "problems": [SimpleNamespace(label="What is wrong?", anchor="id_message", message="Say what is wrong.")],
        "cards": examples.cards(),
        "banners": examples.banners(),
        "listing": examples.listing(),
        "nothing": SimpleNamespace(loosenings=[], total=SimpleNamespace(n=0)),
        "roads": examples.roads(),
        "figures": examples.figures(),
        "events": examples.events(),
        "history": examples.versions(),
        "quotation": examples.quotation(),
        "long": examples.LONG,
    }
    return render(request, "styleguide/styleguide.html", context)
