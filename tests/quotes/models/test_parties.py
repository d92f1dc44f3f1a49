"""What the database itself refuses of speakers, offices and topics."""

import datetime as dt

import pytest
from django.db import IntegrityError

from quotes.models import Alias, Role, Speaker, Topic
from tests import factories
from tests.quotes.models.breaking import Attempts, assert_refused, update

pytestmark = pytest.mark.django_db

breaks = Attempts()
DAY, NEXT_DAY = dt.date(2022, 12, 3), dt.date(2022, 12, 4)


@breaks("unnamed_source_belongs_to_its_document_alone")
def unnamed_source_without_document():
    Speaker.objects.create(kind="unnamed", name="A senior official")


@breaks("unnamed_source_belongs_to_its_document_alone")
def unnamed_source_with_a_page():
    Speaker.objects.create(kind="unnamed", name="A senior official", slug="official", document=factories.document())


@breaks("unnamed_source_belongs_to_its_document_alone")
def named_speaker_of_one_document():
    Speaker.objects.create(kind="person", name="Macron", slug="macron", document=factories.document())


@breaks("unnamed_source_belongs_to_its_document_alone")
def named_speaker_without_a_page():
    Speaker.objects.create(kind="person", name="Macron")


@breaks("unnamed_source_belongs_to_its_document_alone")
def unnamed_source_merged_away():
    unnamed = Speaker.objects.create(kind="unnamed", name="A senior official", document=factories.document())
    update(unnamed, merged_into=factories.speaker())


@breaks("only_people_have_name_parts")
def ministry_with_a_family_name():
    Speaker.objects.create(kind="organisation", name="Ministry", slug="ministry", family="Ministry")


@breaks("speaker_is_not_merged_into_itself")
def speaker_into_itself():
    speaker = factories.speaker()
    update(speaker, merged_into=speaker)


@breaks("alias_is_unique_per_language")
def one_alias_twice():
    speaker = factories.speaker()
    for _ in range(2):
        Alias.objects.create(speaker=speaker, name="Макрон", language="ru")


@breaks("role_interval_is_ordered")
def role_backwards():
    Role.objects.create(speaker=factories.speaker(), label="President", held="x", held_min=NEXT_DAY, held_max=DAY)


@breaks("topic_is_not_its_own_parent")
def topic_below_itself():
    topic = factories.topic()
    update(topic, parent=topic)


@breaks.each
def test_the_database_refuses(name, attempt):
    assert_refused(name, attempt)


def test_a_topic_with_topics_below_it_is_not_deleted():
    root = factories.topic("Security")
    factories.topic("Guarantees", parent=root)
    with pytest.raises(IntegrityError):
        Topic.objects.get(pk=root.pk).delete()
