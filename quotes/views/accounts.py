"""Signing in, and replacing a one-time password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.contrib.auth.views import LoginView, LogoutView, RedirectURLMixin, redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.edit import FormView

from quotes.access import for_password, home_of, owes_a_password
from quotes.accounts import entering, sessions
from quotes.accounts.events import Kind, note
from quotes.forms.accounts import OwnPasswordForm
from quotes.limits import HOUR, TooMany, refused, spend, too_many
from quotes.signing_in import Attempt


class SignIn(LoginView):
    """The sign-in page. Whoever still has a one-time password goes on to replace it."""

    template_name = "accounts/signin.html"
    http_method_names = ["get", "head", "post", "options"]
    extra_context = {"section": "signin"}
    attempt: Attempt

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look at a password, unless too many were tried; what was typed but the password comes back."""
        attempt = Attempt(request, request.POST.get("username", ""))
        try:
            attempt.begin()
        except TooMany as refusal:
            form = AuthenticationForm(request, initial={"username": attempt.name})
            context = self.get_context_data(form=form, refusal=refusal)
            return refused(render(request, self.template_name, context), refusal)
        self.attempt = attempt
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, or on to the second step; nothing that was counted is forgotten before all steps are taken."""
        account = form.get_user()
        onward = self.get_redirect_url() or home_of(account)
        if entering.asks_for_factor(account):
            entering.hold(self.request, account, self.attempt.name, onward)
            return redirect("signin_factor")
        is_first = entering.enter(self.request, account)
        response = redirect_to_login(onward, "password") if is_first else HttpResponseRedirect(onward)
        self.attempt.succeed(response)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Keep that somebody tried."""
        entering.failed(self.request, self.attempt.name)
        return super().form_invalid(form)


class SignOut(LogoutView):
    """Sign out of this browser."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Forget the session, and that there was one."""
        if request.user.is_authenticated:
            note(Kind.SIGN_OUT, request.user, request=request)
            sessions.forget(request)
        return super().post(request, *args, **kwargs)


class NewPassword(RedirectURLMixin, FormView):
    """Set a new password: with the old one, or in place of a one-time password."""

    template_name = "accounts/password.html"
    http_method_names = ["get", "head", "post", "options"]
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
        return for_password(lambda passed: inner(passed, *args, **kwargs))(request)

    def get_default_redirect_url(self) -> str:
        """To the desk, or where the account may go."""
        return home_of(self.request.user) if self.request.user.is_authenticated else resolve_url("signin")

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
        before = self.request.session.session_key
        update_session_auth_hash(self.request, account)
        sessions.moved(self.request, before)
        sessions.end_all(account, but=self.request.session.session_key)
        note(Kind.PASSWORD, account, request=self.request)
        messages.success(self.request, gettext("Your new password is set."))
        return super().form_valid(form)
