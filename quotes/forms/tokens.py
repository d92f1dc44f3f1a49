"""Asking for a program's key."""

import datetime as dt

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quotes.access import PUBLISH
from quotes.forms.bundles import PlainForm
from quotes.forms.fields import LineField
from quotes.models import Token

MAX_NAME = Token._meta.get_field("name").max_length or 0
_LASTS = [("30", _("30 days")), ("90", _("90 days")), ("365", _("a year")), ("", _("until it is revoked"))]


class TokenForm(PlainForm):
    """What a key is for, what it may do, and how long. Nobody gives a right that they don't have."""

    name = LineField(
        max_length=MAX_NAME,
        label=_("What is it for?"),
        help_text=_("The program or the person that will use it"),
        error_messages={
            "required": _("Say what it is for: so you can tell it from others."),
            "max_length": _("This is %(show_value)s characters long; the limit is %(limit_value)s."),
        },
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what it may do: reading takes no key.")},
    )
    lasts = forms.ChoiceField(required=False, label=_("How long does it work?"), choices=_LASTS, initial="90")

    def __init__(self, owner: User, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        may_publish = owner.has_perm(PUBLISH)
        offered = [scope for scope in Token.Scope if may_publish or scope != Token.Scope.PUBLISH]
        self.fields["scopes"].choices = [(scope.value, scope.label.capitalize()) for scope in offered]  # type: ignore[attr-defined]  # a field of choices

    @property
    def expires_at(self) -> dt.datetime | None:
        """When it ends, once the form is valid."""
        days = self.cleaned_data["lasts"]
        return timezone.now() + dt.timedelta(days=int(days)) if days else None
