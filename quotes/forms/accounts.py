"""Replacing a password that somebody else gave."""

from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext


class OwnPasswordForm(SetPasswordForm):
    """A first password of one's own: the one-time password will not do again."""

    def clean_new_password1(self) -> str:
        """Refuse the password that was given."""
        password: str = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise ValidationError(gettext("This is the one-time password. Choose one that only you know."))
        return password
