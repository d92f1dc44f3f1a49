"""The form for a statement by hand, one page of several forms. A review of suggestions fills in the same one."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from quotes.drafting import Entry, Finding, as_printed, own_first
from quotes.forms.bundles import Bundle, PlainForm, row_count
from quotes.forms.chain import chain_forms, stops
from quotes.forms.documents import DocumentForm
from quotes.forms.fields import DateField, LanguageField, LineField, PlainField, WordsField
from quotes.forms.parties import PrincipalForm, SpeakerForm, suggesting
from quotes.models import Appearance, Hop, Link, Speaker, Statement
from quotes.naming import Directory, topics_called
from quotes.notation import MAX_LENGTH, BadNotation, parse, write
from quotes.record import RecordError
from quotes.spans import Span, Spans

LINK_ROWS = 4
MAX_TOPICS = 12
MAX_TOPIC_LENGTH = 150
_PEOPLE = ("speaker", "principal")
_PARTY = re.compile(r"(speaker|principal|(?:stop|also)\d{1,2})-name", re.ASCII)
_TARGET = re.compile(r"link\d{1,2}-target", re.ASCII)


class WordsForm(PlainForm):
    """The words, their language, when they were said, and what they are about."""

    words = WordsField(
        label=_("Words"),
        rows=6,
        error_messages={"required": _("There are no words.")},
        help_text=_(
            "“The speaker’s words” in quotation marks, the reporter’s words outside. [word] is an insertion of "
            "ours, [(word)] one of the source’s, […] something left out."
        ),
    )
    language = LanguageField(label=_("Language"), help_text=_("Of the words above: en, fr, uk, pt-BR"))
    is_translation = forms.BooleanField(required=False, label=_("These words are a translation"))
    translated_from = LanguageField(
        required=False, label=_("Translated from"), help_text=_("A language tag; empty where it is unknown")
    )
    translator = LineField(
        required=False, max_length=200, label=_("Translator"), help_text=_("Empty where it is unknown")
    )
    printed = PlainField(
        required=False,
        strip=True,
        max_length=MAX_LENGTH,
        label=_("As printed there"),
        help_text=_("The source’s own characters, with its marks and faults. Empty: printed just as the words above."),
    )
    said = DateField(
        label=pgettext_lazy("date", "Said"),
        help_text=_("2022-12-03 · 2022-12 · 2021-12? (uncertain) · /2022-12-04 (not after)"),
    )
    said_basis = forms.ChoiceField(choices=Statement.Basis.choices, label=_("How do we know?"))
    said_phrase = LineField(
        required=False, max_length=300, label=_("In the document’s words"), help_text=_("On Saturday")
    )
    said_reasoning = LineField(
        required=False,
        max_length=500,
        label=_("How the date follows"),
        help_text=_("The Saturday before 4 December 2022"),
    )
    topics = LineField(required=False, max_length=1000, label=_("Topics"), help_text=_("Separated by commas"))
    add_topics = forms.BooleanField(required=False, label=_("Add topics that are not on record yet"))

    new_topics: list[str]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.new_topics = []
        self.fields["topics"].widget = suggesting("topics")
        for name in ("translator", "said_phrase", "said_reasoning"):
            self.fields[name].widget.attrs["dir"] = "auto"

    def clean_topics(self) -> list[Any]:
        """The topics on record; the names of the others stay in `new_topics`."""
        names = list(dict.fromkeys(name.strip() for name in self.cleaned_data["topics"].split(",") if name.strip()))
        if len(names) > MAX_TOPICS:
            told = gettext("A statement is filed under at most %(most)s topics.")
            raise forms.ValidationError(told % {"most": MAX_TOPICS})
        if any(len(name) > MAX_TOPIC_LENGTH for name in names):
            told = gettext("A topic’s name has at most %(most)s characters.")
            raise forms.ValidationError(told % {"most": MAX_TOPIC_LENGTH})
        found = topics_called(names)
        self.new_topics = [name for name in names if name not in found]
        return list({topic.pk: topic for topic in found.values()}.values())

    def clean(self) -> dict[str, Any]:
        """A language or a translator makes it a translation; new topics are made only when asked for."""
        cleaned = super().clean() or {}
        cleaned["is_translation"] = any(
            cleaned.get(name) for name in ("is_translation", "translated_from", "translator")
        )
        if self.new_topics and not cleaned.get("add_topics"):
            names = gettext(", ").join(gettext("“%(words)s”") % {"words": name} for name in self.new_topics)
            told = gettext("Not on record yet: %(names)s. Correct the spelling, or say that they are to be added.")
            self.add_error("topics", told % {"names": names})
        return cleaned


class LinkForm(PlainForm):
    """What this statement does to another one. An empty row is no link."""

    kind = forms.ChoiceField(required=False, label=_("This statement"), choices=[("", "–"), *Link.Kind.choices])
    target = LineField(required=False, max_length=200, label=_("Statement"), help_text=_("Its id or permalink"))

    statement: Statement | None = None

    def __init__(self, *args: Any, directory: Directory, **options: Any) -> None:
        super().__init__(*args, **options)
        self.directory = directory

    def clean(self) -> dict[str, Any]:
        """The other statement, which must be public: a link shows from both ends."""
        cleaned = super().clean() or {}
        if cleaned.get("target"):
            self.statement = self.directory.statement(cleaned["target"])
            if not self.statement or not self.statement.is_public:
                self.add_error("target", gettext("No published statement has this id or permalink."))
            if not cleaned.get("kind"):
                self.add_error("kind", gettext("What does this statement do to that one?"))
        elif cleaned.get("kind") and "target" in cleaned:
            self.add_error("target", gettext("Which statement?"))
        return cleaned


class StatementForms(Bundle):
    """The whole page: words, speaker, principal, document, chain and links."""

    attested = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None) -> None:
        known = initial or {}
        self.words = WordsForm(data, initial=known.get("words"))
        self.directory = directory_of(known) if data is None else directory_typed(data)
        self.speaker = SpeakerForm(
            data, prefix="speaker", initial=known.get("speaker"), label=_("Speaker"), directory=self.directory
        )
        self.principal = PrincipalForm(
            data,
            prefix="principal",
            initial=known.get("principal"),
            label=_("Speaks for"),
            required=False,
            directory=self.directory,
        )
        self.document = DocumentForm(data, prefix="document", initial=known.get("document"))
        self.chain = chain_forms(data, known.get("chain", ()), directory=self.directory)
        rows = row_count(data, "link", max(LINK_ROWS, len(known.get("links", ()))), 30)
        links = [*known.get("links", ()), *({} for _ in range(rows))]
        self.links = [
            LinkForm(data, prefix=f"link{row}", initial=link, directory=self.directory)
            for row, link in enumerate(links[:rows], start=1)
        ]
        for row, form in enumerate(self.links, start=1):
            form.part = gettext("Link %(number)s") % {"number": row}

    def keep(self, statement: Statement) -> None:
        """Remember what the page doesn't ask: whether the document only attests who carried the words."""
        self.attested = own_first(statement)[0].attested

    def forms(self) -> Iterator[PlainForm]:
        """All forms, in the order of the page."""
        yield from (self.words, self.speaker, self.principal, *self.document.parts(), *self.chain, *self.links)

    def entry(self) -> Entry:
        """What was typed, once it is valid."""
        typed = self.words.cleaned_data
        shared = ("language", "is_translation", "translated_from", "translator")
        same = {name: typed[name] for name in shared}
        finding = Finding(
            document=self.document.document,  # type: ignore[arg-type]  # valid forms have found or described one
            stops=stops(self.chain),
            spans=printed_spans(typed["printed"], typed["words"]),
            printed=typed["printed"],
            attested=self.attested,
            **same,
        )
        return Entry(
            spans=typed["words"],
            speaker=self.speaker.party,  # type: ignore[arg-type]  # likewise
            speaks_for=self.principal.party,  # type: ignore[arg-type]  # a speaker's form has no outlets
            finding=finding,
            topics=typed["topics"],
            new_topics=self.words.new_topics,
            links=[(form.cleaned_data["kind"], form.statement) for form in self.links if form.statement],
            **same,
            **{name: typed[name] for name in ("said", "said_basis", "said_phrase", "said_reasoning")},
        )

    def refuse(self, error: RecordError) -> None:
        """Show why the record refused, beside the field it is about."""
        match error.field:
            case "words" | "said" | "printed" as name:
                self.words.add_error(name, str(error))
            case "url" | "document":
                self.document.add_error("url" if error.field == "url" else "existing", str(error))
            case "hops":
                self.chain[0].add_error("name", str(error))
            case "links":
                self.links[0].add_error("target", str(error))
            case _:
                self.words.add_error(None, str(error))


def printed_spans(printed: str, words: Spans) -> Spans:
    """The spans of a wording as printed, where every insertion is the source's; the words' own where its marks fail."""
    if not printed:
        return tuple(span for span in words if span.by != "record")
    try:
        return tuple(Span("insertion", span.text, "source") if span.by else span for span in parse(printed))
    except BadNotation:
        return words


def initial_of(statement: Statement) -> dict[str, Any]:
    """What the form shows of a draft. Some six queries, and one a stop."""
    first = own_first(statement)[0]
    fields = ("language", "is_translation", "translated_from", "translator")
    dates = ("said", "said_basis", "said_phrase", "said_reasoning")
    words = {name: getattr(statement, name) for name in (*fields, *dates)}
    words["words"] = write(statement.wording)
    words["printed"] = "" if first.printed == as_printed(statement.wording) else first.printed
    words["topics"] = ", ".join(statement.topics.values_list("name", flat=True))
    links = statement.links_out.select_related("target")
    return {
        "words": words,
        "speaker": party_initial(statement.speaker),
        "principal": party_initial(statement.speaks_for) if statement.speaks_for else {},
        "document": {"existing": first.document.pid},
        "chain": [_stop_initial(hop) for hop in _own_stops(first)],
        "links": [{"kind": link.kind, "target": link.target.pid} for link in links],
    }


def directory_of(known: Mapping[str, Any]) -> Directory:
    """Everybody whom a form names as it is opened, looked up at once."""
    stops = [*known.get("chain", ()), *known.get("also", ())]
    told = [stop.get("name", "") for stop in stops if stop.get("role") == Hop.Role.TOLD_BY]
    carried = [stop.get("name", "") for stop in stops if stop.get("role") != Hop.Role.TOLD_BY]
    parties = [(known.get(name) or {}).get("name", "") for name in ("speaker", "principal")]
    return Directory([*parties, *told], carried)


def directory_typed(data: Mapping[str, Any]) -> Directory:
    """Everybody and everything that was typed into a form by name, looked up at once."""
    line = LineField(required=False).to_python
    # By their own names alone: whoever sends a thousand others has nothing looked up.
    parts = [found[1] for name in data if (found := _PARTY.fullmatch(name))]
    people = {part for part in parts if part in _PEOPLE or data.get(f"{part}-role") == Hop.Role.TOLD_BY}
    return Directory(
        [line(data[f"{part}-name"]) for part in parts if part in people],
        [line(data[f"{part}-name"]) for part in parts if part not in people],
        [line(data[name]) for name in data if _TARGET.fullmatch(name)],
    )


def party_initial(party: Any) -> dict[str, Any]:
    """The fields that lead back to a speaker or an outlet on record; an unnamed source is described again."""
    if getattr(party, "kind", "") == Speaker.Kind.UNNAMED:
        return {"name": party.name, "kind": party.kind}
    return {"name": party.name, "choice": str(party.pk)}


def _stop_initial(hop: Hop) -> dict[str, Any]:
    return {"role": hop.role, "date": hop.date, **party_initial(hop.carrier)}


def _own_stops(appearance: Appearance) -> list[Hop]:
    """The stops but the last one, where that is the document's own outlet: it adds itself."""
    hops = list(appearance.hops.select_related("outlet", "speaker"))
    document = appearance.document
    last = hops[-1] if hops and not appearance.attested else None
    if last and (last.role, last.outlet_id, last.date) == ("published_by", document.outlet_id, document.published):
        hops.pop()
    return hops
