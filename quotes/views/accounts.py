"""Signing in, and replacing a one-time password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, RedirectURLMixin, redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.edit import FormView

from quotes.access import owes_a_password, signed_in
from quotes.forms.accounts import OwnPasswordForm
from quotes.limits import HOUR, TooMany, refused, spend, too_many
from quotes.signing_in import Attempt


class SignIn(LoginView):
    """The sign-in page. Whoever still has a one-time password goes on to replace it."""

    template_name = "accounts/signin.html"
    extra_context = {"section": "signin"}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look at a password, unless too many were tried; what was typed but the password comes back."""
        attempt = Attempt(request, request.POST.get("username", ""))
        try:
            attempt.begin()
        except TooMany as refusal:
            form = AuthenticationForm(request, initial={"username": attempt.name})
            context = self.get_context_data(form=form, refusal=refusal)
            return refused(render(request, self.template_name, context), refusal)
        response = super().post(request, *args, **kwargs)
        if request.user.is_authenticated:
            attempt.succeed(response)
        return response

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in; `last_login` stays empty until the account has a password of its own."""
        is_first = form.get_user().last_login is None
        response = super().form_valid(form)
        if not is_first:
            return response
        User.objects.filter(pk=form.get_user().pk).update(last_login=None)
        return redirect_to_login(self.get_success_url(), "password")


class NewPassword(RedirectURLMixin, FormView):
    """Set a new password: with the old one, or in place of a one-time password."""

    template_name = "accounts/password.html"
    next_page = "desk"
    extra_context = {"section": "desk"}
    request: HttpRequest

    @method_decorator(sensitive_post_parameters())
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let accounts pass."""
        inner = super().dispatch
        if request.method == "POST" and request.user.is_authenticated:
            # Who took over a session must not find the password out from here.
            try:
                spend("new passwords", f"account {request.user.pk}", settings.SIGNINS_PER_HOUR, HOUR)
            except TooMany as refusal:
                return too_many(request, refusal)
        return signed_in(lambda passed: inner(passed, *args, **kwargs))(request)

    def get_form_class(self) -> type[SetPasswordForm]:
        """Ask for the old password of those who chose it themselves."""
        return OwnPasswordForm if owes_a_password(self.request.user) else PasswordChangeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose password it is."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell the page why it stands here."""
        kwargs["owing"] = owes_a_password(self.request.user)
        kwargs["next"] = self.get_redirect_url()
        return super().get_context_data(**kwargs)

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        """Keep the new password, stay signed in; from now on the account counts as its owner's."""
        account = form.save()
        account.last_login = timezone.now()
        account.save(update_fields=["last_login"])
        update_session_auth_hash(self.request, account)
        messages.success(self.request, gettext("Your new password is set."))
        return super().form_valid(form)
