"""The document where words were found: on record, or new, with an outlet that may be new or unknown."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from quotes.drafting import NewDocument, NewOutlet
from quotes.forms.bundles import PlainForm
from quotes.forms.fields import AddressField, DateField, LanguageField, LineField
from quotes.forms.parties import OutletForm
from quotes.naming import document_called
from sources.models import Document, Outlet

_NEW = ("title", "author", "url", "published", "language", "unknown_outlet")


class DocumentForm(PlainForm):
    """Either the id or address of a document on record, or a description of a new one."""

    existing = LineField(
        required=False,
        max_length=2000,
        label=_("Document on record"),
        help_text=_("Its id, permalink or web address. Leave it empty to describe a new one below."),
    )
    unknown_outlet = forms.BooleanField(required=False, label=_("Nobody knows which outlet published it"))
    kind = forms.ChoiceField(choices=Document.Kind.choices, initial=Document.Kind.ARTICLE, label=_("Kind of document"))
    title = LineField(required=False, max_length=500, label=_("Title"), help_text=_("Empty where it is unknown"))
    author = LineField(required=False, max_length=300, label=_("Author"))
    url = AddressField(required=False, label=_("Web address"))
    published = DateField(
        required=False,
        ends=True,
        label=pgettext_lazy("date", "Published"),
        help_text=_("2022-12-04, 2022-12 or /2022-12-04 for “by then”"),
    )
    language = LanguageField(required=False, label=_("Language"), help_text=_("en, fr, pt-BR"))

    document: Document | NewDocument | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.outlet = OutletForm(
            *args, prefix=f"{self.prefix}-outlet", label=_("Outlet"), required=False, **_without_initial(options)
        )
        for name in ("title", "author"):
            self.fields[name].widget.attrs["dir"] = "auto"

    def parts(self) -> Iterator[PlainForm]:
        """The form itself, and its outlet's where a new document is described."""
        yield self
        if not self.data.get(self.add_prefix("existing"), "").strip():
            yield self.outlet

    @property
    def asks(self) -> bool:
        """Whether the part for a new document stands open: no other is named, or something is wrong in it."""
        wrong = set(self.errors) - {"existing"}
        return not self["existing"].value() or bool(wrong)

    @property
    def described(self) -> bool:
        """Whether anything of a new document was typed."""
        return bool(self.outlet.data.get(self.outlet.add_prefix("name"))) or any(
            self.cleaned_data.get(name) for name in _NEW
        )

    def clean(self) -> dict[str, Any]:
        """Find the document, or describe it."""
        cleaned = super().clean() or {}
        if cleaned.get("existing"):
            self._find(cleaned["existing"])
        elif "existing" in cleaned:
            self._describe(cleaned)
        return cleaned

    def _find(self, typed: str) -> None:
        self.document = document_called(typed)
        if not self.document:
            self.add_error(
                "existing", gettext("No document on record has this id or address: describe it as a new one.")
            )
        elif self.described:
            self.add_error("existing", gettext("Give a document on record or describe a new one, not both."))

    def _describe(self, cleaned: dict[str, Any]) -> None:
        outlet = self._outlet(cleaned)
        if "published" in cleaned and not cleaned["published"]:
            self.add_error("published", gettext("When was it published? At least as /2022-12-04, “by then”."))
        known = document_called(cleaned["url"]) if cleaned.get("url") else None
        if known:
            self.add_error(
                "url",
                gettext("This address is on record, as document %(pid)s: give that id and describe no new one.")
                % {"pid": known.pid},
            )
        if outlet and not self.errors:
            fields = {name: cleaned[name] for name in ("kind", "title", "author", "url", "published", "language")}
            self.document = NewDocument(outlet=outlet, **fields)

    def _outlet(self, cleaned: dict[str, Any]) -> Outlet | NewOutlet | None:
        if not self.outlet.is_valid():
            return None
        named = self.outlet.cleaned_data.get("name")
        if named and cleaned.get("unknown_outlet"):
            self.add_error("unknown_outlet", gettext("There is an outlet’s name too: leave one of the two."))
        elif not named and not cleaned.get("unknown_outlet"):
            self.outlet.add_error("name", gettext("Who published it? If nobody knows, say that."))
        elif not named:
            kind = self.outlet.cleaned_data.get("kind") or Outlet.Kind.WEBSITE.value
            return NewOutlet(kind, identified=False)
        return self.outlet.party  # type: ignore[return-value]  # an outlet form's party is an outlet


def _without_initial(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name not in ("prefix", "initial")}
