"""The shapes of what is sent: they describe it, and check that it has this shape before its meaning is looked at."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.validators import RegexValidator
from rest_framework import serializers

from quotes.dates import PATTERN
from quotes.forms.statements import MAX_TOPIC_LENGTH, MAX_TOPICS
from quotes.models import Cadence, Hop, Link, Speaker, Statement
from quotes.models.appearances import MAX_HOPS
from quotes.notation import MAX_LENGTH
from sources.models import Document, Outlet

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_MOST_LINKS = 30
_LONGEST_ADDRESS = 2000
# What these look like; the desk’s form knows more of them.
_ADDRESS, _LANGUAGE = "^https?://[^ ]+$", "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"


class Text(serializers.CharField):
    """A string that is one: numbers and what no database takes are refused."""

    default_error_messages = {
        "invalid": "This takes a string.",
        "no_text": "This has a character that is none: NUL, or half a surrogate pair.",
        "max_length": "This has more than {max_length} characters.",
        "required": "This must be there.",
        "null": "This can’t be null: leave it out.",
    }

    def __init__(self, told: str, most: int, pattern: str = "", **options: Any) -> None:
        if options.get("required", True):
            options["min_length"] = 1
        else:
            options["allow_blank"] = True
        super().__init__(help_text=told, max_length=most, trim_whitespace=False, **options)
        if pattern:
            wanted = pattern if options.get("required", True) else f"^$|{pattern}"
            self.validators.append(RegexValidator(wanted, f"This isn’t what it takes: {told}."))

    def to_internal_value(self, data: Any) -> str:
        """The string."""
        if not isinstance(data, str):
            self.fail("invalid")
        if _NO_TEXT.search(data):
            self.fail("no_text")
        return str(data)


class YesOrNo(serializers.BooleanField):
    """True or false, and nothing that resembles it."""

    default_error_messages = {"invalid": "This takes true or false.", "null": "This can’t be null: leave it out."}

    def to_internal_value(self, data: Any) -> bool:
        """The boolean."""
        if not isinstance(data, bool):
            self.fail("invalid")
        return bool(data)


class OneOf(serializers.ChoiceField):
    """One of some words."""

    default_error_messages = {
        "invalid_choice": "This takes one of the words that the schema lists.",
        "required": "This must be there.",
        "null": "This can’t be null: leave it out.",
    }

    def to_internal_value(self, data: Any) -> Any:
        """The word."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Sent(serializers.Serializer):
    """An object of which every member is known: a misspelt one would be passed over."""

    default_error_messages = {
        "invalid": "This takes an object.",
        "required": "This must be there.",
        "null": "This can’t be null: leave it out.",
    }

    def to_internal_value(self, data: Any) -> Any:
        """The members, checked."""
        if isinstance(data, Mapping) and (strange := [name for name in data if name not in self.fields]):
            raise serializers.ValidationError({name: ["There is no such member here."] for name in strange})
        return super().to_internal_value(data)


def _optional(told: str, most: int, pattern: str = "") -> Text:
    return Text(told, most, pattern, required=False)


def _choice(values: Any, told: str, **options: Any) -> OneOf:
    return OneOf(choices=list(values), help_text=told, **options)


def _flag(told: str) -> YesOrNo:
    return YesOrNo(required=False, help_text=told)


class NamedSent(Sent):
    name = Text("A name, an alias or a slug; a slug means one alone", 200, required=True)
    new = _flag("Whether it is another one than those on record under this name")


class SpeakerSent(NamedSent):
    kind = _choice(Speaker.Kind.values, "What a new one is; left out, it is on record", required=False)
    given = _optional("The given name of a new person", 100)
    particle = _optional("The “de” of Charles de Gaulle", 30)
    family = _optional("The family name of a new person, by which lists sort", 100)


class OutletSent(NamedSent):
    kind = _choice(Outlet.Kind.values, "What a new one is; left out, it is on record", required=False)


class DocumentSent(Sent):
    id = _optional("The id or web address of a document on record; then nothing else", _LONGEST_ADDRESS)
    kind = _choice(Document.Kind.values, "What kind of document a new one is", required=False)
    title = _optional("Its title", 500)
    author = _optional("Its author", 300)
    url = _optional("Its web address", _LONGEST_ADDRESS, _ADDRESS)
    published = _optional("When, in EDTF: 2022-12-04, 2022-12, /2022-12-04 for “by then”", 50, PATTERN)
    language = _optional("A BCP 47 tag: en, fr, pt-BR", 35, _LANGUAGE)
    outlet = OutletSent(required=False, help_text="Who published it")
    unknown_outlet = _flag("Whether nobody knows who published it")


class StopSent(Sent):
    role = _choice(Hop.Role.values, "How the words passed here", required=True)
    name = Text("An outlet, or a speaker where the words were told", 200, required=True)
    kind = _choice(dict.fromkeys([*Outlet.Kind.values, *Speaker.Kind.values]), "What a new one is", required=False)
    new = _flag("Whether it is another one than those on record under this name")
    date = _optional("When, in EDTF: 2022-12-03, 2022-12", 50, PATTERN)


class TranslationSent(Sent):
    def get_fields(self) -> dict[str, Any]:
        """With `from`, which Python keeps for itself."""
        return {
            "from": _optional("The language that was spoken, as a BCP 47 tag: en, fr, pt-BR", 35, _LANGUAGE),
            "translator": _optional("Who translated, where it is known", 200),
        }


class LinkSent(Sent):
    kind = _choice(Link.Kind.values, "What this statement does to that one", required=True)
    statement = Text("The id or permalink of a published statement", 200, required=True)


class StatementSent(Sent):
    words = Text(
        "In the notation of the desk: “the speaker’s words” in quotation marks, the reporter’s outside, [an insertion "
        "of ours], [(one of the source’s)], […] for something left out",
        MAX_LENGTH,
        required=True,
    )
    language = Text("The words’ language, as a BCP 47 tag: en, fr, pt-BR", 35, _LANGUAGE, required=True)
    speaker = SpeakerSent(help_text="Who said it")
    speaks_for = SpeakerSent(required=False, help_text="For whom")
    said = Text("When, in EDTF: 2022-12-03, 2021-12?, /2022-12-04 for “not after”", 50, PATTERN, required=True)
    said_basis = _choice(Statement.Basis.values, "How that is known; left out, as stated", required=False)
    said_phrase = _optional("The date in the document’s words: On Saturday", 300)
    said_reasoning = _optional("How the date follows from them", 500)
    translation = TranslationSent(required=False, help_text="There where the words are a translation")
    printed = _optional("As the source printed it, where that differs from the words", MAX_LENGTH)
    document = DocumentSent(help_text="Where it was found")
    road = StopSent(
        many=True,
        required=False,
        max_length=MAX_HOPS - 1,
        help_text="The stops from the speaker outward; the document’s own outlet adds itself",
    )
    topics = serializers.ListField(
        child=Text("A name or slug", MAX_TOPIC_LENGTH), required=False, max_length=MAX_TOPICS, help_text="What about"
    )
    add_topics = _flag("Whether topics that are not on record are added")
    links = LinkSent(many=True, required=False, max_length=_MOST_LINKS, help_text="What it does to other statements")


class PublishSent(Sent):
    touched = serializers.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        help_text="The draft’s counter as it was answered: one that changed is refused",
    )


class DocumentTextSent(Sent):
    text = _optional("The document’s text, or its HTML", 10_000_000)
    address = _optional("Or the page to fetch: https://…", _LONGEST_ADDRESS, _ADDRESS)
    url = _optional("Where the text was published: https://…", _LONGEST_ADDRESS, _ADDRESS)
    outlet = _optional("The name, domain or slug of its outlet, which is on record", 200)
    published = _optional("When, in EDTF: 2022-12-04, 2022-12", 50, PATTERN)
    title = _optional("Its title", 500)
    author = _optional("Its author", 300)
    language = _optional("A BCP 47 tag: en, fr, pt-BR", 35, _LANGUAGE)


class WatchSent(Sent):
    query = _optional("A list by its filters, as the address of /statements/ has them: speaker=emmanuel-macron", 2000)
    statement = _optional("Or the id of one public statement", 20)
    mail = _choice(Cadence.values, "How soon e-mail tells of it; left out, none does", required=False)
    webhook = _optional("The address of one of the account’s webhooks, which is told too", _LONGEST_ADDRESS, _ADDRESS)
