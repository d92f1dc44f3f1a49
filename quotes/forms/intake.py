"""The forms by which documents come in, and the particulars of one, to be corrected before it is taken in."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quotes.drafting import NewDocument
from quotes.forms.bundles import Bundle, PlainForm
from quotes.forms.documents import DocumentForm
from quotes.forms.fields import LineField
from quotes.forms.parties import OutletForm
from quotes.forms.statements import party_initial
from quotes.naming import document_called
from sources.models import Arrival, Document, Outlet

SUFFIXES = ".txt,.html,.htm,.md,.docx,.pdf,.warc,.gz"
_MIME = "text/plain,text/html,text/markdown,application/pdf"
_KEPT = ("title", "author", "url", "published", "language")


class PastedForm(PlainForm):
    """A text, or the source of a page, pasted."""

    part = _("Paste")
    pasted = forms.CharField(
        label=_("Text or HTML"),
        # White space at the ends is the reader's to judge; what was pasted stays in the form as it was.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={"required": _("There is nothing here yet: paste the article’s text.")},
    )
    pasted_from = LineField(
        required=False,
        max_length=2000,
        label=_("Its web address"),
        help_text=_("Where it was copied from, if it is on the web"),
        widget=forms.TextInput(
            attrs={"inputmode": "url", "dir": "ltr", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )


class UploadForm(PlainForm):
    """A file."""

    part = _("Upload")
    file = forms.FileField(
        label=_("File"),
        help_text=_("Text, HTML, Markdown, Word (.docx), PDF or a web archive (.warc.gz), up to 10 MB"),
        widget=forms.FileInput(attrs={"accept": f"{SUFFIXES},{_MIME}"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file first.")},
    )


class AddressForm(PlainForm):
    """The web address of a page to fetch."""

    part = _("Fetch")
    address = LineField(
        max_length=2000,
        label=_("Web address"),
        help_text=_("https://… The page is fetched once, as its site’s robots.txt allows."),
        error_messages={"required": _("Which page? Write its whole address: https://…")},
        widget=forms.TextInput(
            attrs={"inputmode": "url", "dir": "ltr", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )


class ArrivalForm(DocumentForm):
    """What was read of a document about itself, to be corrected. An address on record means the document there."""

    def __init__(self, arrival: Arrival, outlet: Outlet | None, data: Mapping[str, Any] | None = None) -> None:
        found = arrival.particulars
        super().__init__(data, prefix="document", initial={name: found.get(name, "") for name in _KEPT})
        if data is None:
            # The name of a new outlet is offered; what it is, and so that it is made, is for the editor to say.
            known = party_initial(outlet) if outlet else {"name": found.get("outlet_name") or found.get("domain", "")}
            self.outlet = OutletForm(prefix=f"{self.prefix}-outlet", label=_("Outlet"), required=False, initial=known)

    def _describe(self, cleaned: dict[str, Any]) -> None:
        known = document_called(cleaned["url"]) if cleaned.get("url") else None
        if known:
            self.document = known
        else:
            super()._describe(cleaned)


class ArrivalForms(Bundle):
    """The particulars and the outlet's, one page."""

    def __init__(self, arrival: Arrival, outlet: Outlet | None, data: Mapping[str, Any] | None = None) -> None:
        kept = None if data is None else {name: data[name] for name in data if name != "document-existing"}
        self.document = ArrivalForm(arrival, outlet, kept)

    def forms(self) -> Iterator[PlainForm]:
        """The particulars, then the outlet."""
        yield from self.document.parts()

    @property
    def found(self) -> Document | NewDocument:
        """What the particulars describe, once they are valid: a new document, or the one that has the address."""
        if self.document.document is None:
            raise ValueError("these particulars describe no document")
        return self.document.document

    def refuse(self, field: str | None, why: str) -> None:
        """Show why it can't be kept, beside the field it is about."""
        form = self.document
        form.add_error(field if field in form.fields else None, why)
