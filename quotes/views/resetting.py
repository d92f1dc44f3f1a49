"""A forgotten password: asking for a link by e-mail, and choosing a new one there."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quotes.accounts import resetting, sessions
from quotes.accounts.events import Kind, note
from quotes.addresses import client_address
from quotes.limits import HOUR, TooMany, spend, too_many
from quotes.tasks import send_reset_link


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether or not there is such an account."""
    name = request.POST.get("name", "").replace("\x00", "").strip()[:254]
    if request.method == "POST" and name and settings.SENDS_MAIL:
        try:
            spend("password resets", client_address(request), settings.SIGNINS_PER_HOUR, HOUR)
        except TooMany as refusal:
            return too_many(request, refusal)
        send_reset_link.enqueue(name)
        return render(request, "accounts/reset_sent.html", {"section": "signin"})
    context = {
        "sends_mail": settings.SENDS_MAIL,
        "contact": settings.CONTACT_EMAIL,
        "is_empty": request.method == "POST" and not name,
        "section": "signin",
    }
    return render(request, "accounts/reset.html", context)


@method_decorator([require_http_methods(["GET", "HEAD", "POST"]), never_cache], name="dispatch")
class Choose(PasswordResetConfirmView):
    """Choose a new password by the link. It signs nobody in: the second factor is asked for as ever."""

    template_name = "accounts/reset_choose.html"
    success_url = reverse_lazy("signin")
    token_generator = resetting.tokens
    extra_context = {"section": "signin"}

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Tell who follows a link of before that it works no longer."""
        answer = super().dispatch(*args, **kwargs)
        if answer.status_code == HTTPStatus.OK and not self.validlink:
            answer.status_code = HTTPStatus.NOT_FOUND
        return answer

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        """Keep it; all sessions of before end."""
        account: User = form.save()
        sessions.end_all(account)
        note(Kind.RESET, account, request=self.request)
        messages.success(self.request, gettext("Your new password is set. Sign in with it."))
        return redirect(self.get_success_url())
