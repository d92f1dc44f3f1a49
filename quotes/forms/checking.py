"""What a reader asks to be checked: a quotation or an article, who is said to have said it, and when."""

from typing import Any

from django import forms

from quotes.checking import MOST_CHARACTERS
from quotes.forms.bundles import PlainForm
from quotes.forms.fields import DateField, LineField, PlainField
from quotes.forms.intake import SUFFIXES


class CheckForm(PlainForm):
    """A text, or a file or page to read it from."""

    text = PlainField(
        rows=6,
        required=False,
        strip=False,
        label="A quotation, or a whole article",
        help_text="With or without quotation marks. “Macron said Russia must get guarantees” is understood, too.",
    )
    speaker = LineField(
        required=False,
        max_length=200,
        label="Who is said to have said it",
        help_text="Where the text doesn’t tell",
    )
    date = DateField(required=False, label="When", help_text="2022-12-03, or 2022-12: as far as it is known")
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="A file",
        help_text="Text, HTML, Markdown, Word (.docx), PDF or a web archive, up to 10 MB",
        widget=forms.FileInput(attrs={"accept": SUFFIXES}),
    )
    address = LineField(
        required=False,
        max_length=2000,
        label="A web address",
        help_text="https://… The page is fetched once, as its site’s robots.txt allows.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if not (typed.get("text", "").strip() or typed.get("file") or typed.get("address")) and not self.errors:
            self.add_error("text", "There is nothing here yet: paste a quotation or an article.")
        if len(typed.get("text", "")) > MOST_CHARACTERS:
            self.add_error("text", f"At most {MOST_CHARACTERS:,} characters are checked at once: check it in parts.")
        return typed
