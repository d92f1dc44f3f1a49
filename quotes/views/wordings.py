"""Every wording of a statement, for people."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.drift import drift
from quotes.models import Statement
from quotes.page_cache import shared
from quotes.permalinks import Mistyped, read_pid
from quotes.revalidation import by_mark
from sources.slugs import survivor


@shared
@require_safe
def wordings(request: HttpRequest, typed: str) -> HttpResponse:
    """The printings by date, and by language with what each changed; five queries at most.

    One where the copy that a visitor has is still good.
    """
    return by_mark(request, typed, lambda: _wordings(request, typed), "wordings")


def _wordings(request: HttpRequest, typed: str) -> HttpResponse:
    try:
        pid = read_pid(typed)
    except Mistyped as error:
        raise Http404("mistyped") from error
    statement = Statement.objects.for_permalink().filter(pid=pid).first()
    if statement is None or statement.state == Statement.State.DRAFT:
        raise Http404("unknown")
    if not statement.spans:
        return render(request, "statements/removed.html", {"statement": statement}, status=410)
    if statement.state == Statement.State.MERGED or pid != typed:
        return HttpResponsePermanentRedirect(f"{survivor(statement).get_absolute_url()}/wordings")
    context = {"drift": drift(statement), "statement": statement, "section": "statements"}
    return render(request, "statements/wordings.html", context)
