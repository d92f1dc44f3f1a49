from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quotes.citing.formats import BY_SUFFIX


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for addresses where nothing is: why, as the view that looked says it, and what there is instead."""
    reason = exception.args[0] if exception.args else ""
    context = {
        "why": reason if isinstance(reason, str) else "",
        "latest": getattr(exception, "latest", None),
        "suffixes": BY_SUFFIX,
    }
    return render(request, "404.html", context, status=404)
