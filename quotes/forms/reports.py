"""What readers write to editors, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quotes.forms.bundles import PlainForm
from quotes.forms.fields import PlainField
from quotes.models import Report

MAX_MESSAGE = 4000


class ReportForm(PlainForm):
    """A problem with a statement, from a reader without an account."""

    message = PlainField(
        rows=7,
        max_length=MAX_MESSAGE,
        label=_("What is wrong?"),
        help_text=_("A wrong word, date or speaker, a missing context, something unlawful. A source helps."),
        error_messages={
            "required": _("Say what is wrong."),
            "max_length": _("This is %(show_value)s characters long; the limit is %(limit_value)s."),
        },
    )
    email = forms.EmailField(
        required=False,
        max_length=Report._meta.get_field("email").max_length,
        label=_("Your e-mail address (optional)"),
        help_text=_("Only the editors see it, and only to ask back about this."),
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )


class AnswerForm(PlainForm):
    """What an editor did about a report."""

    answer = PlainField(
        label=_("Answer"),
        rows=5,
        max_length=MAX_MESSAGE,
        help_text=_("What was found and done. Editors alone read it; a correction has its own public reason."),
        error_messages={"required": _("Say what was done, if only that nothing was wrong.")},
    )
