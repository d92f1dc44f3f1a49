from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.glossary import GROUPS
from quotes.revalidation import by_release


@by_release
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The terms that the pages use, in plain words."""
    return render(request, "glossary/glossary.html", {"groups": GROUPS})
