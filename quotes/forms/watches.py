"""Watching something, where e-mail goes, and where requests go."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.forms.bundles import PlainForm
from quotes.forms.fields import AddressField
from quotes.forms.searches import FiltersField, filters_in
from quotes.listing import title_of
from quotes.models import Cadence, Endpoint, Mailbox, Statement
from quotes.permalinks import Mistyped, read_pid

_MAIL = [("", _("no e-mail")), *((one.value, one.label) for one in Cadence)]


class HowForm(PlainForm):
    """How a watch tells: by e-mail, by a webhook, or by both."""

    mail = forms.ChoiceField(required=False, label=_("E-mail"), choices=_MAIL, widget=forms.RadioSelect)
    endpoint = forms.ModelChoiceField(
        Endpoint.objects.none(), required=False, label=_("Webhook"), empty_label=_("none"), blank=True
    )

    def __init__(self, owner: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not settings.SENDS_MAIL:
            self.fields["mail"].help_text = gettext("This site sends no e-mail now: it waits until it does.")
        own = Endpoint.objects.filter(owner=owner)
        self.fields["endpoint"].queryset = own  # type: ignore[attr-defined]  # a field of choices
        if not own.exists():
            del self.fields["endpoint"]

    def clean(self) -> dict[str, Any]:
        """It must tell somehow."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("mail") and not cleaned.get("endpoint"):
            self.add_error("mail", gettext("Choose how you want to be told."))
        return cleaned


class WatchForm(HowForm):
    """What to watch, as the address of its page has it, and how to be told."""

    query = FiltersField()
    statement = forms.CharField(required=False, widget=forms.HiddenInput)
    name = ""
    """What is watched, in words, once it is checked."""

    def clean_query(self) -> str:
        """The filters alone. Refuses those that can't be read. One query."""
        if not self.cleaned_data["query"]:
            return ""
        filterset, query = filters_in(self.cleaned_data["query"])
        self.name = title_of(filterset)
        return query

    def clean_statement(self) -> Statement | None:
        """The statement whose id it is."""
        typed = self.cleaned_data["statement"]
        if not typed:
            return None
        try:
            found = Statement.objects.select_related("speaker").filter(pid=read_pid(typed)).first()
        except Mistyped:
            found = None
        if found is None or not found.is_public:
            raise ValidationError(gettext("There is no such statement on record."))
        return found

    def clean(self) -> dict[str, Any]:
        """Something must be watched, and one thing alone."""
        cleaned = super().clean()
        if {"query", "statement"} & self.errors.keys():
            return cleaned
        if bool(cleaned["query"]) == bool(cleaned["statement"]):
            self.add_error(
                None, gettext("Choose what to watch on its own page: a speaker, a topic, an outlet, a search.")
            )
        return cleaned


@cache
def _zones() -> list[tuple[str, str]]:
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in sorted(available_timezones() - {"UTC"}))]


class MailboxForm(PlainForm):
    """Where and when e-mail is read, and in which language."""

    address = forms.EmailField(
        max_length=Mailbox._meta.get_field("address").max_length,
        label=_("E-mail address"),
        error_messages={"required": _("Give an address."), "invalid": _("This is no e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(
        required=False, label=_("Language of the e-mail"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )
    hour = forms.TypedChoiceField(
        label=_("Digests at"), coerce=int, choices=[(str(hour), f"{hour:02d}:00") for hour in range(24)], initial="7"
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=_zones, initial=settings.TIME_ZONE)

    def clean_language(self) -> str:
        """The one chosen; where none is, the one that stood there."""
        return str(self.cleaned_data["language"] or self.get_initial_for_field(self.fields["language"], "language"))


class EndpointForm(PlainForm):
    """Where requests go."""

    url = AddressField(label=_("Address"), error_messages={"required": _("Give an address.")})
