from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quotes.revalidation import by_release


@by_release
def about(request: HttpRequest) -> HttpResponse:
    """Who runs this record, what counts as on record, and what to do when something is wrong."""
    context = {
        "operator": settings.OPERATOR_NAME,
        "contact": settings.CONTACT_EMAIL,
        "licence": settings.RECORD_LICENCE,
    }
    return render(request, "about.html", context)
