"""Fields of this record: a line of text, a wording in the notation, a date as far as it is known, a language."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.dates import BadDate, read
from quotes.dates_told import no_date
from quotes.languages import BadTag, tag_of
from quotes.notation import BadNotation, parse
from quotes.spans import Spans


class LineField(forms.CharField):
    """One line of text: NFC, single spaces."""

    def to_python(self, value: Any) -> str:
        return " ".join(unicodedata.normalize("NFC", super().to_python(value) or "").split())


class PlainField(forms.CharField):
    """Text of several lines, kept as typed."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), **options)


class WordsField(PlainField):
    """A wording in the notation; its value is the spans."""

    def clean(self, value: Any) -> Spans:
        text = super().clean(value)
        if not text:
            return ()
        try:
            return parse(text)
        except BadNotation as error:
            raise ValidationError(notation_told(error), "notation") from error


class DateField(LineField):
    """An EDTF date; its value is the text. With `ends`, it must have a last day."""

    def __init__(self, *, ends: bool = False, **options: Any) -> None:
        super().__init__(max_length=50, widget=forms.TextInput(attrs={"dir": "ltr"}), **options)
        self.ends = ends

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return text
        try:
            when = read(text)
        except BadDate as error:
            raise ValidationError(no_date(error), "date") from error
        if self.ends and when.last is None:
            raise ValidationError(gettext("This date needs a last day: write /2022-12-04 for “by then”."), "date")
        return when.text


def notation_told(error: BadNotation) -> str:
    """What is the matter with a wording, and where, in the interface's language."""
    told = gettext("%(why)s, at character %(position)s: “…%(near)s…”.")
    why = gettext(error.why) % error.values
    return told % {"why": why, "position": error.position + 1, "near": error.near}


class LanguageField(LineField):
    """A BCP 47 tag, well formed and in its usual case; its parts are not looked up."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"size": 12, "dir": "ltr", "autocapitalize": "off", "spellcheck": "false"})
        super().__init__(max_length=35, widget=widget, **options)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return text
        try:
            return tag_of(text)
        except BadTag as error:
            raise ValidationError(str(error), "language") from error


class AddressField(LineField):
    """A web address, http or https."""

    default_validators = [URLValidator(schemes=["http", "https"], message=_("Write a whole address: https://…"))]

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"inputmode": "url", "dir": "ltr", "autocapitalize": "off", "spellcheck": "false"}
        )
        super().__init__(max_length=2000, widget=widget, **options)
