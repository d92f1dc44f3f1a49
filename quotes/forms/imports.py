"""The forms of an import: the file, its columns, the choice of a template, and why it is undone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.forms.bundles import PlainForm
from quotes.forms.fields import LineField, PlainField
from quotes.importing.errors import CannotImport
from quotes.importing.fields import CONSTANT, FIELDS, Field
from quotes.importing.files import check_size
from quotes.importing.mapping import DATES, ISO, MARKED, MARKS, ColumnMap
from quotes.models import ImportTemplate
from quotes.retold import retold

_ACCEPTED = ".csv,.tsv,.txt,.xlsx,.jsonl,.ndjson,.json,.gz,.bz2"
_FIRST = 11
"""So many fields are shown at once; the others are seldom needed."""


class FileForm(PlainForm):
    """The file that is brought."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, an Excel workbook (.xlsx) or JSON Lines, also packed with gzip or bzip2; up to 50 MB"),
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file first.")},
    )

    def clean_file(self) -> Any:
        """Refuse what is too large."""
        file = self.cleaned_data["file"]
        try:
            check_size(file.size)
        except CannotImport as refusal:
            raise forms.ValidationError(retold(str(refusal))) from refusal
        return file


class TemplateForm(PlainForm):
    """Which of the account's templates tells the columns."""

    template = forms.ModelChoiceField(
        ImportTemplate.objects.none(), label=_("Template"), empty_label=_("as the first row suggests")
    )

    def __init__(self, owner: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["template"].queryset = ImportTemplate.objects.filter(owner=owner)  # type: ignore[attr-defined]
        self.fields["template"].required = False


class ColumnsForm(PlainForm):
    """Which column is which field, and what is the same for all rows."""

    marks = forms.ChoiceField(
        label=_("The words are written so"), choices=list(MARKS.items()), widget=forms.RadioSelect
    )
    dates = forms.ChoiceField(label=_("Dates are written so"), choices=list(DATES.items()), widget=forms.RadioSelect)
    keep_as = LineField(
        label=_("Keep these columns as"), required=False, max_length=80, help_text=_("A name, for files like this one")
    )

    def __init__(self, heads: Sequence[str], columns: ColumnMap, data: Mapping[str, Any] | None = None) -> None:
        initial = {"marks": columns.marks or MARKED, "dates": columns.dates or ISO}
        initial |= {f"column-{name}": head for name, head in columns.columns.items()}
        initial |= {f"same-{name}": text for name, text in columns.constants.items()}
        super().__init__(data, initial=initial)
        choices = [("", "—"), *((head, head) for head in heads)]
        for one in FIELDS:
            self.fields[f"column-{one.name}"] = forms.ChoiceField(label=one.label, choices=choices, required=False)
            if one.name in CONSTANT:
                same = LineField(
                    label=gettext("%(field)s of all rows") % {"field": one.label}, required=False, max_length=300
                )
                self.fields[f"same-{one.name}"] = same

    @property
    def rows(self) -> list[tuple[Field, BoundField, BoundField | None]]:
        """The fields that most files have."""
        return list(self._rows(FIELDS[:_FIRST]))

    @property
    def more_rows(self) -> list[tuple[Field, BoundField, BoundField | None]]:
        """The other fields."""
        return list(self._rows(FIELDS[_FIRST:]))

    def _rows(self, fields: Iterable[Field]) -> Iterator[tuple[Field, BoundField, BoundField | None]]:
        for one in fields:
            yield one, self[f"column-{one.name}"], self[f"same-{one.name}"] if one.name in CONSTANT else None

    @property
    def columns(self) -> ColumnMap:
        """What was chosen, once it is valid."""
        return ColumnMap(
            self._chosen("column-"), self._chosen("same-"), self.cleaned_data["marks"], self.cleaned_data["dates"]
        )

    def _chosen(self, prefix: str) -> dict[str, str]:
        given = {name: value for name, value in self.cleaned_data.items() if name.startswith(prefix) and value}
        return {name.removeprefix(prefix): value for name, value in given.items()}


class UndoForm(PlainForm):
    """Why an import is undone."""

    reason = PlainField(
        rows=2,
        label=_("Why"),
        help_text=_("Where statements were published, this is public"),
        max_length=1000,
        error_messages={"required": _("Say why.")},
    )
