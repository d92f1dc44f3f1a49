"""The audit trail, for administrators: who did what, newest first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quotes.access import ACCOUNTS, EditorRequest, needs
from quotes.accounts import auditing
from quotes.forms.auditing import AuditForm
from quotes.patience import patient


@require_safe
@never_cache
@needs(ACCOUNTS)
@patient
def audit(request: EditorRequest) -> HttpResponse:
    """A page of it, narrowed to an account, a kind and some days; three queries beside the account's own."""
    form = AuditForm(request.GET or {})
    lines = auditing.page(form.asked, auditing.place_of(request.GET.get("before", ""))) if form.is_valid() else []
    narrowed = request.GET.copy()
    narrowed.pop("before", None)
    context = {
        "form": form,
        "problems": list(form.problems()),
        "lines": lines[: auditing.LISTED],
        "more": lines[auditing.LISTED - 1].place if len(lines) > auditing.LISTED else None,
        "narrowed": narrowed.urlencode(),
        "is_first": "before" not in request.GET,
        "section": "desk",
    }
    return render(request, "accounts/audit.html", context, status=400 if form.errors else 200)
