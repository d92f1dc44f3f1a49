"""What a document tells beyond a suggestion itself, as a reviewer adds it: who else carried it, and what it answers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.forms.bundles import Bundle, PlainForm
from quotes.forms.chain import StopForm, chain_forms
from quotes.models import Link
from quotes.naming import Directory

ROAD_ROWS = 3
TIE_ROWS = 2
Choice = tuple[int, str]


class TieForm(PlainForm):
    """What this suggestion does to another one of its document. An empty row is nothing."""

    kind = forms.ChoiceField(required=False, label=_("This statement"), choices=[("", "–"), *Link.Kind.choices])
    candidate = forms.TypedChoiceField(coerce=int, empty_value=None, required=False, label=_("Suggestion"))

    def __init__(self, others: Sequence[Choice], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["candidate"].choices = [("", "–"), *others]  # type: ignore[attr-defined]  # a field of choices

    def clean(self) -> dict[str, Any]:
        """Both, or nothing."""
        cleaned = super().clean() or {}
        if cleaned.get("candidate") and not cleaned.get("kind") and "kind" in cleaned:
            self.add_error("kind", gettext("What does this statement do to that one?"))
        elif cleaned.get("kind") and not cleaned.get("candidate") and "candidate" in cleaned:
            self.add_error("candidate", gettext("Which suggestion?"))
        return cleaned


class FurtherForms(Bundle):
    """One more road that the document tells of, and links to its other suggestions; `others` are (key, label)."""

    def __init__(
        self,
        others: Sequence[Choice],
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        directory: Directory | None = None,
    ) -> None:
        known = initial or {}
        self.road: list[StopForm] = chain_forms(
            data,
            known.get("also", ()),
            prefix="also",
            least=ROAD_ROWS,
            label=_("Also carried, stop %(number)s"),
            directory=directory,
        )
        ties = [*known.get("ties", ()), *({} for _ in range(TIE_ROWS))][:TIE_ROWS]
        self.ties = [TieForm(others, data, prefix=f"tie{row}", initial=tie) for row, tie in enumerate(ties, start=1)]
        for row, form in enumerate(self.ties, start=1):
            form.part = gettext("Link to a suggestion %(number)s") % {"number": row}

    def forms(self) -> Iterator[PlainForm]:
        """All forms, in the order of the page."""
        yield from (*self.road, *self.ties)

    def settled(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """An entry in which what was typed here and is complete stands with the others; the rest waits as typed."""
        also, ties = entry.get("also", []), entry.get("ties", [])
        attested, between = list(entry.get("attested", ())), list(entry.get("between", ()))
        if also and all(form.is_valid() for form in self.road):
            attested, also = [*attested, also], []
        if ties and all(form.is_valid() for form in self.ties):
            found = [form.cleaned_data for form in self.ties if form.cleaned_data.get("candidate")]
            new = [{"kind": one["kind"], "candidate": one["candidate"]} for one in found]
            between, ties = [*between, *(one for one in new if one not in between)], []
        return {**entry, "attested": attested, "between": between, "also": also, "ties": ties}
