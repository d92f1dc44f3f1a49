"""The keys of an account's programs: made and shown once, and revoked, at /desk/tokens/."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quotes.access import FRESH, RECORD, STILL_FRESH, EditorRequest, is_fresh, needs, prove_first
from quotes.accounts.events import Kind, note
from quotes.forms.tokens import TokenForm
from quotes.models import Token
from quotes.tokens import TooManyTokens, issue, revoke, working


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(RECORD)
def tokens(request: EditorRequest) -> HttpResponse:
    """The keys that work, and the form for a new one, whose text stands on the page that answers and nowhere else."""
    if request.method == "POST" and not is_fresh(request, STILL_FRESH):
        return prove_first(request)
    form = TokenForm(request.user, request.POST if request.method == "POST" else None)
    made = ""
    if form.is_valid():
        typed = form.cleaned_data
        try:
            _, made = issue(request.user, typed["name"], typed["scopes"], expires_at=form.expires_at)
        except TooManyTokens as refused:
            form.add_error("name", str(refused))
        else:
            note(
                Kind.TOKEN_MADE, request.user, request=request, detail=f"{typed['name']}: {', '.join(typed['scopes'])}"
            )
            form = TokenForm(request.user)
    context = {
        "is_fresh": is_fresh(request, STILL_FRESH if form.is_bound else FRESH),
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
    note(Kind.TOKEN_REVOKED, request.user, request=request, detail=token.name)
    messages.success(request, gettext("The key “%(key)s” works no longer.") % {"key": token})
    return redirect("tokens")
