"""Speakers and outlets by name: on record, one of several namesakes, or new."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.drafting import NewOutlet, NewSpeaker
from quotes.forms.bundles import PlainForm
from quotes.forms.fields import LineField
from quotes.models import Speaker
from quotes.naming import Directory, apart
from sources.models import Outlet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NEW = "new"
Party = Speaker | Outlet | NewSpeaker | NewOutlet
_NO_KIND = [("", _("already on record"))]


def suggesting(kind: str) -> forms.TextInput:
    """An input for a name, beside which a script may offer the names on record."""
    return forms.TextInput(attrs={"data-suggest": kind, "autocomplete": "off", "dir": "auto"})


class PartyForm(PlainForm):
    """A name. It is looked up; one name of several is chosen; a kind makes it a new one."""

    name = LineField(max_length=200, label=_("Name"))
    choice = forms.CharField(required=False, widget=forms.HiddenInput, label=_("Which one?"))
    kind = forms.ChoiceField(required=False, label=_("If new: what is it?"))

    party: Party | None = None
    options: list[tuple[str, str]]
    asks: bool

    def __init__(
        self,
        *args: Any,
        required: bool = True,
        label: "StrOrPromise" = "",
        directory: Directory | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.directory = directory or Directory()
        self.options = []
        self.part = label
        self.asks = bool(self.initial.get("kind"))
        self.fields["name"].required = required
        self.fields["name"].label = label or self.fields["name"].label
        if not self.is_bound and self.initial.get("name"):
            self._offer_namesakes(self.find(self.initial["name"]))

    def find(self, name: str) -> list[Any]:
        """Those on record under a name."""
        raise NotImplementedError

    def new(self, cleaned: dict[str, Any]) -> Party:
        """One that isn't on record, from the fields."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Find or describe the party; say what is missing where neither works."""
        cleaned = super().clean() or {}
        self.asks = bool(cleaned.get("kind")) or bool(set(self.errors) - {"name", "choice"})
        if cleaned.get("name") and "kind" in cleaned:
            self.party = self.resolve(cleaned)
        return cleaned

    def resolve(self, cleaned: dict[str, Any]) -> Any:
        """The party that name, choice and kind mean, or None with a message beside the field to fill in."""
        name, choice, kind = cleaned["name"], cleaned.get("choice", ""), cleaned.get("kind", "")
        found = self.find(name)
        self._offer_namesakes(found, always=bool(kind or choice == NEW))
        if choice in {str(one.pk) for one in found}:
            return next(one for one in found if str(one.pk) == choice)
        if len(found) == 1 and not kind and choice != NEW:
            return found[0]
        if found and choice != NEW:
            self.add_error("choice", gettext("“%(name)s” is on record: which one is meant?") % {"name": name})
            return None
        return self._described(cleaned)

    def _described(self, cleaned: dict[str, Any]) -> Party | None:
        self.asks = True
        if not cleaned.get("kind"):
            told = gettext("“%(name)s” is not on record yet: what is it?")
            self.add_error("kind", told % {"name": cleaned["name"]})
            return None
        return self.new(cleaned)

    def _offer_namesakes(self, found: list[Any], *, always: bool = False) -> None:
        if len(found) > 1 or (found and always):
            self.options = [
                (str(one.pk), gettext("%(name)s: %(apart)s") % {"name": one.name, "apart": apart(one)}) for one in found
            ]
            self.options.append((NEW, gettext("Another one, which is not on record yet")))
            self.fields["choice"].widget = forms.RadioSelect(choices=self.options)


class SpeakerForm(PartyForm):
    """Who speaks."""

    kind = forms.ChoiceField(required=False, label=_("If new: what is it?"), choices=[*_NO_KIND, *Speaker.Kind.choices])
    given = LineField(max_length=100, required=False, label=_("Given name"), help_text=_("Of a person"))
    particle = LineField(
        max_length=30, required=False, label=_("Particle"), help_text=_("The “de” of Charles de Gaulle")
    )
    family = LineField(max_length=100, required=False, label=_("Family name"), help_text=_("Lists sort people by it"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].widget = suggesting("speakers")

    def find(self, name: str) -> list[Speaker]:
        """Speakers under a name."""
        return self.directory.speakers(name)

    def resolve(self, cleaned: dict[str, Any]) -> Any:
        """An unnamed source is as described, whatever else has the name."""
        if cleaned.get("kind") == Speaker.Kind.UNNAMED:
            return NewSpeaker("unnamed", cleaned["name"])
        return super().resolve(cleaned)

    def new(self, cleaned: dict[str, Any]) -> NewSpeaker:
        """A new speaker; only people have parts of a name, and they need the one that lists sort by."""
        if cleaned["kind"] != Speaker.Kind.PERSON:
            return NewSpeaker(cleaned["kind"], cleaned["name"])
        if not cleaned.get("family"):
            self.add_error(
                "family", gettext("Which name do lists sort this person by? Where there is only one, write that.")
            )
        parts = {part: cleaned.get(part, "") for part in ("given", "particle", "family")}
        return NewSpeaker("person", cleaned["name"], **parts)


class PrincipalForm(SpeakerForm):
    """Whom a spokesperson speaks for: never an unnamed source."""

    kind = forms.ChoiceField(
        required=False,
        label=_("If new: what is it?"),
        choices=[*_NO_KIND, *(choice for choice in Speaker.Kind.choices if choice[0] != "unnamed")],
    )


class OutletForm(PartyForm):
    """Who publishes."""

    kind = forms.ChoiceField(required=False, label=_("If new: what is it?"), choices=[*_NO_KIND, *Outlet.Kind.choices])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].widget = suggesting("outlets")

    def find(self, name: str) -> list[Outlet]:
        """Outlets under a name or a domain."""
        return self.directory.outlets(name)

    def new(self, cleaned: dict[str, Any]) -> NewOutlet:
        """A new outlet."""
        return NewOutlet(cleaned["kind"], cleaned["name"])
