"""Every wording of a statement, for people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.drift import drift
from quotes.models import Statement
from quotes.moved import beside_permalink
from quotes.page_cache import shared
from quotes.revalidation import by_mark


@shared
@require_safe
def wordings(request: HttpRequest, typed: str) -> HttpResponse:
    """The printings by date, and by language with what each changed; five queries at most.

    One where the copy that a visitor has is still good.
    """
    return by_mark(request, typed, lambda: _wordings(request, typed), "wordings")


def _wordings(request: HttpRequest, typed: str) -> HttpResponse:
    def show(statement: Statement) -> HttpResponse:
        context = {"drift": drift(statement), "statement": statement, "section": "statements"}
        return render(request, "statements/wordings.html", context)

    return beside_permalink(request, typed, "wordings", show)
