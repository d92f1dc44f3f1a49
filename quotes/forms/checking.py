"""What a reader asks to be checked: a quotation or an article, who is said to have said it, and when."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.checking import MOST_CHARACTERS
from quotes.forms.bundles import PlainForm
from quotes.forms.fields import DateField, LineField, PlainField
from quotes.forms.intake import SUFFIXES
from quotes.numbers import grouped


class CheckForm(PlainForm):
    """A text, or a file or page to read it from."""

    text = PlainField(
        rows=6,
        required=False,
        strip=False,
        label=_("A quotation, or a whole article"),
        help_text=_("With or without quotation marks. “Macron said Russia must get guarantees” is understood, too."),
    )
    speaker = LineField(
        required=False,
        max_length=200,
        label=_("Who is said to have said it"),
        help_text=_("Where the text doesn’t tell"),
    )
    date = DateField(required=False, label=_("When"), help_text=_("2022-12-03, or 2022-12: as far as it is known"))
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label=_("A file"),
        help_text=_("Text, HTML, Markdown, Word (.docx), PDF or a web archive, up to 10 MB"),
        widget=forms.FileInput(attrs={"accept": SUFFIXES}),
    )
    address = LineField(
        required=False,
        max_length=2000,
        label=_("A web address"),
        help_text=_("https://… The page is fetched once, as its site’s robots.txt allows."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if not (typed.get("text", "").strip() or typed.get("file") or typed.get("address")) and not self.errors:
            self.add_error("text", gettext("There is nothing here yet: paste a quotation or an article."))
        if len(typed.get("text", "")) > MOST_CHARACTERS:
            told = gettext("At most %(most)s characters are checked at once: check it in parts.")
            self.add_error("text", told % {"most": grouped(MOST_CHARACTERS)})
        return typed
