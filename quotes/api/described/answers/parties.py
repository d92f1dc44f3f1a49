"""Speakers, outlets, topics and dates, as answers tell them."""

from rest_framework import serializers

from quotes.api.described.answers import kinds
from quotes.models import Speaker
from sources.models import Outlet


class When(serializers.Serializer):
    edtf = kinds.text("As far as it is known, in EDTF level 1: 2022-12-03, 2021-12?, /2022-12-04")
    min = kinds.day("The first day it can mean; null where the start is open")
    max = kinds.day("The last day it can mean; null where the end is open")


class SpeakerNamed(serializers.Serializer):
    slug = kinds.known("Null for an unnamed source")
    name = kinds.text("As the speaker is called today; an unnamed source as it is described")
    kind = kinds.one_of(Speaker.Kind.values)
    wikidata = kinds.known()
    url = kinds.address("Their page", **kinds.MAYBE)


class OutletNamed(serializers.Serializer):
    slug = kinds.text()
    name = kinds.text()
    kind = kinds.one_of(Outlet.Kind.values)
    identified = kinds.yes_or_no("False where it stands for an outlet that isn’t known")
    url = kinds.address("Its page")


class TopicNamed(serializers.Serializer):
    slug = kinds.text()
    name = kinds.text()
    url = kinds.address("Its page")


class SpeakerListed(SpeakerNamed):
    given = kinds.known()
    particle = kinds.known()
    family = kinds.known()
    statement_count = kinds.number("Published ones")
    statements = kinds.address("The list of them")


class AliasTold(serializers.Serializer):
    name = kinds.text()
    language = kinds.text()


class RoleTold(serializers.Serializer):
    label = kinds.text()
    held = When()


class SpeakerTold(SpeakerListed):
    aliases = AliasTold(many=True)
    roles = RoleTold(many=True)
    members = SpeakerNamed(many=True, help_text="Of a group")


class OutletListed(OutletNamed):
    domain = kinds.known()
    wikidata = kinds.known()
    statement_count = kinds.number("Published ones, in whichever role")
    statements = kinds.address("The list of them")


class TopicListed(TopicNamed):
    parent = kinds.known("The slug of the topic above")
    description = kinds.known()
    iptc = kinds.known()
    wikidata = kinds.known()
    statement_count = kinds.number("Published ones, under it or under a topic below it")
    statements = kinds.address("The list of them")


class TopicTold(TopicListed):
    narrower = TopicNamed(many=True, help_text="Right below it")
