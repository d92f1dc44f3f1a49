from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.revalidation import by_release


@by_release
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who runs this record, what counts as on record, and what to do when something is wrong."""
    context = {
        "operator": settings.OPERATOR_NAME,
        "contact": settings.CONTACT_EMAIL,
        "licence": settings.RECORD_LICENCE,
    }
    return render(request, "about.html", context)
