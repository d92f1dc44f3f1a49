"""What an account discarded in the last week, and having it back: /discarded/."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quotes.access import EditorRequest, signed_in
from quotes.discarding.keeping import Thing
from quotes.discarding.returning import CannotPutBack, kept_for, put_back
from quotes.models import Endpoint, Import, SavedSearch, Watch
from sources.models import Arrival

LISTED = 200
_DIGITS = 18


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def discarded(request: EditorRequest) -> HttpResponse:
    """List what can be had back, the last discarded first, and put one of them back; one query beside the account's."""
    if request.method == "POST":
        return _put_back(request)
    context = {"kept": kept_for(request.user).defer("row")[:LISTED], "section": "account"}
    return render(request, "accounts/discarded.html", context)


def _put_back(request: EditorRequest) -> HttpResponse:
    typed = request.POST.get("put", "")
    try:
        back = put_back(int(typed) if _is_key(typed) else 0, owner=request.user)
    except CannotPutBack as refusal:
        messages.error(request, str(refusal))
        return redirect("discarded")
    messages.success(request, gettext("“%(name)s” is back.") % {"name": back})
    return _home_of(back)


def _home_of(back: Thing) -> HttpResponse:
    """The page where a thing is."""
    if isinstance(back, Watch | Endpoint):
        return redirect(back)
    if isinstance(back, Arrival | Import):
        return redirect("arrival" if isinstance(back, Arrival) else "import", back.pk)
    return redirect("searches" if isinstance(back, SavedSearch) else "imports")


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS
