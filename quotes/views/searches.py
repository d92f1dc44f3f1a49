"""The lists that an account keeps: opened, followed, renamed and deleted at /searches/."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quotes.access import EditorRequest, signed_in
from quotes.discarding.keeping import discard
from quotes.forms.searches import SaveSearchForm, SearchNameForm
from quotes.models import SavedSearch
from quotes.saving import NameTaken, TooManySearches, rename_search, save_search


@require_safe
@never_cache
@signed_in
def searches(request: EditorRequest) -> HttpResponse:
    """List what the account keeps; one query beside its own."""
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def new(request: EditorRequest) -> HttpResponse:
    """Ask for a name for the list whose filters the address has, and keep it."""
    query = request.POST.get("query", "") if request.method == "POST" else request.GET.urlencode()
    form = SaveSearchForm({**request.POST.dict(), "query": query} if request.method == "POST" else None)
    if form.is_valid():
        try:
            kept = save_search(request.user, form.cleaned_data["name"], form.cleaned_data["query"])
        except (NameTaken, TooManySearches) as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, gettext("“%(name)s” is kept.") % {"name": kept})
            return redirect("searches")
    if not form.is_bound:
        form = _asking(query)
    return render(request, "searches/new.html", {"form": form, "section": "searches"})


@require_POST
@never_cache
@signed_in
def rename(request: EditorRequest, pk: int) -> HttpResponse:
    """Give one of the account's searches another name."""
    search = get_object_or_404(SavedSearch, pk=pk, owner=request.user)
    form = SearchNameForm(request.POST, auto_id=f"id_{pk}_%s")
    if form.is_valid():
        try:
            rename_search(search, form.cleaned_data["name"])
        except NameTaken as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, gettext("It is “%(name)s” now.") % {"name": search})
            return redirect("searches")
    return _page(request, {pk: form})


@require_POST
@never_cache
@signed_in
def delete(request: EditorRequest, pk: int) -> HttpResponse:
    """Keep one of the account's searches no longer; the message leads to having it back."""
    search = get_object_or_404(SavedSearch, pk=pk, owner=request.user)
    discard(search, owner=request.user)
    told = gettext('“{}” is deleted. <a href="{}">Put it back</a>')
    messages.success(request, format_html(told, search, reverse("discarded")))
    return redirect("searches")


def _asking(query: str) -> SaveSearchForm:
    """Return the form with a name made of the filters; what is wrong with them is said at once."""
    checked = SaveSearchForm({"name": "-", "query": query})
    if not checked.is_valid():
        return checked
    return SaveSearchForm(initial={"name": checked.proposed_name, "query": checked.cleaned_data["query"]})


def _page(request: EditorRequest, refused: dict[int, SearchNameForm] | None = None) -> HttpResponse:
    kept = list(SavedSearch.objects.filter(owner=request.user))
    rows = [
        (
            search,
            (refused or {}).get(search.pk)
            or SearchNameForm(initial={"name": search.name}, auto_id=f"id_{search.pk}_%s"),
        )
        for search in kept
    ]
    return render(request, "searches/searches.html", {"rows": rows, "section": "searches"})
