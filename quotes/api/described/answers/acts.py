"""What was done to the record, what a program did, and what went wrong."""

from typing import Any

from rest_framework import serializers

from quotes.api.described.answers import kinds
from quotes.api.described.answers.parties import SpeakerNamed
from quotes.ledger import KINDS
from quotes.models import Cadence


class LedgerEntry(serializers.Serializer):
    id = kinds.number("Its place in the ledger, for after and before")
    kind = kinds.one_of([str(verb.value) for verb in KINDS])
    at = kinds.time()
    statement = kinds.text("Its id")
    statement_url = kinds.address()
    speaker = SpeakerNamed(allow_null=True, help_text="Null where the words are gone")
    reason = kinds.known()
    version = kinds.number("The version that a correction made", **kinds.MAYBE)
    changed = serializers.ListField(child=serializers.CharField(), help_text="The fields that a correction changed")
    comparison_url = kinds.address("The page that compares the two versions", **kinds.MAYBE)
    removed_for = kinds.known("What asked for a removal")
    other = kinds.known("The survivor of a merge, or what replaces a removed statement")


class WrongTold(serializers.Serializer):
    parameter = kinds.text()
    value = kinds.text()
    detail = kinds.text()
    code = kinds.one_of(["malformed", "unknown"])


class ProblemTold(serializers.Serializer):
    type = kinds.text()
    title = kinds.text()
    status = kinds.number()
    detail = kinds.text()
    errors = WrongTold(many=True, required=False)


class DraftTold(serializers.Serializer):
    id = kinds.text("The public id, for ever")
    state = kinds.one_of(["draft"])
    touched = kinds.number("Its counter, which publishing asks for")
    preview_url = kinds.address("Where an editor sees it")
    publish_url = kinds.address("Where it is published")


class PublishedTold(serializers.Serializer):
    id = kinds.text()
    state = kinds.one_of(["published"])
    url = kinds.address("The permalink")
    version_url = kinds.address("Version 1, to cite")
    api_url = kinds.address("All that is known of it")


class BroughtTold(serializers.Serializer):
    state = kinds.one_of(["taken in", "known", "waiting"])
    id = kinds.known("The document’s id; null while it waits")
    review_url = kinds.address("Where an editor goes on")
    detail = kinds.text("What else is to be said")


class WatchTold(serializers.Serializer):
    id = kinds.number("What it is deleted by")
    name = kinds.text("What is watched, in words")
    url = kinds.address("Its page, with what it noticed")
    query = kinds.known("The filters of a list; null for a statement")
    statement = kinds.known("The id of a statement; null for a list")
    mail = kinds.one_of(Cadence.values, "How soon e-mail tells of it; null where none does", **kinds.MAYBE)
    webhook = kinds.known("The address of the webhook that is told; null where none is")
    created = kinds.time()
    paused = kinds.time("Since when it tells nothing", **kinds.MAYBE)
    confirm_url = kinds.address(
        "Where its address for e-mail is confirmed, before which none comes; null once it is",
        **kinds.MAYBE,
    )


class RemovalTold(serializers.Serializer):
    on = kinds.day()
    reason = kinds.known()
    replacement = kinds.known("The id of the statement that replaces it")

    def get_fields(self) -> dict[str, Any]:
        """With `for`, which Python keeps for itself."""
        return {"for": kinds.known("What asked for it"), **super().get_fields()}


class RemovedTold(ProblemTold):
    id = kinds.text()
    url = kinds.address()
    state = kinds.one_of(["removed"])
    removed = RemovalTold()


class Offer(serializers.Serializer):
    media_type = kinds.text()
    suffix = kinds.text()


class NotAcceptableTold(ProblemTold):
    offers = Offer(many=True)
