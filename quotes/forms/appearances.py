"""The form for one more appearance: the same statement found again, or attested of somebody whose own is not held."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.drafting import Finding
from quotes.forms.bundles import Bundle, PlainForm
from quotes.forms.chain import chain_forms, stops
from quotes.forms.documents import DocumentForm
from quotes.forms.fields import LanguageField, LineField, PlainField, WordsField, notation_told
from quotes.forms.statements import printed_spans
from quotes.notation import MAX_LENGTH, BadNotation, parse
from quotes.record import RecordError


class PrintingForm(PlainForm):
    """The wording as this carrier printed it."""

    attested = forms.BooleanField(
        required=False,
        label=_("The document only says that others carried it"),
        help_text=_("“… also reported by TASS”: what TASS printed is not held, this document attests it."),
    )
    printed = PlainField(
        required=False,
        strip=True,
        max_length=MAX_LENGTH,
        label=_("As printed there"),
        help_text=_("The source’s own characters, with its marks and faults."),
    )
    wording = WordsField(
        required=False,
        label=_("The same in our notation"),
        help_text=_("Only where the printed marks are faulty, so that it is clear whose words are whose."),
    )
    language = LanguageField(required=False, label=_("Language"), help_text=_("Of that wording: en, fr, pt-BR"))
    is_translation = forms.BooleanField(required=False, label=_("It is a translation"))
    translated_from = LanguageField(
        required=False, label=_("Translated from"), help_text=_("A language tag; empty where it is unknown")
    )
    translator = LineField(
        required=False, max_length=200, label=_("Translator"), help_text=_("Empty where it is unknown")
    )
    note = LineField(
        required=False, max_length=300, label=_("Note"), help_text=_("The closing mark is misplaced in the source")
    )

    def clean(self) -> dict[str, Any]:
        """What was found has a wording, and a language; its marks match, or the notation says what they mean."""
        cleaned = super().clean() or {}
        cleaned["is_translation"] = any(
            cleaned.get(name) for name in ("is_translation", "translated_from", "translator")
        )
        if not cleaned.get("attested") and "printed" in cleaned and not cleaned["printed"]:
            self.add_error("printed", gettext("What does it say there? Copy the words."))
        if cleaned.get("printed") and "language" in cleaned and not cleaned["language"]:
            self.add_error("language", gettext("Which language is that?"))
        if cleaned.get("printed") and "wording" in cleaned and not cleaned["wording"]:
            self._check_marks(cleaned["printed"])
        return cleaned

    def _check_marks(self, printed: str) -> None:
        try:
            parse(printed)
        except BadNotation as error:
            told = gettext("%(problem)s Write here which words are whose; the wording as printed stays.")
            self.add_error("wording", told % {"problem": notation_told(error)})


class AppearanceForms(Bundle):
    """The whole page: the printing, its document and its chain."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        self.printing = PrintingForm(data)
        self.document = DocumentForm(data, prefix="document")
        self.chain = chain_forms(data)

    def forms(self) -> Iterator[PlainForm]:
        """All forms, in the order of the page."""
        yield from (self.printing, *self.document.parts(), *self.chain)

    def is_valid(self) -> bool:
        """Valid, and a carrier named where the document only attests one."""
        valid = super().is_valid()
        if valid and self.printing.cleaned_data["attested"] and not stops(self.chain):
            self.chain[0].add_error("name", gettext("Who carried it, as the document says?"))
            return False
        return valid

    def finding(self) -> Finding:
        """What was typed, once it is valid."""
        typed = dict(self.printing.cleaned_data)
        wording = typed.pop("wording")
        return Finding(
            document=self.document.document,  # type: ignore[arg-type]  # valid forms have found or described one
            stops=stops(self.chain),
            spans=wording or (printed_spans(typed["printed"], ()) if typed["printed"] else ()),
            **typed,
        )

    def refuse(self, error: RecordError) -> None:
        """Show why the record refused, beside the field it is about."""
        match error.field:
            case "url" | "document":
                self.document.add_error("url" if error.field == "url" else "existing", str(error))
            case "hops":
                self.chain[0].add_error("name", str(error))
            case _:
                self.printing.add_error(None, str(error))
