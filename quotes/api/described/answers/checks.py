"""Was this said: what is asked, and what is answered."""

from typing import get_args

from rest_framework import serializers

from quotes import dates
from quotes.api.described.answers import kinds
from quotes.checking import MOST_CHARACTERS
from quotes.wording.comparing import Verdict
from quotes.wording.turning import Turn

TURNS = get_args(Turn)


class CheckAsked(serializers.Serializer):
    text = kinds.text(
        "A quotation, a sentence that tells what somebody said, or an article",
        min_length=1,
        max_length=MOST_CHARACTERS,
    )
    speaker = kinds.text(
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
    url = kinds.address()
    changed_at = kinds.time("Its last change; null for an empty one", **kinds.MAYBE)


class CheckedSpeaker(serializers.Serializer):
    name = kinds.text()
    slug = kinds.known("Null for an unnamed source")


class Identified(serializers.Serializer):
    id = kinds.text()
    url = kinds.address("The permalink")
    path = kinds.text("The same without the host")
    version = kinds.number("The latest one", min_value=1)
    speaker = CheckedSpeaker()
    label = kinds.text("The speaker’s office when it was said; empty where none is on record")
    said = kinds.text("In EDTF")
    language = kinds.text("A BCP 47 tag")
    words = kinds.text("With generated marks")


class Wording(serializers.Serializer):
    of = kinds.one_of(
        ["statement", "appearance", "version"], "Its own, as an outlet printed it, or an earlier version’s"
    )
    text = kinds.text("What was compared")
    outlet = kinds.text("Who printed it so", required=False)
    version = kinds.number("Which version had it", required=False)


class Matched(Identified):
    wording = Wording()


class Difference(serializers.Serializer):
    kind = kinds.one_of(["equal", "insert", "delete", "replace"])
    said = kinds.text("As it stands on record")
    quoted = kinds.text("As it was quoted")
    said_range = serializers.ListField(
        child=kinds.number(), min_length=2, max_length=2, help_text="In code points of statement.wording.text"
    )
    quoted_range = serializers.ListField(
        child=kinds.number(), min_length=2, max_length=2, help_text="In code points of the quotation’s text"
    )
    turns = serializers.ListField(child=kinds.one_of(TURNS), help_text="What about it may turn the meaning")
    marked = kinds.yes_or_no("Whether an ellipsis or brackets tell of it")


class OriginTold(serializers.Serializer):
    outlet = kinds.text("Its name")
    slug = kinds.text()
    held = kinds.yes_or_no("Whether its own document is on record; else others state that it was said there")


class Judged(serializers.Serializer):
    text = kinds.text("As it was quoted")
    range = serializers.ListField(
        child=kinds.number(), min_length=2, max_length=2, help_text="In code points of the text once it is cleaned"
    )
    quoted = kinds.yes_or_no("Whether it stands in quotation marks")
    speaker = kinds.text("Whom the text names beside it, or who was asked about; empty where nobody is named")
    verdict = kinds.one_of([one.value for one in Verdict])
    title = kinds.text("The verdict in a few words")
    notes = serializers.ListField(child=serializers.CharField(), help_text="What else there is to know")
    statement = Matched(allow_null=True, help_text="What is on record; null where nothing was found")
    also = Identified(many=True, help_text="Further statements that it is put together from")
    differences = Difference(many=True)
    turns = serializers.ListField(child=kinds.one_of(TURNS))
    reported = kinds.yes_or_no("Whether the words on record are a reporter’s")
    origins = OriginTold(many=True, help_text="Where the statement comes from, each once")


class CheckTold(serializers.Serializer):
    checked_at = kinds.time()
    record = CheckedRecord()
    quotations = Judged(many=True, help_text="The worst first")
    passed_over = kinds.number("Quotations of one or two words")
    not_judged = kinds.number("Quotations beyond the first 120")
    remarks = serializers.ListField(
        child=serializers.CharField(), help_text="What there is to know of the text as a whole"
    )
