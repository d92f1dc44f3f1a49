"""The history of a statement, for people."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes import history as reader
from quotes.models import Statement
from quotes.page_cache import shared
from quotes.parameters import readable
from quotes.permalinks import Mistyped, read_pid
from quotes.revalidation import by_mark


@shared
@require_safe
def history(request: HttpRequest, typed: str) -> HttpResponse:
    """Every version and what happened in between, and two versions compared; at most nine queries for a visitor.

    One where the copy that a visitor has is still good.
    """
    which = ("history", request.GET.urlencode())
    return by_mark(request, typed, lambda: _history(request, typed), *which, even_merged=True)


def _history(request: HttpRequest, typed: str) -> HttpResponse:
    try:
        pid = read_pid(typed)
    except Mistyped as error:
        raise Http404("mistyped") from error
    statement = Statement.objects.select_related("speaker", "merged_into").filter(pid=pid).first()
    if statement is None or statement.state == Statement.State.DRAFT:
        raise Http404("unknown")
    if pid != typed:
        return HttpResponsePermanentRedirect(f"{statement.get_absolute_url()}/history")
    if not statement.spans:
        return render(request, "statements/removed.html", {"statement": statement}, status=410)
    shown = reader.history(statement, readable(request.GET))
    context = {"history": shown, "statement": statement, "section": "statements"}
    return render(request, "statements/history.html", context, status=400 if shown.problem else 200)
