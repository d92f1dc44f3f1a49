"""The keys of an account's programs: made and shown once, and revoked, at /desk/tokens/."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quotes.access import RECORD, EditorRequest, needs
from quotes.forms.tokens import TokenForm
from quotes.models import Token
from quotes.tokens import TooManyTokens, issue, revoke, working


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(RECORD)
def tokens(request: EditorRequest) -> HttpResponse:
    """The keys that work, and the form for a new one, whose text stands on the page that answers and nowhere else."""
    form = TokenForm(request.user, request.POST if request.method == "POST" else None)
    made = ""
    if form.is_valid():
        typed = form.cleaned_data
        try:
            _, made = issue(request.user, typed["name"], typed["scopes"], expires_at=form.expires_at)
        except TooManyTokens as refused:
            form.add_error("name", str(refused))
        else:
            form = TokenForm(request.user)
    context = {
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "made": made,
        "tokens": working(request.user),
        "section": "desk",
    }
    return render(request, "desk/tokens.html", context)


@require_POST
@never_cache
@needs(RECORD)
def revoke_token(request: EditorRequest, pk: int) -> HttpResponse:
    """End one of the account's keys."""
    token = get_object_or_404(Token, pk=min(pk, 2**62), owner=request.user)
    revoke(token)
    messages.success(request, f"The key “{token}” works no longer.")
    return redirect("tokens")
