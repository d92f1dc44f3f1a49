"""Choosing who stays when several turn out to be one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from quotes.models import Speaker
from quotes.naming import apart
from sources.models import Outlet


class MergeForm(forms.Form):
    """The survivor, and why they are one."""

    survivor = forms.ChoiceField(widget=forms.RadioSelect, label="Which one stays?")
    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why they are one. It is kept with the merge.",
        error_messages={"required": "Say why they are one."},
    )

    def __init__(self, data: Any, *, parties: Sequence[Speaker | Outlet]) -> None:
        super().__init__(data)
        self.by_key = {str(party.pk): party for party in parties}
        self.fields["survivor"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            (key, f"{party.name} ({apart(party)})") for key, party in self.by_key.items()
        ]

    @property
    def stays(self) -> Speaker | Outlet:
        """The one that stays, once the form is valid."""
        return self.by_key[self.cleaned_data["survivor"]]

    @property
    def losers(self) -> list[Speaker | Outlet]:
        """The others."""
        return [party for key, party in self.by_key.items() if key != self.cleaned_data["survivor"]]
