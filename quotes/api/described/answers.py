"""The shapes of answers, for the schema alone: nothing is written by these. A test holds each to what is answered."""

from typing import Any, get_args

from rest_framework import serializers

from quotes import dates
from quotes.checking import MOST_CHARACTERS
from quotes.ledger import KINDS
from quotes.models import Hop, Link, Speaker, Statement
from quotes.spans import SPAN_MODES
from quotes.wording.comparing import Verdict
from quotes.wording.turning import Turn
from sources.models import Document, Outlet

TURNS = get_args(Turn)
_MAYBE: dict[str, Any] = {"allow_null": True}


def _text(told: str = "", **options: Any) -> serializers.Field:
    return serializers.CharField(help_text=told, **options)


def _known(told: str = "") -> serializers.Field:
    """A text, or null where it isn't known."""
    return serializers.CharField(help_text=told, **_MAYBE)


def _number(told: str = "", **options: Any) -> serializers.Field:
    return serializers.IntegerField(help_text=told, **options)


def _yes_or_no(told: str = "") -> serializers.Field:
    return serializers.BooleanField(help_text=told)


def _one_of(values: Any, told: str = "", **options: Any) -> serializers.Field:
    return serializers.ChoiceField(choices=list(values), help_text=told, **options)


def _day(told: str = "") -> serializers.Field:
    return serializers.DateField(help_text=told, **_MAYBE)


def _time(told: str = "", **options: Any) -> serializers.Field:
    return serializers.DateTimeField(help_text=told, **options)


def _address(told: str = "", **options: Any) -> serializers.Field:
    return serializers.URLField(help_text=told, **options)


class When(serializers.Serializer):
    edtf = _text("As far as it is known, in EDTF level 1: 2022-12-03, 2021-12?, /2022-12-04")
    min = _day("The first day it can mean; null where the start is open")
    max = _day("The last day it can mean; null where the end is open")


class Said(When):
    basis = _one_of(Statement.Basis.values, "How the date is known")
    phrase = _known("What the document says: On Saturday")
    reasoning = _known("How the date follows from it")
    possibly = _yes_or_no("Whether only a part of its interval lies within the dates that were asked for")


class SpeakerNamed(serializers.Serializer):
    slug = _known("Null for an unnamed source")
    name = _text("As the speaker is called today; an unnamed source as it is described")
    kind = _one_of(Speaker.Kind.values)
    wikidata = _known()
    url = _address("Their page", **_MAYBE)


class OutletNamed(serializers.Serializer):
    slug = _text()
    name = _text()
    kind = _one_of(Outlet.Kind.values)
    identified = _yes_or_no("False where it stands for an outlet that isn’t known")
    url = _address("Its page")


class TopicNamed(serializers.Serializer):
    slug = _text()
    name = _text()
    url = _address("Its page")


class Span(serializers.Serializer):
    mode = _one_of(SPAN_MODES)
    text = _text("Without marks; an omission has none", required=False)
    by = _one_of(["source", "record"], "Whose an insertion is", required=False)


class Translation(serializers.Serializer):
    translator = _known()

    def get_fields(self) -> dict[str, Any]:
        """With `from`, which Python keeps for itself."""
        return {"from": _known("The language it was said in, as a BCP 47 tag"), **super().get_fields()}


class Stop(serializers.Serializer):
    role = _one_of(Hop.Role.values)
    outlet = OutletNamed(allow_null=True)
    speaker = SpeakerNamed(allow_null=True, help_text="Who told it, of told_by alone")
    document = _known("The id of the carrier’s own document")
    date = _known("In EDTF")
    language = _known()


class DocumentTold(serializers.Serializer):
    id = _text()
    url = _address("Its page here")
    kind = _one_of(Document.Kind.values)
    title = _known()
    author = _known()
    source_url = _address("Where it was published", **_MAYBE)
    published = When()
    language = _known()
    licence = _address("Where it lets everybody read the whole text", **_MAYBE)
    outlet = OutletNamed()


class Archived(serializers.Serializer):
    sha256 = _text("Of the archived text in UTF-8")
    taken = _time()


class Position(serializers.Serializer):
    start = _number("In Unicode code points of the archived text, from 0")
    end = _number("Exclusive")
    snapshot = Archived()


class Media(serializers.Serializer):
    start = serializers.FloatField(help_text="Seconds from the start of the recording")
    end = serializers.FloatField(allow_null=True)


class AppearanceTold(serializers.Serializer):
    primary = _yes_or_no("Whether it gives the statement its wording and its road")
    attested = _yes_or_no("Whether the document only says so of a carrier whose own document isn’t held")
    words = _known("As printed there, with generated marks; null where they aren’t held")
    spans = Span(many=True)
    mode = _one_of(Statement.Mode.values, **_MAYBE)
    printed = _known("The source’s characters exactly")
    language = _known()
    translation = Translation(allow_null=True)
    retranslated = _yes_or_no("Whether it is a translation of a translation, as far as that is known")
    prefix = _known("At most 200 characters before the words")
    suffix = _known("At most 200 characters after them")
    position = Position(allow_null=True)
    media = Media(allow_null=True)
    note = _known()
    document = DocumentTold()
    road = Stop(many=True)


class VersionTold(serializers.Serializer):
    number = _number(min_value=1)
    url = _address("What a citation gives: it never changes")
    record_url = _address("The frozen record, the bytes that sha256 is of")
    sha256 = _text()
    recorded = _time()


class RevisionListed(VersionTold):
    reason = _known("Why it was made; null for the first")


class RevisionTold(RevisionListed):
    body = _text("The text that was hashed, to the byte")
    record = serializers.DictField(help_text="The same, read")


class CorrectionTold(serializers.Serializer):
    version = _number("The version it made")
    on = serializers.DateField()
    reason = _text()
    url = _address("The page that compares the two versions")


class RetractionTold(serializers.Serializer):
    on = _day()
    reason = _known()


class LinkSeen(serializers.Serializer):
    kind = _one_of(Link.Kind.values)
    direction = _one_of(["out", "in"], "Whether this statement does it to the other, or the other to it")
    relation = _text("The same in words, read from here")
    statement = _text("The other statement’s id")
    url = _address()
    speaker = SpeakerNamed()
    words = _text()


class OriginOfStatement(serializers.Serializer):
    outlet = OutletNamed()
    held = _yes_or_no("Whether its own document is on record; else those who relayed it state so")


class StatementTold(serializers.Serializer):
    id = _text("Ten symbols, the last of which catches typing errors")
    url = _address("The permalink, which shows the latest version")
    api_url = _address()
    state = _one_of(["published", "retracted"])
    version = VersionTold(help_text="The latest one")
    words = _text("With generated marks: quotation marks round the speaker’s own words alone")
    spans = Span(many=True)
    mode = _one_of(Statement.Mode.values)
    language = _text("A BCP 47 tag")
    translation = Translation(allow_null=True)
    speaker = SpeakerNamed()
    speaks_for = SpeakerNamed(allow_null=True)
    label = _known("The speaker’s office when it was said")
    said = Said()
    published = When(help_text="The earliest publication on record")
    recorded = _time("When version 1 was published", **_MAYBE)
    document = DocumentTold(allow_null=True, help_text="The primary appearance’s")
    road = Stop(many=True, help_text="How the words came there, outward from the speaker")
    carriage = serializers.DictField(child=OutletNamed(many=True), help_text="Who carried it, by role")
    origins = OriginOfStatement(many=True, help_text="The first outlets of its roads, each once")
    topics = TopicNamed(many=True)
    modified = _day("Of the last correction or retraction; null where there was none")
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


class SpeakerListed(SpeakerNamed):
    given = _known()
    particle = _known()
    family = _known()
    statement_count = _number("Published ones")
    statements = _address("The list of them")


class AliasTold(serializers.Serializer):
    name = _text()
    language = _text()


class RoleTold(serializers.Serializer):
    label = _text()
    held = When()


class SpeakerTold(SpeakerListed):
    aliases = AliasTold(many=True)
    roles = RoleTold(many=True)
    members = SpeakerNamed(many=True, help_text="Of a group")


class OutletListed(OutletNamed):
    domain = _known()
    wikidata = _known()
    statement_count = _number("Published ones, in whichever role")
    statements = _address("The list of them")


class TopicListed(TopicNamed):
    parent = _known("The slug of the topic above")
    description = _known()
    iptc = _known()
    wikidata = _known()
    statement_count = _number("Published ones, under it or under a topic below it")
    statements = _address("The list of them")


class TopicTold(TopicListed):
    narrower = TopicNamed(many=True, help_text="Right below it")


class Quotation(serializers.Serializer):
    id = _text("The statement’s")
    url = _address()
    speaker = SpeakerNamed()
    printed = _known()
    prefix = _known()
    suffix = _known()
    start = _number(**_MAYBE)
    end = _number(**_MAYBE)


class DocumentWhole(DocumentTold):
    note = _known("What a reader should know about it")
    statements = Quotation(many=True, help_text="In the order they stand in")


class LinkEnd(serializers.Serializer):
    id = _text()
    url = _address()
    speaker = _text("Their name")
    words = _text()


class LinkTold(serializers.Serializer):
    id = _number()
    kind = _one_of(Link.Kind.values)
    source = LinkEnd(help_text="What does it")
    target = LinkEnd(help_text="What it is done to")


class LedgerEntry(serializers.Serializer):
    id = _number("Its place in the ledger, for after and before")
    kind = _one_of([str(verb.value) for verb in KINDS])
    at = _time()
    statement = _text("Its id")
    statement_url = _address()
    speaker = SpeakerNamed(allow_null=True, help_text="Null where the words are gone")
    reason = _known()
    version = _number("The version that a correction made", **_MAYBE)
    changed = serializers.ListField(child=serializers.CharField(), help_text="The fields that a correction changed")
    comparison_url = _address("The page that compares the two versions", **_MAYBE)
    removed_for = _known("What asked for a removal")
    other = _known("The survivor of a merge, or what replaces a removed statement")


class FacetValue(serializers.Serializer):
    value = _text("As the parameter takes it", **_MAYBE)
    label = _text()
    count = _number()
    count_is_least = _yes_or_no("Whether only the newest were counted, so that there may be more")


class FacetsTold(serializers.Serializer):
    total = _number()
    total_is_more = _yes_or_no("Whether counting stopped at the bound")
    facets = serializers.DictField(child=FacetValue(many=True), help_text="By the name of the parameter")


class WrongTold(serializers.Serializer):
    parameter = _text()
    value = _text()
    detail = _text()
    code = _one_of(["malformed", "unknown"])


class ProblemTold(serializers.Serializer):
    type = _text()
    title = _text()
    status = _number()
    detail = _text()
    errors = WrongTold(many=True, required=False)


class DraftTold(serializers.Serializer):
    id = _text("The public id, for ever")
    state = _one_of(["draft"])
    touched = _number("Its counter, which publishing asks for")
    preview_url = _address("Where an editor sees it")
    publish_url = _address("Where it is published")


class PublishedTold(serializers.Serializer):
    id = _text()
    state = _one_of(["published"])
    url = _address("The permalink")
    version_url = _address("Version 1, to cite")
    api_url = _address("All that is known of it")


class BroughtTold(serializers.Serializer):
    state = _one_of(["taken in", "known", "waiting"])
    id = _known("The document’s id; null while it waits")
    review_url = _address("Where an editor goes on")
    detail = _text("What else is to be said")


class RemovalTold(serializers.Serializer):
    on = _day()
    reason = _known()
    replacement = _known("The id of the statement that replaces it")

    def get_fields(self) -> dict[str, Any]:
        """With `for`, which Python keeps for itself."""
        return {"for": _known("What asked for it"), **super().get_fields()}


class RemovedTold(ProblemTold):
    id = _text()
    url = _address()
    state = _one_of(["removed"])
    removed = RemovalTold()


class Offer(serializers.Serializer):
    media_type = _text()
    suffix = _text()


class NotAcceptableTold(ProblemTold):
    offers = Offer(many=True)


class CheckAsked(serializers.Serializer):
    text = _text(
        "A quotation, a sentence that tells what somebody said, or an article",
        min_length=1,
        max_length=MOST_CHARACTERS,
    )
    speaker = _text(
        "Who is said to have said what the text attributes to nobody",
        required=False,
        allow_blank=True,
        allow_null=True,
        max_length=200,
    )
    said = serializers.RegexField(
        f"^$|{dates.PATTERN}",
        required=False,
        allow_null=True,
        max_length=50,
        help_text="When, in EDTF as far as it is known",
    )


class CheckedRecord(serializers.Serializer):
    url = _address()
    changed_at = _time("Its last change; null for an empty one", **_MAYBE)


class CheckedSpeaker(serializers.Serializer):
    name = _text()
    slug = _known("Null for an unnamed source")


class Identified(serializers.Serializer):
    id = _text()
    url = _address("The permalink")
    path = _text("The same without the host")
    version = _number("The latest one", min_value=1)
    speaker = CheckedSpeaker()
    label = _text("The speaker’s office when it was said; empty where none is on record")
    said = _text("In EDTF")
    language = _text("A BCP 47 tag")
    words = _text("With generated marks")


class Wording(serializers.Serializer):
    of = _one_of(["statement", "appearance", "version"], "Its own, as an outlet printed it, or an earlier version’s")
    text = _text("What was compared")
    outlet = _text("Who printed it so", required=False)
    version = _number("Which version had it", required=False)


class Matched(Identified):
    wording = Wording()


class Difference(serializers.Serializer):
    kind = _one_of(["equal", "insert", "delete", "replace"])
    said = _text("As it stands on record")
    quoted = _text("As it was quoted")
    said_range = serializers.ListField(
        child=_number(), min_length=2, max_length=2, help_text="In code points of statement.wording.text"
    )
    quoted_range = serializers.ListField(
        child=_number(), min_length=2, max_length=2, help_text="In code points of the quotation’s text"
    )
    turns = serializers.ListField(child=_one_of(TURNS), help_text="What about it may turn the meaning")
    marked = _yes_or_no("Whether an ellipsis or brackets tell of it")


class OriginTold(serializers.Serializer):
    outlet = _text("Its name")
    slug = _text()
    held = _yes_or_no("Whether its own document is on record; else others state that it was said there")


class Judged(serializers.Serializer):
    text = _text("As it was quoted")
    range = serializers.ListField(
        child=_number(), min_length=2, max_length=2, help_text="In code points of the text once it is cleaned"
    )
    quoted = _yes_or_no("Whether it stands in quotation marks")
    speaker = _text("Whom the text names beside it, or who was asked about; empty where nobody is named")
    verdict = _one_of([one.value for one in Verdict])
    title = _text("The verdict in a few words")
    notes = serializers.ListField(child=serializers.CharField(), help_text="What else there is to know")
    statement = Matched(allow_null=True, help_text="What is on record; null where nothing was found")
    also = Identified(many=True, help_text="Further statements that it is put together from")
    differences = Difference(many=True)
    turns = serializers.ListField(child=_one_of(TURNS))
    reported = _yes_or_no("Whether the words on record are a reporter’s")
    origins = OriginTold(many=True, help_text="Where the statement comes from, each once")


class CheckTold(serializers.Serializer):
    checked_at = _time()
    record = CheckedRecord()
    quotations = Judged(many=True, help_text="The worst first")
    passed_over = _number("Quotations of one or two words")
    not_judged = _number("Quotations beyond the first 120")
    remarks = serializers.ListField(
        child=serializers.CharField(), help_text="What there is to know of the text as a whole"
    )


class IndexTold(serializers.Serializer):
    def get_fields(self) -> dict[str, Any]:
        """An address for each resource."""
        names = ("statements", "search", "facets", "speakers", "outlets", "topics", "documents", "links")
        return {name: _address() for name in (*names, "check", "corrections", "schema", "docs")}


def listed(row: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The shape of a list of such rows."""
    fields = {
        "total": _number("Up to 10,000; null where it wasn’t counted", **_MAYBE),
        "total_is_more": _yes_or_no("Whether there are more than that"),
        "next": _address("The next page", **_MAYBE),
        "previous": _address("The page before", **_MAYBE),
        "results": row(many=True),
    }
    return type(f"{row.__name__}Page", (serializers.Serializer,), fields)
