"""Several forms filled in as one page: valid together, with one list of what is the matter."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.translation import gettext

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Problem(NamedTuple):
    """A line of the summary above a form: where the trouble is, and what."""

    anchor: str
    label: str
    message: str


class PlainForm(forms.Form):
    """A form whose checks are the server's, so that every message is ours and stands beside its field."""

    use_required_attribute = False
    # Where several forms of a page have fields of one name, what tells them apart in the summary.
    part: "StrOrPromise" = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed."""
        return self.has_changed()

    def problems(self) -> Iterator[Problem]:
        """What is the matter, field by field."""
        for name, messages in self.errors.items():
            anchor, label = self._place(name)
            for message in messages:
                yield Problem(anchor, label, str(message))

    def _place(self, name: str) -> tuple[str, str]:
        """Where a field stands, and what it is called there."""
        if name not in self.fields:
            return "problems", str(self.part)
        field = self[name]
        label = str(field.label)
        if not self.part or self.part == label:
            return field.auto_id, label
        return field.auto_id, gettext("%(part)s: %(label)s") % {"part": self.part, "label": label}


class Bundle:
    """Forms that are one page."""

    def forms(self) -> Iterator[PlainForm]:
        """All forms, in the order of the page."""
        raise NotImplementedError

    def is_valid(self) -> bool:
        """Whether all are; every one is checked, so that all messages come at once."""
        return not sum(not form.is_valid() for form in self.forms())

    def problems(self) -> list[Problem]:
        """What is the matter, in the order of the page."""
        return [problem for form in self.forms() for problem in form.problems()]


def row_count(data: Mapping[str, Any] | None, prefix: str, least: int, most: int) -> int:
    """How many rows a page has: at least `least`, and as many as were sent."""
    rows = least
    while data is not None and rows < most and any(key.startswith(f"{prefix}{rows + 1}-") for key in data):
        rows += 1
    return rows
