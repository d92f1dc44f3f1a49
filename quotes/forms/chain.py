"""The relay chain, a row a stop."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.drafting import NewOutlet, NewSpeaker, Stop
from quotes.forms.bundles import row_count
from quotes.forms.fields import DateField
from quotes.forms.parties import Party, PartyForm, suggesting
from quotes.models import Hop, Speaker
from quotes.models.appearances import MAX_HOPS
from quotes.naming import Directory
from sources.models import Outlet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ROWS = 6
_STOP = _("Stop %(number)s")
_ROLES = {
    Hop.Role.TOLD_BY: _("told by (a speaker)"),
    Hop.Role.SPOKEN_TO: _("spoken to"),
    Hop.Role.ISSUED_BY: _("issued by"),
    Hop.Role.RELAYED_BY: _("relayed by"),
    Hop.Role.PUBLISHED_BY: _("published by"),
}


class StopForm(PartyForm):
    """One stop: its role, who, and when. An empty row is no stop."""

    role = forms.ChoiceField(
        required=False, label=_("Role"), choices=[("", "–"), *((role.value, _ROLES[role]) for role in Hop.Role)]
    )
    kind = forms.ChoiceField(
        required=False,
        label=_("If new"),
        choices=[("", _("on record")), (_("An outlet"), Outlet.Kind.choices), (_("A speaker"), Speaker.Kind.choices)],
    )
    date = DateField(required=False, label=_("Date"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, required=False, **options)
        self.fields["name"].label = gettext("Outlet or speaker")
        self.fields["name"].widget = suggesting("stops")

    @property
    def told(self) -> bool:
        """Whether this stop is a speaker's."""
        typed = self.data.get(self.add_prefix("role")) if self.is_bound else self.initial.get("role")
        return typed == Hop.Role.TOLD_BY

    def find(self, name: str) -> list[Any]:
        """Speakers where the words were told, outlets otherwise."""
        return self.directory.speakers(name) if self.told else self.directory.outlets(name)

    def clean(self) -> dict[str, Any]:
        """A row says both how and who, or nothing."""
        cleaned = super().clean()
        if cleaned.get("name") and not cleaned.get("role"):
            self.add_error("role", gettext("How did the words pass here?"))
        if (cleaned.get("role") or cleaned.get("date")) and "name" in cleaned and not cleaned["name"]:
            self.add_error("name", gettext("Who was it?"))
        return cleaned

    def resolve(self, cleaned: dict[str, Any]) -> Any:
        """Unnamed sources are as described; the kind must fit the role."""
        kind = cleaned.get("kind", "")
        if kind and kind not in (Speaker.Kind if self.told else Outlet.Kind).values:
            self.add_error("kind", gettext("Words are told by a speaker; every other stop is an outlet."))
            return None
        if kind == Speaker.Kind.UNNAMED:
            return NewSpeaker(kind, cleaned["name"])
        return super().resolve(cleaned)

    def new(self, cleaned: dict[str, Any]) -> Party:
        """A new speaker or outlet; a person's name can be taken apart later, in the admin."""
        made = NewSpeaker if self.told else NewOutlet
        return made(kind=cleaned["kind"], name=cleaned["name"])

    def stop(self) -> Stop | None:
        """The stop this row says, or None."""
        if not self.party:
            return None
        return Stop(self.cleaned_data["role"], self.party, self.cleaned_data["date"])


def chain_forms(
    data: Mapping[str, Any] | None,
    initial: Sequence[dict[str, Any]] = (),
    *,
    prefix: str = "stop",
    least: int = ROWS,
    label: "StrOrPromise" = _STOP,
    directory: Directory | None = None,
) -> list[StopForm]:
    """The rows of a chain: what is known of it, and empty ones to `least`. `label` is a pattern for their `number`."""
    rows = row_count(data, prefix, max(least, len(initial) if data is None else 0), MAX_HOPS - 1)
    known = [*initial, *({} for _ in range(rows))]
    return [
        StopForm(
            data, prefix=f"{prefix}{row}", initial=initial, label=str(label) % {"number": row}, directory=directory
        )
        for row, initial in enumerate(known[:rows], start=1)
    ]


def stops(forms: Sequence[StopForm]) -> list[Stop]:
    """The stops of all rows, in order."""
    return [stop for form in forms if (stop := form.stop())]
