"""Documents, and how words came to stand in them."""

from typing import Any

from rest_framework import serializers

from quotes.api.described.answers import kinds
from quotes.api.described.answers.parties import OutletNamed, SpeakerNamed, When
from quotes.models import Hop, Statement
from quotes.spans import SPAN_MODES
from sources.models import Document


class Span(serializers.Serializer):
    mode = kinds.one_of(SPAN_MODES)
    text = kinds.text("Without marks; an omission has none", required=False)
    by = kinds.one_of(["source", "record"], "Whose an insertion is", required=False)


class Translation(serializers.Serializer):
    translator = kinds.known()

    def get_fields(self) -> dict[str, Any]:
        """With `from`, which Python keeps for itself."""
        return {"from": kinds.known("The language it was said in, as a BCP 47 tag"), **super().get_fields()}


class Stop(serializers.Serializer):
    role = kinds.one_of(Hop.Role.values)
    outlet = OutletNamed(allow_null=True)
    speaker = SpeakerNamed(allow_null=True, help_text="Who told it, of told_by alone")
    document = kinds.known("The id of the carrier’s own document")
    date = kinds.known("In EDTF")
    language = kinds.known()


class DocumentTold(serializers.Serializer):
    id = kinds.text()
    url = kinds.address("Its page here")
    kind = kinds.one_of(Document.Kind.values)
    title = kinds.known()
    author = kinds.known()
    source_url = kinds.address("Where it was published", **kinds.MAYBE)
    published = When()
    language = kinds.known()
    licence = kinds.address("Where it lets everybody read the whole text", **kinds.MAYBE)
    outlet = OutletNamed()


class Archived(serializers.Serializer):
    sha256 = kinds.text("Of the archived text in UTF-8")
    taken = kinds.time()


class Position(serializers.Serializer):
    start = kinds.number("In Unicode code points of the archived text, from 0")
    end = kinds.number("Exclusive")
    snapshot = Archived()


class Media(serializers.Serializer):
    start = serializers.FloatField(help_text="Seconds from the start of the recording")
    end = serializers.FloatField(allow_null=True)


class AppearanceTold(serializers.Serializer):
    primary = kinds.yes_or_no("Whether it gives the statement its wording and its road")
    attested = kinds.yes_or_no("Whether the document only says so of a carrier whose own document isn’t held")
    words = kinds.known("As printed there, with generated marks; null where they aren’t held")
    spans = Span(many=True)
    mode = kinds.one_of(Statement.Mode.values, **kinds.MAYBE)
    printed = kinds.known("The source’s characters exactly")
    language = kinds.known()
    translation = Translation(allow_null=True)
    retranslated = kinds.yes_or_no("Whether it is a translation of a translation, as far as that is known")
    prefix = kinds.known("At most 200 characters before the words")
    suffix = kinds.known("At most 200 characters after them")
    position = Position(allow_null=True)
    media = Media(allow_null=True)
    note = kinds.known()
    document = DocumentTold()
    road = Stop(many=True)


class Quotation(serializers.Serializer):
    id = kinds.text("The statement’s")
    url = kinds.address()
    speaker = SpeakerNamed()
    printed = kinds.known()
    prefix = kinds.known()
    suffix = kinds.known()
    start = kinds.number(**kinds.MAYBE)
    end = kinds.number(**kinds.MAYBE)


class DocumentWhole(DocumentTold):
    note = kinds.known("What a reader should know about it")
    statements = Quotation(many=True, help_text="In the order they stand in")
