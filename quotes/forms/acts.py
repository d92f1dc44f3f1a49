"""The forms of what is done to a published statement in public: each asks for a reason."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quotes.correcting import Correction
from quotes.forms.bundles import Bundle, PlainForm
from quotes.forms.chain import chain_forms, stops
from quotes.forms.fields import LineField, PlainField
from quotes.forms.parties import PrincipalForm, SpeakerForm
from quotes.forms.statements import WordsForm, initial_of
from quotes.models import Appearance, Statement
from quotes.naming import statement_called
from quotes.permalinks import Mistyped, read_pid
from quotes.record import REASONS, RecordError

MAX_REASON = 2000
_NOT_CORRECTED = ("printed", "topics", "add_topics")


class ReasonForm(PlainForm):
    """Why: every act on a published statement says so in public."""

    reason = PlainField(
        rows=3,
        strip=True,
        max_length=MAX_REASON,
        label=_("Reason"),
        help_text=_("It is public: on the statement’s page, in its history and in the list of corrections."),
        error_messages={"required": _("Say why: the reason is public.")},
    )

    def refuse(self, error: RecordError) -> None:
        """Show why the record refused, beside the field it is about."""
        self.add_error(error.field if error.field in self.fields else None, str(error))


class MergeStatementForm(ReasonForm):
    """The statement that stays, and why the two are one."""

    survivor = LineField(max_length=200, label=_("The statement that stays"), help_text=_("Its id or permalink"))
    field_order = ("survivor", "reason")

    def clean_survivor(self) -> Statement:
        """The statement named."""
        return _named(self.cleaned_data["survivor"])


class CopyForm(ReasonForm):
    """Which printing was copied from which, or that one wasn't copied after all, and how that is known."""

    copy = forms.ChoiceField(label=_("What this one prints"))
    source = forms.ChoiceField(required=False, label=_("was copied from"))
    field_order = ("copy", "source", "reason")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        shown: Iterable[Appearance],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.shown = {str(one.pk): one for one in shown}
        named = [(key, _called(one)) for key, one in self.shown.items()]
        self.fields["copy"].choices = named  # type: ignore[attr-defined]  # of a field of choices
        self.fields["source"].choices = [("", gettext("nothing: it is no copy")), *named]  # type: ignore[attr-defined]

    def clean_copy(self) -> Appearance:
        """The printing chosen."""
        return self.shown[self.cleaned_data["copy"]]

    def clean_source(self) -> Appearance | None:
        """The one it was copied from, None where it is no copy."""
        return self.shown.get(self.cleaned_data["source"])


def _called(appearance: Appearance) -> str:
    document = appearance.document
    shown = {"outlet": document.outlet, "date": document.published_words, "document": document}
    return gettext("%(outlet)s, %(date)s: %(document)s") % shown


class RemovalForm(ReasonForm):
    """Why a statement must go for good, what replaces it, and the id typed once more."""

    reason_code = forms.ChoiceField(
        label=_("What asks for it?"),
        choices=[("", "–"), *((code, capfirst(words)) for code, words in REASONS.items())],
        error_messages={"required": _("What asks for the removal?")},
    )
    replacement = LineField(
        required=False,
        max_length=200,
        label=_("What replaces it"),
        help_text=_("Another statement’s id or permalink, if any"),
    )
    confirmation = LineField(
        max_length=40,
        label=_("The id of this statement, to confirm"),
        error_messages={"required": _("Type the statement’s id: a removal can’t be undone.")},
    )
    field_order = ("reason_code", "reason", "replacement", "confirmation")

    def __init__(self, data: Mapping[str, Any] | None = None, *, statement: Statement) -> None:
        super().__init__(data)
        self.statement = statement
        self.fields["reason"].help_text = gettext("It is public and stays: never repeat the words in it.")
        self.fields["confirmation"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean_replacement(self) -> Statement | None:
        """The statement named, None where none is."""
        typed = self.cleaned_data["replacement"]
        return _named(typed) if typed else None

    def clean_confirmation(self) -> str:
        """The very id of this statement."""
        typed = str(self.cleaned_data["confirmation"])
        try:
            is_it = read_pid(typed) == self.statement.pid
        except Mistyped:
            is_it = False
        if not is_it:
            told = gettext("This is not the id of this statement, which is %(pid)s.")
            raise forms.ValidationError(told % {"pid": self.statement.pid})
        return typed


def _named(typed: str) -> Statement:
    """The statement with an id or permalink as typed, in any state but draft: the record says why it won't do."""
    found = statement_called(typed)
    if found is None or found.state == Statement.State.DRAFT:
        raise forms.ValidationError(gettext("No published statement has this id or permalink."))
    return found


class CorrectedWordsForm(WordsForm):
    """The fields of the words and the date that make a version, and the office shown with the speaker."""

    label = LineField(
        required=False,
        max_length=200,
        label=_("Office or role shown"),
        help_text=_("Left as it is, it becomes the one held at the date where the speaker or the date change."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in _NOT_CORRECTED:
            del self.fields[name]


class CorrectionForms(Bundle):
    """The whole page: the statement as it stands, and why that changes."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, statement: Statement) -> None:
        known = initial_of(statement)
        self.words = CorrectedWordsForm(data, initial={**known["words"], "label": statement.label})
        self.speaker = SpeakerForm(data, prefix="speaker", initial=known["speaker"], label=_("Speaker"))
        self.principal = PrincipalForm(
            data, prefix="principal", initial=known["principal"], label=_("Speaks for"), required=False
        )
        self.chain = chain_forms(data, known["chain"])
        self.why = ReasonForm(data)

    def forms(self) -> Iterator[PlainForm]:
        """All forms, in the order of the page."""
        yield from (self.words, self.speaker, self.principal, *self.chain, self.why)

    @property
    def reason(self) -> str:
        """Why, once it is valid."""
        return str(self.why.cleaned_data["reason"])

    def correction(self) -> Correction:
        """What was typed, once it is valid."""
        fields = {name: self.words.cleaned_data[name] for name in self.words.fields if name != "words"}
        return Correction(
            speaker=self.speaker.party,  # type: ignore[arg-type]  # valid forms have found or described one
            speaks_for=self.principal.party,  # type: ignore[arg-type]  # a speaker's form has no outlets
            stops=stops(self.chain),
            fields={"spans": self.words.cleaned_data["words"], **fields},
        )

    def refuse(self, error: RecordError) -> None:
        """Show why the record refused, beside the field it is about."""
        match error.field:
            case "words" | "said" as name:
                self.words.add_error(name, str(error))
            case "hops":
                self.chain[0].add_error("name", str(error))
            case "reason":
                self.why.add_error("reason", str(error))
            case _:
                self.words.add_error(None, str(error))
