"""Statements, their versions, links and numbers."""

from typing import Any

from rest_framework import serializers

from quotes.api.described.answers import kinds
from quotes.api.described.answers.found import AppearanceTold, DocumentTold, Span, Stop, Translation
from quotes.api.described.answers.parties import OutletNamed, SpeakerNamed, TopicNamed, When
from quotes.models import Link, Statement


class Said(When):
    basis = kinds.one_of(Statement.Basis.values, "How the date is known")
    phrase = kinds.known("What the document says: On Saturday")
    reasoning = kinds.known("How the date follows from it")
    possibly = kinds.yes_or_no("Whether only a part of its interval lies within the dates that were asked for")


class VersionTold(serializers.Serializer):
    number = kinds.number(min_value=1)
    url = kinds.address("What a citation gives: it never changes")
    record_url = kinds.address("The frozen record, the bytes that sha256 is of")
    sha256 = kinds.text()
    recorded = kinds.time()


class RevisionListed(VersionTold):
    reason = kinds.known("Why it was made; null for the first")


class RevisionTold(RevisionListed):
    body = kinds.text("The text that was hashed, to the byte")
    record = serializers.DictField(help_text="The same, read")


class CorrectionTold(serializers.Serializer):
    version = kinds.number("The version it made")
    on = serializers.DateField()
    reason = kinds.text()
    url = kinds.address("The page that compares the two versions")


class RetractionTold(serializers.Serializer):
    on = kinds.day()
    reason = kinds.known()


class LinkSeen(serializers.Serializer):
    kind = kinds.one_of(Link.Kind.values)
    direction = kinds.one_of(["out", "in"], "Whether this statement does it to the other, or the other to it")
    relation = kinds.text("The same in words, read from here")
    statement = kinds.text("The other statement’s id")
    url = kinds.address()
    speaker = SpeakerNamed()
    words = kinds.text()


class OriginOfStatement(serializers.Serializer):
    outlet = OutletNamed()
    held = kinds.yes_or_no("Whether its own document is on record; else those who relayed it state so")


class StatementTold(serializers.Serializer):
    id = kinds.text("Ten symbols, the last of which catches typing errors")
    url = kinds.address("The permalink, which shows the latest version")
    api_url = kinds.address()
    state = kinds.one_of(["published", "retracted"])
    version = VersionTold(help_text="The latest one")
    words = kinds.text("With generated marks: quotation marks round the speaker’s own words alone")
    spans = Span(many=True)
    mode = kinds.one_of(Statement.Mode.values)
    language = kinds.text("A BCP 47 tag")
    translation = Translation(allow_null=True)
    speaker = SpeakerNamed()
    speaks_for = SpeakerNamed(allow_null=True)
    label = kinds.known("The speaker’s office when it was said")
    said = Said()
    published = When(help_text="The earliest publication on record")
    recorded = kinds.time("When version 1 was published", **kinds.MAYBE)
    document = DocumentTold(allow_null=True, help_text="The primary appearance’s")
    road = Stop(many=True, help_text="How the words came there, outward from the speaker")
    carriage = serializers.DictField(child=OutletNamed(many=True), help_text="Who carried it, by role")
    origins = OriginOfStatement(many=True, help_text="The first outlets of its roads, each once")
    topics = TopicNamed(many=True)
    modified = kinds.day("Of the last correction or retraction; null where there was none")
    corrections = CorrectionTold(many=True, help_text="The last first")
    retraction = RetractionTold(allow_null=True)
    appearances = AppearanceTold(many=True, help_text="The primary one first")
    links = LinkSeen(many=True, help_text="From both ends")
    revisions = RevisionListed(many=True)

    def get_fields(self) -> dict[str, Any]:
        """None of them required: an answer holds those that were asked for."""
        fields: dict[str, Any] = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class LinkEnd(serializers.Serializer):
    id = kinds.text()
    url = kinds.address()
    speaker = kinds.text("Their name")
    words = kinds.text()


class LinkTold(serializers.Serializer):
    id = kinds.number()
    kind = kinds.one_of(Link.Kind.values)
    source = LinkEnd(help_text="What does it")
    target = LinkEnd(help_text="What it is done to")


class FacetValue(serializers.Serializer):
    value = kinds.text("As the parameter takes it", **kinds.MAYBE)
    label = kinds.text()
    count = kinds.number()
    count_is_least = kinds.yes_or_no("Whether only the newest were counted, so that there may be more")


class FacetsTold(serializers.Serializer):
    total = kinds.number()
    total_is_more = kinds.yes_or_no("Whether counting stopped at the bound")
    facets = serializers.DictField(child=FacetValue(many=True), help_text="By the name of the parameter")
