"""What the audit trail is narrowed to."""

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.accounts import auditing
from quotes.forms.bundles import PlainForm
from quotes.forms.fields import LineField


class AuditForm(PlainForm):
    """Whose, which, and of which days; empty is all."""

    account = LineField(required=False, max_length=150, label=_("Account"))
    kind = forms.ChoiceField(required=False, label=_("What"))
    first = forms.DateField(required=False, label=_("From"), widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(required=False, label=_("To"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", _("everything")), *auditing.kinds()]  # type: ignore[attr-defined]  # a field of choices

    def clean_account(self) -> User | None:
        """The account of that name. One query."""
        name: str = self.cleaned_data["account"]
        if not name:
            return None
        found = User.objects.filter(username=User.normalize_username(name)).first()
        if found is None:
            raise ValidationError(gettext("There is no account “%(name)s”.") % {"name": name})
        return found

    @property
    def asked(self) -> auditing.Asked:
        """What was asked for, once the form is valid."""
        typed = self.cleaned_data
        return auditing.Asked(typed["account"], typed["kind"], typed["first"], typed["last"])
