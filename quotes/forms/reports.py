"""What readers write to editors, and the answer."""

from django import forms

from quotes.forms.bundles import PlainForm
from quotes.forms.fields import PlainField
from quotes.models import Report

MAX_MESSAGE = 4000


class ReportForm(PlainForm):
    """A problem with a statement, from a reader without an account."""

    message = PlainField(
        rows=7,
        max_length=MAX_MESSAGE,
        label="What is wrong?",
        help_text="A wrong word, date or speaker, a missing context, something unlawful. A source helps.",
        error_messages={
            "required": "Say what is wrong.",
            "max_length": f"This is %(show_value)s characters long; the limit is {MAX_MESSAGE:,}.",
        },
    )
    email = forms.EmailField(
        required=False,
        max_length=Report._meta.get_field("email").max_length,
        label="Your e-mail address (optional)",
        help_text="Only the editors see it, and only to ask back about this.",
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )


class AnswerForm(PlainForm):
    """What an editor did about a report."""

    answer = PlainField(
        rows=5,
        max_length=MAX_MESSAGE,
        help_text="What was found and done. Editors alone read it; a correction has its own public reason.",
        error_messages={"required": "Say what was done, if only that nothing was wrong."},
    )
