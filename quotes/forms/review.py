"""The forms of a review: the statement's own with a suggestion in it, where it stands, why it is rejected or split."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.boundaries import Range, partings
from quotes.forms.bundles import Bundle, PlainForm, Problem
from quotes.forms.fields import LineField
from quotes.forms.further import Choice, FurtherForms
from quotes.forms.statements import StatementForms, directory_typed
from quotes.models import Candidate
from quotes.numbers import grouped
from quotes.record import RecordError

_SHOWN = 40
_PARTS = ("words", "speaker", "principal")
_ROWS = ("chain", "links", "also", "ties")
# What the document tells of other carriers, and of its other suggestions: kept or not, a tick box each.
_FURTHER = ("attested", "between")
MAX_PARTINGS = 60


class ReviewForms(StatementForms):
    """The form for a statement, about a suggestion: its document is the one under review.

    `others` are the suggestions that it may be linked with, as (key, label).
    """

    def __init__(
        self,
        candidate: Candidate,
        data: Mapping[str, Any] | None = None,
        *,
        entry: Mapping[str, Any] | None = None,
        others: Sequence[Choice] = (),
    ) -> None:
        entry = candidate.entry if entry is None else entry
        document = {"existing": candidate.document.pid, "kind": candidate.document.kind}
        if data is None:
            super().__init__(initial={**entry, "document": document})
        else:
            typed = {name: data[name] for name in data if not name.startswith("document-")}
            super().__init__({**typed, **{f"document-{name}": value for name, value in document.items()}})
        self.further = FurtherForms(others, data, initial=entry, directory=self.directory)

    def forms(self) -> Iterator[PlainForm]:
        """All forms; what the document tells beyond the statement comes last."""
        yield from super().forms()
        yield from self.further.forms()

    def as_typed(self) -> dict[str, Any]:
        """What stands in the form, right or wrong, in the shape in which it is filled in again."""
        return {
            "words": _typed(self.words),
            "speaker": _typed(self.speaker),
            "principal": _typed(self.principal),
            "chain": [row for form in self.chain if (row := _typed(form))],
            "links": [row for form in self.links if (row := _typed(form))],
            "also": [row for form in self.further.road if (row := _typed(form))],
            "ties": [row for form in self.further.ties if (row := _typed(form))],
        }


def _typed(form: forms.Form) -> dict[str, Any]:
    """A form's values as they were sent, but for what browsers do to the ends of lines; what is empty is left out."""
    values = {name: form[name].value() for name in form.fields}
    return {
        name: value.replace("\r\n", "\n") if isinstance(value, str) else value
        for name, value in values.items()
        if value
    }


def _filled(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry without what is empty, to be compared with what was typed."""
    parts = {name: {key: value for key, value in entry.get(name, {}).items() if value} for name in _PARTS}
    rows = {name: [_without_empty(row) for row in entry.get(name, ())] for name in _ROWS}
    further = {name: entry.get(name, []) for name in _FURTHER}
    return {**parts, **{name: [row for row in found if row] for name, found in rows.items()}, **further}


def _without_empty(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value}


class PlaceForm(PlainForm):
    """Where words stand in the archived text, by two positions. White space at the ends is left out."""

    part = _("Where they stand")
    start = forms.IntegerField(min_value=0, label=_("From"), widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    end = forms.IntegerField(min_value=1, label=_("To"), widget=forms.NumberInput(attrs={"inputmode": "numeric"}))

    def __init__(self, text: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.text = text

    def clean(self) -> dict[str, Any]:
        """There must be words between the two."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start is None or end is None:
            return cleaned
        if end > len(self.text):
            told = gettext("The text has %(number)s characters.")
            self.add_error("end", told % {"number": grouped(len(self.text))})
        elif start >= end or not self.text[start:end].strip():
            self.add_error("start", gettext("There are no words between these positions. Select some in the text."))
        return cleaned

    @property
    def range(self) -> Range:
        """The place, once it is valid."""
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        words = self.text[start:end]
        return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


class RejectForm(PlainForm):
    """Why a suggestion is no statement."""

    part = _("Reject")
    why = forms.ChoiceField(
        label=_("Why"), choices=Candidate.RejectedFor.choices, error_messages={"required": _("Why is it rejected?")}
    )
    remark = LineField(
        label=_("Remark"), required=False, max_length=300, help_text=_("Wanted for “another reason”, welcome for all")
    )

    def clean(self) -> dict[str, Any]:
        """Another reason is said."""
        cleaned = super().clean() or {}
        if cleaned.get("why") == Candidate.RejectedFor.OTHER and not cleaned.get("remark") and "remark" in cleaned:
            self.add_error("remark", gettext("Which reason is it?"))
        return cleaned


class SplitForm(PlainForm):
    """Where the second of two suggestions begins: at a sentence that is offered, or at any position."""

    part = _("Split")
    at = forms.TypedChoiceField(coerce=int, empty_value=None, required=False, label=_("The second begins at"))
    position = forms.IntegerField(
        required=False,
        min_value=0,
        label=_("or at position"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Counted in the text’s characters from 0"),
    )

    def __init__(self, candidate: Candidate, text: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.candidate = candidate
        ranges = [(start, end) for start, end in candidate.ranges]
        self.offered = [(cut, _words_from(text, cut, candidate.end)) for cut in partings(text, ranges)[:MAX_PARTINGS]]
        self.fields["at"].choices = [("", "–"), *self.offered]  # type: ignore[attr-defined]  # a field of choices

    def clean(self) -> dict[str, Any]:
        """One place, within the suggestion."""
        cleaned = super().clean() or {}
        cut = cleaned.get("position")
        cut = cleaned.get("at") if cut is None else cut
        if cut is None and not self.errors:
            self.add_error("at", gettext("Where does the second one begin?"))
        elif cut is not None and not self.candidate.start < cut < self.candidate.end:
            self.add_error("position", gettext("This lies outside the suggestion: choose a place in its words."))
        cleaned["cut"] = cut
        return cleaned


def _words_from(text: str, start: int, end: int) -> str:
    words = " ".join(text[start:end].split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rpartition(' ')[0] or words[:_SHOWN]}…"


class CandidateForms:
    """All that a suggestion's page asks: one form to the browser, of which every button sends everything.

    What nobody asked to do is kept as typed, and not judged.
    """

    def __init__(
        self,
        candidate: Candidate,
        text: str,
        data: Mapping[str, Any] | None = None,
        *,
        others: Sequence[Choice] = (),
    ) -> None:
        self.candidate = candidate
        self.text = text
        self.others = others
        # A query's own type would hand out lists when it is spread.
        self.data = {name: data[name] for name in data} if data is not None else {}
        self.entry: dict[str, Any] = candidate.entry if data is None else self._as_typed(data)
        standing = {"start": candidate.start, "end": candidate.end}
        self.place = PlaceForm(text, prefix="place", initial=standing | self._typed("place"))
        self.reject = RejectForm(prefix="reject", initial=self._typed("reject"))
        self.split = SplitForm(candidate, text, prefix="split", initial=self._typed("split"))
        self._refused: Bundle | PlainForm | None = None

    def _typed(self, prefix: str) -> dict[str, Any]:
        parts = {name: value for name, value in self.data.items() if name.startswith(f"{prefix}-")}
        return {name.removeprefix(f"{prefix}-"): value for name, value in parts.items()}

    def _as_typed(self, data: Mapping[str, Any]) -> dict[str, Any]:
        further = {
            name: [one for place, one in enumerate(self.candidate.entry.get(name, ())) if f"{name}-{place}" in data]
            for name in _FURTHER
        }
        typed = ReviewForms(self.candidate, data, others=self.others).as_typed()
        # What is printed there follows from the position: the page doesn't ask.
        printed = {name: value for name, value in self.candidate.entry.get("words", {}).items() if name == "printed"}
        return {**typed, "words": {**typed["words"], **printed}, **further}

    @property
    def is_edited(self) -> bool:
        """Whether something else was typed than what stood there."""
        return _filled(self.entry) != _filled(self.candidate.entry)

    @property
    def settled(self) -> dict[str, Any]:
        """The entry to keep: a further road or a link that was typed whole stands with those proposed."""
        further = FurtherForms(self.others, self.data, directory=directory_typed(self.data))
        return further.settled(self.entry)

    def ticks(self, name: str) -> list[bool]:
        """Of what was proposed beyond the statement (`attested` or `between`), whether each is wanted."""
        return [one in self.entry.get(name, ()) for one in self.candidate.entry.get(name, ())]

    @cached_property
    def statement(self) -> ReviewForms:
        """The statement's form, as it stands or was typed; at most ten queries for all whom it names."""
        return ReviewForms(self.candidate, entry=self.entry, others=self.others)

    def judge_statement(self) -> bool:
        """Whether what was typed makes a statement."""
        self.statement = ReviewForms(self.candidate, self.data, others=self.others)
        return self._judge(self.statement)

    def judge_place(self) -> bool:
        """Whether there are words at the positions."""
        self.place = PlaceForm(self.text, self.data, prefix="place")
        return self._judge(self.place)

    def judge_reason(self, why: str) -> bool:
        """Whether that is a reason."""
        self.reject = RejectForm({**self.data, "reject-why": why}, prefix="reject")
        return self._judge(self.reject)

    def judge_split(self) -> bool:
        """Whether it can be split there."""
        self.split = SplitForm(self.candidate, self.text, self.data, prefix="split")
        return self._judge(self.split)

    def _judge(self, part: Bundle | PlainForm) -> bool:
        self._refused = part
        return part.is_valid()

    def refuse(self, error: RecordError) -> None:
        """Show why the record refused, beside the field it is about."""
        self.judge_statement()
        self.statement.refuse(error)

    def problems(self) -> list[Problem]:
        """What is the matter, of what was asked for."""
        return list(self._refused.problems()) if self._refused else []
