"""What the database itself refuses of statements and links."""

import datetime as dt

import pytest

from quotes.models import Link
from tests import factories
from tests.quotes.models.breaking import Attempts, assert_refused, update

pytestmark = pytest.mark.django_db

breaks = Attempts()
DAY, NEXT_DAY = dt.date(2022, 12, 3), dt.date(2022, 12, 4)


@breaks("said_interval_is_ordered")
def said_backwards():
    update(factories.draft(), said_min=NEXT_DAY, said_max=DAY)


@breaks("said_before_it_was_published")
def said_after_it_was_published():
    update(factories.draft(), said_min=None, said_max=NEXT_DAY, published_min=None, published_max=DAY)


@breaks("statement_mode_is_a_speech_mode")
def shouted():
    update(factories.draft(), mode="shouted")


@breaks("merged_statement_names_its_survivor")
def merged_into_nothing():
    update(factories.publish(), state="merged")


@breaks("merged_statement_names_its_survivor")
def survivor_of_a_statement_that_is_not_merged():
    update(factories.publish(), merged_into=factories.publish())


@breaks("statement_is_not_merged_into_itself")
def statement_into_itself():
    statement = factories.publish()
    update(statement, state="merged", merged_into=statement)


@breaks("published_statement_has_its_time")
def published_at_no_time():
    update(factories.draft(), state="published")


@breaks("only_translations_have_a_translator")
def translator_of_no_translation():
    update(factories.draft(), is_translation=False, translator="A. Nonymous")


@breaks("only_translations_have_a_translator")
def original_of_no_translation():
    update(factories.draft(), is_translation=False, translated_from="fr")


@breaks("statement_is_not_linked_to_itself")
def linked_to_itself():
    statement = factories.draft()
    Link.objects.create(source=statement, target=statement, kind="repeats")


@breaks("link_is_made_once")
def linked_twice():
    source, target = factories.draft(), factories.draft()
    for _ in range(2):
        Link.objects.create(source=source, target=target, kind="repeats")


@breaks("statement_state_is_known")
def statement_in_an_unknown_state():
    update(factories.publish(), state="lost")


@breaks.each
def test_the_database_refuses(name, attempt):
    assert_refused(name, attempt)
