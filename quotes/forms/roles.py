"""Making an account, and giving it a role."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quotes.forms.bundles import PlainForm
from quotes.forms.fields import LineField
from quotes.roles import ROLES, Role

NAMES = {
    Role.VISITOR: _("Visitor"),
    Role.READER: _("Reader"),
    Role.CONTRIBUTOR: _("Contributor"),
    Role.EDITOR: _("Editor"),
    Role.PUBLISHER: _("Publisher"),
    Role.ADMINISTRATOR: _("Administrator"),
}
"""The labels, for pages to translate."""


class RoleForm(PlainForm):
    """What an account may do."""

    role = forms.TypedChoiceField(
        label=_("Role"), choices=[(role.value, NAMES[role]) for role in ROLES], coerce=lambda value: Role(int(value))
    )


class NewAccountForm(RoleForm):
    """A new account, which gets a one-time password."""

    name = LineField(
        max_length=150,
        label=_("Username"),
        help_text=_("Letters, digits and @ . + - _"),
        error_messages={"required": _("What will they sign in as?")},
    )
    field_order = ["name", "role"]
