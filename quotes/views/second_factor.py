"""The second step of signing in, and showing once more that it is you."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from quotes.access import EditorRequest, for_account, onward
from quotes.accounts import entering, factors, passkeys
from quotes.limits import TooMany, refused
from quotes.signing_in import Attempt


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """After the right password: a code or a passkey. A wrong one counts like a wrong password."""
    waiting = entering.held(request)
    if waiting is None:
        messages.info(request, gettext("Sign in with your password first."))
        return redirect("signin")
    if request.method != "POST":
        return _step_page(request, waiting.account)
    attempt = Attempt(request, waiting.name)
    try:
        attempt.begin()
    except TooMany as refusal:
        return refused(_step_page(request, waiting.account, refusal=refusal), refusal)
    if not _is_proved(request, waiting.account):
        entering.failed(request, waiting.name, "second factor")
        return _step_page(request, waiting.account, problem=gettext("This was not accepted. Each code works once."))
    is_first = entering.enter(request, waiting.account, by_factor=True)
    answer = redirect_to_login(waiting.onward, "password") if is_first else HttpResponseRedirect(waiting.onward)
    attempt.succeed(answer)
    return answer


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_account
def again(request: EditorRequest) -> HttpResponse:
    """Before what matters most: the factor once more, or the password where the account has none."""
    account, by_factor = request.user, factors.has_any(request.user)
    if request.method != "POST":
        return _again_page(request, by_factor=by_factor)
    attempt = Attempt(request, account.username)
    try:
        attempt.begin()
    except TooMany as refusal:
        return refused(_again_page(request, by_factor=by_factor, refusal=refusal), refusal)
    is_right = _is_proved(request, account) if by_factor else account.check_password(request.POST.get("password", ""))
    if not is_right:
        entering.failed(request, account.username, "confirming")
        return _again_page(request, by_factor=by_factor, problem=gettext("This was not accepted."))
    entering.prove(request, by_factor=by_factor)
    answer = HttpResponseRedirect(onward(request, "account"))
    attempt.succeed(answer)
    return answer


def _is_proved(request: HttpRequest, account: User) -> bool:
    sent = request.POST
    return factors.prove(request, account, code=sent.get("code", ""), passkey=sent.get("passkey", ""))


def _step_page(request: HttpRequest, account: User, **more: object) -> HttpResponse:
    context = {
        "heading": gettext("One more step"),
        "why": gettext("Your password was right. Show that you have your second factor, too."),
        "options": passkeys.ask_to_prove(request, account),
        "section": "signin",
        **more,
    }
    return render(request, "accounts/second.html", context)


def _again_page(request: EditorRequest, *, by_factor: bool, **more: object) -> HttpResponse:
    context = {
        "heading": gettext("Is it you?"),
        "why": gettext("Before you go on, show once more that this is your account."),
        "options": passkeys.ask_to_prove(request, request.user) if by_factor else "",
        "by_password": not by_factor,
        "next": onward(request, "account"),
        "section": "account",
        **more,
    }
    return render(request, "accounts/second.html", context)
