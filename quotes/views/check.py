"""Was this said? A quotation or an article held against the record; and results that a reader chose to keep.

What is posted is neither stored nor logged nor cached; only a short quotation may be in an address, to be linked.
"""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from quotes import saved_checks
from quotes.addresses import client_address
from quotes.checking import MOST_IN_ADDRESS, Check, as_data, check
from quotes.checking.bringing import may_save, read_page, read_upload
from quotes.forms.checking import CheckForm
from quotes.limits import TooMany, refused, spend, whose
from quotes.numbers import grouped
from quotes.retold import retold
from sources.reading import CannotRead


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def check_text(request: HttpRequest) -> HttpResponse:
    """A form, and below it what the record has of every quotation that was asked about."""
    try:
        _ = request.POST
    except RequestDataTooBig:
        # Nothing of it was read, its token neither: nothing is done but to say so.
        form = CheckForm({"text": " "})
        form.add_error("text", gettext("This is more than can be pasted. Save it as a file, and upload that."))
        return _page(request, form)
    return _checked(request)


@csrf_protect
def _checked(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = CheckForm(request.POST, request.FILES)
    else:
        form = CheckForm(request.GET) if "text" in request.GET else CheckForm()
        if len(request.GET.get("text", "")) > MOST_IN_ADDRESS:
            told = gettext("An address holds at most %(most)s characters: check it from here.")
            form.add_error("text", told % {"most": grouped(MOST_IN_ADDRESS)})
    if not form.is_bound or not form.is_valid():
        return _page(request, form)
    return _answer(request, form)


def _answer(request: HttpRequest, form: CheckForm) -> HttpResponse:
    """What was found; or why the text can't be read, beside its field."""
    typed = form.cleaned_data
    source = next((name for name in ("file", "address") if request.method == "POST" and typed[name]), "text")
    try:
        spend("texts", whose(request), settings.SEARCHES_PER_MINUTE)
        text = _text(source, typed, client_address(request))
        found = check(text, speaker=typed["speaker"], date=typed["date"])
        if request.method == "POST" and request.POST.get("act") == "save":
            may_save(client_address(request))
            return redirect(saved_checks.save(found))
    except (CannotRead, ValueError, TooMany) as refusal:
        form.add_error(source, retold(str(refusal)))
        page = _page(request, form)
        return refused(page, refusal) if isinstance(refusal, TooMany) else page
    return _page(request, _with_text(form, text), found)


def _text(source: str, typed: dict[str, Any], address: str) -> str:
    """The text to check. Raises CannotRead."""
    if source == "file":
        return read_upload(typed["file"], address)
    return read_page(typed["address"], address) if source == "address" else str(typed["text"])


def _with_text(form: CheckForm, text: str) -> CheckForm:
    """The form with the text that was checked, so that it can be changed, checked again, and its result be saved."""
    data = QueryDict(mutable=True)
    data.update({"text": text, "speaker": form.cleaned_data["speaker"], "date": form.cleaned_data["date"]})
    return CheckForm(data)


def _page(request: HttpRequest, form: CheckForm, found: Check | None = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "section": "check"}
    context["problems"] = list(form.problems()) if form.is_bound else []
    if found:
        data = as_data(found)
        context |= {"found": data, "at": found.at, "as_of": found.as_of, "link": _link(form)}
        context["has_differences"] = _has_differences(data["quotations"])
    response = render(request, "check/check.html", context)
    return _private(response) if form.is_bound else response


def _link(form: CheckForm) -> str:
    """The address that asks the same, for a short text."""
    asked = {name: form.data.get(name, "") for name in ("text", "speaker", "date")}
    return f"?{urlencode({k: v for k, v in asked.items() if v})}" if len(asked["text"]) <= MOST_IN_ADDRESS else ""


def _has_differences(quotations: list[dict[str, Any]]) -> bool:
    """Whether any quotation shows words struck through or put in."""
    return any(part["kind"] != "equal" for one in quotations for part in one["differences"])


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


@require_safe
def saved(request: HttpRequest, key: str) -> HttpResponse:
    """A result that somebody kept, as the record was then."""
    kept = saved_checks.saved(key)
    if kept is None:
        raise Http404("no such check")
    context = {"kept": kept, "section": "check", "has_differences": _has_differences(kept.quotations)}
    return _private(render(request, "check/saved.html", context))
